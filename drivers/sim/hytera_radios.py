"""The radios behind a simulated Hytera device: what they were told, and the messages they send.

HDAP messages only; how they travel is the business of the device (``drivers.sim.hytera``).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from drivers.radio.hytera_frames import hdap_check

_RCP, _LP, _TMP, _RRS = 0x02, 0x08, 0x09, 0x11
_TALKING, _HANGING, _SLEEPING = 0, 1, 5


class Written(NamedTuple):
    """A text that the console sent."""

    to: str
    text: str
    group: bool
    reference: int


class Place(NamedTuple):
    """Where a radio is, as it will say."""

    lat: float
    lon: float
    at: datetime
    knots: float = 0.0
    course: int = 0


class Radios:
    """Some radios of one system, and all that the console told them."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.online: set[str] = set()
        self.text_result = 0
        self.call_result = 0
        self.key_result = 0
        self.texts: list[Written] = []
        self.delivered: list[int] = []  # references of our texts that the console took
        self.calls: list[tuple[int, str]] = []  # type of call, whom
        self.keys: list[bytes] = []  # bodies of RCP 0041
        self.confirmed: list[str] = []  # radios whose emergency the console stopped
        self.registered: dict[str, int] = {}  # valid seconds that the console granted
        self._reference = 0
        self._answers: dict[tuple[int, int], Callable[[bytes], bytes]] = {
            (_RRS, 0x80): self._granted,
            (_RRS, 0x02): self._checked,
            (_TMP, 0xA1): self._private,
            (_TMP, 0xB1): self._group,
            (_TMP, 0xA2): self._taken,
            (_LP, 0xA001): self._where,
            (_LP, 0xB001): self._stopped,
            (_RCP, 0x0841): self._called,
            (_RCP, 0x0041): self._key,
            (_RCP, 0x0452): lambda body: message(_RCP, 0x8452, b"\x00" + b"\x00" * 8),
            (_RCP, 0x10C9): lambda body: message(_RCP, 0x80C9, b"\x00"),
        }

    def answer(self, data: bytes) -> bytes:
        """What the radios say to this message of the console; nothing to one they do not know."""
        service = data[0] & 0x7F
        opcode = int.from_bytes(data[1:3], "little" if service == _RCP else "big")
        wanted = True
        if service == _TMP:
            wanted, opcode = not opcode & 0x8000, opcode & 0xFF
        found = self._answers.get((service, opcode))
        said = found(data[5:-2]) if found is not None else b""
        return said if wanted else b""

    def register(self, radio: str) -> bytes:
        """The radio comes into the system."""
        self.online.add(radio)
        return message(_RRS, 0x03, _address(radio))

    def deregister(self, radio: str) -> bytes:
        """The radio is switched off."""
        self.online.discard(radio)
        return message(_RRS, 0x01, _address(radio))

    def text(self, radio: str, text: str, to: str) -> bytes:
        """The radio writes to ``to`` and wants a receipt."""
        self._reference += 1
        body = self._reference.to_bytes(4, "big") + _address(to) + _address(radio)
        return message(_TMP, 0xA1, body + text.encode("utf-16-le"))

    def report(self, radio: str) -> bytes:
        """The radio says by itself where it is."""
        return message(_LP, 0xD003, b"\x00\x00\x00\x00" + _address(radio) + self._block(radio))

    def sos(self, radio: str) -> bytes:
        """The red key of the radio was pressed."""
        return message(_LP, 0xB003, _address(radio) + b"\x01" + self._block(radio))

    def talk(self, radio: str, group: str, emergency: bool = False) -> bytes:
        """The radio talks to the group."""
        return _status(_TALKING, radio, group, 3 if emergency else 1)

    def hush(self, radio: str, group: str) -> bytes:
        """The radio let its key go; the channel is still held."""
        return _status(_HANGING, radio, group, 1)

    def rest(self) -> bytes:
        """The channel is free again."""
        return _status(_SLEEPING, "0", "0", 0)

    def _block(self, radio: str) -> bytes:
        place = self.places.get(radio)
        if place is None:
            return b"V" + b"0" * 12 + b"N0000.0000E00000.00000.0000"
        lat, lon = _minutes(place.lat, 2), _minutes(place.lon, 3)
        sides = ("N" if place.lat >= 0 else "S", "E" if place.lon >= 0 else "W")
        speed = f"{place.knots:.1f}"[:3] if place.knots < 10 else f"{place.knots:03.0f}"
        block = f"A{place.at:%H%M%S%d%m%y}{sides[0]}{lat}{sides[1]}{lon}{speed}{place.course:03d}"
        return block.encode("ascii")

    def _granted(self, body: bytes) -> bytes:
        self.registered[_name(body[:4])] = int.from_bytes(body[5:], "big")
        return b""

    def _checked(self, body: bytes) -> bytes:
        if _name(body) not in self.online:
            return b""  # nobody there to answer
        return message(_RRS, 0x82, body + b"\x00")

    def _private(self, body: bytes) -> bytes:
        self._write(body, group=False)
        return message(_TMP, 0xA2, body[:12] + bytes((self.text_result,)))

    def _group(self, body: bytes) -> bytes:
        self._write(body, group=True)
        return message(_TMP, 0xB2, body[:8] + bytes((self.text_result,)))

    def _write(self, body: bytes, group: bool) -> None:
        reference = int.from_bytes(body[:4], "big")
        text = body[12:].decode("utf-16-le")
        self.texts.append(Written(_name(body[4:8]), text, group, reference))

    def _taken(self, body: bytes) -> bytes:
        self.delivered.append(int.from_bytes(body[:4], "big"))
        return b""

    def _where(self, body: bytes) -> bytes:
        radio = _name(body[4:8])
        result = b"\x00\x00" if radio in self.places else b"\x00\x06"
        return message(_LP, 0xA002, body[:8] + result + self._block(radio))

    def _stopped(self, body: bytes) -> bytes:
        self.confirmed.append(_name(body[4:8]))
        return message(_LP, 0xB002, body[:8] + b"\x00\x00")

    def _called(self, body: bytes) -> bytes:
        self.calls.append((body[0], str(int.from_bytes(body[1:], "little"))))
        return message(_RCP, 0x8841, bytes((self.call_result,)))

    def _key(self, body: bytes) -> bytes:
        self.keys.append(body)
        return message(_RCP, 0x8041, bytes((self.key_result,)))


def message(service: int, opcode: int, body: bytes) -> bytes:
    """One HDAP message as a radio writes it."""
    if service == _RCP:
        inner = opcode.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body
    else:
        inner = opcode.to_bytes(2, "big") + len(body).to_bytes(2, "big") + body
    return bytes((service,)) + inner + bytes((hdap_check(inner), 0x03))


def _status(state: int, radio: str, group: str, kind: int) -> bytes:
    voice = 0 if state == _SLEEPING else 1
    body = b"".join(part.to_bytes(2, "little") for part in (0, state, voice, kind))
    body += int(group).to_bytes(4, "little") + int(radio).to_bytes(4, "little")
    return message(_RCP, 0xB845, body)


def _address(name: str) -> bytes:
    return b"\x0a" + int(name).to_bytes(3, "big")


def _name(address: bytes) -> str:
    return str(int.from_bytes(address[1:4], "big"))


def _minutes(degrees: float, digits: int) -> str:
    units = round(abs(degrees) * 60 * 10_000)
    whole, rest = divmod(units, 60 * 10_000)
    return f"{whole:0{digits}d}{rest // 10_000:02d}.{rest % 10_000:04d}"
