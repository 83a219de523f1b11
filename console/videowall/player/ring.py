"""The packets of the last minute of one camera, as they came; who records gets them from here."""

from __future__ import annotations

import io
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import av

KEPT_S = 62.0  # a minute before, and what stands before its first key picture
MOST_BYTES = 32 << 20
IN_MP4 = frozenset({"h264", "hevc", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg", "av1", "vp9"})


class Session:
    """One opening of a stream: its coding, detached from the connection that it came by."""

    def __init__(self, stream: Any) -> None:
        context = stream.codec_context
        self.coding = str(context.codec.canonical_name)
        self.size = (int(context.width), int(context.height))
        self.extradata = bytes(context.extradata or b"")
        self._held = av.open(
            io.BytesIO(), "w", format="matroska"
        )  # never written: holds the stream
        self.template: Any = self._held.add_stream_from_template(stream, opaque=True)

    def decoder(self) -> Any:
        """A decoder for this coding, of its own and in one thread."""
        made = av.CodecContext.create(self.coding, "r")
        made.extradata = self.extradata or None
        made.thread_count = 1
        return made


@dataclass(frozen=True, slots=True)
class Held:
    """One packet: when it came (monotonic), and its place on its session's own axis in seconds."""

    packet: Any
    session: Session
    came_at: float
    at_s: float
    key: bool


class Ring:
    """``put`` is called by the ingest, everything else by any thread."""

    def __init__(self) -> None:
        self._held: deque[Held] = deque()
        self._bytes = 0
        self._session: Session | None = None
        self._listeners: list[Callable[[Held], None]] = []
        self._guard = threading.Lock()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of what comes now, as it says itself; (0, 0) when nothing is held."""
        session = self._session
        return session.size if session is not None else (0, 0)

    def begin(self, stream: Any) -> None:
        """What follows is of this stream; one that no MP4 carries is not held."""
        coding = stream.codec_context.codec.canonical_name
        session = Session(stream) if coding in IN_MP4 else None
        with self._guard:
            self._session = session

    def put(self, packet: Any) -> None:
        """The packet is held, and whoever records gets it. It is not changed from now on."""
        session = self._session
        if session is None or packet.dts is None or not packet.size:
            return
        now = time.monotonic()
        at_s = float(packet.dts * packet.time_base)
        one = Held(packet, session, now, at_s, bool(packet.is_keyframe))
        with self._guard:
            self._held.append(one)
            self._bytes += packet.size
            while self._held and (now - self._held[0].came_at > KEPT_S or self._bytes > MOST_BYTES):
                self._bytes -= self._held.popleft().packet.size
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(one)

    def listen(self, before_s: float, listener: Callable[[Held], None]) -> Callable[[], None]:
        """The listener gets what came since ``before_s`` ago and then all that comes; ends it."""
        with self._guard:
            for one in self._since(time.monotonic() - before_s):
                listener(one)
            self._listeners.append(listener)

        def end() -> None:
            with self._guard:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def newest(self, most: int | None = None) -> list[Held]:
        """The last key picture and what came after it, at most so many."""
        with self._guard:
            found: list[Held] = []
            for one in reversed(self._held):
                found.append(one)
                if one.key:
                    found.reverse()
                    return found[:most]
        return []

    def _since(self, moment: float) -> Iterator[Held]:
        """From the last key picture before the moment on, or from the first one that is held."""
        first = None
        for place, one in enumerate(self._held):
            if one.key and (first is None or one.came_at <= moment):
                first = place
        if first is not None:
            for place, one in enumerate(self._held):
                if place >= first:
                    yield one
