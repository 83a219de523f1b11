"""An identity card reader made of bytes, on which a test or the drill lays cards."""

from __future__ import annotations

import threading
from pathlib import Path

from drivers.contract import Card
from drivers.reader import idcard_frames as frames
from drivers.sim.terminal import AnsweringDevice

SAM = bytes.fromhex("0503010012345678") + bytes(8)
SAMPLE = Card(
    "李四", "女", "汉", "1949-12-31", "北京市东城区样例胡同10号", "11010519491231002X",
    "样例市公安局样例分局", "2018-06-01", "2038-06-01",
)  # fmt: skip
_WIDTHS = (15, 1, 2, 8, 35, 18, 15, 8, 8)  # characters
_CODES = {name: f"{code:02d}" for code, name in frames.NATIONS.items()}


class CardReader(AnsweringDevice):
    """A reader; ``lay`` and ``lift`` are what a person does with a card."""

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(name, folder)
        self.fails_to_read = False
        self._lock = threading.Lock()
        self._card: Card | None = None
        self._left = b""
        self.lifted = threading.Event()  # set when a question was asked of the empty reader
        self.reads = 0  # how often a card was read

    def lay(self, card: Card = SAMPLE) -> None:
        """This card lies on the reader."""
        with self._lock:
            self._card = card

    def lift(self) -> None:
        """No card lies on the reader."""
        self.lifted.clear()
        with self._lock:
            self._card = None

    def answer(self, data: bytes) -> bytes:
        self._left, said = self._left + data, b""
        while len(self._left) >= len(frames.MARK) + 5:
            asked, self._left = self._left[:10], self._left[10:]
            said += self._reply(asked[7:9])
        return said

    def _reply(self, command: bytes) -> bytes:
        with self._lock:
            card = self._card
        if command == frames.SAM_ID:
            return reply(frames.OK, SAM)
        if command == frames.STATUS:
            return reply(frames.OK)
        if command == frames.FIND:
            if card is None:
                self.lifted.set()
            return reply(frames.FOUND, bytes(4)) if card else reply(frames.NO_CARD)
        if command == frames.SELECT:
            return reply(frames.OK, bytes(8)) if card else reply(frames.SELECT_FAILED)
        if command != frames.READ:
            return reply(0x21)
        if card is None or self.fails_to_read:
            return reply(0x41)
        self.reads += 1
        return read_reply(card)


def reply(state: int, data: bytes = b"") -> bytes:
    """The frame of a reader's answer."""
    return frames.frame(bytes((0, 0, state)) + data)


def read_reply(card: Card, photo: bytes = bytes(frames.PHOTO_BYTES)) -> bytes:
    """The frame that carries a card."""
    head = frames.TEXT_BYTES.to_bytes(2, "big") + len(photo).to_bytes(2, "big")
    return reply(frames.OK, head + card_text(card) + photo)


def card_text(card: Card) -> bytes:
    """The 256 bytes of text of a card."""
    told = card._asdict()
    told["sex"] = {"男": "1", "女": "2"}[card.sex]
    told["nation"] = _CODES[card.nation]
    for day in ("birth", "valid_from", "valid_to"):
        told[day] = told[day].replace("-", "")
    padded = (text.ljust(width) for text, width in zip(told.values(), _WIDTHS, strict=True))
    return "".join(padded).ljust(frames.TEXT_BYTES // 2).encode("utf-16-le")
