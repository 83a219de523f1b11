"""What lies in the store's WAL and must be looked for there after a power cut.

Pages of the file may be torn when they were being written back; the WAL has them whole. But the
check of the pages looks into the file alone (``write_back`` first), and so does SQLCipher for the
salt, the 16 plain bytes at the start of page 1: with rubbish there it would never ask the WAL.
"""

from __future__ import annotations

import struct
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError

_HEAD, _FRAME, _SALT = 32, 24, 16
_MAGIC = (0x377F0682, 0x377F0683)


def write_back(engine: sa.Engine) -> None:
    """What the WAL holds stands in the file too, as far as nobody looks at an older moment."""
    told = "PRAGMA wal_checkpoint(PASSIVE)"
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute(told)
    except sqlcipher.DatabaseError as failed:
        raise DatabaseError(told, None, failed) from failed


def salt_in_wal(store: Path) -> bytes | None:
    """The store's salt as the WAL's latest copy of page 1 says it; None when it has none.

    The file's form is that of sqlite.org/fileformat2.html, section 4.
    """
    wal = store.with_name(f"{store.name}-wal")
    if not wal.is_file():
        return None
    with wal.open("rb") as opened:
        head = opened.read(_HEAD)
        if len(head) < _HEAD:
            return None
        magic, _, size = struct.unpack(">3I", head[:12])
        if magic not in _MAGIC or not 512 <= size <= 65536:
            return None
        found = None
        while len(frame := opened.read(_FRAME + _SALT)) == _FRAME + _SALT:
            if frame[8:16] != head[16:24]:
                break  # from before the WAL's last restart
            if struct.unpack(">I", frame[:4])[0] == 1:
                found = frame[_FRAME:]
            opened.seek(size - _SALT, 1)
    return found
