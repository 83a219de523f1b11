"""Binary frames in a stream: bytes in pieces of any size → what a family makes of each frame.

What is no frame is stepped over byte by byte, so a false start never hides a true one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from drivers.contract import Message


class Step(NamedTuple):
    """So many bytes are done with, and what they said. None used: more bytes are needed first."""

    used: int
    messages: tuple[Message, ...] = ()


MORE = Step(0)
# What a frame that begins at this place of the bytes is. With ``last`` no further bytes will come,
# and ``MORE`` is no answer: a frame that is cut short is bad (length) and one byte is used.
Look = Callable[[bytes, int, bool], Step]


class Scanner:
    """Looks for ``start`` and lets ``look`` say what begins there; ``longest`` bounds a frame.

    ``look`` must not ask for more than ``longest`` bytes, and must decide by the bytes of the frame
    alone: then pieces of any size give the same. Cost: linear, but for what ``look`` itself costs.
    ``passed``: how many bytes of the stream lie before those that ``look`` is given.
    """

    def __init__(self, start: re.Pattern[bytes], look: Look, longest: int) -> None:
        self._start, self._look, self._longest = start, look, longest
        self._left = b""
        self.passed = 0

    def feed(self, data: bytes) -> list[Message]:
        """What these further bytes complete."""
        held = self._left + data if self._left else data
        found: list[Message] = []
        self._left = b""
        for at, step in self._steps(held, last=False):
            if step.used == 0:
                if len(held) - at > self._longest:
                    raise AssertionError("a family asked for more than its longest frame")
                self._left = held[at:]
            found += step.messages
        self.passed += len(held) - len(self._left)
        return found

    def finish(self) -> list[Message]:
        """What the end of input leaves of the last bytes."""
        held, self._left = self._left, b""
        found = [message for _, step in self._steps(held, last=True) for message in step.messages]
        self.passed += len(held)
        return found

    def _steps(self, held: bytes, last: bool) -> Iterator[tuple[int, Step]]:
        at = 0
        while (start := self._start.search(held, at)) is not None:
            step = self._look(held, start.start(), last)
            yield start.start(), step
            if step.used == 0:
                return
            at = start.start() + step.used
