"""A simulated radio and the talk with it, over no wire and by a clock that tests move."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from drivers.contract import Message, Order, Outcome, Turn
from drivers.radio.tetra import DEFAULTS
from drivers.radio.tetra_talk import TetraTalk
from drivers.sim.tetra import TetraRadio


class LooseRadio(TetraRadio):
    """Its words lie in ``said_aside`` until somebody hears them."""

    def __init__(self) -> None:
        super().__init__("radio", Path("nowhere"))
        self.said_aside = b""

    def write(self, data: bytes) -> None:
        self.said_aside += data


class Conversation:
    """Carries bytes between both until neither has anything more to say at this moment."""

    def __init__(self, **settings: Any) -> None:
        self.radio = LooseRadio()
        self.talk = TetraTalk({**DEFAULTS, **settings})
        self.now = 1000.0
        self.messages: list[Message] = []
        self.outcomes: list[Outcome] = []
        self.sent: list[bytes] = []
        self._number = 0

    def begin(self) -> None:
        """The wire opened; the radio is ready for orders."""
        self._carry(self.talk.begin(self.now))
        self.pass_(2.0)

    def order(self, order: Order, within_s: float = 5.0) -> str:
        """The order is given."""
        self._number += 1
        name = f"order {self._number}"
        self._carry(self.talk.order(name, order, self.now + within_s, self.now))
        return name

    def pass_(self, seconds: float) -> None:
        """Time goes on, from one moment that the talk waits for to the next."""
        until = self.now + seconds
        self.hear()
        while (wake := self.talk.wake_at()) <= until:
            assert not math.isnan(wake)
            self.now = max(self.now, wake)
            self._carry(self.talk.pass_time(self.now))
        self.now = until
        self._carry(self.talk.pass_time(self.now))

    def hear(self) -> None:
        """What the radio said by itself arrives."""
        said, self.radio.said_aside = self.radio.said_aside, b""
        if said:
            self._carry(self.talk.hear(said, self.now))

    def outcome(self, name: str) -> Outcome:
        """The one outcome of this order."""
        (found,) = [outcome for outcome in self.outcomes if outcome.order_id == name]
        return found

    def waits(self, name: str) -> bool:
        """The order is not settled."""
        return all(outcome.order_id != name for outcome in self.outcomes)

    def of(self, kind: type[Any]) -> list[Any]:
        """The messages of this kind."""
        return [message for message in self.messages if isinstance(message, kind)]

    def take(self, turn: Turn) -> None:
        """What a step of the talk brought."""
        self._carry(turn)

    def _carry(self, turn: Turn) -> None:
        while True:
            self.messages += turn.messages
            self.outcomes += turn.outcomes
            if not turn.out:
                return
            self.sent.append(turn.out)
            said = self.radio.answer(turn.out)
            if not said or not self.radio.answers:
                return
            turn = self.talk.hear(said, self.now)
