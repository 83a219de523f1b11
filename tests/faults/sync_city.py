"""The real city application in this process: dies on order, keeps backups, comes back from one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from console.drill.city import ledger
from console.drill.city.app import Desk, make_app
from console.drill.city.bell import Bell
from console.drill.city.contract import Contract
from console.drill.city.store import Publication, Store
from console.drill.city.tables import event as event_table
from console.drill.city.tables import feed as feed_table
from tests.faults.sync_net import Asked, AtOnce, CityDied, Told, VirtualLoop, WorldClock, serve

POST = "post-test"
LATE_KIND = "visit.recorded"  # a kind that this city learns only when it is upgraded


class GrowingContract(Contract):
    """The contract of a city that does not know every kind yet."""

    def __init__(self) -> None:
        super().__init__()
        self.upgraded = False

    def kinds(self, direction: str) -> frozenset[str]:
        known = super().kinds(direction)
        return known if self.upgraded else known - {LATE_KIND}


# Engines are used again from schedule to schedule: what they compiled is worth keeping.
_WATCHED: WeakKeyDictionary[sa.Engine, tuple[Fuse, Callable[[], None]]] = WeakKeyDictionary()


class Fuse:
    """Burns down with every statement and commit; the last one kills.

    ``committed`` says what a death at a commit leaves behind: the committed rows, or none of them.
    """

    def __init__(self, death: Callable[[], BaseException]) -> None:
        self._death = death
        self.left = 0
        self.committed = False

    def light(self, left: int, committed: bool) -> None:
        self.left, self.committed = left, committed

    def out(self) -> None:
        self.left = 0

    def burn(self) -> None:
        if self.left > 0:
            self.left -= 1
            if self.left == 0:
                raise self._death()

    def watch(self, engine: sa.Engine, each: Callable[[], None] = lambda: None) -> None:
        """Every statement and every commit of this engine burns it from now on."""
        known = engine in _WATCHED
        _WATCHED[engine] = (self, each)
        if known:
            return

        @sa.event.listens_for(engine, "before_cursor_execute")
        def _statement(*_: Any) -> None:
            fuse, each = _WATCHED[engine]
            each()
            fuse.burn()

        @sa.event.listens_for(engine, "commit")
        def _commit(connection: sa.Connection) -> None:
            fuse, _ = _WATCHED[engine]
            if fuse.left == 1 and fuse.committed:
                connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
            fuse.burn()


class CityHouse:
    """One process's city; ``open`` makes it new for a schedule."""

    def __init__(self, folder: Path, clock: WorldClock) -> None:
        self._file = folder / "city.db"
        self.clock = clock
        self.loop = VirtualLoop(clock)
        self.contract = GrowingContract()
        self.fuse = Fuse(CityDied)
        self.store = Store(self._file, "", self.contract)
        self._app = make_app(Desk(self.store, self.contract, Bell(), AtOnce()))
        self.store.start()
        self._shut()
        self._template = self._copy()
        self.archive: set[str] = set()
        self.backups: list[dict[str, bytes]] = []
        self.lives = 0

    def open(self) -> None:
        """A city that has never heard of any post."""
        self.contract.upgraded = False
        self.archive, self.backups, self.lives = set(), [], 0
        self._put(self._template)
        self._start()

    def close(self) -> None:
        """The store is closed."""
        self.fuse.out()
        self.store.stop()

    def answer(self, asked: Asked) -> Told:
        """The answer; CityDied when it died over it (and stands again, as its store was left)."""
        try:
            return serve(self.loop, self._app, POST, asked)
        except CityDied:
            self.restart()
            raise

    def restart(self) -> None:
        """The process is new; the store is what it was."""
        self.close()
        self._start()

    def back_up(self) -> None:
        """The operator has a copy of the city as it is now."""
        self.backups.append(self._copy())

    def restore(self, index: int) -> None:
        """The city is as one of its backups; its server epoch is new."""
        self.close()
        self._put(self.backups[index])
        self.lives += 1
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("UPDATE city SET server_epoch = ?", (f"c17{self.lives:013x}",))
            connection.commit()
        self._start()

    def put_in_archive(self) -> None:
        """All that came so far is in an archive that no restore touches; posts may forget it."""
        self.archive |= {row.event_id for row in self.rows() if row.outcome != "rejected"}
        self.store.archive(POST)

    def publish(self, kind: str, payload: dict[str, Any], addressed_to: str) -> None:
        """One more item in the post's feed."""
        self.store.publish(Publication(POST, kind, payload, addressed_to), checked=False)

    def rows(self) -> list[sa.Row[Any]]:
        """The ledger."""
        with self.store.engine.begin() as connection:
            return list(connection.execute(sa.select(event_table).order_by(event_table.c.arrival)))

    def items(self) -> list[sa.Row[Any]]:
        """The feed."""
        with self.store.engine.begin() as connection:
            return list(connection.execute(sa.select(feed_table).order_by(feed_table.c.seq)))

    def digests_without(
        self, strangers: set[str], again: set[str], asked: set[tuple[str, str]]
    ) -> dict[tuple[str, str], ledger.Digest]:
        """The digest of each entity and day, as if these events had never come, nor come again in
        these epochs."""
        twice = (event_table.c.outcome == "duplicate") & event_table.c.epoch.in_(again)
        with self.store.engine.connect() as connection, connection.begin() as transaction:
            gone = event_table.c.event_id.in_(strangers) | twice
            connection.execute(event_table.delete().where(gone))
            found = {one: ledger.digest(connection, POST, *one) for one in asked}
            transaction.rollback()
        return found

    def _start(self) -> None:
        self.store.start()
        self.fuse.watch(self.store.engine)

    def _shut(self) -> None:
        self.store.stop()
        with closing(sqlite3.connect(self._file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _copy(self) -> dict[str, bytes]:
        places = [self._file, self._file.with_name("city.db-wal")]
        return {place.name: place.read_bytes() for place in places if place.exists()}

    def _put(self, copy: dict[str, bytes]) -> None:
        for name in ("city.db", "city.db-wal", "city.db-shm"):
            place = self._file.with_name(name)
            place.unlink(missing_ok=True)
            if name in copy:
                place.write_bytes(copy[name])
