"""What the city must be told: events in four lanes, gap-free and chained (city-api, upward)."""

from __future__ import annotations

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


class Lane(IntEnum):
    """A backlog in one lane never delays another."""

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


def put(connection: sa.Connection, epoch: str, at: datetime, actor: str, told: Told) -> int:
    """The event stands in its lane with the next number; returns that number."""
    head = connection.execute(
        sa.select(lane_head.c.last_seq, lane_head.c.last_hash).where(
            lane_head.c.epoch == epoch, lane_head.c.lane == int(told.lane)
        )
    ).first()
    seq, prev = (head.last_seq + 1, head.last_hash) if head else (1, NO_HASH)
    event: dict[str, Any] = {
        "seq": seq,
        "event_id": new_id(),
        "entity": told.entity,
        "entity_id": told.entity_id,
        "kind": told.kind,
        "base_rev": told.base_rev,
        "rev": told.rev,
        "at": to_text(at),
        "actor": actor,
        "schema": SCHEMA,
        "payload": told.payload,
        "prev": prev,
    }
    event_hash = sha256_hex(event)
    connection.execute(
        outbox.insert().values(
            **{**event, "at": at},
            epoch=epoch,
            lane=int(told.lane),
            hash=event_hash,
            state="pending",
        )
    )
    if head is None:
        connection.execute(
            lane_head.insert().values(
                epoch=epoch, lane=int(told.lane), last_seq=seq, last_hash=event_hash
            )
        )
    else:
        connection.execute(
            lane_head.update()
            .where(lane_head.c.epoch == epoch, lane_head.c.lane == int(told.lane))
            .values(last_seq=seq, last_hash=event_hash)
        )
    return seq
