"""Bringing a backup back: into a new data folder, beside an old one, or as a drill."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.pool import NullPool

from console.core import backup, outbox, swap
from console.core.actor import Actor
from console.core.backup import Checked
from console.core.clock import Clock, to_text
from console.core.database import Act, Database
from console.core.engine import make_engine, require_sqlite
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import (
    DATABASE_FILE,
    MARK_FILE,
    install_key,
    key_folder,
    read_key_file,
)
from console.core.ownership import Ownership
from console.core.schema import bring_up_to_date
from console.core.tables import identity
from console.core.whole_file import sync
from console.core.whole_store import require_whole

_OLD = (*swap.MOVED, MARK_FILE)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the checked backup, the store's new epoch, where the old data lies."""

    checked: Checked
    epoch: str
    carried: int  # events still to be told, now numbered anew
    aside: Path | None


def find_key(
    file: Path, key_file: Path | None = None, typed: bytes | None = None
) -> tuple[bytes, Checked]:
    """The key that opens this backup, and the backup checked with it.

    Goes by the key that was ``typed`` from paper, or by ``key_file`` alone, when one is given, else
    by every key of this machine. Refused when none opens it.
    """
    backup.require_form(file)
    if typed is not None:
        try:
            return typed, backup.check(file, typed)
        except Refused as refused:
            if refused.code == "backup.wrong_key_or_damaged":
                raise Refused("recovery.other_key_or_damaged", path=str(file)) from refused
            raise
    places = [key_file] if key_file else sorted(key_folder().glob("*.key"))
    if not places:
        raise Refused("backup.no_key", path=str(key_folder()))
    for place in places:
        key = read_key_file(place)
        try:
            return key, backup.check(file, key)
        except Refused as refused:
            if refused.code != "backup.wrong_key_or_damaged":
                raise
    raise Refused("backup.wrong_key_or_damaged", path=str(file))


def restore(
    file: Path,
    folder: Path,
    clock: Clock,
    actor: Actor,
    *,
    force: bool,
    key_file: Path | None,
    typed: bytes | None = None,
) -> Restored:
    """The store in ``folder`` is what the backup held, with a new epoch; it may be opened.

    Data that was there is renamed into ``before-restore-…``, never deleted, and only with
    ``force``; without it that is refused. Refused too while a console uses the folder. The key that
    opened the backup, also one that was ``typed``, lies among this machine's keys afterwards.
    """
    key, checked = find_key(file, key_file, typed)
    there = [folder / name for name in _OLD if (folder / name).exists()]
    if there and not force:
        raise Refused("backup.data_there", path=str(folder))
    with _owned(folder):
        part = folder / f"{DATABASE_FILE}.restoring"
        part.unlink(missing_ok=True)
        shutil.copyfile(file, part)
        epoch, carried = _prepare(part, key, clock, actor, checked)
        install_key(checked.manifest.key_id, key)
        name = swap.aside_name("before-restore", clock.now())
        aside = swap.put_in_place(folder, part, name, checked.manifest.key_id)
    return Restored(checked, epoch, carried, aside)


def drill(
    file: Path, clock: Clock, actor: Actor, key_file: Path | None, typed: bytes | None = None
) -> Restored:
    """The backup was brought back in a scratch folder, opened as a console would, and removed."""
    key, checked = find_key(file, key_file, typed)
    scratch = Path(tempfile.mkdtemp(prefix="post-console-drill-"))
    try:
        place = scratch / DATABASE_FILE
        shutil.copyfile(file, place)
        epoch, carried = _prepare(place, key, clock, actor, checked)
        store = Database(scratch, key, clock, EventBus())
        store.start()
        try:
            with store.read() as connection:
                require_whole(connection, file)
        finally:
            store.stop()
        return Restored(checked, epoch, carried, None)
    finally:
        shutil.rmtree(scratch)


def _prepare(
    place: Path, key: bytes, clock: Clock, actor: Actor, checked: Checked
) -> tuple[str, int]:
    """The copy is a store of today's schema with a new epoch, and its trail says so."""
    require_sqlite(sqlcipher.sqlite_version_info)
    engine = make_engine(place, key, journal="DELETE", pool=NullPool)
    try:
        backup.drop_manifest(engine)
        bring_up_to_date(engine)
        epoch, now = secrets.token_hex(8), clock.now()
        with engine.begin() as connection:
            connection.execute(sa.update(identity).values(epoch=epoch))
            carried = outbox.carry_over(connection, checked.manifest.epoch, epoch)
            act = Act(connection, actor, now, epoch)
            act.audit(
                "store.restored", "store", checked.manifest.post,
                made_at=to_text(checked.manifest.created_at),
                epoch_before=checked.manifest.epoch, epoch=epoch, carried=carried,
            )  # fmt: skip
    finally:
        engine.dispose()
    sync(place)
    return epoch, carried


@contextmanager
def _owned(folder: Path) -> Iterator[None]:
    ownership = Ownership(folder)
    ownership.start()
    try:
        yield
    finally:
        ownership.stop()
