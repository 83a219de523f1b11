"""The table of officers, rows in and out as dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.ids import OfficerId
from console.core.tables import CanonicalJson, UtcTime, metadata
from console.people.model import Officer, Role

officer = sa.Table(
    "officer",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("number", sa.String(32), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", CanonicalJson, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("wrong_tries", sa.Integer, nullable=False),
    sa.Column("locked_until", UtcTime, nullable=True),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Lock:
    """What guards one officer's sign-in. Never leaves the room."""

    secret_hash: str
    wrong_tries: int
    locked_until: datetime | None


def all_officers(connection: sa.Connection) -> list[Officer]:
    """Every officer, the active ones first, then by number."""
    rows = connection.execute(
        sa.select(officer).order_by(officer.c.active.desc(), officer.c.number)
    )
    return [_officer(row) for row in rows]


def by_id(connection: sa.Connection, officer_id: OfficerId) -> Officer | None:
    """The officer with this id."""
    row = connection.execute(sa.select(officer).where(officer.c.id == officer_id)).first()
    return None if row is None else _officer(row)


def by_number(connection: sa.Connection, number: str) -> Officer | None:
    """The officer with this service number."""
    row = connection.execute(sa.select(officer).where(officer.c.number == number)).first()
    return None if row is None else _officer(row)


def lock_of(connection: sa.Connection, officer_id: OfficerId) -> Lock:
    """What guards this officer's sign-in."""
    row = connection.execute(
        sa.select(officer.c.secret_hash, officer.c.wrong_tries, officer.c.locked_until).where(
            officer.c.id == officer_id
        )
    ).one()
    return Lock(row.secret_hash, row.wrong_tries, row.locked_until)


def insert(connection: sa.Connection, new: Officer, secret_hash: str, at: datetime) -> None:
    """The officer stands in the table."""
    connection.execute(
        officer.insert().values(
            id=new.id,
            number=new.number,
            name=new.name,
            roles=sorted(new.roles),
            active=new.active,
            secret_hash=secret_hash,
            wrong_tries=0,
            locked_until=None,
            rev=new.rev,
            created_at=at,
        )
    )


def update(connection: sa.Connection, officer_id: OfficerId, **values: Any) -> None:
    """These columns of the officer hold these values, and his revision is one higher."""
    connection.execute(
        officer.update().where(officer.c.id == officer_id).values(**values, rev=officer.c.rev + 1)
    )


def guard(connection: sa.Connection, officer_id: OfficerId, **values: Any) -> None:
    """These sign-in columns hold these values; the officer's revision stays."""
    connection.execute(officer.update().where(officer.c.id == officer_id).values(**values))


def _officer(row: Any) -> Officer:
    return Officer(
        id=OfficerId(row.id),
        number=row.number,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        active=row.active,
        locked_until=row.locked_until,
        rev=row.rev,
        has_secret=bool(row.secret_hash),
    )
