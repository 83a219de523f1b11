"""Lanes upward: what waits, what was acknowledged, what may be forgotten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from console.core.outbox import DISCARDED
from console.core.tables import lane_head, outbox
from console.sync.model import MAX_EVENTS, Digest, Event, Rejection, digest_of
from console.sync.store.tables import sync_lane

PENDING, ACKNOWLEDGED, SET_ASIDE = "pending", "acknowledged", "set_aside"
RETRIED, SUPERSEDED = "retried", "superseded"
# An event's fields in canonical order; the plain ones go into the JSON as they are stored.
_BODY = [
    "actor",
    "at",
    "base_rev",
    "entity",
    "entity_id",
    "event_id",
    "hash",
    "kind",
    "payload",
    "prev",
    "rev",
    "schema",
    "seq",
]
_PLAIN = frozenset({"base_rev", "payload", "rev", "schema", "seq"})


# Built once, for they are asked at every look: to build a statement costs more than to run it.
_MARKS = (
    sa.select(
        lane_head.c.epoch,
        lane_head.c.last_seq,
        sync_lane.c.acked_through,
        sync_lane.c.acked_at,
        sync_lane.c.stopped,
        sa.literal_column("lane_head.rowid").label("born"),
    )
    .select_from(
        lane_head.outerjoin(
            sync_lane,
            (sync_lane.c.epoch == lane_head.c.epoch) & (sync_lane.c.lane == lane_head.c.lane),
        )
    )
    .where(lane_head.c.lane == sa.bindparam("of_lane"))
)
_COUNT_ASIDE = sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state == SET_ASIDE)


@dataclass(frozen=True, slots=True)
class LaneMark:
    """How one lane of one epoch stands: its last number and what is acknowledged of it."""

    epoch: str
    last_seq: int
    acked_through: int
    acked_at: datetime | None
    stopped: str | None


def marks(connection: sa.Connection, lane: int, current: str) -> list[LaneMark]:
    """The lane's marks, the ``current`` epoch last, so that an entity's order is kept over a restore.

    An older epoch ends where its rows end: a restore carries what was pending over to the new one.
    """
    rows = connection.execute(_MARKS, {"of_lane": lane}).all()
    found = []
    # By the order of their first writing, and not by a clock that may have been put back.
    for row in sorted(rows, key=lambda row: (row.epoch == current, row.born)):
        last = row.last_seq if row.epoch == current else _last_seq(connection, row.epoch, lane)
        found.append(LaneMark(row.epoch, last, row.acked_through or 0, row.acked_at, row.stopped))
    return found


def _last_seq(connection: sa.Connection, epoch: str, lane: int) -> int:
    """The last number that the city must have; what a person settled or is to settle may lie beyond."""
    last = connection.execute(
        sa.select(sa.func.max(outbox.c.seq)).where(
            outbox.c.epoch == epoch,
            outbox.c.lane == lane,
            outbox.c.state.in_((PENDING, ACKNOWLEDGED)),
        )
    ).scalar()
    return max(0, int(last or 0))  # what waits has numbers below zero


def events_after(
    connection: sa.Connection, epoch: str, lane: int, after: int, limit: int = MAX_EVENTS
) -> list[Event]:
    """The lane's events after this number, in order, as the city gets them."""
    rows = connection.execute(
        sa.select(*(sa.type_coerce(outbox.c[name], sa.String).label(name) for name in _BODY))
        .where(outbox.c.epoch == epoch, outbox.c.lane == lane, outbox.c.seq > after)
        .order_by(outbox.c.seq)
        .limit(limit)
    )
    return [
        Event(int(row.seq), row.event_id, row.entity, row.entity_id, _text(row)) for row in rows
    ]


def _text(row: sa.Row[Any]) -> str:
    """The event's canonical JSON, put together from the stored texts: a backlog must be cheap."""
    parts = (
        f'"{name}":{value if name in _PLAIN else json.dumps(value, ensure_ascii=False)}'
        for name, value in zip(_BODY, row, strict=True)
    )
    return f"{{{','.join(parts)}}}"


def settled_through(connection: sa.Connection, mark: LaneMark, lane: int) -> int:
    """The number before the first event that the city never answered; the last one where it did all.

    It may be above the mark: a city that was restored, or said so, has taken the mark back.
    """
    first = connection.execute(
        sa.select(outbox.c.seq)
        .where(outbox.c.state == PENDING, outbox.c.lane == lane, outbox.c.epoch == mark.epoch)
        .order_by(outbox.c.seq)
        .limit(1)
    ).scalar()
    return max(mark.acked_through, mark.last_seq if first is None else int(first) - 1)


def oldest_after(connection: sa.Connection, epoch: str, lane: int, after: int) -> datetime | None:
    """When the first event after this number was written."""
    moment: datetime | None = connection.execute(
        sa.select(outbox.c.at)
        .where(outbox.c.epoch == epoch, outbox.c.lane == lane, outbox.c.seq > after)
        .order_by(outbox.c.seq)
        .limit(1)
    ).scalar()
    return moment


def write_mark(
    connection: sa.Connection, epoch: str, lane: int, acked_through: int, at: datetime | None
) -> None:
    """The lane is acknowledged through this number; ``at`` None leaves the time as it was."""
    told: dict[str, object] = {"acked_through": acked_through}
    if at is not None:
        told["acked_at"] = at
    _write(connection, epoch, lane, told)


def write_stop(
    connection: sa.Connection, epoch: str, lane: int, code: str | None, at: datetime
) -> None:
    """The lane is stopped for this reason, or free again with None."""
    _write(connection, epoch, lane, {"stopped": code, "stopped_at": at})


def _write(connection: sa.Connection, epoch: str, lane: int, told: dict[str, object]) -> None:
    done = connection.execute(
        sync_lane.update()
        .where(sync_lane.c.epoch == epoch, sync_lane.c.lane == lane)
        .values(**told)
    )
    if done.rowcount == 0:
        connection.execute(
            sync_lane.insert().values(**{"epoch": epoch, "lane": lane, "acked_through": 0, **told})
        )


def settle(
    connection: sa.Connection,
    epoch: str,
    lane: int,
    span: tuple[int, int],
    rejected: Sequence[Rejection],
    at: datetime,
    taken_at: datetime,
) -> list[str]:
    """Events of the span (both ends within) are acknowledged, the rejected ones set aside.

    ``taken_at`` is from when on an acknowledged one grows old. What a person has retried or discarded
    stays so. Returns the ids of the events set aside anew.
    """
    whole = sa.and_(outbox.c.epoch == epoch, outbox.c.lane == lane, outbox.c.seq.between(*span))
    refused = {entry.seq: entry for entry in rejected}
    taken: sa.ColumnElement[bool] = outbox.c.state.in_((PENDING, SET_ASIDE))
    if refused:
        taken = sa.and_(taken, outbox.c.seq.not_in(list(refused)))
    connection.execute(
        outbox.update()
        .where(whole, taken)
        .values(state=ACKNOWLEDGED, settled_at=taken_at, reason_code=None, reason=None)
    )
    aside = []
    for seq, entry in refused.items():
        done = connection.execute(
            outbox.update()
            .where(whole, outbox.c.seq == seq, outbox.c.state.in_((PENDING, ACKNOWLEDGED)))
            .values(state=SET_ASIDE, settled_at=at, reason_code=entry.code, reason=entry.message)
            .returning(outbox.c.event_id)
        )
        aside += [row.event_id for row in done]
    return aside


def taken_after_all(
    connection: sa.Connection,
    epoch: str,
    lane: int,
    span: tuple[int, int],
    rejected: Sequence[Rejection],
) -> list[tuple[str, str]]:
    """Entity and id of the events of the span that are set aside and are not rejected this time."""
    rows = connection.execute(
        sa.select(outbox.c.entity, outbox.c.entity_id)
        .where(
            outbox.c.epoch == epoch,
            outbox.c.lane == lane,
            outbox.c.seq.between(*span),
            outbox.c.state == SET_ASIDE,
            outbox.c.seq.not_in([entry.seq for entry in rejected]),
        )
        .distinct()
    )
    return [(row.entity, row.entity_id) for row in rows]


def count_set_aside(connection: sa.Connection) -> int:
    """How many events are set aside."""
    return int(connection.execute(_COUNT_ASIDE).scalar_one())


def forgettable(
    connection: sa.Connection,
    epoch: str,
    lane: int,
    span: tuple[int, int],
    before: datetime,
    limit: int,
) -> list[int]:
    """Settled events after the span's first number, up to its last (archived by the city) or older
    than ``before``: their numbers.

    The last acknowledged event of each entity and day is not among them: the digest needs it.
    """
    after, through = span
    newer = outbox.alias("newer")
    at, newer_at = (sa.type_coerce(table.c.at, sa.String) for table in (outbox, newer))
    later = sa.exists().where(
        newer.c.entity == outbox.c.entity,
        newer.c.entity_id == outbox.c.entity_id,
        newer_at >= at,
        newer_at < sa.func.substr(at, 1, 10) + "U",  # the day's end, so that the index finds it
        newer.c.state == ACKNOWLEDGED,
        sa.tuple_(*_order(newer)) > sa.tuple_(*_order(outbox)),
    )
    rows = connection.execute(
        sa.select(outbox.c.seq)
        .where(
            outbox.c.epoch == epoch,
            outbox.c.lane == lane,
            outbox.c.seq > after,
            sa.or_(outbox.c.seq <= through, outbox.c.settled_at < before),
            sa.or_(
                outbox.c.state.in_((RETRIED, DISCARDED, SUPERSEDED)),
                sa.and_(outbox.c.state == ACKNOWLEDGED, later),
            ),
        )
        .order_by(outbox.c.seq)
        .limit(limit)
    )
    return [row.seq for row in rows]


def forget(connection: sa.Connection, epoch: str, lane: int, seqs: Sequence[int]) -> None:
    """These events are gone."""
    connection.execute(
        outbox.delete().where(
            outbox.c.epoch == epoch, outbox.c.lane == lane, outbox.c.seq.in_(seqs)
        )
    )


def _day(table: sa.FromClause) -> sa.ColumnElement[str]:
    return sa.func.substr(sa.type_coerce(table.c.at, sa.String), 1, 10)


def _order(table: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """What sorts an entity's events as they came to the city.

    One act may tell two of one moment, and a restore between them numbers the second anew: then the
    revision tells which was later, the number alone does not.
    """
    return [table.c.at, table.c.lane, table.c.rev, table.c.seq]


def digest(connection: sa.Connection, entity: str, day: date) -> Digest:
    """The digest of what the city has taken of this entity on this UTC day (digest.json)."""
    text = f"{day:%Y-%m-%d}"
    rows = connection.execute(
        sa.select(outbox.c.entity_id, outbox.c.hash)
        .where(
            outbox.c.entity == entity,
            outbox.c.state == ACKNOWLEDGED,
            _day(outbox) == text,
        )
        .order_by(*_order(outbox))
    )
    return digest_of({row.entity_id: row.hash for row in rows}.values())
