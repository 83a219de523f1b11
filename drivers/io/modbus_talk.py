"""The talk with one Modbus board: one question at a time, orders before polls, inputs debounced."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from drivers.contract import (
    Bad,
    Inputs,
    Message,
    Order,
    Other,
    Outcome,
    Probe,
    SwitchOutput,
    Turn,
)
from drivers.errors import NotSupported
from drivers.io import modbus_frames as frames
from drivers.io.modbus_frames import Cutter, Frame
from drivers.pending import Pending, Waiting

RESTATED_S = 0.5  # how the inputs stand is told at every change, and again after so long
GAP_S = 0.005  # 3.5 characters of silence between frames at 9600 baud
BOUNCE_S = 0.02  # a contact that changed is asked again so soon
QUIET_S = 0.05  # a USB adaptor may break a frame up by 16 ms: what is cut so long is cut for good
OFFLINE_POLLS = 3


class _Asked(NamedTuple):
    """The question on the wire: until when its answer may come, and for which order."""

    raw: bytes
    until: float
    waiting: Waiting | None


class ModbusTalk:
    """Polls the inputs (of a board without inputs, the outputs) and switches the outputs.

    What is unanswered three times shows in ``beat_at``, which grows old. An order is asked again
    until its deadline: a switch that is thrown twice stands as if thrown once.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._settings = settings
        self._unit: int = settings["unit"]
        self._poll_s = settings["poll_ms"] / 1000
        self._answer_s = settings["answer_ms"] / 1000
        self._pending = Pending()
        self._cutter = Cutter()
        self._asked: _Asked | None = None
        self._echoes = False  # the adaptor gives back what it sends
        self._echo = b""  # what it will give back before the answer
        self._poll_at = 0.0
        self._free_at = 0.0
        self._quiet_at = math.inf
        self._missed = 0
        self._inputs = _Steady(settings["steady_polls"])
        self._told_at = -math.inf

    def begin(self, now: float) -> Turn:
        self._poll_at = self._free_at = now
        return Turn(out=self._next(now))

    def hear(self, data: bytes, now: float) -> Turn:
        turn = self._take(self._cutter.feed(data), now)
        self._quiet_at = now + QUIET_S if self._cutter.waits else math.inf
        return turn._replace(out=self._next(now))

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        if isinstance(order, SwitchOutput):
            if not 0 <= order.number < self._settings["outputs"]:
                told = f"no output {order.number}: the board has {self._settings['outputs']}"
                raise NotSupported(told, "not_supported")
        elif not isinstance(order, Probe):
            raise NotSupported(f"takes no {type(order).__name__}", "not_supported")
        if self._pending.take(order_id, order, deadline) is None:
            return Turn(outcomes=[Outcome(order_id, False, "dropped")])
        return Turn(out=self._next(now))

    def pass_time(self, now: float) -> Turn:
        messages: list[Message] = []
        outcomes: list[Outcome] = []
        over = self._asked is not None and now >= self._asked.until
        if over or now >= self._quiet_at:
            turn = self._take(self._cutter.finish(), now)
            self._quiet_at = math.inf
            messages += turn.messages
            outcomes += turn.outcomes
        outcomes += self._pending.overdue(now)
        if self._asked is not None and (over or self._is_overdue(self._asked.waiting)):
            self._unanswered(now)
        return Turn(messages, self._next(now), outcomes)

    def wake_at(self) -> float:
        soonest = min(self._quiet_at, self._pending.next_deadline())
        if self._asked is not None:
            return min(soonest, self._asked.until)
        due = self._free_at if self._pending.unsent() else self._poll_at
        return min(soonest, max(self._free_at, due))

    def end(self) -> Turn:
        left = [found for found in self._cutter.finish() if isinstance(found, Bad)]
        self._asked = None
        return Turn(left, outcomes=self._pending.lost())

    def _take(self, found: Sequence[Frame | Bad], now: float) -> Turn:
        """What came: the answer that is waited for is one of these frames, or none."""
        messages: list[Message] = []
        outcomes: list[Outcome] = []
        for one in found:
            if isinstance(one, Bad):
                messages.append(one)
            elif self._asked is not None and self._is_answer(one, self._asked):
                asked, self._asked = self._asked, None
                turn = self._answered(one, asked.waiting, now)
                messages += turn.messages
                outcomes += turn.outcomes
        return Turn(messages, outcomes=outcomes)

    def _next(self, now: float) -> bytes:
        """The next question, where none is on the wire and one is due."""
        if self._asked is not None or now < self._free_at:
            return b""
        waiting = self._pending.unsent()
        late_s = now - self._poll_at
        if waiting is None and late_s < 0:
            return b""
        if late_s > self._poll_s:  # orders without end must not make the inputs blind
            waiting = None
        if waiting is None or isinstance(waiting.order, Probe):
            raw = self._poll()
            self._poll_at = now + self._poll_s
        else:
            raw = self._switch(waiting.order)
        if waiting is not None:
            waiting.sent = True
        self._asked = _Asked(raw, now + self._answer_s, waiting)
        self._echo = raw if self._echoes else b""
        return raw

    def _poll(self) -> bytes:
        chosen = self._settings
        if chosen["inputs"]:
            first, count = chosen["first_input"], chosen["inputs"]
            return frames.question(self._unit, frames.READ_INPUTS, first, count)
        first, count = chosen["first_output"], chosen["outputs"]
        return frames.question(self._unit, frames.READ_OUTPUTS, first, count)

    def _switch(self, order: Order) -> bytes:
        assert isinstance(order, SwitchOutput)
        address = self._settings["first_output"] + order.number
        value = frames.ON if order.on else frames.OFF
        return frames.question(self._unit, frames.WRITE_OUTPUT, address, value)

    def _is_answer(self, found: Frame, asked: _Asked) -> bool:
        """This is what the question on the wire waits for, not an echo or another's talk."""
        if self._is_echo(found, asked):
            return False
        if found.unit != self._unit or not found.reply or found.function & 0x7F != asked.raw[1]:
            return False
        if found.failed:
            return True
        if found.function == frames.WRITE_OUTPUT:
            return found.raw == asked.raw
        return found.data[0] == (int.from_bytes(asked.raw[4:6], "big") + 7) // 8

    def _is_echo(self, found: Frame, asked: _Asked) -> bool:
        if self._echo:
            same, self._echo = found.raw == self._echo, b""
            return same
        if found.raw == asked.raw and not found.reply:  # no unit answers with a question
            self._echoes = True
            return True
        return False

    def _answered(self, found: Frame, waiting: Waiting | None, now: float) -> Turn:
        self._missed = 0
        self._free_at, self.beat_at = now + GAP_S, now
        if found.failed:
            return self._refused(found, waiting, now)
        self.identity = f"modbus:{self._unit}"
        fields: dict[str, Any] = {"unit": self._unit}
        messages: tuple[Message, ...] = ()
        if found.function != frames.WRITE_OUTPUT:
            fields["values"] = list(self._values(found))
            messages = self._stand(found, now)
        outcomes = () if waiting is None else (self._pending.done(waiting, fields),)
        return Turn(messages, outcomes=outcomes)

    def _refused(self, found: Frame, waiting: Waiting | None, now: float) -> Turn:
        if waiting is not None:
            cause = "busy" if found.data[0] == frames.BUSY else "refused"
            return Turn(outcomes=(self._pending.failed(waiting, cause, found.refusal),))
        if now - self._told_at < RESTATED_S:
            return Turn()
        self._told_at = now
        fields = {"unit": self._unit, "function": found.function & 0x7F, "code": found.data[0]}
        return Turn((Other("exception", {**fields, "told": found.refusal}),))

    def _values(self, found: Frame) -> tuple[bool, ...]:
        name = "inputs" if found.function == frames.READ_INPUTS else "outputs"
        return frames.bits(found.data[1:])[: self._settings[name]]

    def _stand(self, found: Frame, now: float) -> tuple[Message, ...]:
        """How the board stands, when it changed or was long not told."""
        values, changed = self._values(found), False
        is_inputs = found.function == frames.READ_INPUTS
        if is_inputs:
            changed, values = self._inputs.take(values)
            if self._inputs.unsure:
                self._poll_at = min(self._poll_at, now + BOUNCE_S)
        if not changed and now - self._told_at < RESTATED_S:
            return ()
        self._told_at = now
        if is_inputs:
            return (Inputs(self._unit, values),)
        return (Other("outputs", {"unit": self._unit, "values": list(values)}),)

    def _is_overdue(self, waiting: Waiting | None) -> bool:
        return waiting is not None and waiting not in self._pending

    def _unanswered(self, now: float) -> None:
        """Nobody answers the question on the wire: it is given up, and its order asked again."""
        asked, self._asked = self._asked, None
        if asked is not None and asked.waiting is not None:
            asked.waiting.sent = False
        self._missed += 1
        if self._missed >= OFFLINE_POLLS:
            self._echoes = False
            self._inputs.forget()  # a board that comes back is believed at once
        self._free_at, self._echo = now, b""


class _Steady:
    """Inputs that are believed when so many polls in turn say the same of them."""

    def __init__(self, polls: int) -> None:
        self._polls = polls
        self._stands: list[bool] = []
        self._other: list[int] = []  # how often in turn each was said to stand otherwise

    @property
    def unsure(self) -> bool:
        """One of them was said to stand otherwise, not often enough to be believed."""
        return any(self._other)

    def take(self, values: tuple[bool, ...]) -> tuple[bool, tuple[bool, ...]]:
        """Whether something changed, and how the inputs stand now. The first word is believed."""
        if not self._stands:
            self._stands, self._other = list(values), [0] * len(values)
            return True, values
        changed = False
        for number, value in enumerate(values):
            if value is self._stands[number]:
                self._other[number] = 0
                continue
            self._other[number] += 1
            if self._other[number] >= self._polls:
                self._stands[number], self._other[number] = value, 0
                changed = True
        return changed, tuple(self._stands)

    def forget(self) -> None:
        """Nothing is known of the inputs."""
        self._stands, self._other = [], []
