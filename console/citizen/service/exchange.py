"""Visits as a table, for import and export."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from console.citizen import store
from console.citizen.model import (
    NewVisit,
    Personal,
    VisitKind,
    VisitsChanged,
    VisitTable,
    checked_visit,
    number_of,
    read_number,
)
from console.citizen.model.visit import (
    IDENTITY_CHARS,
    NAME_CHARS,
    PHONE_CHARS,
    PLACE_CHARS,
    WORDS_CHARS,
)
from console.citizen.service.recording import next_key, tell
from console.citizen.service.tables import table
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.ids import new_id
from console.core.words import Words
from console.people.model import NUMBER_CHARS, Right, require

COLUMNS = (
    ExchangeColumn("number", Words("编号", "Number"), most=20),
    ExchangeColumn("at", Words("时间", "Time"), "moment", required=True),
    ExchangeColumn("kind", Words("类别", "Kind"), required=True, most=40),
    ExchangeColumn("visitor_name", Words("来访人", "Visitor"), most=NAME_CHARS),
    ExchangeColumn("phone", Words("电话", "Phone"), most=PHONE_CHARS),
    ExchangeColumn("id_number", Words("证件号", "Id number"), most=IDENTITY_CHARS),
    ExchangeColumn("place", Words("地点", "Place"), most=PLACE_CHARS),
    ExchangeColumn("asked", Words("诉求", "Asked"), required=True, most=WORDS_CHARS),
    ExchangeColumn("done", Words("办理情况", "Done"), most=WORDS_CHARS),
    ExchangeColumn("result", Words("结果", "Result"), most=40),
    ExchangeColumn("by", Words("经办人", "By"), most=NUMBER_CHARS),
    ExchangeColumn("call_id", Words("关联警情", "Call"), most=64),
)
_CALL_ID = re.compile(r"[!-~]{1,64}", re.ASCII)  # resources/city_api, common.json
_COLUMN_OF_FIELD = {"name": "visitor_name"}
_SAME = ("kind", "name", "phone", "id_number", "place", "asked", "done", "result", "by")
Lines = Sequence[tuple[int, Row]]


def judge(connection: sa.Connection, rows: Lines) -> Sequence[Fault]:
    """What is wrong with these rows, in their order; nothing is changed."""
    now = datetime.now(UTC)
    known = table(connection, now)
    keys = [key for _, row in rows if (key := _key(row)) is not None]
    taken, seen = store.known_keys(connection, keys), set[int]()
    found: list[Fault] = []
    for line, row in rows:
        try:
            values = _values(row, known, now)
        except Refused as no:
            field = str(no.details.get("field", "asked"))
            detail = {name: value for name, value in no.details.items() if name != "field"}
            found.append(Fault(line, _COLUMN_OF_FIELD.get(field, field), no.code, detail))
            continue
        key = values["key"]
        if key is None:
            continue
        if key in seen:
            found.append(Fault(line, "number", "citizen.number_twice", {"number": number_of(key)}))
        elif key in taken and not _is_same(taken[key], values):
            found.append(Fault(line, "number", "citizen.number_taken", {"number": number_of(key)}))
        seen.add(key)
    return found


def take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    """Every row is a visit of the post; returns how many are new. All of them or, Refused, none."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        faults = judge(act.connection, list(enumerate(rows, 2)))
        if faults:
            raise Refused(faults[0].code, line=faults[0].line, **faults[0].detail)
        fresh = _fresh(act, rows)
        store.insert_visits(act.connection, fresh)
        store.append_lines(
            act.connection,
            [
                {"visit_id": row["id"], "rev": 1, "kind": "imported", "at": act.at,
                 "by": act.actor.name}
                for row in fresh
            ],
        )  # fmt: skip
        for row in fresh:
            tell(act, row["id"])
        if fresh:
            act.audit(
                "visit.imported", "visit", "import", count=len(fresh),
                first=number_of(fresh[0]["key"]), last=number_of(fresh[-1]["key"]),
            )  # fmt: skip
            act.announce(VisitsChanged())
    return len(fresh)


def give(connection: sa.Connection) -> Sequence[Row]:
    """Every visit, oldest first, with who came."""
    return [
        {
            "number": number_of(row.key), "at": row.at, "kind": row.kind, "visitor_name": row.name,
            "phone": row.phone, "id_number": row.id_number, "place": row.place,
            "asked": row.asked, "done": row.done, "result": row.result, "by": row.by,
            "call_id": row.call_id,
        }
        for row in store.rows_in_order(connection)
    ]  # fmt: skip


def _fresh(act: Act, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The rows of those visits that are not here yet, each with its number."""
    known = table(act.connection, act.at)
    told = [_values(row, known, act.at) for row in rows]
    taken = store.known_keys(act.connection, [one["key"] for one in told if one["key"] is not None])
    used = {one["key"] for one in told}
    fresh = []
    for one in told:
        if one["key"] in taken:
            continue
        if one["key"] is None:
            key = next_key(act.connection, one["at"])
            while key in used:
                key += 1
            used.add(key)
            one["key"] = key
        by = one["by"] or act.actor.name
        fresh.append({**one, "id": new_id(), "by": by, "forgotten": 0, "rev": 1})
    return fresh


def _values(row: Row, known: VisitTable, now: datetime) -> dict[str, Any]:
    """The row as the store keeps it; its key is None when it has no number. Refused for a fault."""

    def text(name: str) -> str:
        value = row.get(name)
        return "" if value is None else str(value)

    key = _key(row)
    if key is None and text("number").strip():
        raise Refused("citizen.bad_number", field="number", number=text("number")[:32])
    if row["at"] > now:
        raise Refused("citizen.in_future", field="at")
    kind = _code(text("kind"), known.kinds)
    if kind is None:
        raise Refused("citizen.kind_unknown", field="kind", kind=text("kind")[:32])
    result = _code(text("result"), known.results) if text("result").strip() else ""
    if result is None:
        raise Refused("citizen.result_unknown", field="result", result=text("result")[:32])
    call_id = text("call_id").strip()
    if call_id and not _CALL_ID.fullmatch(call_id):
        raise Refused("citizen.bad_call_id", field="call_id")
    person = Personal(text("visitor_name"), text("phone"), text("id_number"))
    new = NewVisit(kind, text("asked"), text("done"), result, text("place"), person)
    fit = checked_visit(new)
    return {
        "key": key, "kind": kind, "name": fit.person.name, "phone": fit.person.phone,
        "id_number": fit.person.id_number, "place": fit.place, "asked": fit.asked,
        "done": fit.done, "result": result, "by": text("by").strip(), "at": row["at"],
        "call_id": call_id or None,
    }  # fmt: skip


def _key(row: Row) -> int | None:
    told = row.get("number")
    return None if told is None else read_number(str(told))


def _code(told: str, known: Mapping[str, VisitKind]) -> str | None:
    """The code that is meant by a code or by its words in either language."""
    plain = told.strip()
    if plain in known:
        return plain
    means: Iterable[str] = (
        code for code, one in known.items() if plain in (one.words.zh_CN, one.words.en)
    )
    return next(iter(means), None)


def _is_same(there: Any, values: Mapping[str, Any]) -> bool:
    return all(getattr(there, name) == values[name] for name in _SAME if values[name])


VISITS = Exchange(
    kind="visits",
    words=Words("来访登记", "visits"),
    columns=COLUMNS,
    judge=judge,
    take=take,
    give=give,
    secret=frozenset({"visitor_name", "phone", "id_number"}),
)
