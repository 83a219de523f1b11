"""The table of hand-overs: rows are added and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import CanonicalJson, UtcTime, metadata
from console.handover.model import Handover, Signature, frozen, thawed

handover_table = sa.Table(
    "handover",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("rev", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("outgoing", sa.String(32), nullable=False),
    sa.Column("outgoing_name", sa.Text, nullable=False),
    sa.Column("outgoing_at", UtcTime, nullable=False),
    sa.Column("incoming", sa.String(32), nullable=True),
    sa.Column("incoming_name", sa.Text, nullable=True),
    sa.Column("incoming_at", UtcTime, nullable=True),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("body", CanonicalJson, nullable=False),
    sa.Index("handover_at", "outgoing_at", "id", "rev"),
)
_other = handover_table.alias("other")
# of each document its last revision
_LAST = ~sa.exists().where(_other.c.id == handover_table.c.id, _other.c.rev > handover_table.c.rev)


def insert(connection: sa.Connection, signed: Handover) -> None:
    """This revision of the document stands in the table."""
    incoming = signed.incoming
    connection.execute(
        handover_table.insert().values(
            id=signed.id,
            rev=signed.rev,
            at=signed.content.at,
            outgoing=signed.outgoing.number,
            outgoing_name=signed.outgoing.name,
            outgoing_at=signed.outgoing.at,
            incoming=None if incoming is None else incoming.number,
            incoming_name=None if incoming is None else incoming.name,
            incoming_at=None if incoming is None else incoming.at,
            notes=signed.notes,
            body=frozen(signed.content),
        )
    )


def find(connection: sa.Connection, handover_id: str) -> Handover | None:
    """The document as it was signed last."""
    table = handover_table
    row = connection.execute(sa.select(table).where(table.c.id == handover_id, _LAST)).first()
    return None if row is None else _handover(row)


def newest(connection: sa.Connection) -> Handover | None:
    """The document that was begun last: by the order of writing, for a clock may be put back."""
    table = handover_table
    last = sa.select(table.c.id).where(table.c.rev == 1).order_by(sa.text("rowid DESC")).limit(1)
    begun = connection.execute(last).scalar()
    return None if begun is None else find(connection, str(begun))


def window(
    connection: sa.Connection, after: tuple[datetime, str] | None, limit: int
) -> list[Handover]:
    """The documents, the newest first, from the one after (outgoing signature, id) on."""
    table = handover_table
    query = sa.select(table).where(_LAST)
    if after is not None:
        at, key = after
        query = query.where(
            sa.or_(table.c.outgoing_at < at, sa.and_(table.c.outgoing_at == at, table.c.id < key))
        )
    query = query.order_by(table.c.outgoing_at.desc(), table.c.id.desc()).limit(limit)
    return [_handover(row) for row in connection.execute(query)]


def _handover(row: Any) -> Handover:
    incoming = None
    if row.incoming is not None:
        incoming = Signature(row.incoming, row.incoming_name, row.incoming_at)
    return Handover(
        row.id,
        row.rev,
        thawed(row.body),
        row.notes,
        Signature(row.outgoing, row.outgoing_name, row.outgoing_at),
        incoming,
    )
