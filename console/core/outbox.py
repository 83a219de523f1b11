"""What the city must be told: events in four lanes, gap-free and chained (city-api, upward)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

import sqlalchemy as sa

from console.core.audit import NO_HASH
from console.core.canonical import sha256_hex
from console.core.clock import to_text
from console.core.ids import new_id
from console.core.tables import lane_head, outbox

SCHEMA = 1
WAITING = "waiting"  # behind what is set aside of the same entity
DISCARDED = "discarded"  # a person decided that the city is never told
# Every field of an event that its hash covers (city-api, upward).
_HASHED = (
    "seq", "event_id", "entity", "entity_id", "kind", "base_rev", "rev", "at", "actor",
    "schema", "payload", "prev",
)  # fmt: skip


class Lane(IntEnum):
    """A backlog never delays what is urgent; the other lanes delay each other as little."""

    URGENT = 0  # calls, alarms, panic
    CUSTODY = 1  # custody and audit checkpoints
    DAILY = 2  # roster, visits, inventory
    POSITIONS = 3  # positions and media


@dataclass(frozen=True, slots=True)
class Told:
    """What an act wants the city to know."""

    lane: Lane
    entity: str
    entity_id: str
    kind: str
    base_rev: int
    rev: int
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CityTold:
    """An act has put an event into this lane, and is committed."""

    lane: Lane


# Built once: to build a statement costs more than to run it.
_HERE = (lane_head.c.epoch == sa.bindparam("of_epoch")) & (
    lane_head.c.lane == sa.bindparam("of_lane")
)
_HEAD = sa.select(lane_head.c.last_seq, lane_head.c.last_hash).where(_HERE)
_MOVE = lane_head.update().where(_HERE)
_MOVE = _MOVE.values(last_seq=sa.bindparam("to_seq"), last_hash=sa.bindparam("to_hash"))
_INSERT = outbox.insert()
# In plain words, so that the partial index is used: it holds nothing but what was refused once.
_ASIDE = sa.text(
    "SELECT state, lane, rev, base_rev FROM outbox WHERE entity = :entity "
    "AND entity_id = :entity_id AND state IN ('set_aside', 'waiting', 'discarded')"
)
_HEAD_AND_ASIDE = sa.text(
    "SELECT last_seq, last_hash, EXISTS (SELECT 1 FROM outbox WHERE entity = :entity "
    "AND entity_id = :entity_id AND state IN ('set_aside', 'waiting', 'discarded')) AS refused "
    "FROM lane_head WHERE epoch = :of_epoch AND lane = :of_lane"
)
_LAST_TOLD = sa.text(
    "SELECT max(rev) FROM outbox WHERE entity = :entity AND entity_id = :entity_id "
    "AND lane = :lane AND rev <= :base_rev AND state IN ('pending', 'acknowledged')"
)
_LOWEST = sa.text("SELECT min(seq) FROM outbox WHERE epoch = :epoch AND lane = :lane")


def put(
    connection: sa.Connection,
    epoch: str,
    at: datetime,
    actor: str,
    told: Told,
    *,
    waits: bool | None = None,
) -> int:
    """The event stands in its lane with the next number; returns that number.

    While something of its entity is set aside it waits instead: with a number below zero, outside
    the lane, until ``let_go``. ``waits`` says so where the caller knows better. An event that would
    build on what was discarded builds on what that was built on: the city has nothing later.
    """
    lane, named = int(told.lane), {"entity": told.entity, "entity_id": told.entity_id}
    here = {"of_epoch": epoch, "of_lane": lane}
    # One question for both: nearly always nothing of the entity was ever refused.
    head = connection.execute(_HEAD_AND_ASIDE, {**named, **here}).first()
    refused: Sequence[sa.Row[Any]] = ()
    if head is None or head.refused:
        refused = connection.execute(_ASIDE, named).all()
    if waits is None:
        waits = any(row.state != DISCARDED for row in refused)
    if waits:
        lowest = connection.execute(_LOWEST, {"epoch": epoch, "lane": lane}).scalar()
        seq, prev = min(int(lowest or 0), 0) - 1, ""
    else:
        seq, prev = _after(head)
    event: dict[str, Any] = {
        "seq": seq,
        "event_id": new_id(),
        **named,
        "kind": told.kind,
        "base_rev": _built_on(connection, {**named, "lane": lane}, told.base_rev, refused),
        "rev": told.rev,
        "at": to_text(at),
        "actor": actor,
        "schema": SCHEMA,
        "payload": told.payload,
        "prev": prev,
    }
    event_hash = "" if waits else sha256_hex(event)
    row = {**event, "at": at, "epoch": epoch, "lane": lane}
    state = WAITING if waits else "pending"
    connection.execute(_INSERT, {**row, "hash": event_hash, "state": state})
    if not waits:
        _move_head(connection, epoch, lane, seq, event_hash)
    return seq


def let_go(connection: sa.Connection, epoch: str, event_id: str, base_rev: int) -> int:
    """The event that waited stands in its lane with the next number, built on this revision."""
    row = connection.execute(
        sa.select(outbox).where(outbox.c.event_id == event_id, outbox.c.state == WAITING)
    ).one()
    seq, prev = _next(connection, epoch, row.lane)
    named = {"entity": row.entity, "entity_id": row.entity_id}
    refused = connection.execute(_ASIDE, named).all()
    base_rev = _built_on(connection, {**named, "lane": row.lane}, base_rev, refused)
    event = {name: row._mapping[name] for name in _HASHED}
    event |= {"at": to_text(row.at), "seq": seq, "prev": prev, "base_rev": base_rev}
    changed = {"seq": seq, "prev": prev, "base_rev": base_rev, "hash": sha256_hex(event)}
    connection.execute(
        outbox.update()
        .where(outbox.c.event_id == event_id)
        .values(epoch=epoch, state="pending", **changed)
    )
    _move_head(connection, epoch, row.lane, seq, str(changed["hash"]))
    return seq


def _built_on(
    connection: sa.Connection,
    named: dict[str, Any],
    base_rev: int,
    refused: Sequence[sa.Row[Any]],
) -> int:
    """The last revision before what was discarded in this lane, where nothing was told since."""
    here = (DISCARDED, named["lane"])
    gone = {row.rev: row.base_rev for row in refused if (row.state, row.lane) == here}
    if not gone:
        return base_rev
    last = connection.execute(_LAST_TOLD, {**named, "base_rev": base_rev}).scalar() or 0
    for rev in sorted(gone, reverse=True):
        if last < rev <= base_rev:
            base_rev = min(gone[rev], base_rev)
    return base_rev


def _next(connection: sa.Connection, epoch: str, lane: int) -> tuple[int, str]:
    """The lane's next number, and the hash that it follows."""
    return _after(connection.execute(_HEAD, {"of_epoch": epoch, "of_lane": lane}).first())


def _after(head: sa.Row[Any] | None) -> tuple[int, str]:
    return (head.last_seq + 1, head.last_hash) if head else (1, NO_HASH)


def carry_over(connection: sa.Connection, before: str, epoch: str) -> int:
    """What was pending in the epoch before is pending in this new one, numbered from 1.

    A restored store may have sent more than it remembers, so its old numbers may not be used
    again; the events keep their ids, by which the city knows those it has. Returns how many.
    """
    rows = connection.execute(
        sa.select(outbox)
        .where(outbox.c.epoch == before, outbox.c.state == "pending")
        .order_by(outbox.c.lane, outbox.c.seq)
    ).all()
    _put_again(connection, rows, epoch)
    return len(rows)


def carry_lane(
    connection: sa.Connection, before: str, lane: int, after: int, epoch: str
) -> tuple[int, int]:
    """What a lane still holds of one epoch after this number is pending at the end of another.

    For a city that lacks what was cleared here on its word: the numbers between cannot be filled, so
    the rest goes on elsewhere. What a person has settled, or has yet to settle, stays where it is.
    Returns how many go, and how many are missing.
    """
    beyond = (outbox.c.epoch == before) & (outbox.c.lane == lane) & (outbox.c.seq > after)
    last = connection.execute(_HEAD, {"of_epoch": before, "of_lane": lane}).first()
    held = connection.execute(sa.select(sa.func.count()).where(beyond)).scalar_one()
    rows = connection.execute(
        sa.select(outbox)
        .where(beyond, outbox.c.state.in_(("pending", "acknowledged")))
        .order_by(outbox.c.seq)
    ).all()
    _put_again(connection, rows, epoch)
    return len(rows), max(0, (last.last_seq if last else after) - after - held)


def _put_again(connection: sa.Connection, rows: Sequence[sa.Row[Any]], epoch: str) -> None:
    """These events are pending at the ends of their lanes in this epoch; they keep their ids."""
    heads: dict[int, tuple[int, str]] = {}
    for row in rows:
        if row.lane not in heads:
            head = connection.execute(_HEAD, {"of_epoch": epoch, "of_lane": row.lane}).first()
            heads[row.lane] = (head.last_seq, head.last_hash) if head else (0, NO_HASH)
        last, prev = heads[row.lane]
        event = {name: row._mapping[name] for name in _HASHED}
        event |= {"at": to_text(row.at), "seq": last + 1, "prev": prev}
        heads[row.lane] = (last + 1, sha256_hex(event))
        connection.execute(
            outbox.update()
            .where(outbox.c.event_id == row.event_id)
            .values(
                epoch=epoch,
                seq=last + 1,
                prev=prev,
                hash=heads[row.lane][1],
                state="pending",
                settled_at=None,
            )
        )
    for lane, (seq, last_hash) in heads.items():
        _move_head(connection, epoch, lane, seq, last_hash)


def _move_head(connection: sa.Connection, epoch: str, lane: int, seq: int, last_hash: str) -> None:
    moved = connection.execute(
        _MOVE, {"of_epoch": epoch, "of_lane": lane, "to_seq": seq, "to_hash": last_hash}
    )
    if moved.rowcount == 0:
        connection.execute(
            lane_head.insert().values(epoch=epoch, lane=lane, last_seq=seq, last_hash=last_hash)
        )


def counts(connection: sa.Connection) -> dict[str, int]:
    """How many events of every epoch stand in each state."""
    rows = connection.execute(
        sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
    ).all()
    return {str(state): int(number) for state, number in rows}
