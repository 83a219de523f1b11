"""Checkpoints of the audit trail: those told to the city, those that it has countersigned."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.tables import audit_trail, metadata, outbox
from console.sync.model.checkpoint import Checkpoint, Countersigned

KIND = "audit.checkpoint"

# Rows are added and never changed; ``number`` is the order in which they came.
countersigned = sa.Table(
    "countersigned",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("epoch", sa.String(16), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("signed_at", sa.Text, nullable=False),
    sa.Column("signature", sa.Text, nullable=False),
    sa.Column("certificate", sa.Text, nullable=False),
    sa.Index("countersigned_seq", "epoch", "seq"),
)


def keep(connection: sa.Connection, found: Countersigned) -> None:
    """The countersignature is kept; one of the same checkpoint that came before stays alone."""
    told, table = found.checkpoint, countersigned
    known = connection.execute(
        sa.select(table.c.number).where(
            table.c.epoch == told.epoch, table.c.seq == told.seq, table.c.hash == told.hash
        )
    ).first()
    if known is None:
        connection.execute(
            table.insert().values(
                epoch=told.epoch,
                seq=told.seq,
                hash=told.hash,
                at=told.at,
                signed_at=found.signed_at,
                signature=found.signature,
                certificate=found.certificate,
            )
        )


def kept(connection: sa.Connection, post: str, epoch: str) -> list[Countersigned]:
    """All of this epoch that are kept, by the trail's number."""
    table = countersigned
    rows = connection.execute(
        sa.select(table).where(table.c.epoch == epoch).order_by(table.c.seq, table.c.number)
    )
    return [
        Countersigned(
            Checkpoint(post, row.epoch, row.seq, row.hash, row.at),
            row.signed_at,
            row.signature,
            row.certificate,
        )
        for row in rows
    ]


def hash_at(connection: sa.Connection, seq: int) -> str | None:
    """The hash of the trail's record of this number; None when the trail has none."""
    found = connection.execute(
        sa.select(audit_trail.c.hash).where(audit_trail.c.seq == seq)
    ).scalar()
    return None if found is None else str(found)


def length(connection: sa.Connection) -> int:
    """The number of the trail's last record; 0 for an empty trail."""
    return int(connection.execute(sa.select(sa.func.max(audit_trail.c.seq))).scalar() or 0)


def told_through(connection: sa.Connection, post: str, epoch: str) -> int:
    """The trail's number in the last checkpoint told in this epoch; 0 when none was.

    The event may be forgotten by now; then the countersignature tells.
    """
    told = connection.execute(
        sa.select(sa.func.max(outbox.c.rev)).where(
            outbox.c.entity == "audit",
            outbox.c.entity_id == post,
            outbox.c.epoch == epoch,
            outbox.c.kind == KIND,
        )
    ).scalar()
    signed = connection.execute(
        sa.select(sa.func.max(countersigned.c.seq)).where(countersigned.c.epoch == epoch)
    ).scalar()
    return max(int(told or 0), int(signed or 0))
