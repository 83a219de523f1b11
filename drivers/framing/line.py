"""Lines with a start mark: bytes in pieces of any size → candidate frames, each bounded."""

from __future__ import annotations

import re


class LineCutter:
    """Cuts a stream into lines that begin with ``mark`` (one byte), their line ends left out.

    A line runs up to CR, LF, the next mark, or ``limit`` bytes; bytes outside lines are dropped.
    A mark inside a line ends it and begins the next one: no byte is looked at twice, so the cost
    is linear in the bytes, whatever they are.
    """

    def __init__(self, mark: bytes, limit: int) -> None:
        start, most = re.escape(mark), b"%d" % (limit - 1)
        inside, end = b"[^\r\n" + start + b"]", b"[\r\n" + start + b"]"
        # possessive: a line with no end in sight is given up at once, not tried shorter
        whole = start + inside + b"{0," + most + b"}+(?=" + end + b")"
        self._line = re.compile(whole + b"|" + start + inside + b"{" + most + b"}")
        self._end = re.compile(b"[\r\n]")
        self._mark = mark
        self._limit = limit
        self._left = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that these further bytes complete."""
        held = self._left + data if self._left else data
        last = held.rfind(self._mark)
        waits = last >= 0 and len(held) - last < self._limit
        if waits and self._end.search(held, last) is None:
            self._left = held[last:]
        else:
            self._left = b""
        found: list[bytes] = self._line.findall(held)
        return found

    def finish(self) -> list[bytes]:
        """The line that the end of input cut, if any."""
        left, self._left = self._left, b""
        return [left] if left else []
