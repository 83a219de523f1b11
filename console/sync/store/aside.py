"""Events that the city did not take."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from console.core.tables import UtcTime, outbox
from console.sync.model import SetAside
from console.sync.store.lane import PENDING, SET_ASIDE
from console.sync.store.tables import sync_lane

_COLUMNS = (
    *tuple(
        outbox.c[name]
        for name in [
            "event_id",
            "epoch",
            "lane",
            "seq",
            "entity",
            "entity_id",
            "kind",
            "rev",
            "at",
            "actor",
            "payload",
        ]
    ),
    sa.func.coalesce(outbox.c.settled_at, outbox.c.at, type_=UtcTime()),
    sa.func.coalesce(outbox.c.reason_code, ""),
    sa.func.coalesce(outbox.c.reason, ""),
    outbox.c.base_rev,
    outbox.c.state,
)


# as the partial index says it
_ASIDE = sa.text("state IN ('set_aside', 'waiting', 'discarded') AND state <> 'discarded'")


def all_aside(connection: sa.Connection, limit: int) -> list[SetAside]:
    """What is set aside and what waits behind it, each entity's in the order in which it happened."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(_ASIDE)
        .order_by(outbox.c.entity, outbox.c.entity_id, outbox.c.rev, sa.text("rowid"))
        .limit(limit)
    )
    return [SetAside(*row) for row in rows]


def listed(connection: sa.Connection, limit: int = 500) -> list[SetAside]:
    """What is set aside, the newest first."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(outbox.c.state == SET_ASIDE)
        .order_by(sa.text("rowid DESC"))
        .limit(limit)
    )
    return [SetAside(*row) for row in rows]


def find(connection: sa.Connection, event_id: str) -> SetAside | None:
    """The event with this id, if it is set aside."""
    row = connection.execute(
        sa.select(*_COLUMNS).where(outbox.c.event_id == event_id, outbox.c.state == SET_ASIDE)
    ).first()
    return None if row is None else SetAside(*row)


def of_entity(connection: sa.Connection, entity: str, entity_id: str) -> list[SetAside]:
    """All that is set aside of one entity or waits behind it, in the order in which it happened."""
    rows = connection.execute(
        sa.select(*_COLUMNS)
        .where(
            outbox.c.entity == entity,
            outbox.c.entity_id == entity_id,
            _ASIDE,
        )
        .order_by(outbox.c.rev, sa.text("rowid"))
    )
    return [SetAside(*row) for row in rows]


def is_sending(connection: sa.Connection, entity: str, entity_id: str) -> bool:
    """Whether an event of this entity still waits for the city's answer."""
    found = connection.execute(
        sa.select(outbox.c.seq)
        .where(
            outbox.c.entity == entity, outbox.c.entity_id == entity_id, outbox.c.state == PENDING
        )
        .limit(1)
    ).first()
    return found is not None


def settle(connection: sa.Connection, event_id: str, state: str, at: datetime, reason: str) -> None:
    """The event has left the set-aside list this way."""
    connection.execute(
        outbox.update()
        .where(outbox.c.event_id == event_id)
        .values(state=state, settled_at=at, reason=reason)
    )


def stopped_lanes(connection: sa.Connection) -> list[tuple[str, int, str]]:
    """The lanes that send nothing: epoch, lane, code of the reason."""
    rows = connection.execute(
        sa.select(sync_lane.c.epoch, sync_lane.c.lane, sync_lane.c.stopped).where(
            sync_lane.c.stopped.is_not(None)
        )
    )
    return [(row.epoch, row.lane, row.stopped) for row in rows]
