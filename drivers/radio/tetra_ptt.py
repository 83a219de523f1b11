"""Voice calls of one TETRA radio: which run, who talks, and our own permit to talk."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum

from drivers.contract import Outcome, PressToTalk, RadioCall
from drivers.pending import Pending, Waiting
from drivers.radio.tetra_lines import CAUSES, GRANTED, GRANTED_TO_ANOTHER, QUEUED
from drivers.radio.tetra_orders import call_setup, command, same

_MOST_CALLS = 32
_LATE_S = 10.0  # a permit that comes so long after its request was withdrawn is given back


@dataclass(slots=True)
class _Call:
    group: str | None
    source: str | None = None
    priority: int | None = None
    talker: str | None = None


class Calls:
    """The calls that the radio told of, by their number at the radio."""

    def __init__(self) -> None:
        self._calls: OrderedDict[str, _Call] = OrderedDict()

    def told(self, number: str, heard: RadioCall, own: str) -> RadioCall:
        """The same news with what is known of its call: later lines name its number alone."""
        call = self._calls.get(number)
        if heard.phase == "incoming":
            self.begin(number, _Call(heard.group, heard.source, heard.priority, heard.source))
            return heard
        if call is None:
            return heard
        source = heard.source or call.talker
        if heard.phase == "talking":
            source = own or None if heard.granted else heard.source
            call.talker = source or call.talker
        elif heard.phase == "released":
            del self._calls[number]
            source = call.source
        return heard._replace(source=source, group=call.group, priority=call.priority)

    def begin(self, number: str, call: _Call) -> None:
        """This call runs; of too many the oldest is forgotten."""
        self._calls[number] = call
        while len(self._calls) > _MOST_CALLS:
            self._calls.popitem(last=False)

    def dialled(self, number: str, group: str, priority: int) -> None:
        """This is the call that was set up from here."""
        if number not in self._calls:
            self.begin(number, _Call(group, priority=priority))

    def known(self, number: str) -> bool:
        """The radio told of this call."""
        return number in self._calls

    def number_of(self, group: str) -> str | None:
        """The running call to this group; without a group, the last one."""
        for number, call in reversed(self._calls.items()):
            if not group or same(call.group or "", group):
                return number
        return None


class Key(Enum):
    """How our own key stands with the radio."""

    UP = "up"
    DOWN = "down"  # pressed; the radio was not asked yet
    ASKED = "asked"
    GRANTED = "granted"
    RETURNING = "returning"  # let go; the radio has not confirmed it yet


class Permit:
    """Our own permit to talk: pressed, asked for, granted or denied, and given back.

    A permit that comes after the key was let go is given back at once; one that the radio's own
    key asked for is left alone.
    """

    def __init__(self, calls: Calls, pending: Pending) -> None:
        self.key = Key.UP
        self._calls, self._pending = calls, pending
        self._wanted: Waiting | None = None  # the press that waits for its answer
        self._released: list[Waiting] = []  # releases that wait for their end
        self._press = PressToTalk()
        self._owed = False  # the permit must be given back
        self._giving_back = False  # the commands that are out do so
        self._late_until = -math.inf
        self._number: str | None = None  # of the call that it is about

    def press(self, waiting: Waiting, press: PressToTalk) -> list[Outcome]:
        """The key was pressed."""
        if self.key is Key.GRANTED:
            return [self._pending.done(waiting, {"call": self._number})]
        if self._wanted is not None:
            return [self._pending.failed(waiting, "busy", "the key is pressed already")]
        self._press, self._wanted = press, waiting
        if self.key is Key.UP:
            self.key = Key.DOWN
        return []

    def release(self, waiting: Waiting, now: float) -> list[Outcome]:
        """The key was let go."""
        outcomes = self._fail("refused", "let go before the permit came")
        if self.key in (Key.UP, Key.DOWN):
            self.key = Key.UP
            return [*outcomes, self._pending.done(waiting)]
        self._released.append(waiting)
        if self.key is not Key.RETURNING:
            self._withdraw(now)
        return outcomes

    def overdue(self, order_ids: set[str], now: float) -> None:
        """These orders wait no longer: a permit that comes now is not wanted."""
        self._released = [one for one in self._released if one.order_id not in order_ids]
        if self._wanted is not None and self._wanted.order_id in order_ids:
            self._wanted = None
            if self.key is Key.DOWN:
                self.key = Key.UP
            elif self.key is Key.ASKED:
                self._withdraw(now)
        if self.key is Key.RETURNING and self._number is None and not self._released:
            self._returned()  # no call came of it; ``_late_until`` watches for one that still does

    def due(self) -> tuple[bytes, ...]:
        """The commands that are wanted next, if any; whoever takes them sends them."""
        if self._owed and self._number is not None:
            self._owed, self._giving_back = False, True
            return (command(f"AT+CUTXC={self._number}"),)
        if self.key is not Key.DOWN:
            return ()
        self.key, self._giving_back = Key.ASKED, False
        group, priority = self._press.group, self._press.priority
        self._number = self._calls.number_of(group)
        if self._number is not None:
            return (command(f"AT+CTXD={self._number},{priority}"),)
        setup = command(f"AT+CTSDC={call_setup(group, priority)}")
        return setup, command(f"ATD{group}")

    def answered(self, good: bool, cause: str, told: str) -> list[Outcome]:
        """How the radio took the commands that ``due`` gave last: a permit itself comes later."""
        if self._giving_back:
            self._giving_back = False
            if self._owed:  # a permit crossed the release
                return []
            outcomes = [
                self._pending.done(one) if good else self._pending.failed(one, cause, told)
                for one in self._released
            ]
            self._released = []
            self._returned()
            return outcomes
        if good:
            return []
        if self.key is Key.RETURNING:
            return self._all_returned()
        self.key = Key.UP
        return self._fail(cause, told)

    def unanswered(self, told: str, now: float) -> list[Outcome]:
        """The radio did not answer the commands that ``due`` gave last; it may have obeyed them."""
        if self._giving_back:
            self._giving_back, self._owed = False, True
            return []
        outcomes = self._fail("no_answer", told)
        if self.key is Key.ASKED:
            self._withdraw(now)
        return outcomes

    def heard(self, name: str, fields: list[str], now: float) -> list[Outcome]:
        """A line about a call, by its name and its fields, and what it settles."""
        number = fields[0]
        asking = self.key in (Key.ASKED, Key.RETURNING) or now < self._late_until
        if self._number is None and asking:
            begins = name == "CTICN"  # somebody else's call; to the same group it is ours as well
            joined = begins and len(fields) > 11 and same(fields[11], self._press.group)
            if joined or not (begins or self._calls.known(number)):
                self._calls.dialled(number, self._press.group, self._press.priority)
                self._number = number
        if number != self._number:
            return []
        if name == "CTXG":
            return self._grant(int(fields[1]), fields[5] if len(fields) > 5 else "", now)
        if name == "CDTXC":  # somebody let go: just then permits come that were queued
            if self.key is Key.GRANTED:
                self.key = Key.UP
            return []
        return self._over(fields) if name == "CTCR" else []

    def _grant(self, grant: int, talker: str, now: float) -> list[Outcome]:
        if grant == QUEUED:
            return []
        if grant == GRANTED:
            if self.key in (Key.DOWN, Key.ASKED):
                self.key = Key.GRANTED
                waiting, self._wanted = self._wanted, None
                if waiting is not None:
                    return [self._pending.done(waiting, {"call": self._number})]
            elif self.key is Key.RETURNING or now < self._late_until:
                self.key, self._owed = Key.RETURNING, True
            return []
        another = grant == GRANTED_TO_ANOTHER
        if self.key in (Key.ASKED, Key.GRANTED):
            self.key = Key.UP
            told = f"granted to {talker or 'another'}" if another else "not granted"
            return self._fail("busy" if another else "refused", told)
        return []

    def _over(self, fields: list[str]) -> list[Outcome]:
        """The call was released: what waited for it is settled."""
        cause = int(fields[1]) if len(fields) > 1 and fields[1] else 0
        told = f"call released, cause {cause}" + (f" ({CAUSES[cause]})" if cause in CAUSES else "")
        self._number, self._owed, self._late_until = None, False, -math.inf
        if self.key is Key.RETURNING:
            return self._all_returned()
        if self.key in (Key.ASKED, Key.GRANTED):
            self.key = Key.UP
            return self._fail("busy" if cause == 2 else "refused", told)
        return []

    def _withdraw(self, now: float) -> None:
        self.key, self._owed = Key.RETURNING, True
        self._late_until = now + _LATE_S

    def _all_returned(self) -> list[Outcome]:
        outcomes = [self._pending.done(one) for one in self._released]
        self._released = []
        self._returned()
        return outcomes

    def _returned(self) -> None:
        """The key is up, or down again where it was pressed meanwhile."""
        self.key = Key.UP if self._wanted is None else Key.DOWN
        self._owed = False

    def _fail(self, cause: str, told: str) -> list[Outcome]:
        waiting, self._wanted = self._wanted, None
        return [] if waiting is None else [self._pending.failed(waiting, cause, told)]
