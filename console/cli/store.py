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
from console.core.log_file import require_sound_log
from console.core.swap import finish_alone


@contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """The open store of this data folder, closed again at the end; a console may use it too."""
    if key_id_of(folder) is None and not (folder / DATABASE_FILE).exists():
        raise Refused("store.not_set_up", path=str(folder))
    finish_alone(folder)
    require_sound_log(folder)
    database = Database(folder, read_key(folder), SystemClock(), EventBus())
    database.start()
    try:
        lines, events = database.behind
        if lines or events:
            raise Refused("store.behind", lines=lines, events=events)
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
