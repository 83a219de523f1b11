"""The end of an act on the disk: committed, or as if it had never been; nothing in between.

What is done here is done on the driver's own connection: memory may be short, and between the disk
and the answer no further step may fail.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, StatementError

from console.core.errors import ConsoleError, Refused, Unavailable, at_the_edge

log = logging.getLogger(__name__)
# Nobody uses this number. To set it writes a page although nothing is changed by it: over the place
# in the log where the failed act began. (An UPDATE that changes nothing writes nothing.)
_NOTHING_NEW = "PRAGMA user_version = 0"


def commit(raw: Any) -> None:
    """What was written since BEGIN is on the disk. Raises sqlalchemy's DatabaseError or MemoryError,
    and nothing of it will ever be seen; or Unavailable when not even that is certain."""
    try:
        raw.commit()
    except sqlcipher.DatabaseError as failed:
        raw.rollback()
        if "disk i/o" in str(failed).lower():
            _take_back(raw, failed)
        raise DatabaseError("COMMIT", None, failed) from failed


def _take_back(raw: Any, failed: Exception) -> None:
    """The log of the store ends before the act whose sync failed.

    Its last frame may stand in the file and say that the act is committed: nobody who is connected
    believes it, but after a power cut a new reader would. So it is written over, and synced.
    """
    try:
        raw.execute("BEGIN IMMEDIATE").close()
        raw.execute(_NOTHING_NEW).close()
        raw.commit()
    except (sqlcipher.Error, MemoryError) as again:
        with suppress(sqlcipher.Error):
            raw.rollback()
        raise Unavailable("store.disk_unsure", told=str(failed)) from again


def let_go(connection: sa.Connection, raw: Any, error: BaseException | None = None) -> None:
    """The connection is free for the next act, without anything of this one. Never raises: what
    the act did is settled already.

    After an ``error`` of the world or a bug it is thrown away: a statement that was torn off in the
    middle would stay with it, and refuse all who come after.
    """
    try:
        raw.rollback()
        if error is not None and not isinstance(error, ConsoleError):
            connection.invalidate()
        connection.close()
    except Exception:
        log.exception("a connection to the store was thrown away")
        with suppress(Exception):
            raw.rollback()
            connection.invalidate()
            connection.close()


def clean(raw: Any, *_: object) -> None:
    """A connection that comes out of the pool has no transaction under way, whatever befell it."""
    if raw.in_transaction:
        raw.rollback()


def sorted_error(failed: Exception) -> Exception:
    """The same failure as the house sorts it: wrong key, full disk, no memory, busy, damaged, or
    itself."""
    if _no_memory(failed):
        return at_the_edge(MemoryError())
    if not isinstance(failed, DatabaseError) or isinstance(failed, IntegrityError):
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


def _no_memory(failed: Exception) -> bool:
    if not isinstance(failed, StatementError):
        return isinstance(failed, MemoryError)
    if isinstance(failed.orig, MemoryError) or "out of memory" in str(failed.orig).lower():
        return True
    # The driver blames the type of a value that SQLite had no memory to take in.
    blamed = isinstance(failed, InterfaceError) and "binding parameter" in str(failed.orig)
    return blamed and _plain(failed.params)


def _plain(given: Any) -> bool:
    """These parameters hold nothing but values that the driver can bind."""
    if isinstance(given, dict):
        return _plain(list(given.values()))
    if isinstance(given, list | tuple):
        return all(_plain(one) for one in given)
    return given is None or isinstance(given, int | float | str | bytes)
