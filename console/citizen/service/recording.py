"""A visit is recorded: its row, its first line, its audit line, and what the city is told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.citizen import store
from console.citizen.model import (
    NewVisit,
    VisitsChanged,
    checked_visit,
    day_of,
    day_span,
    masked_words,
    number_of,
    visit_key,
)
from console.citizen.service.tables import table
from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.core.outbox import Lane
from console.people.model import Right, require


def record(database: Database, actor: Actor, new: NewVisit) -> str:
    """The visit stands with the day's next number; the city will be told. Returns its id.

    Refused for an unknown kind or result, without what was asked, and for a field that is too long.
    """
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        return record_within(act, new)


def record_within(act: Act, new: NewVisit) -> str:
    """The same, inside another act."""
    fit = checked_visit(new)
    require_codes(act, fit.kind, fit.result)
    visit_id = new_id()
    insert(
        act, id=visit_id, key=next_key(act.connection, act.at), kind=fit.kind,
        name=fit.person.name, phone=fit.person.phone, id_number=fit.person.id_number,
        place=fit.place, asked=fit.asked, done=fit.done, result=fit.result,
        by=act.actor.name, at=act.at, call_id=None,
    )  # fmt: skip
    return visit_id


def next_key(connection: sa.Connection, at: datetime) -> int:
    """The key of this local day's next visit; within an act no other visit can take it."""
    day = day_of(at)
    first, last = day_span(day)
    return visit_key(day, (store.last_key(connection, first, last) or first) - first + 1)


def require_codes(act: Act, kind: str, result: str) -> None:
    """Kind and result are in the post's table; a result may be empty. Refused otherwise."""
    known = table(act.connection, act.at)
    if kind not in known.kinds:
        raise Refused("citizen.kind_unknown", field="kind", kind=kind[:32])
    if result and result not in known.results:
        raise Refused("citizen.result_unknown", field="result", result=result[:32])


def insert(act: Act, **columns: Any) -> None:
    """The row of a visit that is new here, its line, audit line and event."""
    row = {"forgotten": 0, "rev": 1, **columns}
    store.insert_visits(act.connection, [row])
    add_line(act, row["id"], 1, "recorded")
    act.audit("visit.recorded", "visit", row["id"], number=number_of(row["key"]), kind=row["kind"])
    tell(act, row["id"])


def add_line(act: Act, visit_id: str, rev: int, kind: str, **more: Any) -> None:
    """One more line of the visit's story."""
    line = {"visit_id": visit_id, "rev": rev, "kind": kind, "at": act.at, "by": act.actor.name}
    store.append_lines(act.connection, [{**line, **more}])


def tell(act: Act, visit_id: str) -> None:
    """The city will be told of the visit as it stands: nothing of who came, and in what was done
    his name and everything like a number of a person is masked."""
    row = store.visit_row(act.connection, visit_id)
    payload = {
        "visit_id": row.id, "number": number_of(row.key), "service": row.kind,
        "at": to_text(row.at), "by": row.by, "note": masked_words(row.done, row.name) or None,
    }  # fmt: skip
    if row.result:
        payload["result"] = row.result
    if row.call_id is not None:
        payload["call_id"] = row.call_id
    act.tell_city(Lane.DAILY, "visit", row.id, "visit.recorded", row.rev, payload)
    act.announce(VisitsChanged(row.id))


def known_row(act: Act, visit_id: str) -> Any:
    """The visit's whole row. Refused when there is none of this id."""
    row = store.visit_row(act.connection, visit_id)
    if row is None:
        raise Refused("citizen.no_such_visit", visit=str(visit_id)[:64])
    return row
