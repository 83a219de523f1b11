"""The rows of the months: the working copy's cells, and what was published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from console.core.ids import OfficerId
from console.roster.model import Cell, Revision
from console.roster.store.tables import cell_table, published_table, revision_table

LONGEST = timedelta(hours=36)  # no shift is longer


@dataclass(frozen=True, slots=True)
class Duty:
    """One published working shift of one officer."""

    officer_id: OfficerId
    shift: str
    team_id: str | None
    starts_at: datetime
    ends_at: datetime


def cells_between(connection: sa.Connection, first: date, last: date) -> list[Cell]:
    """The working copy's cells of these days, by day and officer."""
    table = cell_table
    rows = connection.execute(
        sa.select(table)
        .where(table.c.day >= first.isoformat(), table.c.day <= last.isoformat())
        .order_by(table.c.day, table.c.officer_id)
    )
    return [_cell(row) for row in rows]


def all_cells(connection: sa.Connection) -> list[Cell]:
    """Every cell of the working copy, by day and officer."""
    table = cell_table
    rows = connection.execute(sa.select(table).order_by(table.c.day, table.c.officer_id))
    return [_cell(row) for row in rows]


def one_cell(connection: sa.Connection, officer_id: str, day: date) -> Cell | None:
    """This officer's cell of this day."""
    table = cell_table
    row = connection.execute(
        sa.select(table).where(table.c.officer_id == officer_id, table.c.day == day.isoformat())
    ).first()
    return None if row is None else _cell(row)


def drop_days(connection: sa.Connection, days: Iterable[date]) -> None:
    """The working copy has no cell on these days."""
    connection.execute(
        cell_table.delete().where(cell_table.c.day.in_([day.isoformat() for day in days]))
    )


def put_cells(connection: sa.Connection, cells: Sequence[Cell]) -> None:
    """These cells stand in the working copy, where there were none."""
    if cells:
        connection.execute(cell_table.insert(), [_values(cell) for cell in cells])


def put_cell(connection: sa.Connection, cell: Cell) -> None:
    """This cell stands in the working copy, whatever was there."""
    table = cell_table
    connection.execute(
        table.delete().where(
            table.c.officer_id == cell.officer_id, table.c.day == cell.day.isoformat()
        )
    )
    put_cells(connection, [cell])


def last_revision(connection: sa.Connection, month: str) -> Revision | None:
    """The revision in force."""
    found = revisions(connection, month, 1)
    return found[0] if found else None


def revisions(connection: sa.Connection, month: str, most: int = 50) -> list[Revision]:
    """The month's revisions, newest first."""
    table = revision_table
    rows = connection.execute(
        sa.select(table).where(table.c.month == month).order_by(table.c.rev.desc()).limit(most)
    )
    return [
        Revision(row.month, row.rev, row.published_at, row.by, row.reason, row.cells)
        for row in rows
    ]


def insert_revision(
    connection: sa.Connection,
    revision: Revision,
    cells: Sequence[tuple[Cell, tuple[datetime, datetime] | None]],
) -> None:
    """The revision is kept whole: each cell with the hours that it had then."""
    connection.execute(
        revision_table.insert().values(
            month=revision.month, rev=revision.rev, published_at=revision.published_at,
            by=revision.by, reason=revision.reason, cells=revision.cells,
        )
    )  # fmt: skip
    rows = [
        {
            "month": revision.month,
            "rev": revision.rev,
            **_values(cell),
            "starts_at": span[0] if span else None,
            "ends_at": span[1] if span else None,
        }
        for cell, span in cells
    ]
    if rows:
        connection.execute(published_table.insert(), rows)


def published_cells(connection: sa.Connection, month: str, rev: int) -> list[Cell]:
    """The cells of this revision, by day and officer."""
    table = published_table
    rows = connection.execute(
        sa.select(table)
        .where(table.c.month == month, table.c.rev == rev)
        .order_by(table.c.day, table.c.officer_id)
    )
    return [_cell(row) for row in rows]


def duties(connection: sa.Connection, after: datetime, before: datetime) -> list[Duty]:
    """The working shifts of the revisions in force that start between these moments, by start."""
    table = published_table
    newest = (
        sa.select(revision_table.c.month, sa.func.max(revision_table.c.rev).label("rev"))
        .group_by(revision_table.c.month)
        .subquery()
    )
    rows = connection.execute(
        sa.select(
            table.c.officer_id, table.c.shift, table.c.team_id, table.c.starts_at, table.c.ends_at
        )
        .select_from(
            table.join(
                newest, sa.and_(newest.c.month == table.c.month, newest.c.rev == table.c.rev)
            )
        )
        .where(table.c.starts_at > after, table.c.starts_at <= before)
        .order_by(table.c.starts_at, table.c.shift, table.c.officer_id)
    )
    return [Duty(OfficerId(r.officer_id), r.shift, r.team_id, r.starts_at, r.ends_at) for r in rows]


def _values(cell: Cell) -> dict[str, Any]:
    return {
        "day": cell.day.isoformat(),
        "officer_id": cell.officer_id,
        "shift": cell.shift,
        "planned": cell.planned,
        "team_id": cell.team_id,
        "standin_for": cell.standin_for,
    }


def _cell(row: Any) -> Cell:
    other = None if row.standin_for is None else OfficerId(row.standin_for)
    return Cell(
        OfficerId(row.officer_id), date.fromisoformat(row.day), row.shift, row.planned,
        row.team_id, other,
    )  # fmt: skip
