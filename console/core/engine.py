"""The engine on a SQLCipher file: the library it needs, and the settings of the house."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from console.core.commit import clean
from console.core.errors import Refused

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

    sa.event.listen(engine, "checkout", clean)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        looking = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if looking else "BEGIN IMMEDIATE")

    return engine


def write_back(engine: sa.Engine) -> None:
    """What the log holds stands in the file too, as far as nobody looks at an older moment."""
    told = "PRAGMA wal_checkpoint(PASSIVE)"
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute(told)
    except sqlcipher.DatabaseError as failed:
        raise DatabaseError(told, None, failed) from failed


def require_sqlite(version: tuple[int, ...]) -> None:
    """The library is new enough. Refused below 3.51.3."""
    if tuple(version) < OLDEST_SQLITE:
        raise Refused(
            "store.sqlite_too_old",
            found=".".join(map(str, version)),
            needed=".".join(map(str, OLDEST_SQLITE)),
        )


def settings_in_force(connection: sa.Connection) -> dict[str, object]:
    """The value that each setting of the house has on this connection, ``journal_mode`` too."""
    names = ("journal_mode", *SETTINGS)
    return {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one_or_none() for n in names}
