"""The search indexes are built anew from the rows."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.upkeep.service.indexes import index_anew


def test_a_call_is_found_again_after_its_index_was_lost(database: Database, officer: Actor) -> None:
    new = NewCall("walk_in", "2001", "桥头有人争吵", place="和平街9号")
    call_id = dispatch.take_call(database, officer, new)
    with database.act(SYSTEM) as act:
        act.connection.execute(sa.text("DELETE FROM call_words"))
    with database.read() as connection:
        assert dispatch.find(connection, "争吵") == []
    with database.act(SYSTEM) as act:
        index_anew(act.connection)
    with database.read() as connection:
        assert [call.id for call in dispatch.find(connection, "争吵")] == [call_id]
