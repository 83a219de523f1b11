"""JT/T 808: a stream of bytes → frames and what they say."""

from __future__ import annotations

import re
from typing import NamedTuple

from drivers.contract import Bad, Message
from drivers.errors import BadFrame
from drivers.framing.scan import Scanner
from drivers.position import jt808_body as body
from drivers.position.jt808_frame import LONGEST, Frame, look_for, parsed
from drivers.position.jt808_parts import Parts

_START = re.compile(rb"\x7e")


class Heard(NamedTuple):
    """One frame and what it says; no frame where the bytes are none."""

    frame: Frame | None
    messages: tuple[Message, ...]


class Jt808Decoder:
    """One connection's stream. The last part of a split message gives the whole."""

    def __init__(self) -> None:
        self.parts = Parts()
        self._scanner = Scanner(_START, look_for(self._take, self._cut), LONGEST)
        self._heard: list[Heard] = []

    def feed(self, data: bytes) -> list[Message]:
        return [message for heard in self.hear(data) for message in heard.messages]

    def finish(self) -> list[Message]:
        self._scanner.finish()
        return [message for heard in self._taken() for message in heard.messages]

    def hear(self, data: bytes) -> list[Heard]:
        """The frames that these further bytes complete, each with what it says."""
        self._scanner.feed(data)
        return self._taken()

    def _taken(self) -> list[Heard]:
        heard, self._heard = self._heard, []
        return heard

    def _take(self, raw: bytes) -> None:
        try:
            frame = parsed(raw[1:-1])
            if frame.parts:
                whole = self.parts.take(frame)
                told = body.messages(whole) if whole else (body.part(frame),)
                self._heard.append(Heard(whole or frame, told))
            else:
                self._heard.append(Heard(frame, body.messages(frame)))
        except BadFrame as bad:
            self._cut(Bad(bad.reason, raw))

    def _cut(self, bad: Bad) -> None:
        self._heard.append(Heard(None, (bad,)))
