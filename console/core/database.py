"""The post's store: one SQLCipher file, opened, guarded, and written one act at a time."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.pool import NullPool, QueuePool

from console.core import audit, outbox
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.errors import Refused, Unavailable
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE
from console.core.outbox import CityTold, Lane, Told
from console.core.schema import bring_up_to_date
from console.core.tables import identity

OLDEST_SQLITE = (3, 51, 3)  # before it, two connections can corrupt a WAL (sqlite.org, WAL-reset)
SETTINGS = {
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
    "mmap_size": 0,
    "temp_store": 2,  # MEMORY
    "secure_delete": 1,
}


class Act:
    """One act in one transaction: its rows, audit lines and outbox rows stand or fall together."""

    def __init__(self, connection: sa.Connection, actor: Actor, at: datetime, epoch: str) -> None:
        self.connection = connection
        self.actor = actor
        self.at = at
        self.news: list[object] = []
        self.epoch = epoch

    def audit(self, act: str, entity: str, entity_id: str, **detail: Any) -> None:
        """The trail says that this actor did this; details must be JSON values."""
        audit.append(self.connection, self.at, str(self.actor), act, entity, entity_id, detail)

    def tell_city(
        self, lane: Lane, entity: str, entity_id: str, kind: str, rev: int, payload: dict[str, Any]
    ) -> None:
        """The city will be told, sooner or later, in this lane."""
        told = Told(lane, entity, entity_id, kind, rev - 1, rev, payload)
        outbox.put(self.connection, self.epoch, self.at, str(self.actor), told)
        self.announce(CityTold(lane))

    def renew_epoch(self) -> str:
        """From here on the city is told in a new epoch; the database follows with the commit."""
        self.epoch = secrets.token_hex(8)
        self.connection.execute(identity.update().values(epoch=self.epoch))
        return self.epoch

    def announce(self, event: object) -> None:
        """Listeners hear ``event`` once the act is committed."""
        self.news.append(event)


class Database:
    """The store of one data folder. ``start`` opens it, ``act`` writes, ``read`` looks."""

    def __init__(self, folder: Path, key: bytes, clock: Clock, bus: EventBus) -> None:
        self.path = folder / DATABASE_FILE
        self.clock = clock
        self._key = key
        self._bus = bus
        self._writer = threading.Lock()
        self._writing: int | None = None  # the thread whose act is under way
        self._last = threading.local()
        self._engine: sa.Engine | None = None
        self._epoch = ""
        self._post = ""

    @property
    def post(self) -> str:
        """The id of the post that this store belongs to."""
        return self._post

    @property
    def epoch(self) -> str:
        """The store's life: 64 random bits, renewed on restore, clone and set-up."""
        return self._epoch

    def create(self, post: str) -> None:
        """A new, empty store of this post stands at its path. Refused over an existing file."""
        if self.path.exists():
            raise Refused("store.already_there", path=str(self.path))
        require_sqlite(sqlcipher.sqlite_version_info)
        part = self.path.with_name(f"{DATABASE_FILE}.new")  # an interrupted set-up leaves no store
        part.unlink(missing_ok=True)
        engine = make_engine(part, self._key, journal="DELETE", pool=NullPool)
        row = {
            "one": 1,
            "post": post,
            "epoch": secrets.token_hex(8),
            "created_at": self.clock.now(),
        }
        try:
            bring_up_to_date(engine)
            with engine.begin() as connection:
                connection.execute(identity.insert().values(**row))
        except DatabaseError as failed:
            raise sorted_error(failed) from failed.orig
        finally:
            engine.dispose()
        part.replace(self.path)

    def start(self) -> None:
        """The store is open and its schema is today's. Refused when any of that cannot be."""
        if not self.path.exists():
            raise Refused("store.file_missing", path=str(self.path))
        self._open()
        with self.read() as connection:
            row = connection.execute(sa.select(identity.c.post, identity.c.epoch)).one()
        self._post, self._epoch = row.post, row.epoch

    def stop(self, timeout_s: float = 5.0) -> None:
        """Every connection is closed; an act under way is waited for up to ``timeout_s``."""
        if self._engine is not None and self._writer.acquire(timeout=timeout_s):
            try:
                self._engine.dispose()
                self._engine = None
            finally:
                self._writer.release()

    @property
    def key(self) -> bytes:
        """The store's key, for those who copy the store."""
        return self._key

    @property
    def engine(self) -> sa.Engine:
        """The engine under the store; rooms use ``act`` and ``read`` instead."""
        if self._engine is None:
            raise RuntimeError("the store is not open")
        return self._engine

    def act(self, actor: Actor) -> _Acting:
        """``with database.act(actor) as act``: committed and synced at the end, then announced."""
        return _Acting(self, actor)

    def saved_at(self) -> float:
        """When this thread's last act was on the disk, in monotonic seconds; 0 before the first."""
        return float(getattr(self._last, "saved_at", 0.0))

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one moment of the store and never waits for a writer."""
        try:
            with self.engine.connect() as connection:
                yield connection.execution_options(read_only=True)
        except DatabaseError as failed:
            raise sorted_error(failed) from failed.orig

    def _open(self) -> None:
        require_sqlite(sqlcipher.sqlite_version_info)
        self._engine = make_engine(self.path, self._key)
        try:
            bring_up_to_date(self._engine)
        except DatabaseError as failed:
            self._engine.dispose()
            self._engine = None
            raise sorted_error(failed) from failed.orig
        except BaseException:
            self._engine.dispose()
            self._engine = None
            raise


class _Acting:
    """The life of one act: the writer's turn, BEGIN IMMEDIATE, commit, then the news."""

    def __init__(self, database: Database, actor: Actor) -> None:
        self._database = database
        self._actor = actor
        self._act: Act | None = None

    def __enter__(self) -> Act:
        database = self._database
        if database._writing == threading.get_ident():
            raise RuntimeError("an act inside an act: give the act on instead")
        database._writer.acquire()
        try:
            connection = database.engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        except DatabaseError as failed:
            database._writer.release()
            raise sorted_error(failed) from failed.orig
        except BaseException:
            database._writer.release()
            raise
        database._writing = threading.get_ident()
        self._act = Act(connection, self._actor, database.clock.now(), database.epoch)
        return self._act

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        act, database = self._act, self._database
        assert act is not None
        try:
            if error is None:
                act.connection.commit()
                database._epoch = act.epoch
                database._last.saved_at = time.monotonic()
            else:
                act.connection.rollback()
        except DatabaseError as failed:
            act.connection.rollback()
            raise sorted_error(failed) from failed.orig
        finally:
            try:
                act.connection.close()
            finally:
                database._writing = None
                database._writer.release()
        if isinstance(error, DatabaseError):
            raise sorted_error(error) from error.orig
        if error is None:
            for event in act.news:
                database._bus.publish(event)


def make_engine(
    path: Path, key: bytes, *, journal: str | None = "WAL", pool: type[sa.Pool] = QueuePool
) -> sa.Engine:
    """An engine on the SQLCipher file at ``path``, with the settings of the house.

    Another ``journal`` is for files that travel (backups): they must be whole without a WAL.
    With None the file is only read, whatever its journal.
    """
    place = str(path) if journal else f"{path.absolute().as_uri()}?mode=ro"
    sizes = {"pool_size": 8, "max_overflow": 8} if pool is QueuePool else {}

    def connect() -> Any:
        connection = sqlcipher.connect(
            place, uri=journal is None, check_same_thread=False, isolation_level=None
        )
        cursor = connection.cursor()
        cursor.execute("PRAGMA cipher_log_level=NONE")  # we tell the officer, in one line
        cursor.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        if journal:
            cursor.execute(f"PRAGMA journal_mode={journal}")
        for name, value in SETTINGS.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()
        return connection

    engine = sa.create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=pool,
        hide_parameters=True,  # errors reach the log file; callers' names and numbers must not
        **sizes,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        looking = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if looking else "BEGIN IMMEDIATE")

    return engine


def require_sqlite(version: tuple[int, ...]) -> None:
    """The library is new enough. Refused below 3.51.3."""
    if tuple(version) < OLDEST_SQLITE:
        raise Refused(
            "store.sqlite_too_old",
            found=".".join(map(str, version)),
            needed=".".join(map(str, OLDEST_SQLITE)),
        )


def sorted_error(failed: DatabaseError) -> Exception:
    """The same failure as the house sorts it: wrong key, full disk, busy, damaged, or itself."""
    if isinstance(failed, IntegrityError):
        return failed
    text = str(failed.orig).lower()
    if "file is not a database" in text or "hmac" in text:
        return Refused("store.wrong_key_or_damaged")
    if "malformed" in text or "corrupt" in text:
        return Refused("store.damaged")
    if "disk is full" in text:
        return Unavailable("store.disk_full")
    if "disk i/o" in text or "readonly" in text or "unable to open" in text:
        return Unavailable("store.disk_error", told=text)
    if "is locked" in text or "busy" in text:
        return Unavailable("store.busy")
    return failed


def settings_in_force(connection: sa.Connection) -> dict[str, object]:
    """The value that each setting of the house has on this connection, ``journal_mode`` too."""
    names = ("journal_mode", *SETTINGS)
    return {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one_or_none() for n in names}
