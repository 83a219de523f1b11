"""Orders on their way into a link's thread: given by any thread, each answered once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from console.core.ids import new_id
from console.links.model import Order, Outcome

log = logging.getLogger(__name__)

MOST = 64  # orders that wait at one link; what comes then is told at once
Then = Callable[[Outcome], None]


@dataclass(frozen=True, slots=True)
class Ask:
    """One order: until when (monotonic), and whom to tell."""

    id: str
    order: Order
    deadline: float
    then: Then


class Asks:
    """The orders of one link that have no outcome yet. ``open`` while the link takes any."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taking = False
        self._fresh: list[Ask] = []
        self._under_way: dict[str, Ask] = {}
        self.given = 0
        self.failed = 0

    def give(self, order: Order, deadline: float, then: Then) -> str:
        """The order waits for the link's thread, or its outcome was told already."""
        ask = Ask(new_id(), order, deadline, then)
        with self._guard:
            self.given += 1
            cause = "" if self._taking else "lost"
            if self._taking and len(self._fresh) + len(self._under_way) >= MOST:
                cause = "dropped"
            if cause:
                self.failed += 1
            else:
                self._fresh.append(ask)
        if cause:
            tell(ask, Outcome(ask.id, False, cause))
        return ask.id

    def take(self) -> list[Ask]:
        """The orders that came since; from now on they are under way."""
        if not self._fresh:
            return []
        with self._guard:
            fresh, self._fresh = self._fresh, []
            self._under_way.update((ask.id, ask) for ask in fresh)
        return fresh

    def settle(self, outcome: Outcome) -> None:
        """Whoever gave the order is told, once; an outcome of no order is nobody's."""
        with self._guard:
            ask = self._under_way.pop(outcome.order_id, None)
            if ask is not None and not outcome.done:
                self.failed += 1
        if ask is not None:
            tell(ask, outcome)

    def overdue(self, now: float, grace_s: float) -> list[Ask]:
        """Those whose deadline passed so long ago that their device's talk forgot them."""
        if not self._under_way:
            return []
        return [ask for ask in list(self._under_way.values()) if now > ask.deadline + grace_s]

    def begin(self) -> None:
        """Orders are taken."""
        with self._guard:
            self._taking = True

    def end(self) -> None:
        """No orders are taken; those without an outcome are lost."""
        with self._guard:
            self._taking = False
            left = [*self._under_way.values(), *self._fresh]
            self._under_way.clear()
            self._fresh = []
            self.failed += len(left)
        for ask in left:
            tell(ask, Outcome(ask.id, False, "lost"))


def tell(ask: Ask, outcome: Outcome) -> None:
    """Whoever gave the order knows; what fails there is logged and does not stop the link."""
    try:
        ask.then(outcome)
    except Exception:
        log.exception("an order's outcome, %s", type(ask.order).__name__)


def not_there(order: Order, then: Then) -> str:
    """The id of an order for a link that does not exist; its outcome was told."""
    ask = Ask(new_id(), order, 0.0, then)
    tell(ask, Outcome(ask.id, False, "lost"))
    return ask.id
