"""Backups: a whole copy of the store, encrypted with its key, checked before it gets its name.

A backup is one SQLCipher file. Its table ``backup_manifest`` says of which post, when, with which
key and schema it was made, and what each table held: the number of rows and a digest of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from console.core import audit
from console.core.actor import Actor
from console.core.clock import from_text, to_text
from console.core.commit import sorted_error
from console.core.database import Database
from console.core.engine import make_engine
from console.core.errors import Refused
from console.core.keyfile import key_id_of
from console.core.schema import HEAD
from console.core.whole_file import sync
from console.core.whole_store import require_whole

_PAGE = 4096
_MANIFEST = "backup_manifest"
_MODULUS = 1 << 128
_PAGES_A_STEP = 2000  # 8 MB
_ROWS_A_STEP = 5000
Step = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class TableDigest:
    """What a table held: its rows, and the sum modulo 2^128 of the rows' hashes."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself."""

    post: str
    epoch: str
    key_id: str
    schema: str
    created_at: datetime
    tables: dict[str, TableDigest] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """The rows of all tables together."""
        return sum(table.rows for table in self.tables.values())


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was opened and found whole: its manifest and what was checked."""

    manifest: Manifest
    pages: int
    audit_lines: int


def no_step(name: str, share: float) -> None:
    """Nobody wants to know how far the work is."""


def write(
    database: Database,
    actor: Actor,
    target: Path,
    *,
    fresh: bool = False,
    step: Step = no_step,
) -> Checked:
    """A verified backup stands at ``target``; the trail of the store says so.

    Refused as ``put_copy`` does.
    """
    checked = put_copy(database, target, fresh=fresh, step=step)
    with database.act(actor) as act:
        act.audit(
            "backup.made",
            "store",
            database.post,
            file=target.name,
            folder=str(target.absolute().parent),
            rows=checked.manifest.rows,
        )
    return checked


def put_copy(
    database: Database, target: Path, *, fresh: bool = False, step: Step = no_step
) -> Checked:
    """A verified copy of the store stands at ``target``, on the disk.

    The store stays in use meanwhile. What stood at ``target`` before is replaced only when it is a
    backup made with the same key, and only once the new one was read back from the disk and
    verified; with ``fresh`` never. Refused otherwise. ``step`` hears how far ``copy`` and ``check``
    are, and of ``place`` at the end; what it raises ends it all and leaves nothing behind.
    """
    folder = database.path.parent
    key_id = key_id_of(folder) or ""
    target = target.absolute()
    if not target.parent.is_dir():
        raise Refused("backup.no_folder", path=str(target.parent))
    if target.exists() and not fresh:
        _require_replaceable(target, database.key)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        _copy(database, part, key_id, step)
        sync(part)
        _forget(part)
        step("check", 0.0)
        checked = check(part, database.key, step)
        step("place", 1.0)
        if fresh:
            _claim(target)
        part.replace(target)
        sync(target.parent)
    finally:
        _remove(part)
    return checked


def check(file: Path, key: bytes, step: Step = no_step) -> Checked:
    """The backup is whole: pages, structure, trail, and every table as its manifest says.

    Refused for a file that is no backup, does not open with this key, is damaged or newer than us.
    """
    require_form(file)
    with reader(file, key) as connection:
        manifest = _manifest(connection, file)
        if manifest.schema > HEAD:
            raise Refused("store.newer_schema", found=manifest.schema, known=HEAD)
        require_whole(connection, file)
        found = digests(connection, step)
        for name, told in manifest.tables.items():
            if found.get(name) != told:
                raise Refused("backup.differs", path=str(file), table=name)
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        lines = connection.exec_driver_sql("SELECT count(*) FROM audit_trail").scalar_one()
    return Checked(manifest, int(pages), int(lines))


def look_into(file: Path, key: bytes) -> tuple[Manifest, int]:
    """What a backup says of itself, and the number of its trail's last line; nothing is checked."""
    require_form(file)
    with reader(file, key) as connection:
        manifest = _manifest(connection, file)
        last = audit.last(connection)
    return manifest, 0 if last is None else last.seq


def digests(connection: sa.Connection, step: Step = no_step) -> dict[str, TableDigest]:
    """Rows and digest of every table but the manifest, whatever order the rows lie in."""
    named = connection.exec_driver_sql(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    found: dict[str, TableDigest] = {}
    for (name,) in named.all():
        if name == _MANIFEST:
            continue
        rows, total = 0, 0
        quoted = name.replace('"', '""')
        for row in connection.exec_driver_sql(f'SELECT * FROM "{quoted}"'):  # noqa: S608
            rows += 1
            first = hashlib.sha256(repr(tuple(row)).encode("utf-8")).digest()[:16]
            total = (total + int.from_bytes(first, "big")) % _MODULUS
            if not rows % _ROWS_A_STEP:
                step("check", 0.0)
        found[name] = TableDigest(rows, f"{total:032x}")
    return found


@contextmanager
def reader(file: Path, key: bytes) -> Iterator[sa.Connection]:
    """A connection that only looks at this file."""
    engine = make_engine(file, key, journal=None, pool=NullPool)
    try:
        with engine.connect() as connection:
            yield connection.execution_options(read_only=True)
    except DatabaseError as failed:
        sorted_ = sorted_error(failed)
        if isinstance(sorted_, Refused):
            code = "backup.wrong_key_or_damaged"
            if sorted_.code == "store.damaged":
                code = "backup.damaged"
            raise Refused(code, path=str(file), what="HMAC") from failed
        raise sorted_ from failed
    finally:
        engine.dispose()


def drop_manifest(engine: sa.Engine) -> None:
    """The file is a plain store again, without the words of a backup."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP TABLE {_MANIFEST}")


def _claim(target: Path) -> None:
    """The name is ours: it was free until now. Refused when somebody else has taken it."""
    try:
        target.open("xb").close()
    except FileExistsError as there:
        raise Refused("backup.file_there", path=str(target)) from there


def _copy(database: Database, part: Path, key_id: str, step: Step) -> None:
    """The copy and its manifest stand in ``part``, both of one and the same moment."""
    key, now = database.key, database.clock.now()
    engine = make_engine(database.path, key, pool=NullPool)
    try:
        with engine.connect() as connection:
            looking = connection.execution_options(read_only=True)
            post, epoch = looking.exec_driver_sql("SELECT post, epoch FROM identity").one()
            schema = looking.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
            # The read transaction above pins the moment: copy and digests both see it.
            _copy_pages(connection.connection.dbapi_connection, part, key, step)
            manifest = Manifest(post, epoch, key_id, schema, now, digests(looking, step))
    except DatabaseError as failed:
        raise sorted_error(failed) from failed
    finally:
        engine.dispose()
    engine = make_engine(part, key, journal="DELETE", pool=NullPool)
    try:
        with engine.begin() as connection:
            _write_manifest(connection, manifest)
    except DatabaseError as failed:
        raise sorted_error(failed) from failed
    finally:
        engine.dispose()


def _copy_pages(source: Any, part: Path, key: bytes, step: Step) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        step("copy", 1 - remaining / max(total, 1))

    try:
        copy = sqlcipher.connect(str(part), isolation_level=None)
        try:
            copy.execute("PRAGMA cipher_log_level=NONE")
            copy.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            source.backup(copy, pages=_PAGES_A_STEP, progress=tell)
        finally:
            copy.close()
    except sqlcipher.DatabaseError as failed:
        raise sorted_error(DatabaseError("backup", None, failed)) from failed


def _write_manifest(connection: sa.Connection, manifest: Manifest) -> None:
    connection.exec_driver_sql(f"CREATE TABLE {_MANIFEST} (name TEXT PRIMARY KEY, value TEXT)")
    tables = {name: [t.rows, t.digest] for name, t in manifest.tables.items()}
    values = {
        "post": manifest.post,
        "epoch": manifest.epoch,
        "key_id": manifest.key_id,
        "schema": manifest.schema,
        "created_at": to_text(manifest.created_at),
        "tables": json.dumps(tables, sort_keys=True),
    }
    for name, value in values.items():
        connection.exec_driver_sql(f"INSERT INTO {_MANIFEST} VALUES (?, ?)", (name, value))  # noqa: S608


def _manifest(connection: sa.Connection, file: Path) -> Manifest:
    if not sa.inspect(connection).has_table(_MANIFEST):
        raise Refused("backup.not_a_backup", path=str(file))
    rows = connection.exec_driver_sql(f"SELECT name, value FROM {_MANIFEST}")  # noqa: S608
    told = {row[0]: row[1] for row in rows}
    try:
        tables = {name: TableDigest(*pair) for name, pair in json.loads(told["tables"]).items()}
        created_at = from_text(told["created_at"])
        return Manifest(
            told["post"], told["epoch"], told["key_id"], told["schema"], created_at, tables
        )
    except (KeyError, ValueError, TypeError, AttributeError) as broken:
        raise Refused("backup.not_a_backup", path=str(file)) from broken


def require_form(file: Path) -> None:
    """The file could be a backup by its size and first bytes. Refused otherwise."""
    if not file.is_file():
        raise Refused("backup.no_file", path=str(file))
    with file.open("rb") as opened:
        head = opened.read(16)
    size = file.stat().st_size
    if size < 2 * _PAGE or size % _PAGE or head.startswith(b"SQLite format 3"):
        raise Refused("backup.not_a_backup", path=str(file))


def _require_replaceable(target: Path, key: bytes) -> None:
    try:
        require_form(target)
        with reader(target, key) as connection:
            _manifest(connection, target)
    except Refused as refused:
        raise Refused("backup.not_ours", path=str(target)) from refused


def _forget(place: Path) -> None:
    """What was synced is read from the disk again, not from memory, where the system can do so."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is None:
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        advise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def _remove(part: Path) -> None:
    for place in (part, part.with_name(part.name + "-journal"), part.with_name(part.name + "-wal")):
        with suppress(FileNotFoundError):
            place.unlink()
