"""The city's memory: opens the tables, keeps the server epoch, runs each act in one transaction."""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.drill.city import ledger, witness
from console.drill.city.contract import Contract
from console.drill.city.envelope import canonical
from console.drill.city.tables import city as city_table
from console.drill.city.tables import feed as feed_table
from console.drill.city.tables import make_engine, metadata


class UnfitPublication(ValueError):
    """What was to be published is of an unknown kind or breaks its schema."""


class UnknownCursor(ValueError):
    """A cursor that no city gave."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One message for a post's feed. ``addressed_to`` differs from ``post`` only to try the post with it."""

    post: str
    kind: str
    payload: dict[str, Any]
    addressed_to: str


class Store:
    """One city process a database: it keeps its writers in line itself."""

    def __init__(
        self,
        file: Path,
        url: str,
        contract: Contract,
        countersigns: witness.Witness | None = None,
    ) -> None:
        self._countersigns = countersigns
        self._file = file
        self._url = url
        self._contract = contract
        self._writer = threading.Lock()
        self._engine: sa.Engine | None = None
        self._server_epoch = ""

    def start(self) -> None:
        """The tables stand, and the city knows its epoch: made once, kept over restarts."""
        self._engine = make_engine(self._file, self._url)
        try:
            metadata.create_all(self._engine)
            with self._engine.begin() as connection:
                found = connection.execute(sa.select(city_table.c.server_epoch)).scalar()
                if found is None:
                    found = secrets.token_hex(8)
                    connection.execute(city_table.insert().values(one=1, server_epoch=found))
        except sa.exc.SQLAlchemyError:
            self.stop()
            raise
        self._server_epoch = found

    def stop(self) -> None:
        """Every connection is closed."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    @property
    def engine(self) -> sa.Engine:
        """The engine under the store."""
        if self._engine is None:
            raise RuntimeError("the city is not started")
        return self._engine

    def take(self, key: ledger.LaneKey, events: Sequence[dict[str, Any]]) -> ledger.Ack:
        """The batch is applied. Raises ledger.Gap or ledger.Fork."""
        with self._writer, self.engine.begin() as connection:
            return ledger.apply(connection, self._contract, key, events, self._countersign)

    def state(self, post: str, epoch: str) -> dict[str, Any]:
        """The answer of ``state.json``, without versions and time."""
        with self.engine.begin() as connection:
            high_water, archived = ledger.state(connection, post, epoch)
            countersigned = witness.latest(connection, post, epoch)
        return {
            "server_epoch": self._server_epoch,
            "high_water": high_water,
            "archived_through": archived,
            "countersigned": countersigned,
        }

    def _countersign(self, stated: dict[str, Any]) -> dict[str, Any] | None:
        """The checkpoint with the city's signature; None for a city that is no witness."""
        if self._countersigns is None:
            return None
        return self._countersigns.countersign(stated, now_text())

    def digest(self, post: str, entity: str, day: str) -> ledger.Digest:
        """The digest of one entity kind on one UTC day."""
        with self.engine.begin() as connection:
            return ledger.digest(connection, post, entity, day)

    def records(self, post: str, after: int = 0, limit: int | None = None) -> list[ledger.Record]:
        """What came from this post."""
        with self.engine.begin() as connection:
            return ledger.records(connection, post, after, limit)

    def archive(self, post: str) -> None:
        """All that came from this post counts as archived."""
        with self._writer, self.engine.begin() as connection:
            ledger.archive(connection, post)

    def restore(self, key: ledger.LaneKey, seq: int) -> None:
        """As after a restore of the city: the lane ends at ``seq``, and the server epoch is new."""
        renewed = secrets.token_hex(8)
        with self._writer, self.engine.begin() as connection:
            ledger.forget_after(connection, key, seq)
            connection.execute(city_table.update().values(server_epoch=renewed))
            self._server_epoch = renewed

    def publish(self, told: Publication, *, checked: bool = True) -> tuple[str, int]:
        """The item stands in the feed; its id and number. Raises UnfitPublication when checked."""
        if checked:
            self._require_fit(told)
        item_id = _new_id()
        with self._writer, self.engine.begin() as connection:
            last = connection.execute(
                sa.select(sa.func.max(feed_table.c.seq)).where(feed_table.c.post == told.post)
            ).scalar()
            seq = int(last or 0) + 1
            connection.execute(
                feed_table.insert().values(
                    post=told.post,
                    seq=seq,
                    item_id=item_id,
                    addressed_to=told.addressed_to,
                    kind=told.kind,
                    at=now_text(),
                    payload=canonical(told.payload).decode(),
                )
            )
        return item_id, seq

    def feed(self, post: str, after: str, limit: int) -> dict[str, Any]:
        """The answer of ``feed.json``. Raises UnknownCursor."""
        epoch, since = self._server_epoch, self._since(after)
        with self.engine.begin() as connection:
            rows = connection.execute(
                sa.select(feed_table)
                .where(feed_table.c.post == post, feed_table.c.seq > since)
                .order_by(feed_table.c.seq)
                .limit(limit)
            ).all()
        items = [
            {
                "item_id": row.item_id,
                "seq": row.seq,
                "post": row.addressed_to,
                "kind": row.kind,
                "at": row.at,
                "payload": json.loads(row.payload),
            }
            for row in rows
        ]
        last = rows[-1].seq if rows else since
        return {"server_epoch": epoch, "cursor": f"{epoch}.{last}", "items": items}

    def _since(self, cursor: str) -> int:
        """The number after which to go on: 0 for a cursor from before a restore of the city."""
        if not cursor:
            return 0
        epoch, dot, number = cursor.partition(".")
        if not (dot and len(epoch) == 16 and number.isascii() and number.isdigit()):
            raise UnknownCursor(f"after {cursor[:40]!r} is not a cursor of this city")
        return min(int(number[:19]), 1 << 62) if epoch == self._server_epoch else 0

    def _require_fit(self, told: Publication) -> None:
        if told.kind not in self._contract.kinds("downward"):
            raise UnfitPublication(f"kind {told.kind} is not in this version of the road")
        fault = self._contract.fault(f"downward/{told.kind}.json", told.payload)
        if fault is not None:
            raise UnfitPublication(f"payload.{fault}")


def now_text() -> str:
    """The present moment as the road writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7)."""
    number = int.from_bytes(
        (time.time_ns() // 1_000_000).to_bytes(6, "big") + os.urandom(10), "big"
    )
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
