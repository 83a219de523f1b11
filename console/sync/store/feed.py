"""The feed downward: how far it was read, what was seen, what is in quarantine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from console.sync.model import Quarantined
from console.sync.store.tables import feed_seen, quarantine, sync_feed

KEPT, HANDLED, DISCARDED = "kept", "handled", "discarded"
_COUNT_KEPT = sa.select(sa.func.count()).select_from(quarantine).where(quarantine.c.state == KEPT)


@dataclass(frozen=True, slots=True)
class FeedMark:
    """Where the feed goes on, and in which life of the city's server."""

    cursor: str = ""
    server_epoch: str = ""


def mark(connection: sa.Connection) -> FeedMark:
    """How far the feed was read; the beginning when it never was."""
    row = connection.execute(sa.select(sync_feed.c.cursor, sync_feed.c.server_epoch)).first()
    return FeedMark() if row is None else FeedMark(row.cursor, row.server_epoch)


def write_mark(connection: sa.Connection, at: FeedMark) -> None:
    """The feed goes on from here."""
    told = {"cursor": at.cursor, "server_epoch": at.server_epoch}
    if connection.execute(sync_feed.update().values(**told)).rowcount == 0:
        connection.execute(sync_feed.insert().values(one=1, **told))


def seen(connection: sa.Connection, item_ids: Sequence[str]) -> set[str]:
    """Those of these items that came before."""
    rows = connection.execute(
        sa.select(feed_seen.c.item_id).where(feed_seen.c.item_id.in_(item_ids))
    )
    return {row.item_id for row in rows}


def count_seen(connection: sa.Connection) -> int:
    """How many items have ever come."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(feed_seen)).scalar_one())


def remember(connection: sa.Connection, item_id: str, at: datetime) -> None:
    """This item has come."""
    connection.execute(feed_seen.insert().values(item_id=item_id, seen_at=at))


def keep_aside(connection: sa.Connection, item: Quarantined) -> None:
    """The item stands in quarantine."""
    connection.execute(
        quarantine.insert().values(
            item_id=item.item_id,
            kind=item.kind,
            received_at=item.received_at,
            code=item.code,
            message=item.message,
            raw=item.raw,
            state=KEPT,
        )
    )


_SHOWN = 2000  # of a raw item in a list: one item may be megabytes
_COLUMNS = (
    quarantine.c.item_id,
    quarantine.c.kind,
    quarantine.c.received_at,
    quarantine.c.code,
    quarantine.c.message,
    quarantine.c.raw,
)
_LISTED = (*_COLUMNS[:-1], sa.func.substr(quarantine.c.raw, 1, _SHOWN))


def kept(connection: sa.Connection, limit: int = 500) -> list[Quarantined]:
    """What is in quarantine, the newest first; the beginning of each as it came."""
    rows = connection.execute(
        sa.select(*_LISTED)
        .where(quarantine.c.state == KEPT)
        .order_by(sa.text("rowid DESC"))
        .limit(limit)
    )
    return [Quarantined(*row) for row in rows]


def find_kept(connection: sa.Connection, item_id: str) -> Quarantined | None:
    """The item with this id, if it is in quarantine."""
    row = connection.execute(
        sa.select(*_COLUMNS).where(quarantine.c.item_id == item_id, quarantine.c.state == KEPT)
    ).first()
    return None if row is None else Quarantined(*row)


def settle(connection: sa.Connection, item_id: str, state: str, at: datetime) -> None:
    """The item has left quarantine this way."""
    connection.execute(
        quarantine.update()
        .where(quarantine.c.item_id == item_id)
        .values(state=state, settled_at=at)
    )


def count_kept(connection: sa.Connection) -> int:
    """How many items are in quarantine."""
    return int(connection.execute(_COUNT_KEPT).scalar_one())
