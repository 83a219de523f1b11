"""The pages of a SQLCipher file read one by one, so that a damaged one does not hide the others.

Layout after SQLCipher 4: pages of 4096 bytes with a reserve of 80, IV 16 and HMAC-SHA512 64; the
first 16 bytes of the file are the salt. The key is raw, so nothing is stretched.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from console.core.directory import read_directory
from console.core.keyfile import DATABASE_FILE
from console.core.log_file import PAGE, read_log

USABLE = PAGE - 80
_SALT = 16
_HEAD = b"SQLite format 3\x00"


class Pages:
    """The pages of ``file``, with the log beside it, as ``key`` opens them. Reads, never writes."""

    def __init__(self, file: Path, key: bytes) -> None:
        self._key = key
        self._raw = file.read_bytes() if file.exists() else b""
        self._mac_key = b""
        self.log = read_log(file)
        self.directory = read_directory(file.parent) if file.name == DATABASE_FILE else None
        self._choose_salt()
        self._newer: dict[int, list[bytes]] = {}  # states in the log that hold, the newest first
        self.older: set[int] = set()  # the newest state does not hold, an older one may
        self.bad_frames: list[int] = []
        self._take_log()
        self.bad = {n for n in range(1, self.in_file + 1) if self._in_file(n) is None}
        # A checkpoint cut short leaves torn pages in the file, which a sound log has whole.
        sound = not self.log.broken and not self.bad_frames
        self.in_log = frozenset(self._newer) if sound else frozenset[int]()
        self.bad -= self.in_log
        self.cut = len(self._raw) % PAGE != 0 and self.in_file not in self.in_log
        self.count = self._count()
        self.lost = {n for n in range(1, self.count + 1) if self.read(n) is None}
        self.older -= self.lost

    @property
    def in_file(self) -> int:
        """How many pages the file holds or has begun."""
        return -(-len(self._raw) // PAGE)

    @property
    def opens(self) -> bool:
        """Whether a single page opens; if none does, the key may be the wrong one."""
        return len(self.bad) < self.in_file or bool(self._newer)

    def read(self, number: int) -> bytes | None:
        """The newest state of this page that can be read, without its reserve; None for none."""
        newer = self._newer.get(number)
        raw = newer[0] if newer else self._in_file(number)
        return None if raw is None else self._open(number, raw)

    def _choose_salt(self) -> None:
        """From the file; where that is damaged, from the log, or from the copy beside the store."""
        salts = [self._raw[:_SALT]]
        salts += [f.raw[:_SALT] for f in self.log.live if f.page == 1]
        salts += [self.directory.salt] if self.directory else []
        for salt in salts:
            if len(salt) == _SALT:
                turned = bytes(byte ^ 0x3A for byte in salt)
                self._mac_key = hashlib.pbkdf2_hmac("sha512", self._key, turned, 2, 32)
                tried = (n for n in range(1, min(self.in_file, 32) + 1) if self._in_file(n))
                if next(tried, 0) or any(self._holds(f.page, f.raw) for f in self.log.live):
                    return

    def _take_log(self) -> None:
        for frame in self.log.live:
            if not self._holds(frame.page, frame.raw):
                self.bad_frames.append(frame.place)
                self.older.add(frame.page)
            elif frame.ours or frame.chained:
                self._newer.setdefault(frame.page, []).insert(0, frame.raw)
                self.older.discard(frame.page)

    def _in_file(self, number: int) -> bytes | None:
        raw = self._raw[(number - 1) * PAGE : number * PAGE]
        return raw if self._holds(number, raw) else None

    def _holds(self, number: int, raw: bytes) -> bool:
        if len(raw) != PAGE or not self._mac_key:
            return False
        told = hmac.new(self._mac_key, raw[_SALT if number == 1 else 0 : -64], "sha512")
        told.update(struct.pack("<I", number))
        return hmac.compare_digest(told.digest(), raw[-64:])

    def _open(self, number: int, raw: bytes) -> bytes:
        begin = _SALT if number == 1 else 0
        cipher = Cipher(algorithms.AES256(self._key), modes.CBC(raw[USABLE : USABLE + 16]))
        plain = cipher.decryptor().update(raw[begin:USABLE])
        return _HEAD + plain if number == 1 else plain

    def _count(self) -> int:
        """How many pages the store has: by the last commit of the log, else by its first page."""
        if self.log.pages:
            return self.log.pages
        first = self.read(1)
        if first is None or first[24:28] != first[92:96]:
            return self.in_file
        return int.from_bytes(first[28:32], "big")
