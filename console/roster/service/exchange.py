"""The roster in tables: one row an officer and day, out of the draft and into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.reference import shipped
from console.core.words import Words
from console.people import service as people
from console.people.model import Officer, Right, require
from console.roster import store
from console.roster.model import TEAM_CHARS, Cell, RosterChanged, checked_team, read_rotations
from console.roster.service.teams import make_team, people_by_id, rotations, teams


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _officers(connection: sa.Connection) -> dict[str, Officer]:
    return {one.number: one for one in people.officers(connection)}


def judge(connection: sa.Connection, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
    """Officers and shifts that are not known, officers twice on one day, teams without a right name."""
    known, table = _officers(connection), rotations(connection, datetime.now(UTC))
    seen: dict[tuple[str, date], int] = {}
    faults: list[Fault] = []
    for line, row in rows:
        number, day = str(row["officer"]), _day(row["date"])
        if number not in known:
            faults.append(Fault(line, "officer", "roster.no_such_officer", {"officer": number}))
        if row["shift"] not in table.shifts:
            shift = str(row["shift"])[:32]
            faults.append(Fault(line, "shift", "roster.no_such_shift", {"shift": shift}))
        first = seen.setdefault((number, day), line)
        if first != line:
            detail = {"officer": number, "day": str(day), "line": first}
            faults.append(Fault(line, "date", "roster.twice_a_day", detail))
        if row.get("team"):
            try:
                checked_team(str(row["team"]))
            except Refused as bad:
                faults.append(Fault(line, "team", bad.code, bad.details))
    return faults


def take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    """The draft of every day that occurs is exactly what the rows say; returns the changed cells.

    One act, all or nothing. Teams that are not known are made. What is published stays.
    """
    require(actor, Right.MANAGE_UNITS)
    with database.act(actor) as act:
        faults = judge(act.connection, list(enumerate(rows, start=2)))
        if faults:
            raise Refused(faults[0].code, **faults[0].detail)
        known, names = _officers(act.connection), _team_ids(act, rows)
        days = {_day(row["date"]) for row in rows}
        before = {
            (cell.officer_id, cell.day): cell
            for cell in store.cells_between(act.connection, min(days), max(days))
            if cell.day in days
        } if days else {}  # fmt: skip
        cells = []
        for row in rows:
            shift, officer = str(row["shift"]), known[str(row["officer"])].id
            team = names[str(row["team"]).strip()] if row.get("team") else None
            cells.append(Cell(officer, _day(row["date"]), shift, shift, team))
        new = {(cell.officer_id, cell.day): cell for cell in cells}
        keys = before.keys() | new.keys()
        changed = sum(_told(before.get(key)) != _told(new.get(key)) for key in keys)
        if changed:
            store.drop_days(act.connection, days)
            store.put_cells(act.connection, cells)
            act.audit(
                "roster.take", "roster", str(min(days)), rows=len(rows), changed=changed,
                first=str(min(days)), last=str(max(days)),
            )  # fmt: skip
            act.announce(RosterChanged())
    return changed


def _told(cell: Cell | None) -> tuple[str, str | None] | None:
    return None if cell is None else (cell.shift, cell.team_id)


def _team_ids(act: Act, rows: Sequence[Row]) -> dict[str, str]:
    """Every team of the rows by its name, made where there was none."""
    found = {team.name: team.id for team in teams(act.connection)}
    for row in rows:
        name = str(row.get("team") or "").strip()
        if name and name not in found:
            found[name] = make_team(act, name)
    return found


def give(connection: sa.Connection) -> list[Row]:
    """Every cell of the draft, by day and number."""
    known = people_by_id(connection)
    names = {team.id: team.name for team in teams(connection)}
    found: list[Row] = [
        {
            "officer": known[cell.officer_id].number,
            "date": cell.day,
            "shift": cell.shift,
            "team": names.get(cell.team_id or "", ""),
        }
        for cell in store.all_cells(connection)
    ]
    return sorted(found, key=lambda row: (row["date"], row["officer"]))


def _columns() -> tuple[ExchangeColumn, ...]:
    codes = {code: kind.words for code, kind in read_rotations(shipped("rotations")).shifts.items()}
    return (
        ExchangeColumn("officer", Words("警号", "officer"), required=True, most=32),
        ExchangeColumn("date", Words("日期", "date"), "date", required=True),
        ExchangeColumn("shift", Words("班次", "shift"), required=True, most=32, among=codes),
        ExchangeColumn("team", Words("班组", "team"), most=TEAM_CHARS),
    )


def exchange() -> Exchange:
    """The roster as a table."""
    return Exchange("roster", Words("排班表", "roster"), _columns(), judge, take, give)


ROSTER = exchange()
