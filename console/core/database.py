"""The post's store: one SQLCipher file, opened, guarded, and written one act at a time."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError, StatementError
from sqlalchemy.pool import NullPool

from console.core import audit, outbox
from console.core.actor import Actor
from console.core.ballast import Ballast, told_by
from console.core.clock import Clock
from console.core.commit import commit, let_go, sorted_error
from console.core.damage_note import noted
from console.core.directory import keep_directory
from console.core.engine import make_engine, require_sqlite, write_back
from console.core.errors import Refused, Unavailable
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE
from console.core.log_file import salt_in_log
from console.core.outbox import CityTold, Lane, Told
from console.core.schema import bring_up_to_date
from console.core.tables import identity
from console.core.tail import TailMark, tail_of
from console.core.whole_file import sync

log = logging.getLogger(__name__)


class Act:
    """One act in one transaction: its rows, audit lines and outbox rows stand or fall together."""

    def __init__(self, connection: sa.Connection, actor: Actor, at: datetime, epoch: str) -> None:
        self.connection = connection
        self.actor = actor
        self.at = at
        self.news: list[object] = []
        self.last_line: audit.End | None = None  # and below of each lane, for the tail mark
        self.last_events: dict[int, int] = {}
        self.epoch = epoch

    def audit(self, act: str, entity: str, entity_id: str, **detail: Any) -> None:
        """The trail says that this actor did this; details must be JSON values."""
        self.last_line = audit.append(
            self.connection, self.at, str(self.actor), act, entity, entity_id, detail,
            last=self.last_line,
        )  # fmt: skip

    def tell_city(
        self, lane: Lane, entity: str, entity_id: str, kind: str, rev: int, payload: dict[str, Any]
    ) -> None:
        """The city will be told, sooner or later, in this lane."""
        told = Told(lane, entity, entity_id, kind, rev - 1, rev, payload)
        seq = outbox.put(self.connection, self.epoch, self.at, str(self.actor), told)
        if seq > 0:  # what waits for another event has no number yet
            self.last_events[int(lane)] = seq
        self.announce(CityTold(lane))

    def renew_epoch(self) -> str:
        """From here on the city is told in a new epoch; the database follows with the commit."""
        self.epoch, self.last_events = secrets.token_hex(8), {}
        self.connection.execute(identity.update().values(epoch=self.epoch))
        return self.epoch

    def announce(self, event: object) -> None:
        """Listeners hear ``event`` once the act is committed."""
        self.news.append(event)

    @contextmanager
    def part(self) -> Iterator[None]:
        """What fails inside leaves nothing behind: no row, no line, no event, no news."""
        before = (len(self.news), self.last_line, dict(self.last_events))
        part = self.connection.begin_nested()
        try:
            yield
        except Exception as failed:
            if sorted_error(failed) is failed:  # else disk or memory failed, and the act with it
                part.rollback()
                del self.news[before[0] :]
                self.last_line, self.last_events = before[1:]
            raise
        part.commit()


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
        self.ballast = Ballast(folder, told_by(self))
        self._mark = TailMark(folder)

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
        sync(self.path.parent)

    def start(self) -> None:
        """The store is open and its schema is today's. Refused when any of that cannot be."""
        if not self.path.exists():
            raise Refused("store.file_missing", path=str(self.path))
        self._open()
        with self.read() as connection:
            row = connection.execute(sa.select(identity.c.post, identity.c.epoch)).one()
            tail = tail_of(connection)
            keep_directory(self.path.parent, connection, row.epoch)
        self._post, self._epoch = row.post, row.epoch
        self._mark.start(tail)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Every connection is closed; an act under way is waited for up to ``timeout_s``."""
        if self._engine is not None and self._writer.acquire(timeout=timeout_s):
            try:
                self._engine.dispose()
                self._engine = None
                self._mark.stop()
            finally:
                self._writer.release()

    @property
    def behind(self) -> tuple[int, int]:
        """Lines of the trail and events that were saved once and are not in the store (tail mark)."""
        return self._mark.behind

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
        torn: BaseException | None = None
        try:
            connection = self.engine.connect()
            raw = connection.connection.dbapi_connection
            try:
                yield connection.execution_options(read_only=True)
            except (StatementError, MemoryError) as failed:
                torn = failed
                raise
            finally:
                let_go(connection, raw, torn)
        except (StatementError, MemoryError) as failed:
            raise noted(sorted_error(failed), self.path.parent) from failed.__cause__

    def sorted(self, failed: Exception) -> Exception:
        """The failure of an act as its officer is told of it; a full disk gets the ballast's room."""
        told = noted(sorted_error(failed), self.path.parent)
        full = isinstance(told, Unavailable) and told.code == "store.disk_full"
        return Unavailable("store.disk_full_ballast") if full and self.ballast.give_up() else told

    def _open(self) -> None:
        require_sqlite(sqlcipher.sqlite_version_info)
        try:
            self._open_with_key()
        except Refused as refused:
            salt = salt_in_log(self.path)
            if refused.code != "store.wrong_key_or_damaged" or salt is None:
                raise
            self._write_back(salt, refused)
            self._open_with_key()

    def _write_back(self, salt: bytes, refused: Refused) -> None:
        """What the WAL holds stands in the file, its first page with the salt too."""
        engine = make_engine(self.path, self._key + salt, pool=NullPool)
        try:
            write_back(engine)
        except DatabaseError:
            raise refused from None  # so it was not the salt
        finally:
            engine.dispose()

    def _open_with_key(self) -> None:
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
        self._raw: Any = None

    def __enter__(self) -> Act:
        database, here = self._database, threading.get_ident()
        if database._writing == here:
            raise RuntimeError("an act inside an act: give the act on instead")
        database._writer.acquire()
        try:
            self._act = self._begun()
            database._writing = here
        except BaseException as failed:
            self._act = None
            database._writer.release()
            if isinstance(failed, StatementError | MemoryError):
                raise database.sorted(failed) from failed.__cause__
            raise
        return self._act

    def _begun(self) -> Act:
        database = self._database
        connection = database.engine.connect()
        raw = connection.connection.dbapi_connection
        try:
            connection.begin()
            act = Act(connection, self._actor, database.clock.now(), database.epoch)
        except BaseException as failed:
            let_go(connection, raw, failed)
            raise
        self._raw = raw
        return act

    def __del__(self) -> None:
        """Where memory ran out at the very call of its end, the act gives the turn back as it goes."""
        if self._act is not None:
            self._give_back(MemoryError())

    def _give_back(self, bad: BaseException | None) -> None:
        """The connection is free, and the next act may begin."""
        act, self._act = self._act, None
        assert act is not None
        try:
            let_go(act.connection, self._raw, bad)
        except MemoryError:  # not even room to begin with it
            self._raw.rollback()
        finally:
            self._database._writing = None
            self._database._writer.release()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        act, database = self._act, self._database
        assert act is not None
        bad = error
        try:
            if error is None:
                commit(self._raw)
                database._epoch = act.epoch
                database._last.saved_at = time.monotonic()
                with suppress(MemoryError):
                    line = act.last_line[0] if act.last_line else 0
                    database._mark.note(act.epoch, line, act.last_events)
        except (StatementError, MemoryError) as failed:
            bad = failed
            raise database.sorted(failed) from failed.__cause__
        finally:
            try:
                self._give_back(bad)
            except MemoryError:  # not even to call it: it is done as this goes
                log.warning("an act gives its turn back without memory")
        if isinstance(error, StatementError | MemoryError):
            raise database.sorted(error) from error.__cause__
        if error is None:
            try:
                for event in act.news:
                    database._bus.publish(event)
            except MemoryError:
                log.warning("there was no memory to tell of an act")
