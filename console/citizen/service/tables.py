"""The table of kinds and results as it holds now, and the act that changes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from console.citizen.model import VisitTable, checked_table, read_table
from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.people.model import Right, require

KIND = "visit_kinds"


def table(connection: sa.Connection, now: datetime) -> VisitTable:
    """The kinds and results that may be chosen now."""
    return _table(reference.current_text(connection, KIND, now))


@lru_cache(maxsize=8)
def _table(text: str) -> VisitTable:
    return read_table(json.loads(text))


def change_table(database: Database, actor: Actor, body: Mapping[str, Any]) -> VisitTable:
    """These kinds, results and this term hold from now on; visits keep their codes.

    Refused for a table without kinds, a kind without words, a term that is none.
    """
    require(actor, Right.EDIT_REFERENCE)
    kept = checked_table(body)
    with database.act(actor) as act:
        version = reference.put(act.connection, KIND, act.at, kept)
        act.audit(
            "reference.change", "reference", KIND, version=version, days=kept["personal_days"],
            kinds=[row["code"] for row in kept["kinds"]],
        )  # fmt: skip
    return read_table(kept)
