"""What the posts told the city: each lane's order, judgement of each event, state and digest."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from console.drill.city import witness
from console.drill.city.contract import SCHEMA_MAX, SCHEMA_MIN, Contract
from console.drill.city.envelope import canonical, content_hash, hash_of
from console.drill.city.standing import Standing
from console.drill.city.tables import event as event_table
from console.drill.city.tables import lane as lane_table

FIRST_PREV = "0" * 64
LANES = range(4)


class Gap(Exception):
    """Events are missing before the batch, or inside it."""

    def __init__(self, have_through: int) -> None:
        super().__init__(have_through)
        self.have_through = have_through


class Fork(Exception):
    """The lane goes on differently from what the city has."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """An event that was not applied, and why."""

    seq: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Ack:
    """The answer to a batch that was applied."""

    ack_through: int
    rejected: tuple[Rejection, ...]
    countersigned: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class LaneKey:
    """One lane of one life of one post."""

    post: str
    epoch: str
    lane: int


@dataclass(frozen=True, slots=True)
class Record:
    """One event as the city keeps it. ``outcome`` is applied, duplicate or rejected (then with a code)."""

    epoch: str
    lane: int
    outcome: str
    code: str | None
    event: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Digest:
    """How many entities changed last on a day, and the sum of their hashes as 32 hex digits."""

    count: int
    digest: str


Countersign = Callable[[dict[str, Any]], dict[str, Any] | None]


def apply(
    connection: sa.Connection,
    contract: Contract,
    key: LaneKey,
    events: Sequence[dict[str, Any]],
    countersign: Countersign = lambda _: None,
) -> Ack:
    """The batch is in the ledger, up to its last event. Raises Gap or Fork with nothing changed."""
    head = connection.execute(
        sa.select(lane_table.c.high_water, lane_table.c.head_hash).where(*_is(lane_table, key))
    ).first()
    high_water, head_hash = (head.high_water, head.head_hash) if head else (0, FIRST_PREV)
    _require_joined(events, high_water, head_hash)
    rejected = _known(connection, key, events, high_water)
    fresh = [event for event in events if event["seq"] > high_water]
    if fresh:
        rows = _judged(connection, contract, key, fresh)
        connection.execute(event_table.insert(), rows)
        _move_head(connection, key, fresh[-1], new=head is None)
        rejected += [
            Rejection(row["seq"], row["code"], row["message"])
            for row in rows
            if row["outcome"] == "rejected"
        ]
        if key.lane == witness.LANE:
            _witness(connection, key, fresh, rows, countersign)
    signed = []
    if key.lane == witness.LANE:
        span = (events[0]["seq"], events[-1]["seq"])
        signed = witness.of_events(connection, key.post, key.epoch, *span)
    return Ack(events[-1]["seq"], tuple(rejected), tuple(signed))


def _witness(
    connection: sa.Connection,
    key: LaneKey,
    events: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    countersign: Countersign,
) -> None:
    """Every checkpoint that was applied is countersigned."""
    kept = []
    for event, row in zip(events, rows, strict=True):
        if row["outcome"] == "rejected" or event["kind"] != witness.KIND:
            continue
        stated = {name: event["payload"][name] for name in ("seq", "hash", "at")}
        signed = countersign({"post": key.post, "epoch": key.epoch, **stated})
        if signed is not None:
            kept.append({**signed, "event_seq": event["seq"]})
    witness.keep(connection, kept)


def state(
    connection: sa.Connection, post: str, epoch: str
) -> tuple[dict[str, int], dict[str, int]]:
    """High-water marks and archived-through marks of every lane; 0 where nothing came yet."""
    high_water = {str(lane): 0 for lane in LANES}
    archived = dict(high_water)
    of_epoch = sa.and_(lane_table.c.post == post, lane_table.c.epoch == epoch)
    for row in connection.execute(sa.select(lane_table).where(of_epoch)):
        high_water[str(row.lane)] = row.high_water
        archived[str(row.lane)] = row.archived_through
    return high_water, archived


def digest(connection: sa.Connection, post: str, entity: str, day: str) -> Digest:
    """The digest of ``digest.json`` for this entity kind on this UTC day (``2026-11-21``)."""
    rows = connection.execute(
        sa.select(event_table.c.entity_id, event_table.c.hash)
        .where(
            event_table.c.post == post,
            event_table.c.entity == entity,
            event_table.c.outcome != "rejected",
            event_table.c.at >= f"{day}T",
            event_table.c.at < f"{day}U",
        )
        .order_by(event_table.c.at, event_table.c.lane, event_table.c.arrival)
    )
    latest = {row.entity_id: row.hash for row in rows}
    total = sum(int(found[:32], 16) for found in latest.values()) % (1 << 128)
    return Digest(len(latest), f"{total:032x}")


def records(
    connection: sa.Connection, post: str, after: int = 0, limit: int | None = None
) -> list[Record]:
    """What came from this post, in the order of arrival, without the first ``after``."""
    rows = connection.execute(
        sa.select(event_table)
        .where(event_table.c.post == post)
        .order_by(event_table.c.arrival)
        .offset(after)
        .limit(limit)
    )
    return [Record(row.epoch, row.lane, row.outcome, row.code, json.loads(row.raw)) for row in rows]


def archive(connection: sa.Connection, post: str) -> None:
    """All that came from this post is archived: the post need not keep it any longer."""
    connection.execute(
        lane_table.update()
        .where(lane_table.c.post == post)
        .values(archived_through=lane_table.c.high_water)
    )


def forget_after(connection: sa.Connection, key: LaneKey, seq: int) -> None:
    """The lane stands as a backup from just after ``seq`` would leave it."""
    connection.execute(event_table.delete().where(*_is(event_table, key), event_table.c.seq > seq))
    if key.lane == witness.LANE:
        witness.forget_after(connection, key.post, key.epoch, seq)
    last = connection.execute(
        sa.select(event_table.c.hash).where(*_is(event_table, key), event_table.c.seq == seq)
    ).scalar()
    archived = sa.case(
        (lane_table.c.archived_through > seq, seq), else_=lane_table.c.archived_through
    )
    connection.execute(
        lane_table.update()
        .where(*_is(lane_table, key), lane_table.c.high_water > seq)
        .values(high_water=seq, head_hash=last or FIRST_PREV, archived_through=archived)
    )


def _is(table: sa.Table, key: LaneKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.post == key.post, table.c.epoch == key.epoch, table.c.lane == key.lane)


def _require_joined(events: Sequence[dict[str, Any]], high_water: int, head_hash: str) -> None:
    """The numbers have no gap and each ``prev`` is the hash before it, as far as the batch shows."""
    before: dict[str, Any] | None = None
    for event in events:
        if event["seq"] != (before["seq"] + 1 if before else min(event["seq"], high_water + 1)):
            raise Gap(high_water)
        if before is not None and event["prev"] != before["hash"]:
            raise Fork
        if event["seq"] == high_water + 1 and event["prev"] != head_hash:
            raise Fork
        before = event


def _known(
    connection: sa.Connection,
    key: LaneKey,
    events: Sequence[dict[str, Any]],
    high_water: int,
) -> list[Rejection]:
    """The rejections of those events that came before. Raises Fork where one differs now."""
    known = {event["seq"]: event["hash"] for event in events if event["seq"] <= high_water}
    if not known:
        return []
    columns = (event_table.c.seq, event_table.c.hash, event_table.c.code, event_table.c.message)
    rows = connection.execute(
        sa.select(*columns)
        .where(*_is(event_table, key), event_table.c.seq.between(min(known), max(known)))
        .order_by(event_table.c.seq)
    ).all()
    if {row.seq: row.hash for row in rows} != known:
        raise Fork
    return [Rejection(row.seq, row.code, row.message) for row in rows if row.code is not None]


def _judged(
    connection: sa.Connection, contract: Contract, key: LaneKey, events: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """A row for each event, judged in order: applied, duplicate, or rejected with a reason."""
    seen = _seen(connection, key.post, events)
    standing = Standing(connection, key.post, key.epoch, key.lane)
    rows = []
    for event in events:
        row: dict[str, Any] = dict.fromkeys(
            ("code", "message", "event_id", "content_hash", "entity", "entity_id", "at")
        )
        row |= {"post": key.post, "epoch": key.epoch, "lane": key.lane, "outcome": "applied"}
        row |= {"seq": event["seq"], "hash": event["hash"], "raw": canonical(event).decode()}
        refusal = _refusal(contract, event) or standing.refusal(event)
        said = content_hash(event)
        if refusal is None and event["event_id"] in seen:
            if seen[event["event_id"]] == said:
                row["outcome"] = "duplicate"
            else:
                refusal = ("event_id_reused", f"event_id {event['event_id']} said something else")
        if refusal is not None:
            row |= {"outcome": "rejected", "code": refusal[0], "message": refusal[1]}
        else:
            seen[event["event_id"]] = said
            row |= {name: event[name] for name in ("event_id", "entity", "entity_id")}
            row |= {"content_hash": said, "at": _micros(event["at"])}
        standing.judged(event, refusal)
        rows.append(row)
    return rows


def _refusal(contract: Contract, event: dict[str, Any]) -> tuple[str, str] | None:
    """Code and words of what is wrong with this event by itself."""
    fault = contract.fault("event.json", event)
    if fault is not None:
        return "schema", fault
    if hash_of(event) != event["hash"]:
        return "hash_mismatch", "hash is not that of the event's canonical JSON"
    if not SCHEMA_MIN <= event["schema"] <= SCHEMA_MAX:
        return "schema_version", f"schema {event['schema']} is not {SCHEMA_MIN} to {SCHEMA_MAX}"
    if event["kind"] not in contract.kinds("upward"):
        return "unknown_kind", f"kind {event['kind']} is not in this version of the road"
    fault = contract.fault(f"upward/{event['kind']}.json", event["payload"])
    return None if fault is None else ("schema", f"payload.{fault}")


def _seen(connection: sa.Connection, post: str, events: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Event ids that stand in the ledger already, and what they said."""
    asked = [name for event in events if isinstance(name := event.get("event_id"), str)]
    asked = [name for name in asked if len(name) == 36 and name.isprintable()]
    rows = connection.execute(
        sa.select(event_table.c.event_id, event_table.c.content_hash).where(
            event_table.c.post == post, event_table.c.event_id.in_(asked)
        )
    )
    return {row.event_id: row.content_hash for row in rows}


def _move_head(connection: sa.Connection, key: LaneKey, last: dict[str, Any], *, new: bool) -> None:
    values = {"high_water": last["seq"], "head_hash": last["hash"]}
    if new:
        place = {"post": key.post, "epoch": key.epoch, "lane": key.lane}
        connection.execute(lane_table.insert().values(**place, **values, archived_through=0))
    else:
        connection.execute(lane_table.update().where(*_is(lane_table, key)).values(**values))


def _micros(text: str) -> str:
    """The same moment with six decimals, so that text order is time order."""
    return f"{datetime.fromisoformat(text).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
