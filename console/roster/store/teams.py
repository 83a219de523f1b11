"""The rows of teams, their members, qualifications and leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from console.core.ids import OfficerId
from console.roster.model import Leave, LeaveKind, Team
from console.roster.store.tables import leave_table, member_table, qualification_table, team_table


def all_teams(connection: sa.Connection) -> list[Team]:
    """Every team with its members, in the post's order."""
    members: dict[str, list[OfficerId]] = {}
    for officer_id, team_id in connection.execute(
        sa.select(member_table.c.officer_id, member_table.c.team_id).order_by(
            member_table.c.officer_id
        )
    ):
        members.setdefault(team_id, []).append(OfficerId(officer_id))
    rows = connection.execute(
        sa.select(team_table).order_by(team_table.c.position, team_table.c.name)
    )
    return [
        Team(row.id, row.name, row.position, row.rev, tuple(members.get(row.id, ())))
        for row in rows
    ]


def insert_team(connection: sa.Connection, team: Team) -> None:
    """A row of a new team."""
    connection.execute(
        team_table.insert().values(id=team.id, name=team.name, position=team.position, rev=team.rev)
    )


def place_officer(connection: sa.Connection, officer_id: str, team_id: str | None) -> None:
    """The officer is in this team and no other; in none when None."""
    connection.execute(member_table.delete().where(member_table.c.officer_id == officer_id))
    if team_id is not None:
        connection.execute(member_table.insert().values(officer_id=officer_id, team_id=team_id))


def qualifications(connection: sa.Connection) -> dict[OfficerId, tuple[str, ...]]:
    """The codes of each officer who has any."""
    found: dict[OfficerId, list[str]] = {}
    table = qualification_table
    for officer_id, code in connection.execute(
        sa.select(table.c.officer_id, table.c.code).order_by(table.c.code)
    ):
        found.setdefault(OfficerId(officer_id), []).append(code)
    return {officer: tuple(codes) for officer, codes in found.items()}


def put_qualifications(connection: sa.Connection, officer_id: str, codes: Iterable[str]) -> None:
    """The officer has exactly these."""
    table = qualification_table
    connection.execute(table.delete().where(table.c.officer_id == officer_id))
    rows = [{"officer_id": officer_id, "code": code} for code in sorted(codes)]
    if rows:
        connection.execute(table.insert(), rows)


def insert_leave(connection: sa.Connection, leave: Leave) -> None:
    """A row of a new leave."""
    connection.execute(
        leave_table.insert().values(
            id=leave.id, officer_id=leave.officer_id, kind=str(leave.kind),
            from_day=leave.from_day.isoformat(), until_day=leave.until_day.isoformat(),
            note=leave.note,
        )
    )  # fmt: skip


def delete_leave(connection: sa.Connection, leave_id: str) -> Leave | None:
    """The leave is gone; returns what it was."""
    table = leave_table
    row = connection.execute(sa.select(table).where(table.c.id == leave_id)).first()
    if row is None:
        return None
    connection.execute(table.delete().where(table.c.id == leave_id))
    return _leave(row)


def leaves_between(connection: sa.Connection, first: date, last: date) -> list[Leave]:
    """Every leave that touches these days, oldest first."""
    table = leave_table
    rows = connection.execute(
        sa.select(table)
        .where(table.c.until_day >= first.isoformat(), table.c.from_day <= last.isoformat())
        .order_by(table.c.from_day, table.c.id)
    )
    return [_leave(row) for row in rows]


def _leave(row: Any) -> Leave:
    return Leave(
        row.id, OfficerId(row.officer_id), LeaveKind(row.kind), date.fromisoformat(row.from_day),
        date.fromisoformat(row.until_day), row.note,
    )  # fmt: skip
