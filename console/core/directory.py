"""A copy of the store's directory of tables beside it, and of its salt.

Both lie in the first pages of the file; without them nothing else in it could be found. They hold
no record of the post, and no key.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from console.core.errors import Unavailable
from console.core.whole_file import replaced

DIRECTORY_FILE = "console.directory"


@dataclass(frozen=True, slots=True)
class Directory:
    """Kind, name, table, root page and SQL of everything in the store that has pages."""

    salt: bytes
    entries: tuple[tuple[str, str, str, int, str], ...]


def keep_directory(folder: Path, connection: sa.Connection, epoch: str) -> None:
    """The copy is that of this store as it is now; written only when the schema has changed."""
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    place, mark = folder / DIRECTORY_FILE, f"{epoch} {version}"
    with suppress(OSError, Unavailable):  # a full disk: the store works without its copy
        if place.exists() and _first(place) == mark:
            return
        # not from the file: closing a second handle on it would drop SQLite's locks (POSIX)
        salt = connection.exec_driver_sql("PRAGMA cipher_salt").scalar_one()
        rows = connection.exec_driver_sql(
            "SELECT type, name, tbl_name, rootpage, coalesce(sql, '') FROM sqlite_schema "
            "WHERE rootpage > 1"
        )
        told = {"salt": salt, "entries": [list(row) for row in rows]}
        with replaced(place) as out:
            out.write(f"{mark}\n{json.dumps(told)}\n".encode())


def read_directory(folder: Path) -> Directory | None:
    """The copy beside the store; None where there is none that can be read."""
    try:
        _, text = (folder / DIRECTORY_FILE).read_text("utf-8").split("\n", 1)
        told = json.loads(text)
        entries = tuple(
            (str(kind), str(name), str(table), int(root), str(sql))
            for kind, name, table, root, sql in told["entries"]
        )
        return Directory(bytes.fromhex(told["salt"]), entries)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _first(place: Path) -> str:
    with place.open("r", encoding="utf-8") as file:
        return file.readline().rstrip("\n")
