"""Orders on their way: who waits for an answer, until when, and how it came out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from drivers.contract import Order, Outcome

MOST = 64  # more never wait at one device: what comes then is told at once


@dataclass(slots=True)
class Waiting:
    """One order. ``sent`` once its bytes went out; ``mark`` is what its answer will name."""

    order_id: str
    order: Order
    deadline: float
    sent: bool = False
    mark: object = None


class Pending:
    """The orders of one talk, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}

    def __iter__(self) -> Iterator[Waiting]:
        return iter(list(self._waiting.values()))

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, order_id: str, order: Order, deadline: float) -> Waiting | None:
        """The order waits; None when too many do, and it is to be told as dropped."""
        if len(self._waiting) >= MOST:
            return None
        waiting = self._waiting[order_id] = Waiting(order_id, order, deadline)
        return waiting

    def unsent(self) -> Waiting | None:
        """The first whose bytes did not go out yet."""
        return next((one for one in self._waiting.values() if not one.sent), None)

    def marked(self, mark: object) -> Waiting | None:
        """The first that was sent with this mark."""
        found = (one for one in self._waiting.values() if one.sent and one.mark == mark)
        return next(found, None)

    def done(self, waiting: Waiting, fields: Mapping[str, Any] | None = None) -> Outcome:
        """This order was carried out."""
        self._waiting.pop(waiting.order_id, None)
        return Outcome(waiting.order_id, True, fields=fields or {})

    def failed(self, waiting: Waiting, cause: str, told: str = "") -> Outcome:
        """This order was not carried out."""
        self._waiting.pop(waiting.order_id, None)
        return Outcome(waiting.order_id, False, cause, told)

    def overdue(self, now: float) -> list[Outcome]:
        """Those whose deadline passed; they wait no longer."""
        late = [one for one in self._waiting.values() if now >= one.deadline]
        return [self.failed(one, "no_answer") for one in late]

    def lost(self) -> list[Outcome]:
        """All of them, as the wire goes."""
        return [self.failed(one, "lost") for one in self]

    def next_deadline(self) -> float:
        """When the first of them is overdue; infinity when none waits."""
        return min((one.deadline for one in self._waiting.values()), default=math.inf)
