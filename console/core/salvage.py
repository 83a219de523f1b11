"""A damaged store brought over into a new one, record by record; the damaged files are kept."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from console.core import audit, backup, outbox, swap
from console.core.actor import Actor
from console.core.backup import Step, no_step
from console.core.clock import Clock
from console.core.commit import sorted_error
from console.core.engine import make_engine, require_sqlite
from console.core.errors import Refused
from console.core.keyfile import DATABASE_FILE, key_id_of, read_key
from console.core.ownership import Ownership
from console.core.pages import Pages
from console.core.schema import HEAD, bring_up_to_date, make
from console.core.survey import Found, Survey, survey
from console.core.tables import identity
from console.core.tail import read_mark
from console.core.tree import Row, Value
from console.core.whole_file import sync
from console.core.whole_store import require_whole

_BATCH = 500
Mender = Callable[[sa.Connection], None]


@dataclass(frozen=True, slots=True)
class Loss:
    """What of one table did not come over."""

    table: str
    kept: int
    lost: int  # records; see ``exact``
    exact: bool  # False: the number is not known, ``lost`` is a hint and 0 says nothing
    older: int  # came over in an older state
    orphans: int  # readable, but of a record that is lost; they stay in the damaged file
    keys: tuple[str, ...]  # of lost records, some


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What a salvage did. ``breaks`` are the lines of the trail that are lost, from … to."""

    aside: Path
    epoch: str
    carried: int
    records: int
    pages: tuple[int, ...]
    losses: tuple[Loss, ...]
    breaks: tuple[tuple[int, int], ...]


def salvage(
    folder: Path,
    clock: Clock,
    actor: Actor,
    *,
    post: str = "",
    mend: Mender | None = None,
    step: Step = no_step,
) -> Salvaged:
    """The store in ``folder`` is a new one with every record that could be read, in a new epoch.

    The damaged files lie in ``damaged-…`` beside it. The trail names the lines that are lost.
    ``post`` says whose store it is where that itself is lost. ``mend`` makes anew what a search index lost. Refused while a console uses the folder, when the
    key opens no page, and when nothing says whose store it was.
    """
    require_sqlite(sqlcipher.sqlite_version_info)
    key, key_id = read_key(folder), key_id_of(folder) or ""
    owned = Ownership(folder)
    owned.start()
    try:
        pages = Pages(folder / DATABASE_FILE, key)
        if not pages.opens:
            raise Refused("store.wrong_key_or_damaged")
        done = survey(pages, step)
        _require_identity(done, folder, post)
        part = folder / f"{DATABASE_FILE}.salvaging"
        for old in folder.glob(f"{part.name}*"):
            old.unlink()  # of a salvage that was cut short; the damaged files are untouched
        part.touch()
        aside = swap.aside_name("damaged", clock.now())
        try:
            work = _Work(done, folder, part, key)
            told = work.do(clock, actor, (aside, post), mend, step)
        except DatabaseError as failed:
            raise sorted_error(failed) from failed.orig
        except sqlcipher.DatabaseError as failed:
            raise sorted_error(DatabaseError("salvage", None, failed)) from failed
        step("check", 0.0)
        with backup.reader(part, key) as connection:
            require_whole(connection, part)
        sync(part)
        place = swap.put_in_place(folder, part, aside, key_id)
        assert place is not None
        return Salvaged(place, *told)
    finally:
        owned.stop()


class _Work:
    """The new store in ``part`` on its way."""

    def __init__(self, done: Survey, folder: Path, part: Path, key: bytes) -> None:
        self._done, self._mark = done, read_mark(folder)
        self._engine = make_engine(part, key, journal="DELETE", pool=NullPool)

    def do(
        self, clock: Clock, actor: Actor, named: tuple[str, str], mend: Mender | None, step: Step
    ) -> tuple[Any, ...]:
        """Filled, checked for orphans, given its new epoch and the line of the trail."""
        try:
            make(self._engine, self._revision())
            raw = self._engine.raw_connection()
            try:
                orphans = self._fill(raw.cursor(), step)
            finally:
                raw.close()
            bring_up_to_date(self._engine)
            losses = [_loss(f, orphans) for f in self._done.tables.values() if not _derived(f)]
            with self._engine.begin() as connection:
                if mend is not None and self._lost_words():
                    mend(connection)
                return self._close(connection, clock, actor, named, losses)
        finally:
            self._engine.dispose()

    def _revision(self) -> str:
        found = self._done.tables.get("alembic_version")
        told = [row.values[0] for row in self._done.rows("alembic_version")] if found else []
        return str(told[0]) if told and str(told[0]) <= HEAD else HEAD

    def _fill(self, cursor: Any, step: Step) -> dict[str, int]:
        cursor.execute("PRAGMA foreign_keys=0")
        cursor.execute("PRAGMA synchronous=0")  # the whole file is synced before it is used
        cursor.execute("BEGIN IMMEDIATE")
        triggers = cursor.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()  # what they wrote comes over as it stands
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        whole = sum(found.kept for found in self._done.tables.values()) or 1
        count = 0
        for name, found in self._done.tables.items():
            if _derived(found) and self._lost_words():
                continue
            columns = cursor.execute(f'PRAGMA table_info("{name}")').fetchall()
            if not columns or name == "alembic_version":
                continue
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608  (what the schema's steps put in)
            for batch in _batches(self._done.rows(name)):
                _insert(cursor, name, found, columns, batch)
                count += len(batch)
                step("salvage", min(1.0, count / whole))
        orphans = _drop_orphans(cursor)
        for _name, sql in triggers:
            cursor.execute(sql)
        cursor.execute("COMMIT")
        return orphans

    def _lost_words(self) -> bool:
        return any(_derived(found) and not found.whole for found in self._done.tables.values())

    def _close(
        self,
        connection: sa.Connection,
        clock: Clock,
        actor: Actor,
        named: tuple[str, str],
        losses: list[Loss],
    ) -> tuple[Any, ...]:
        aside, post = named
        before, epoch, now = self._epoch(connection), secrets.token_hex(8), clock.now()
        post = _identify(connection, post, epoch, now)
        carried = outbox.carry_over(connection, before, epoch)
        breaks, head = _breaks(connection, self._mark.line if self._mark else 0)
        hurt = [
            loss for loss in losses if loss.lost or loss.orphans or loss.older or not loss.exact
        ]
        records = sum(loss.kept - loss.orphans for loss in losses)
        pages = tuple(sorted(self._done.pages.lost))
        audit.append(
            connection, now, str(actor), audit.SALVAGED, "store", post,
            {
                "aside": aside, "records": records, "epoch_before": before, "epoch": epoch,
                "carried": carried, "breaks": [list(one) for one in breaks],
                "pages": list(pages[:1000]),
                "tables": {
                    one.table: {
                        "kept": one.kept - one.orphans, "lost": one.lost, "counted": one.exact,
                        "older": one.older, "orphans": one.orphans, "keys": list(one.keys),
                    }
                    for one in hurt
                },
            },
            least=head + 1,
        )  # fmt: skip
        return epoch, carried, records, pages, tuple(hurt), tuple(breaks)

    def _epoch(self, connection: sa.Connection) -> str:
        told = connection.execute(sa.select(identity.c.epoch)).scalar()
        return str(told) if told else (self._mark.epoch if self._mark else "")


def _require_identity(done: Survey, folder: Path, post: str) -> None:
    if not done.tables:
        raise Refused("salvage.no_schema", path=str(folder / DATABASE_FILE))
    known = "identity" in done.tables and any(done.rows("identity"))
    if not known and not post:
        raise Refused("salvage.no_identity", path=str(folder / DATABASE_FILE))


def _identify(connection: sa.Connection, post: str, epoch: str, now: datetime) -> str:
    """The store is that of the post it was, or of ``post``, in this epoch; returns the post."""
    told = connection.execute(sa.update(identity).values(epoch=epoch))
    if told.rowcount == 0:
        connection.execute(identity.insert().values(one=1, post=post, epoch=epoch, created_at=now))
    return str(connection.execute(sa.select(identity.c.post)).scalar_one())


def _derived(found: Found) -> bool:
    """Whether this is a search index's own table: made anew from others, nothing of the post's."""
    return found.shape.name.rpartition("_")[2] in (
        "data",
        "idx",
        "docsize",
        "config",
        "content",
    ) and (
        found.shape.sql.startswith("CREATE TABLE '")  # as FTS5 writes it
    )


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _insert(cursor: Any, name: str, found: Found, columns: list[Any], batch: list[Row]) -> None:
    """The rows stand in the table; one that stands there in a newer state already stays."""
    names = [str(column[1]) for column in columns]
    if found.shape.whole_rows:
        keyed = sorted((c for c in columns if c[5]), key=lambda c: int(c[5]))
        names = [str(c[1]) for c in keyed] + [str(c[1]) for c in columns if not c[5]]
    whole = [c[1] for c in columns if c[5] and str(c[2]).upper() == "INTEGER"]
    alias = whole[0] if len(whole) == 1 and sum(1 for c in columns if c[5]) == 1 else None
    grouped: dict[int, list[list[Value]]] = {}
    for row in batch:
        values: list[Value] = list(row.values)
        if row.rowid is not None and alias in names[: len(values)]:
            values[names.index(str(alias))] = row.rowid
        if row.rowid is not None and alias is None:
            values.append(row.rowid)
        grouped.setdefault(len(row.values), []).append(values)
    for width, rows in grouped.items():
        into = [f'"{one}"' for one in names[:width]]
        if rows and len(rows[0]) > width:
            into.append("rowid")
        marks = ",".join("?" * len(into))
        cursor.executemany(
            f'INSERT OR IGNORE INTO "{name}" ({",".join(into)}) VALUES ({marks})',  # noqa: S608
            rows,
        )


def _drop_orphans(cursor: Any) -> dict[str, int]:
    """No record points to one that is lost: the pointer is emptied where it may be, else the record
    stays behind in the damaged file. Returns how many stayed, table by table."""
    stayed: dict[str, int] = {}
    while hurt := cursor.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, which in hurt:
            pairs = cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            own = next(pair[3] for pair in pairs if pair[0] == which)
            parent, theirs = next((pair[2], pair[4]) for pair in pairs if pair[0] == which)
            info = cursor.execute(f'PRAGMA table_info("{table}")').fetchall()
            empty = any(c[1] == own and not c[3] and not c[5] for c in info)
            lacking = f'"{own}" NOT IN (SELECT "{theirs}" FROM "{parent}")'  # noqa: S608
            where = f"{lacking} AND rowid={rowid}" if rowid is not None else lacking
            if empty:
                cursor.execute(f'UPDATE "{table}" SET "{own}"=NULL WHERE {where}')  # noqa: S608
            else:
                cursor.execute(f'DELETE FROM "{table}" WHERE {where}')  # noqa: S608
                stayed[table] = stayed.get(table, 0) + max(cursor.rowcount, 0)
    return stayed


def _breaks(connection: sa.Connection, marked: int) -> tuple[list[tuple[int, int]], int]:
    """The lines that are missing now and were not named missing before, and the last line's number."""
    known = {(one.first, one.last) for one in audit.breaks(connection)}
    found, last = [], 0
    told = connection.exec_driver_sql("SELECT seq FROM audit_trail ORDER BY seq")
    for (seq,) in told:
        if seq > last + 1 and (last + 1, seq - 1) not in known:
            found.append((last + 1, int(seq) - 1))
        last = int(seq)
    if marked > last:
        found.append((last + 1, marked))
    return found, max(last, marked)


def _loss(found: Found, orphans: dict[str, int]) -> Loss:
    return Loss(
        found.shape.name, found.kept, found.lost, found.exact, found.older,
        orphans.get(found.shape.name, 0), tuple(found.keys),
    )  # fmt: skip
