"""JT/T 808 messages that came in several frames, put together again; bounded, whatever comes."""

from __future__ import annotations

from typing import NamedTuple

from drivers.position.jt808_frame import Frame

MOST_OPEN = 4  # messages of one connection that are under way
MOST_BYTES = 1 << 20  # of one message: a picture of a terminal is far smaller


class Key(NamedTuple):
    """Which message: whose, of which kind, and the serial of its first frame."""

    terminal: str
    id: int
    serial: int


class Parts:
    """The messages under way on one connection. The oldest gives way when too many are begun."""

    def __init__(self) -> None:
        self._open: dict[Key, dict[int, Frame]] = {}

    def take(self, frame: Frame) -> Frame | None:
        """The whole message, as one frame, where this part completes it."""
        key = Key(frame.terminal, frame.id, (frame.serial - frame.part + 1) & 0xFFFF)
        parts = self._open.pop(key, {})
        if parts and next(iter(parts.values())).parts != frame.parts:
            parts = {}  # the same serials again, for another message
        parts[frame.part] = frame
        if len(parts) == frame.parts:
            body = b"".join(parts[number].body for number in range(1, frame.parts + 1))
            return frame._replace(body=body, parts=0, part=0, serial=key.serial)
        if sum(len(part.body) for part in parts.values()) <= MOST_BYTES:
            self._open[key] = parts  # at the end: the last that grew is the youngest
        if len(self._open) > MOST_OPEN:
            del self._open[next(iter(self._open))]
        return None

    def missing(self, key: Key) -> list[int]:
        """Which parts of this message have not come; none where it is not under way."""
        parts = self._open.get(key)
        if not parts:
            return []
        count = next(iter(parts.values())).parts
        return [number for number in range(1, count + 1) if number not in parts]

    def keys(self) -> tuple[Key, ...]:
        """The messages under way."""
        return tuple(self._open)

    def last_of(self, key: Key) -> Frame | None:
        """The last part that came of this message."""
        parts = self._open.get(key)
        return next(reversed(parts.values())) if parts else None

    def forget(self, key: Key) -> None:
        """This message is given up."""
        self._open.pop(key, None)
