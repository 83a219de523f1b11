"""Whether a store is whole: its pages, its structure, its references, its trail."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from console.core import audit
from console.core.errors import Refused


def require_whole(connection: sa.Connection, file: Path) -> None:
    """Every page carries its checksum, the structure holds, the trail is unbroken. Or Refused."""
    for pragma in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
        told = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
        told = [one for one in told if one != "ok" and not _still_in_journal(connection, one)]
        if told:
            raise Refused("backup.damaged", path=str(file), what=told[0])
    fault = audit.first_fault(connection)
    if fault is not None:
        raise Refused("backup.trail_broken", path=str(file), seq=fault.seq)


def _still_in_journal(connection: sa.Connection, told: str) -> bool:
    """Whether the page that the check of the pages names is merely blank: not brought over yet.

    A checkpoint beside a reader leaves out pages that changed since, and when the file has grown
    beyond them they are blank there. Were they not in the journal, the structure would not hold.
    """
    page = re.fullmatch(r"HMAC verification failed for page (\d+)", told)
    place = Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
    journal = place.with_name(f"{place.name}-wal")
    if page is None or not journal.exists() or not journal.stat().st_size:
        return False
    size = int(connection.exec_driver_sql("PRAGMA cipher_page_size").scalar_one())
    with place.open("rb") as raw:
        raw.seek((int(page[1]) - 1) * size)
        return not any(raw.read(size))
