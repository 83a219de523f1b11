"""The city as a witness: it countersigns the checkpoints of the posts' audit trails.

Ed25519, by a key of its own whose certificate the city's CA has issued: a post checks a
countersignature with the CA file it trusts already, offline and for years, and holds nothing with
which it could make one. A MAC would need a secret that the post holds too, and the CA's own key
need not lie open for daily signatures.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from console.drill.city.authority import Authority
from console.drill.city.envelope import canonical
from console.drill.city.tables import checkpoint as table

KIND = "audit.checkpoint"
LANE = 1
_STATED = ("post", "epoch", "seq", "hash", "at")


class Witness:
    """Countersigns with the authority's witness key, which is made at the first asking."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    def countersign(self, stated: dict[str, Any], signed_at: str) -> dict[str, Any]:
        """The row of this checkpoint (post, epoch, seq, hash, at) with the city's signature."""
        key, certificate = self._authority.witness()
        statement = {**{name: stated[name] for name in _STATED}, "signed_at": signed_at}
        signature = base64.b64encode(key.sign(canonical(statement))).decode("ascii")
        return {**statement, "signature": signature, "certificate": certificate}


def refusal(last: tuple[int, str] | None, payload: dict[str, Any]) -> tuple[str, str] | None:
    """Why this checkpoint cannot follow the last one (seq, hash) of the same post and epoch."""
    if last is None or payload["seq"] > last[0]:
        return None
    if (payload["seq"], payload["hash"]) == last:
        return None
    told = f"the trail had {last[0]} records with head {last[1]} when it was countersigned"
    return "checkpoint_conflict", f"payload.seq: {payload['seq']}: {told}"


def last_of(connection: sa.Connection, post: str, epoch: str) -> tuple[int, str] | None:
    """Number and hash of the checkpoint countersigned last in this epoch."""
    row = connection.execute(
        sa.select(table.c.seq, table.c.hash)
        .where(table.c.post == post, table.c.epoch == epoch)
        .order_by(table.c.seq.desc(), table.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.seq, row.hash)


def keep(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """These countersigned checkpoints are kept."""
    if rows:
        connection.execute(table.insert(), rows)


def of_events(
    connection: sa.Connection, post: str, epoch: str, first: int, last: int
) -> list[dict[str, Any]]:
    """What was countersigned for the events of lane 1 in this span, as ``ack.json`` tells it."""
    rows = connection.execute(
        sa.select(table)
        .where(table.c.post == post, table.c.epoch == epoch)
        .where(table.c.event_seq.between(first, last))
        .order_by(table.c.event_seq)
    )
    return [_told(row) for row in rows]


def latest(connection: sa.Connection, post: str, epoch: str) -> dict[str, Any] | None:
    """The checkpoint countersigned last: of this epoch, or of the last one that has any."""
    chosen = sa.select(table).where(table.c.post == post).order_by(table.c.number.desc()).limit(1)
    row = connection.execute(chosen.where(table.c.epoch == epoch)).first()
    row = row or connection.execute(chosen).first()
    return None if row is None else _told(row)


def forget_after(connection: sa.Connection, post: str, epoch: str, event_seq: int) -> None:
    """As a backup from just after this event of lane 1 would leave it."""
    connection.execute(
        table.delete().where(
            table.c.post == post, table.c.epoch == epoch, table.c.event_seq > event_seq
        )
    )


def _told(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "checkpoint": {name: row._mapping[name] for name in _STATED},
        "signed_at": row.signed_at,
        "signature": row.signature,
        "certificate": row.certificate,
    }
