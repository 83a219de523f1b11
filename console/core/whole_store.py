"""Whether a store is whole: its pages, its structure, its references, its trail."""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa

from console.core import audit
from console.core.errors import Refused


def require_whole(
    connection: sa.Connection, file: Path, in_log: frozenset[int] = frozenset()
) -> None:
    """Every page carries its checksum, the structure holds, the trail is unbroken. Or Refused.

    The pages ``in_log`` are known to stand whole in the log: the file may have them torn.
    """
    told = _told(connection, "cipher_integrity_check")
    told = [one for one in told if not _stands_in_log(connection, one, in_log)]
    for pragma in ("integrity_check", "foreign_key_check"):
        told = told or _told(connection, pragma)
    if told:
        raise Refused("backup.damaged", path=str(file), what=told[0])
    fault = audit.first_fault(connection)
    if fault is not None:
        raise Refused("backup.trail_broken", path=str(file), seq=fault.seq)


def _told(connection: sa.Connection, pragma: str) -> list[str]:
    told = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
    return [one for one in told if one != "ok"]


def _stands_in_log(connection: sa.Connection, told: str, in_log: frozenset[int]) -> bool:
    """Whether the page that the check of the pages names is merely not brought over yet.

    A checkpoint cut short leaves pages torn. One beside a reader leaves out pages that changed
    since, and when the file has grown beyond them they are blank there; were those not in the log,
    the structure would not hold.
    """
    page = re.search(r"page (\d+)", told)
    if page is not None and int(page[1]) in in_log:
        return True
    place = Path(connection.exec_driver_sql("PRAGMA database_list").one()[2])
    log = place.with_name(f"{place.name}-wal")
    if not told.startswith("HMAC") or page is None or not log.exists() or not log.stat().st_size:
        return False
    size = int(connection.exec_driver_sql("PRAGMA cipher_page_size").scalar_one())
    with place.open("rb") as raw:
        raw.seek((int(page[1]) - 1) * size)
        return not any(raw.read(size))
