"""A TETRA radio made of bytes, and the radios in the field behind it: answers what it is asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from drivers.sim.terminal import AnsweringDevice

_END = b"\r\n"
_PLAIN, _PARTED, _LOCATION = 0x82, 0x8A, 0x0A
_UTF_16 = 26
_UNREACHABLE = 0x5A
_ASKED_FOR = 32  # reason of a location report: an answer
_EMERGENCY = 2


class Fix(NamedTuple):
    """Where a radio in the field is."""

    lat: float
    lon: float
    speed_kmh: int = 127
    course_deg: float = 0.0


class TetraRadio(AnsweringDevice):
    """One radio at a serial port, with its ``number``; what it was told is kept to be looked at.

    ``ptt``: what becomes of a request to talk: grant, deny, queue, another, reject. ``fixes``: where
    the radios in the field are; ``unreachable``: those that no message reaches. ``garbled``: so many
    first answers say that rubbish was in the buffer. ``refuses``: commands that begin so, and the
    number of the error that they get. ``aside``: what it says in the middle of its next answers.
    """

    def __init__(self, name: str, folder: Path, number: str = "09011638300023401") -> None:
        super().__init__(name, folder)
        self.number = number
        self.ptt = "grant"
        self.gives_receipts = True
        self.garbled = 1
        self.refuses: dict[str, int] = {}
        self.unreachable: set[str] = set()
        self.fixes: dict[str, Fix] = {}
        self.aside: deque[bytes] = deque()
        self.most_bits = 1184
        self.commands: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.statuses: list[tuple[str, int]] = []
        self.receipts: list[tuple[str, str]] = []  # to whom, the PDU in digits
        self.group = ""
        self.mode = ""
        self.talking = False
        self._left = b""
        self._send: tuple[str, int] | None = None  # to whom, so many bits: a PDU follows
        self._service = 12
        self._calls: dict[int, str] = {}
        self._coming: dict[tuple[str, int], dict[int, str]] = {}

    @property
    def short(self) -> str:
        """Its number without the network."""
        return self.number[-8:].lstrip("0")

    # What the radios in the field do.

    def send_status(self, source: str, code: int) -> None:
        """A crew sends this status."""
        self.write(self.header(source, f"{code:04X}", 13))

    def send_text(self, source: str, text: str, reference: int = 1, receipt: bool = True) -> None:
        """A crew sends this text."""
        wishes = "06" if receipt else "02"
        words = text.encode("utf_16_be").hex().upper()
        self.write(self.header(source, f"82{wishes}{reference:02X}{_UTF_16:02X}{words}"))

    def send_place(self, source: str, fix: Fix, reason: int = 129) -> None:
        """A radio reports where it is."""
        self.fixes[source] = fix
        self.write(self.header(source, location(fix, reason), bits=84))

    def sos(self, source: str) -> None:
        """A crew presses the emergency key: the status, and the place where it is known."""
        self.send_status(source, 0)
        if source in self.fixes:
            self.send_place(source, self.fixes[source], _EMERGENCY)

    def call(self, source: str, group: str, priority: int = 0) -> int:
        """A crew talks to a group; the number of the call."""
        number = self._new_call(group)
        lines = f"+CTICN: {number},0,0,5,{source},1,1,0,1,1,5,{group},{priority}"
        self.say(lines, f"+CTCC: {number},1,1,0,0,1,1", f"+CTXG: {number},3,0,0,1,{source}")
        return number

    def end_call(self, number: int, cause: int = 13) -> None:
        """The talker lets go and the network releases the call."""
        self._calls.pop(number, None)
        self.talking = False
        self.say(f"+CDTXC: {number},0", f"+CTCR: {number},{cause}")

    def grant(self, grant: int = 0) -> None:
        """The network says to a request that waits: 0 granted, 1 not granted."""
        number = max(self._calls)
        self.talking = grant == 0
        self.say(f"+CTXG: {number},{grant},0,0")

    def say(self, *lines: str) -> None:
        """The radio says these lines."""
        self.write(said(*lines))

    def header(self, source: str, digits: str, service: int = 12, bits: int = 0) -> bytes:
        """Short data from this radio in the field, as the radio at the wire announces it."""
        bits = bits or 4 * len(digits)
        return said(f"+CTSDSR: {service},{source},0,{self.short},0,{bits}", digits)

    # What the console asks.

    def answer(self, data: bytes) -> bytes:
        held = self._left + data
        told = b""
        while True:
            end = b"\x1a" if self._send is not None else b"\r\n"
            line, found, rest = held.partition(end)
            if not found:
                self._left = held
                return told
            held = rest
            words = line.strip(b"\r\n\x1b").decode("ascii", "replace")
            if self._send is not None:
                told += self._sent(words)
            elif words:
                told += self._asked(words)

    def _asked(self, words: str) -> bytes:
        self.commands.append(words)
        if self.garbled > 0:
            self.garbled -= 1
            return said("+CME ERROR: 35")
        for begin, code in self.refuses.items():
            if words.startswith(begin):
                return said(f"+CME ERROR: {code}")
        name, _, rest = words.removeprefix("AT").partition("=")
        if name == "+CMGS" and rest != "?":
            to, _, bits = rest.partition(",")
            self._send = to, int(bits)
            return b""
        act = self._acts().get(name)
        answers = act(rest) if act is not None else self._dial(name)
        return self._with_aside(answers)

    def _acts(self) -> dict[str, Callable[[str], tuple[list[str], list[str]]]]:
        return {
            "+CTOM": self._set_mode,
            "+CTGS": self._set_group,
            "+CTSDS": self._set_service,
            "+CMGS": lambda rest: ([f"+CMGS: (0-3),(8-{self.most_bits})"], []),
            "+CNUMF?": lambda rest: ([f"+CNUMF: 6,{self.number}"], []),
            "+CSQ?": lambda rest: (["+CSQ: 21,99"], []),
            "+CREG?": lambda rest: (["+CREG: 1"], []),
            "+CTXD": lambda rest: ([], self._permit(int(rest.split(",")[0]))),
            "+CUTXC": self._let_go,
        }

    def _set_mode(self, rest: str) -> tuple[list[str], list[str]]:
        self.mode = rest.partition(",")[0]
        return [], []

    def _set_group(self, rest: str) -> tuple[list[str], list[str]]:
        self.group = rest.partition(",")[2]
        return [], []

    def _set_service(self, rest: str) -> tuple[list[str], list[str]]:
        self._service = int(rest.partition(",")[0])
        return [], []

    def _dial(self, name: str) -> tuple[list[str], list[str]]:
        """A call is set up; whatever else has no answer of its own is simply done."""
        if not name.startswith("D"):
            return [], []
        number = self._new_call(name[1:])
        return [], [f"+CTOCP: {number},0", *self._permit(number, f"+CTCC: {number},1,1,0,0,1,1")]

    def _permit(self, number: int, connected: str = "") -> list[str]:
        if self.ptt == "reject":
            self._calls.pop(number, None)
            return [f"+CTCR: {number},11"]
        self.talking = self.ptt == "grant"
        grant = {"grant": "0,0,0", "deny": "1,0,0", "queue": "2,0,0"}.get(self.ptt, "3,0,0,1,23404")
        return [*([connected] if connected else []), f"+CTXG: {number},{grant}"]

    def _let_go(self, rest: str) -> tuple[list[str], list[str]]:
        self.talking = False
        return [], [f"+CDTXC: {rest},0"]

    def _new_call(self, group: str) -> int:
        number = max(self._calls, default=0) + 1
        self._calls[number] = group
        return number

    def _with_aside(self, answers: tuple[list[str], list[str]]) -> bytes:
        """The answer, what comes in its middle, its end, and what follows from it."""
        answer, after = answers
        middle = self.aside.popleft() if self.aside else b""
        return said(*answer) + middle + said("OK", *after)

    # What the console sends.

    def _sent(self, digits: str) -> bytes:
        assert self._send is not None
        (to, bits), self._send = self._send, None
        if bits > self.most_bits:
            return said("+CME ERROR: 34")
        if self._service == 13:
            self.statuses.append((to, int(digits, 16)))
            return self._with_aside(([], []))
        data = bytes.fromhex(digits if len(digits) % 2 == 0 else digits + "0")
        after = b""
        if data[0] == _LOCATION and to in self.fixes:
            after = self.header(to, location(self.fixes[to], _ASKED_FOR), bits=84)
        elif data[0] in (_PLAIN, _PARTED) and data[1] >> 4:
            self.receipts.append((to, digits))
        elif data[0] in (_PLAIN, _PARTED):
            self._text(to, data)
            after = self._receipt(to, data)
        return self._with_aside(([], [])) + after

    def _receipt(self, to: str, data: bytes) -> bytes:
        if not data[1] & 0x0C or not self.gives_receipts:
            return b""
        status = _UNREACHABLE if to in self.unreachable else 0
        return self.header(to, f"{data[0]:02X}10{status:02X}{data[2]:02X}")

    def _text(self, to: str, data: bytes) -> None:
        """A text for a crew; one in parts is whole with its last part."""
        coding = "utf_16_be" if data[3] == _UTF_16 else "latin-1"
        if data[0] == _PLAIN:
            self.texts.append((to, data[4:].decode(coding)))
            return
        reference, parts, number = data[7], data[8], data[9]
        coming = self._coming.setdefault((to, reference), {})
        coming[number] = data[10:].decode(coding)
        if len(coming) == parts:
            del self._coming[to, reference]
            self.texts.append((to, "".join(coming[n] for n in sorted(coming))))


def said(*lines: str) -> bytes:
    """Lines as a radio says them: a line end before and after each."""
    return b"".join(_END + line.encode("ascii") + _END for line in lines)


def location(fix: Fix, reason: int) -> str:
    """The short location report of this place, in digits, as many as its 84 bits take."""
    lon = round(fix.lon * 2**25 / 360) & 0x1FFFFFF
    lat = round(fix.lat * 2**24 / 180) & 0xFFFFFF
    course = round(fix.course_deg / 22.5) % 16
    value = lon << 24 | lat  # elapsed time 0: less than five seconds
    value = value << 3 | 1  # within 20 metres
    value = (value << 7 | fix.speed_kmh) << 4 | course
    return f"0A{value << 9 | reason:019X}"
