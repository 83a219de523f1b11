"""The conversation with a TETRA radio: waking it, setting it up, orders, receipts, its pulse."""

from __future__ import annotations

import math
import re
from collections import deque
from collections.abc import Mapping
from typing import Any

from drivers.contract import (
    Bad,
    CheckRadio,
    ChooseGroup,
    Message,
    Order,
    Other,
    Outcome,
    PressToTalk,
    Probe,
    ReleaseTalk,
    SendText,
    Turn,
)
from drivers.errors import NotSupported
from drivers.pending import Pending, Waiting
from drivers.radio.tetra_asking import Asking, Job, Purpose
from drivers.radio.tetra_hearing import Hearing
from drivers.radio.tetra_lines import BUSY, RESULTS, STILL_GARBLED, error_code, error_words
from drivers.radio.tetra_orders import (
    MOST_BITS,
    Plan,
    Ways,
    command,
    plan,
    receipt,
    setup,
    short,
)
from drivers.radio.tetra_pei import Line, PeiReader
from drivers.radio.tetra_ptt import Key

SETTLE_S = 0.2  # after a lost answer: what comes late must not be taken for the next one
_GARBLED_S = 0.05
_MISSES = 2  # so many calls without an answer: whatever the radio was told is gone
_CHECKS = range(0xE0, 0x100)  # references of radio checks
_CANCEL = b"\x1b"
_LIMIT = re.compile(r"\([^)]*\)\s*,\s*\(\s*\d+\s*-\s*(\d{1,5})\s*\)")
_LEAST_BITS = 112  # a radio that tells of less room is not believed


class TetraTalk:
    """Talks to one radio from the opened wire to its end; see ``drivers.contract.Talk``."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._mode, self._poll_s = int(settings["mode"]), float(settings["poll_s"])
        groups = settings["groups"]
        self._group = str(groups[0]) if groups else ""
        self._check_text = str(settings["check_text"])
        self._reader = PeiReader()
        self._asking = Asking()
        self._pending = Pending()
        self._hearing = Hearing(self._pending, settings["sos_reasons"])
        self._permit = self._hearing.permit
        self._most_bits = MOST_BITS
        self._check_reference = _CHECKS[0]
        self._pulse: dict[str, Any] = {}
        self._awake = False
        self._cancel = False  # the radio may still wait for the end of a PDU
        self._now = self._ready_at = -math.inf  # nothing is asked before it is ready
        self._misses = _MISSES
        self._setup: deque[bytes] = deque()
        self._poll_at, self._polls = math.inf, 0
        self._messages: list[Message] = []
        self._outcomes = self._hearing.outcomes

    def begin(self, now: float) -> Turn:
        self._ready_at = now
        return self._turn(now)

    def hear(self, data: bytes, now: float) -> Turn:
        for line in self._reader.feed(data):
            self._take(line, now)
        return self._turn(now)

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        plan(order, self._ways())  # what cannot be is said at once
        waiting = self._pending.take(order_id, order, deadline)
        if waiting is None:
            self._outcomes.append(Outcome(order_id, False, "dropped"))
        elif isinstance(order, PressToTalk):
            waiting.sent = True
            self._press(waiting, order)
        elif isinstance(order, ReleaseTalk):
            waiting.sent = True
            self._outcomes += self._permit.release(waiting, now)
        return self._turn(now)

    def pass_time(self, now: float) -> Turn:
        late = self._pending.overdue(now)
        if late:
            self._outcomes += late
            gone = {outcome.order_id for outcome in late}
            self._permit.overdue(gone, now)
            job = self._asking.job
            if job is not None and job.waiting is not None and job.waiting.order_id in gone:
                job.commands.clear()
                job.waiting = None
        self._messages += self._hearing.parts.late(now)
        if now >= self._asking.deadline:
            self._unanswered(now)
        return self._turn(now)

    def wake_at(self) -> float:
        late = self._hearing.parts.next_late()
        soonest = min(self._pending.next_deadline(), self._asking.deadline, late)
        if self._asking.out:
            return soonest
        settling = self._ready_at > self._now
        return min(soonest, self._ready_at if settling else self._poll_at)

    def end(self) -> Turn:
        self._messages += self._hearing.end(self._reader.finish())
        self._outcomes += self._pending.lost()
        self._asking.drop()
        return self._told(b"")

    def _turn(self, now: float) -> Turn:
        self._now = now
        return self._told(self._next(now))

    def _told(self, out: bytes) -> Turn:
        turn = Turn(tuple(self._messages), out, tuple(self._outcomes))
        self._messages.clear()
        self._outcomes.clear()
        return turn

    # What goes out.

    def _next(self, now: float) -> bytes:
        if self._asking.out:
            return b""
        while True:
            job = self._asking.job
            if job is not None and job.commands:
                withdrawn = job.purpose is Purpose.PERMIT and self._permit.key is Key.RETURNING
                if not withdrawn or job.commands[0].startswith(b"AT+CUTXC"):
                    return self._asking.next(now)
                self._outcomes += self._permit.answered(False, "refused", "let go")
                self._asking.drop()
            if now < self._ready_at or not self._choose(now):
                return b""

    def _choose(self, now: float) -> bool:
        """The next job, if anything is to be done: the key first, a question last."""
        if not self._awake:
            cancel, self._cancel = _CANCEL if self._cancel else b"", False
            self._asking.begin(Purpose.WAKE, (cancel + command("AT"),))
            return True
        permit = self._permit.due()
        if permit:
            self._asking.begin(Purpose.PERMIT, permit)
            return True
        if self._setup:
            self._asking.begin(Purpose.SETUP, (self._setup.popleft(),))
            return True
        waiting = self._pending.unsent()
        if waiting is not None:
            return self._send(waiting)
        if self._hearing.receipts:
            self._asking.begin(Purpose.RECEIPT, receipt(*self._hearing.receipts.popleft()))
            return True
        if now >= self._poll_at:
            self._polls += 1
            question = "AT+CREG?" if self._polls % 3 == 0 else "AT+CSQ?"
            self._asking.begin(Purpose.POLL, (command(question),))
            return True
        return False

    def _send(self, waiting: Waiting) -> bool:
        waiting.sent = True
        try:
            planned = plan(waiting.order, self._ways())
        except NotSupported as cannot:  # the radio told meanwhile that it takes less
            self._outcomes.append(self._pending.failed(waiting, "refused", str(cannot)))
            return True
        job = self._asking.begin(Purpose.ORDER, planned.commands)
        job.waiting = waiting
        self._mark(waiting, planned)
        job.fields = dict(planned.fields)
        return True

    def _mark(self, waiting: Waiting, planned: Plan) -> None:
        order = waiting.order
        if isinstance(order, SendText) and order.receipt:
            self._hearing.deliveries.sent(order.to, order.reference, int(planned.fields["parts"]))
        elif isinstance(order, CheckRadio) and planned.fields:
            waiting.mark = (short(order.of), self._check_reference)
            following = self._check_reference + 1
            self._check_reference = following if following in _CHECKS else _CHECKS[0]

    def _ways(self) -> Ways:
        return Ways(self._most_bits, self.identity, self._check_text, self._check_reference)

    def _press(self, waiting: Waiting, press: PressToTalk) -> None:
        press = press._replace(group=press.group or self._group)
        if not press.group and self._hearing.calls.number_of("") is None:
            self._outcomes.append(self._pending.failed(waiting, "refused", "no group is chosen"))
        else:
            self._outcomes += self._permit.press(waiting, press)

    # What comes in.

    def _take(self, line: Line, now: float) -> None:
        messages = self._hearing.heard(line, now)
        self._messages += messages
        self.identity = self._hearing.identity
        reading = messages[0]
        if isinstance(reading, Bad) or line.name == "AT":
            return
        self.beat_at = now
        if line.name in RESULTS:
            self._result(line, now)
        elif line.name == "CMGS":
            limit = _LIMIT.search(line.rest)
            self._most_bits = max(int(limit[1]), _LEAST_BITS) if limit else self._most_bits
        elif line.name in ("CSQ", "CREG") and isinstance(reading, Other):
            self._pulse.update(reading.fields)

    # What becomes of a command.

    def _result(self, line: Line, now: float) -> None:
        if not self._asking.out:
            return  # late, or nobody's: told to nobody
        asked = self._asking.command
        job = self._asking.answered()
        assert job is not None
        good = line.name == "OK"
        if job.purpose is Purpose.WAKE:
            self._woken(line, now)
        elif good and job.commands:
            return  # it goes on
        else:
            self._settle(job, asked, line)
        self._asking.drop()
        self._poll_at = now + self._poll_s

    def _woken(self, line: Line, now: float) -> None:
        if error_code(line) == STILL_GARBLED:
            self._ready_at = now + _GARBLED_S
            return
        if self._misses >= _MISSES:
            self._setup = deque(setup(self._mode, self._group))
        self._awake, self._misses = True, 0
        self._ready_at = now + SETTLE_S

    def _settle(self, job: Job, asked: bytes, line: Line) -> None:
        """The job is over; whoever gave it is told."""
        good = line.name == "OK"
        told = "" if good else error_words(line)
        cause = "busy" if error_code(line) == BUSY else "refused"
        if job.purpose is Purpose.PERMIT:
            self._outcomes += self._permit.answered(good, cause, told)
        elif job.purpose is Purpose.SETUP and not good:
            words = asked.decode("ascii").strip()
            self._messages.append(Other("setup_refused", {"command": words, "told": told}))
        elif job.waiting is not None:
            self._settle_order(job.waiting, job, cause, told)

    def _settle_order(self, waiting: Waiting, job: Job, cause: str, told: str) -> None:
        order = waiting.order
        if not self._waits(waiting):
            return
        if told:
            self._outcomes.append(self._pending.failed(waiting, cause, told))
            return
        if waiting.mark is not None:
            return  # the radio at the other end has the word
        if isinstance(order, ChooseGroup):
            self._group = order.group
        elif isinstance(order, Probe | CheckRadio):
            job.fields = {"identity": self.identity, **self._pulse}
        self._outcomes.append(self._pending.done(waiting, job.fields))

    def _waits(self, waiting: Waiting) -> bool:
        """The order was not settled meanwhile, by what came from elsewhere."""
        return any(one is waiting for one in self._pending)

    def _unanswered(self, now: float) -> None:
        """The radio is called again until it answers; what was asked counts as not answered."""
        asked = self._asking.command
        job = self._asking.answered()
        assert job is not None
        words = asked.strip(_CANCEL).split(b"\r", 1)[0].decode("ascii")
        told = f"no answer to {words}"
        self._cancel = asked.startswith(b"AT+CMGS")
        if job.purpose is Purpose.PERMIT:
            self._outcomes += self._permit.unanswered(told, now)
        elif job.purpose is Purpose.SETUP:
            self._setup.appendleft(asked)
        elif job.waiting is not None and self._waits(job.waiting):
            self._outcomes.append(self._pending.failed(job.waiting, "no_answer", told))
        self._asking.drop()
        if job.purpose is Purpose.WAKE:
            self._misses += 1
            self._ready_at = now
        else:
            self._awake, self._misses, self._ready_at = False, 0, now
