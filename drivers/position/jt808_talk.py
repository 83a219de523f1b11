"""A conversation with one JT/T 808 terminal, as its platform: registration, answers, orders."""

from __future__ import annotations

import hashlib
import hmac
import math
import struct
from dataclasses import dataclass

from drivers.contract import (
    AskPosition,
    CheckRadio,
    ConfirmAlarm,
    Message,
    Order,
    Other,
    Outcome,
    Position,
    Probe,
    SendText,
    Turn,
)
from drivers.errors import BadFrame, NotSupported
from drivers.pending import Pending, Waiting
from drivers.position import jt808_body as body
from drivers.position.jt808_decoder import Heard, Jt808Decoder
from drivers.position.jt808_frame import Frame, in_frames, written
from drivers.position.jt808_parts import Key

PARTS_WAIT_S = 3.0  # for the rest of a split message, before it is asked for
PARTS_ASKED = 3
_MOST_NAMED = 250  # missing parts in one question: their count is one byte
_MOST_TEXT = 1024  # bytes of GBK that a terminal must take, by the standard
_SHOW_AND_SAY = 0b1100  # on the terminal's screen and by its voice
_NOTICE = 1  # the kind of a text, 2019
_SOS = 1 << 0
_CODE_CHARS = 16
_ANSWERS = frozenset({body.GENERAL_ACK_UP, body.LOCATED, 0x0104, 0x0107, 0x0302, 0x0700})
_DOWN = 0x8000  # what a platform says; heard from a terminal it is an echo
_OK, _FAILED, _NOT_SUPPORTED = 0, 1, 3
_TAKEN, _NO_TERMINAL = 0, 4  # answers to a registration


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may come in; as the driver's ``checked`` says."""

    terminals: tuple[str, ...] = ()
    secret: str = ""
    registers: bool = True

    def admits(self, terminal: str) -> bool:
        """This number may come in."""
        return not self.terminals or terminal in self.terminals

    def code(self, terminal: str) -> str:
        """The code that this terminal is given when it registers, today and after a restart."""
        made = hmac.new(self.secret.encode(), terminal.encode(), hashlib.sha256)
        return made.hexdigest()[:_CODE_CHARS]


class Jt808Talk:
    """The platform's side of one connection. A terminal that is not let in is told so, and what it
    says about its place goes nowhere."""

    def __init__(self, decoder: Jt808Decoder, rules: Rules) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._decoder = decoder
        self._rules = rules
        self._known_by_code = ""  # the terminal that authenticated here
        self._pending = Pending()
        self._serial = 0
        self._last: Frame | None = None  # of the terminal: how answers to it are written
        self._parts_due: dict[Key, tuple[float, int]] = {}  # when, and how often already

    def begin(self, now: float) -> Turn:
        return Turn()  # the terminal speaks first

    def hear(self, data: bytes, now: float) -> Turn:
        messages: list[Message] = []
        outcomes: list[Outcome] = []
        out = bytearray()
        for heard in self._decoder.hear(data):
            if heard.frame is None:
                messages += heard.messages
            else:
                self._frame(heard.frame, heard, now, (messages, out, outcomes))
        self._note_parts(now)
        out += self._send_waiting()
        return Turn(messages, bytes(out), outcomes)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        _body_of(order, False)  # says no at once to what a terminal cannot do
        to = getattr(order, "to", "") or getattr(order, "of", "")
        to = to.lstrip("0") if to.isdecimal() else to
        if to and self.identity and to != self.identity:
            raise NotSupported(f"the terminal here is {self.identity}, not {to}", "not_supported")
        if self._pending.take(order_id, order, deadline) is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        return Turn(out=self._send_waiting())

    def pass_time(self, now: float) -> Turn:
        return Turn(out=self._ask_for_parts(now), outcomes=self._pending.overdue(now))

    def wake_at(self) -> float:
        parts = min((due for due, _ in self._parts_due.values()), default=math.inf)
        return min(parts, self._pending.next_deadline())

    def end(self) -> Turn:
        return Turn(self._decoder.finish(), outcomes=self._pending.lost())

    # what comes

    def _frame(
        self, frame: Frame, heard: Heard, now: float,
        turn: tuple[list[Message], bytearray, list[Outcome]],
    ) -> None:  # fmt: skip
        messages, out, outcomes = turn
        if frame.id & _DOWN:
            messages.append(_unheard("echo", frame))
            return
        self._last = frame
        if frame.id == body.REGISTER:
            out += self._registration(frame)
        elif frame.id == body.AUTHENTICATE:
            out += self._authentication(frame)
        elif not self._is_in(frame):
            out += self._ack(frame, _FAILED)
            messages.append(_unheard("shut_out", frame))
            return
        else:
            known = frame.id in _KNOWN
            if frame.id not in _ANSWERS:
                out += self._ack(frame, _OK if known else _NOT_SUPPORTED)
            elif not frame.parts:
                outcomes += self._settled(frame, messages)
        if self._is_in(frame):
            self.identity = self.identity or frame.terminal
            self.beat_at = now
        messages += heard.messages

    def _is_in(self, frame: Frame) -> bool:
        if not self._rules.admits(frame.terminal):
            return False
        return not self._rules.secret or self._known_by_code == frame.terminal

    def _registration(self, frame: Frame) -> bytes:
        rules = self._rules
        taken = rules.admits(frame.terminal) and rules.registers
        told = struct.pack(">HB", frame.serial, _TAKEN if taken else _NO_TERMINAL)
        if taken:
            told += rules.code(frame.terminal).encode("ascii")
        return self._say(body.REGISTER_ACK, told)

    def _authentication(self, frame: Frame) -> bytes:
        code = frame.body[1 : 1 + frame.body[0]] if frame.is_of_2019 and frame.body else frame.body
        expected = self._rules.code(frame.terminal).encode("ascii")
        right = not self._rules.secret or hmac.compare_digest(code.rstrip(b"\0 "), expected)
        if right and self._rules.admits(frame.terminal):
            self._known_by_code = frame.terminal
            self.identity = frame.terminal
            return self._ack(frame, _OK)
        return self._ack(frame, _FAILED)

    def _settled(self, frame: Frame, messages: list[Message]) -> list[Outcome]:
        """The order that this answer names has its outcome; the place in it is a reading."""
        if frame.id == body.LOCATED and len(frame.body) >= 2:
            reference, place = frame.body[:2], frame.body[2:]
            waiting = self._answered(int.from_bytes(reference, "big"))
            found = _place(frame.terminal, place)
            if found is not None:
                messages.append(found)
            return [self._pending.done(waiting)] if waiting is not None else []
        if frame.id != body.GENERAL_ACK_UP or len(frame.body) < 5:
            return []
        answered, _, result = struct.unpack_from(">HHB", frame.body)
        waiting = self._answered(answered)
        if waiting is None:
            return []
        if result != _OK:
            told = body.RESULTS.get(result, str(result))
            return [self._pending.failed(waiting, "refused", told)]
        in_parts = isinstance(waiting.mark, tuple) and answered != waiting.mark[-1]
        if in_parts or isinstance(waiting.order, AskPosition):
            return []  # more of it is under way; or the question arrived, the place is to come
        return [self._pending.done(waiting)]

    def _answered(self, reference: int) -> Waiting | None:
        """The order of whose frames this is the serial of one."""
        for one in self._pending:
            if isinstance(one.mark, tuple) and reference in one.mark:
                return one
        return None

    # what goes

    def _send_waiting(self) -> bytes:
        """The orders that waited for the terminal to say who it is are on their way."""
        out = bytearray()
        while self._last is not None and self.identity:
            waiting = self._pending.unsent()
            if waiting is None:
                break
            id_, told = _body_of(waiting.order, self._last.is_of_2019)
            first = self._serial
            out += self._say(id_, told)
            count = (self._serial - first) & 0xFFFF
            waiting.mark = tuple((first + more) & 0xFFFF for more in range(count))
            waiting.sent = True
        return bytes(out)

    def _ack(self, frame: Frame, result: int) -> bytes:
        if frame.id == 0x0801 and result == _OK and len(frame.body) >= 4:
            return self._say(0x8800, frame.body[:4])  # a picture or sound arrived whole
        told = struct.pack(">HHB", frame.serial, frame.id, result)
        return self._say(body.GENERAL_ACK_DOWN, told)

    def _say(self, id_: int, told: bytes) -> bytes:
        """This message, written as the terminal itself writes; the serial goes on."""
        last = self._last
        assert last is not None, "nobody to say it to"
        whole = Frame(id_, last.terminal, self._serial, told, last.number, last.version)
        frames = in_frames(whole)
        self._serial = (self._serial + len(frames)) & 0xFFFF
        return b"".join(written(frame) for frame in frames)

    # messages in parts

    def _note_parts(self, now: float) -> None:
        keys = self._decoder.parts.keys()
        self._parts_due = {key: self._parts_due.get(key, (now + PARTS_WAIT_S, 0)) for key in keys}

    def _ask_for_parts(self, now: float) -> bytes:
        out = bytearray()
        for key, (due, asked) in list(self._parts_due.items()):
            if now < due:
                continue
            missing = self._decoder.parts.missing(key)
            if asked >= PARTS_ASKED or not missing:
                self._decoder.parts.forget(key)
                del self._parts_due[key]
                continue
            self._parts_due[key] = (now + PARTS_WAIT_S, asked + 1)
            named = missing[:_MOST_NAMED]
            told = struct.pack(f">HB{len(named)}H", key.serial, len(named), *named)
            out += self._say(body.RESEND, told)
        return bytes(out)


_KNOWN = frozenset({
    body.HEARTBEAT, body.LOGOUT, body.LOCATION, body.LOCATIONS, *_ANSWERS, 0x0301, 0x0800, 0x0801,
    0x0900,
})  # fmt: skip


def _body_of(order: Order, is_of_2019: bool) -> tuple[int, bytes]:
    """The message that carries this order. Raises NotSupported."""
    if isinstance(order, SendText):
        try:
            raw = order.text.encode("gbk")
        except UnicodeEncodeError as cannot:
            told = order.text[cannot.start : cannot.end]
            raise NotSupported(f"a terminal cannot show {told!r}", "not_supported") from cannot
        if len(raw) > _MOST_TEXT:
            raise NotSupported(f"a text holds at most {_MOST_TEXT} bytes", "not_supported")
        head = bytes([_SHOW_AND_SAY, _NOTICE] if is_of_2019 else [_SHOW_AND_SAY])
        return body.SEND_TEXT, head + raw
    if isinstance(order, AskPosition | CheckRadio | Probe):
        return body.LOCATE, b""
    if isinstance(order, ConfirmAlarm):
        return body.CONFIRM_ALARM, struct.pack(">HI", 0, _SOS)
    raise NotSupported(f"takes no such order: {type(order).__name__}", "not_supported")


def _place(terminal: str, told: bytes) -> Position | None:
    try:
        return body.position(terminal, told)
    except BadFrame:
        return None  # the answer itself is told as it is


def _unheard(what: str, frame: Frame) -> Other:
    """A frame whose words go nowhere, as the technician sees it."""
    told = {"id": f"{frame.id:04X}", "source": frame.terminal, "serial": frame.serial}
    return Other(what, told)
