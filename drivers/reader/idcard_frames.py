"""Frames of identity card readers (SDT/SAM, GA 450 family), and the text of a card.

Photograph and fingerprint never leave this file; nor do the bytes of a broken frame that may hold
parts of them.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from drivers.contract import Bad, Card, Message, Other
from drivers.errors import BadFrame
from drivers.framing.scan import MORE, Scanner, Step

MARK = b"\xaa\xaa\xaa\x96\x69"
FIND, SELECT, READ = b"\x20\x01", b"\x20\x02", b"\x30\x01"
READ_WITH_PRINT, READ_ADDRESS = b"\x30\x10", b"\x30\x03"
SAM_ID, STATUS, RESET = b"\x12\xff", b"\x11\xff", b"\x10\xff"
OK, FOUND, NO_CARD, SELECT_FAILED = 0x90, 0x9F, 0x80, 0x81
TEXT_BYTES, PHOTO_BYTES, PRINT_BYTES = 256, 1024, 1024
_HEAD = len(MARK) + 2
LONGEST = _HEAD + 4 + 6 + TEXT_BYTES + PHOTO_BYTES + PRINT_BYTES
_SHOWN = 64  # of a longer frame only its head is ever shown
FOREVER = "长期"

_COMMANDS = {
    FIND: "find", SELECT: "select", READ: "read", READ_WITH_PRINT: "read_with_fingerprint",
    READ_ADDRESS: "read_address", SAM_ID: "sam_id", STATUS: "status", RESET: "reset",
    b"\x60\x00": "set_baud",
}  # fmt: skip
TOLD = {
    0x90: "ok", 0x9F: "found", 0x10: "checksum", 0x11: "length", 0x21: "bad command",
    0x24: "unknown", 0x31: "authentication failed", 0x32: "authentication failed",
    0x33: "verification failed", 0x40: "wrong card", 0x41: "read failed", 0x47: "random number",
    0x60: "self-test failed", 0x66: "not authorised", 0x80: "no card", 0x81: "select failed",
    0x91: "no such item",
}  # fmt: skip
_WIDTHS = (30, 2, 4, 16, 70, 36, 30, 16, 16)  # name … valid to, in bytes of UTF-16LE
_SEXES = {"1": "男", "2": "女"}
# GB/T 3304, as the card prints them
NATIONS = dict(
    enumerate(
        [
            "汉",
            "蒙古",
            "回",
            "藏",
            "维吾尔",
            "苗",
            "彝",
            "壮",
            "布依",
            "朝鲜",
            "满",
            "侗",
            "瑶",
            "白",
            "土家",
            "哈尼",
            "哈萨克",
            "傣",
            "黎",
            "傈僳",
            "佤",
            "畲",
            "高山",
            "拉祜",
            "水",
            "东乡",
            "纳西",
            "景颇",
            "柯尔克孜",
            "土",
            "达斡尔",
            "仫佬",
            "羌",
            "布朗",
            "撒拉",
            "毛南",
            "仡佬",
            "锡伯",
            "阿昌",
            "普米",
            "塔吉克",
            "怒",
            "乌孜别克",
            "俄罗斯",
            "鄂温克",
            "德昂",
            "保安",
            "裕固",
            "京",
            "塔塔尔",
            "独龙",
            "鄂伦春",
            "赫哲",
            "门巴",
            "珞巴",
            "基诺",
        ],
        start=1,
    )
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class Reply(NamedTuple):
    """What a reader answers: its status word's last byte, and what follows it, or the card."""

    state: int
    data: bytes
    card: Card | None = None


def frame(body: bytes) -> bytes:
    """The frame around a command, or around a status word and its data."""
    length = (len(body) + 1).to_bytes(2, "big")
    return MARK + length + body + bytes((_check(length + body),))


def _check(data: bytes) -> int:
    """The exclusive or of all bytes, folded in halves: one step a fold, not one a byte."""
    value, size = int.from_bytes(data, "big"), 1 << (len(data) - 1).bit_length()
    while size > 1:
        size >>= 1
        value = value >> 8 * size ^ value & (1 << 8 * size) - 1
    return value


class CardFrames:
    """Bytes in pieces of any size → commands and replies, and what is bad."""

    def __init__(self) -> None:
        self._scanner = Scanner(re.compile(MARK[:1]), self._look, LONGEST)
        self._replies: list[Reply] = []

    def feed(self, data: bytes) -> list[Message]:
        """What these further bytes complete."""
        return self._scanner.feed(data)

    def finish(self) -> list[Message]:
        """What the end of the stream leaves of the last bytes."""
        return self._scanner.finish()

    def replies(self) -> list[Reply]:
        """The replies among what was last completed; each is given once."""
        found, self._replies = self._replies, []
        return found

    def _look(self, held: bytes, at: int, last: bool) -> Step:
        begun = held[at : at + _HEAD]
        mark = begun[: len(MARK)]
        if not MARK.startswith(mark):
            return Step(1)
        if len(begun) < _HEAD:
            return self._short(held, at, last) if len(mark) == len(MARK) else _wait(last)
        length = int.from_bytes(begun[len(MARK) :], "big")
        if not 3 <= length <= LONGEST - _HEAD:
            return Step(1, (Bad("length", begun),))
        raw = held[at : at + _HEAD + length]
        if len(raw) < _HEAD + length:
            return self._short(held, at, last)
        if _check(raw[len(MARK) :]) != 0:
            return Step(1, (Bad("checksum", _head(raw)),))
        try:
            return Step(len(raw), (self._meaning(raw[_HEAD:-1]),))
        except BadFrame as bad:
            return Step(1, (Bad(bad.reason, _head(raw)),))

    @staticmethod
    def _short(held: bytes, at: int, last: bool) -> Step:
        return Step(1, (Bad("length", _head(held[at : at + LONGEST])),)) if last else MORE

    def _meaning(self, body: bytes) -> Message:
        if len(body) < 3 or body[:2] != b"\x00\x00":
            command = int.from_bytes(body[:2], "big")
            return Other(_COMMANDS.get(body[:2], "command"), {"command": f"{command:04x}"})
        reply = Reply(body[2], body[3:])
        card = _card(reply.data) if reply.state == OK else None
        if card is not None:
            self._replies.append(Reply(reply.state, b"", card))
            return card
        self._replies.append(reply)
        fields: dict[str, str | int] = {"state": reply.state}
        if reply.data:
            fields["data"] = reply.data.hex()
        return Other(TOLD.get(reply.state, "reply"), fields)


def _wait(last: bool) -> Step:
    return Step(1) if last else MORE


def _head(raw: bytes) -> bytes:
    return raw if len(raw) <= _SHOWN else raw[: _HEAD + 3]


def _card(data: bytes) -> Card | None:
    """The card that a read reply carries; None where it carries something else."""
    if len(data) <= _SHOWN:
        return None
    text, photo, fingerprint = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2, 4))
    for head, whole in ((4, 4 + text + photo), (6, 6 + text + photo + fingerprint)):
        if text == TEXT_BYTES and len(data) == whole:
            return card_of(data[head : head + TEXT_BYTES])
    raise BadFrame("syntax")


def card_of(text: bytes) -> Card:
    """The card whose 256 bytes of text these are. Raises BadFrame for what no card says."""
    told, at = [], 0
    for width in _WIDTHS:
        try:
            told.append(text[at : at + width].decode("utf-16-le").strip("\0 　"))
        except UnicodeDecodeError as broken:
            raise BadFrame("value") from broken
        at += width
    name, sex, nation, birth, address, number, issuer, valid_from, valid_to = told
    if not name or sex not in _SEXES or not is_number(number):
        raise BadFrame("value")
    return Card(
        name, _SEXES[sex], _nation(nation), _day(birth), address, number, issuer,
        _day(valid_from), FOREVER if valid_to == FOREVER else _day(valid_to),
    )  # fmt: skip


def is_number(text: str) -> bool:
    """A citizen's number with its right check digit (GB 11643)."""
    if not _NUMBER.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17]


def _nation(code: str) -> str:
    known = code.isascii() and code.isdigit()
    return NATIONS.get(int(code), code) if known else code


def _day(text: str) -> str:
    found = _DAY.fullmatch(text)
    try:
        if found is not None:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError as impossible:
        raise BadFrame("value") from impossible
    raise BadFrame("value")
