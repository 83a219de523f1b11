"""The post's store as a verb of the technician opens it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import DATABASE_FILE, key_id_of, read_key


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """The open store of this data folder, closed again at the end; a console may use it too."""
    if key_id_of(folder) is None and not (folder / DATABASE_FILE).exists():
        raise Refused("store.not_set_up", path=str(folder))
    database = Database(folder, read_key(folder), SystemClock(), EventBus())
    database.start()
    try:
        yield database
    finally:
        database.stop()


def technician() -> Actor:
    """Who works at the command line: nobody signs in there, so the machine's account is named."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError):  # no account at all, as in some containers
        account = "unknown"
    return Actor("system", f"command-line:{account}")
