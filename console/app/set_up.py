"""How a post's store comes to be: made once, filled, and taken up again when that was interrupted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from console.core import audit
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.keyfile import (
    DATABASE_FILE,
    MARK_FILE,
    create_key,
    finish_mark,
    key_id_of,
    read_key,
    set_up_begun,
)
from console.core.ownership import Ownership

POST_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")  # resources/city_api, common.json


def set_up_post(folder: Path, post: str, fill: Callable[[Database], object] | None = None) -> None:
    """A new store of this post stands in ``folder`` and holds what ``fill`` puts into it.

    One that was interrupted is taken up again: the mark says until the end that it is under way.
    Refused over an existing post, for a lost store, for another post than the one begun, and for
    an id that the city's contract does not know.
    """
    if not POST_ID.fullmatch(post):
        raise Refused("store.bad_post_id", field="post_id", post=post[:64])
    ownership = Ownership(folder)
    ownership.start()
    try:
        key = _key_for_set_up(folder)
        database = Database(folder, key, SystemClock(), EventBus())
        if database.path.exists() and set_up_begun(folder):
            _make_way(database, post)
        if not database.path.exists():
            database.create(post)
        database.start()
        try:
            if fill is not None:
                fill(database)
        finally:
            database.stop()
        finish_mark(folder)
    finally:
        ownership.stop()


def _make_way(database: Database, post: str) -> None:
    """A store begun for another post, in which nothing was ever done, is renamed. Or Refused."""
    database.start()
    try:
        other = database.post
        with database.read() as connection:
            untouched = audit.last(connection) is None
    finally:
        database.stop()
    if other == post:
        return
    if not untouched:
        raise Refused(
            "store.other_post_begun", field="post_id", path=str(database.path), post=other
        )
    aside = f"{database.path.name}.begun-{database.clock.now():%Y%m%dT%H%M%S}"
    database.path.rename(database.path.with_name(aside))


def _key_for_set_up(folder: Path) -> bytes:
    if key_id_of(folder) is None:
        if (folder / DATABASE_FILE).exists():
            raise Refused("store.mark_missing", path=str(folder / MARK_FILE))
        return create_key(folder, begun=True)
    if not set_up_begun(folder):
        place = folder / DATABASE_FILE
        code = "store.already_there" if place.exists() else "store.file_missing"
        raise Refused(code, path=str(place))
    return read_key(folder)
