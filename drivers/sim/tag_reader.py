"""Readers of UHF tags made of bytes, in whose field a test or the drill lays tags."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from drivers.contract import Tag
from drivers.reader import rfid_r200 as r200
from drivers.reader import rfid_r2000 as r2000
from drivers.sim.terminal import AnsweringDevice


class _Field(AnsweringDevice):
    """A reader with tags in its field."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.fails = 0  # an error code: every round ends with it
        self._lock = threading.Lock()
        self._tags: tuple[Tag, ...] = ()

    @property
    def tags(self) -> tuple[Tag, ...]:
        """What lies in the field."""
        with self._lock:
            return self._tags

    def lay(self, epcs: Sequence[str], rssi_dbm: int = -55) -> None:
        """These tags, and no others, lie in the field."""
        with self._lock:
            self._tags = tuple(Tag(epc.upper(), rssi_dbm) for epc in epcs)


class R2000Reader(_Field):
    """A reader of the R2000 class: one round a question."""

    def answer(self, data: bytes) -> bytes:
        said = b""
        at = 0
        while at + 2 <= len(data) and len(data) >= at + 2 + data[at + 1]:
            address, command = data[at + 2], data[at + 3]
            at += 2 + data[at + 1]
            if command == r2000.VERSION:
                said += r2000.frame(address, command, b"\x08\x02")
            elif command == r2000.REAL_TIME:
                said += self._round(address)
        return said

    def _round(self, address: int) -> bytes:
        if self.fails:
            return r2000.frame(address, r2000.REAL_TIME, bytes((self.fails,)))
        found = self.tags
        notices = b"".join(r2000_notice(tag, address) for tag in found)
        end = b"\x00" + (50).to_bytes(2, "big") + len(found).to_bytes(4, "big")
        return notices + r2000.frame(address, r2000.REAL_TIME, end)


class R200Reader(_Field):
    """A reader of the R200 class: looks from one command to the other, twenty times a second."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.looks = False

    def answer(self, data: bytes) -> bytes:
        said = b""
        at = 0
        while at + 7 <= len(data):
            command, size = data[at + 2], data[at + 4]
            at += 7 + size
            if command == r200.INFO:
                said += r200.frame(r200.REPLY, r200.INFO, b"\x00M100 26dBm V1.0")
            elif command == r200.POLL_MANY:
                self.looks = True
            elif command == r200.STOP:
                self.looks = False
                said += r200.frame(r200.REPLY, r200.STOP, b"\x00")
        return said

    def beat(self) -> bytes:
        if not self.looks:
            return b""
        if self.fails:
            return r200.frame(r200.REPLY, r200.FAILED, bytes((self.fails,)))
        notices = b"".join(r200_notice(tag) for tag in self.tags)
        return notices or r200.frame(r200.REPLY, r200.FAILED, bytes((r200.NO_TAG,)))


def _pc_and_epc(epc: str) -> bytes:
    code = bytes.fromhex(epc)
    return (len(code) // 2 << 11).to_bytes(2, "big") + code


def r2000_notice(tag: Tag, address: int = 1) -> bytes:
    """What an R2000 reader says of a tag."""
    raw = (tag.rssi_dbm or 0) - r2000.RSSI_ZERO_DBM
    data = b"\x1d" + _pc_and_epc(tag.epc) + bytes((raw,))
    return r2000.frame(address, r2000.REAL_TIME, data)


def r200_notice(tag: Tag) -> bytes:
    """What an R200 reader says of a tag."""
    carried = _pc_and_epc(tag.epc)
    crc = r200.tag_crc(carried).to_bytes(2, "big")
    rssi = (tag.rssi_dbm or 0).to_bytes(1, signed=True)
    return r200.frame(r200.NOTICE, r200.POLL, rssi + carried + crc)
