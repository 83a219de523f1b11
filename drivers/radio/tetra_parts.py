"""Texts in several parts: those that came, put together, and receipts for those that were sent."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass, field

from drivers.contract import Text
from drivers.radio.tetra_orders import short
from drivers.radio.tetra_sds import Part, Report

_MOST = 32
_WAIT_S = 60.0
_MISSING = "…"
_REFUSED = 0x40  # delivery statuses from here on say that it will not come
_TEMPORARY = 0x20  # from here on: not yet


@dataclass(slots=True)
class _Coming:
    first: Text
    parts: int
    until: float
    told: dict[int, str] = field(default_factory=dict)

    def text(self) -> Text:
        words = (self.told.get(number, _MISSING) for number in range(1, self.parts + 1))
        return self.first._replace(text="".join(words))


class PartBox:
    """Parts of texts that came; whole texts come out, late ones with their gaps shown."""

    def __init__(self) -> None:
        self._coming: OrderedDict[tuple[str, int, int], _Coming] = OrderedDict()

    def put(self, text: Text, part: Part, now: float) -> list[Text]:
        """The texts that are whole with this part, or had to make room for it."""
        key = (text.source, part.reference, part.parts)
        coming = self._coming.get(key)
        if coming is None:
            first = text._replace(reference=part.reference)
            coming = self._coming[key] = _Coming(first, part.parts, now + _WAIT_S)
        coming.told[part.number] = text.text
        whole = len(coming.told) == coming.parts
        done = [self._coming.pop(key).text()] if whole else []
        if len(self._coming) > _MOST:
            done.append(self._coming.popitem(last=False)[1].text())
        return done

    def late(self, now: float) -> list[Text]:
        """The texts whose other parts are waited for no longer."""
        keys = [key for key, coming in self._coming.items() if now >= coming.until]
        return [self._coming.pop(key).text() for key in keys]

    def rest(self) -> list[Text]:
        """What there is of every text, as the wire goes."""
        return self.late(math.inf)

    def next_late(self) -> float:
        """When the first of them is late; infinity when none is coming."""
        return min((coming.until for coming in self._coming.values()), default=math.inf)


@dataclass(slots=True)
class _Sent:
    reference: int
    open: set[int]


class Deliveries:
    """Texts that went out in several parts, until each part was received."""

    def __init__(self) -> None:
        self._sent: OrderedDict[tuple[str, int], _Sent] = OrderedDict()

    def sent(self, to: str, reference: int, parts: int) -> None:
        """This text went out in so many parts, whose receipts will come one by one."""
        if parts < 2:
            self._sent.pop((short(to), reference), None)
            return
        every = {reference + number & 0xFF for number in range(parts)}
        one = _Sent(reference, every)
        for number in every:
            self._sent[short(to), number] = one
        while len(self._sent) > 8 * _MOST:
            self._sent.popitem(last=False)

    def told(self, source: str, report: Report) -> int | None:
        """The reference of the text that this receipt settles; None while other parts are open."""
        one = self._sent.get((short(source), report.reference))
        if one is None:
            return report.reference
        if report.delivery >= _TEMPORARY:
            return one.reference
        self._sent.pop((short(source), report.reference))
        one.open.discard(report.reference)
        return None if one.open else one.reference


def arrived(report: Report) -> bool:
    """The message is at its radio."""
    return report.delivery < _TEMPORARY


def refused(report: Report) -> bool:
    """The message will not come to its radio."""
    return report.delivery >= _REFUSED
