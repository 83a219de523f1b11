"""Takes one camera's stream in and hands it on as MPEG-TS, without decoding what needs none."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import av
import av.container
import av.error
import av.logging

from console.videowall.model import Failure, is_live, opened_with, start_of
from console.videowall.player.pipe import Pipe
from console.videowall.player.replay import Played
from console.videowall.player.ring import IN_MP4, Ring

CARRIED = frozenset({"h264", "hevc", "mpeg2video", "mpeg1video", "mpeg4"})  # as they are, in a TS
OPEN_S, READ_S = 5.0, 5.0
GRID = 25  # pictures a second of what has to be encoded: one of the rates of MPEG-2
BIT_RATE = 6_000_000
MOST_UNDATED = 200
LEAP_S = 10.0
WRITTEN_BYTES = 188 * 7 * 100  # what is written is flushed picture by picture in any case
MOST_POINTS = 4096 * 2304  # larger pictures choke the machine and every other tile
# a camera says at once what it sends; the library's own patience is five seconds of stream, and only
# a camera that does not say it is given so long
QUICK = {"analyzeduration": "100000", "probesize": "50000", "fpsprobesize": "0"}
PATIENT = {"analyzeduration": "4000000", "probesize": "5000000"}


class TooLarge(Exception):
    """The picture is larger than this machine should decode."""


class UnknownCodec(Exception):
    """Nobody here knows this coding."""


FAILURES: tuple[tuple[type[BaseException], Failure], ...] = (
    (TooLarge, Failure.TOO_LARGE),
    (UnknownCodec, Failure.UNKNOWN_CODEC),
    (av.error.DecoderNotFoundError, Failure.UNKNOWN_CODEC),
    (av.error.HTTPUnauthorizedError, Failure.UNAUTHORISED),
    (av.error.HTTPForbiddenError, Failure.UNAUTHORISED),
    (av.error.HTTPClientError, Failure.NOT_THERE),
    (av.error.ExitError, Failure.NO_ANSWER),
    (TimeoutError, Failure.NO_ANSWER),
    (ConnectionRefusedError, Failure.REFUSED),
    (FileNotFoundError, Failure.NOT_THERE),
    (av.error.ProtocolNotFoundError, Failure.UNKNOWN_KIND),
    (av.error.FilterNotFoundError, Failure.NOT_VIDEO),
    (av.error.EOFError, Failure.ENDED),
    (av.error.InvalidDataError, Failure.NOT_VIDEO),
    (ValueError, Failure.NOT_VIDEO),
    (OSError, Failure.NO_ANSWER),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a stream comes from. The password is in no text that is made from it."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)


class Ingest:
    """From ``start`` on the stream runs into ``pipe``; ``failure`` says why it does no longer.

    Every packet is also held in ``ring``.
    """

    def __init__(self, source: Source, ring: Ring) -> None:
        self.pipe = Pipe()
        self.failure: Failure | None = None
        self._source, self._ring = source, ring
        self._ended = threading.Event()

    def start(self) -> None:
        """The stream is being opened, in a thread of its own."""
        threading.Thread(target=self._run, name="ingest", daemon=True).start()

    def stop(self) -> None:
        """Nothing more runs into the pipe; a connection that hangs is left to its own time-out."""
        self._ended.set()
        self.pipe.close()

    def _run(self) -> None:
        try:
            self._carry()
            self.failure = Failure.ENDED
        except Exception as error:  # noqa: BLE001  (a thread root; its words may hold the password)
            self.failure = failure_of(error)

    def _carry(self) -> None:
        if not self._carried(QUICK):
            self._carried(PATIENT)

    def _carried(self, probe: dict[str, str]) -> bool:
        """The stream ran to its end; False when it did not say in so short a time what it is."""
        begun = time.monotonic()
        try:
            opened = _opened(self._source, probe)
        except av.error.InvalidDataError as error:
            if time.monotonic() - begun > OPEN_S * 0.9:  # so RTSP says that nothing came
                raise TimeoutError from error
            raise
        with opened as came:
            if not came.streams.video:
                raise av.error.InvalidDataError(0, "no video")
            picture = came.streams.video[0]
            if probe is QUICK and not known(picture):
                return False
            check(picture)
            options = {"flush_packets": "1", "mpegts_flags": "resend_headers"}
            with av.open(
                self.pipe, "w", "mpegts", buffer_size=WRITTEN_BYTES, container_options=options
            ) as out:
                if picture.codec_context.name in CARRIED:
                    self._pass_on(came, out)
                else:
                    self._encode(came, out)
        return True

    def _packets(self, came: Any) -> Iterator[Any]:
        """The packets as they are due: a live stream's as they come, a film's in their time."""
        picture, start = came.streams.video[0], start_of(self._source.address)[1]
        if start is not None:
            yield from Played(start, self._ended).packets(came)
            return
        pace = None if is_live(self._source.address) else Pace(self._ended)
        for packet in came.demux(picture):
            if pace is not None and packet.dts is not None:
                pace.wait(float(packet.dts * packet.time_base))
            yield packet

    def _pass_on(self, came: Any, out: Any) -> None:
        picture = came.streams.video[0]
        stream = out.add_stream_from_template(picture)
        self._ring.begin(picture)
        axis = Axis()
        for packet in dated(self._packets(came), picture):
            if self._ended.is_set():
                return
            axis.place(packet)
            packet.stream = stream
            out.mux(packet)
            self._ring.put(packet)

    def _encode(self, came: Any, out: Any) -> None:
        """Raw or exotic pictures: libvlc's stream form has no place for them as they are."""
        picture = came.streams.video[0]
        stream = _encoder(out, picture.codec_context)
        kept = picture.codec_context.name in IN_MP4
        self._ring.begin(picture if kept else stream)
        last = -1
        for packet in self._packets(came):
            if kept:
                self._ring.put(packet)
            for frame in packet.decode():
                if self._ended.is_set():
                    return
                at = float(frame.pts * frame.time_base) if frame.pts is not None else 0.0
                tick = round(at * GRID)
                if tick <= last:
                    continue  # more pictures than the grid has places
                last = tick
                shown = frame.reformat(stream.width, stream.height, "yuv420p")
                shown.pts, shown.time_base = tick, Fraction(1, GRID)
                for made in stream.encode(shown):
                    out.mux(made)
                    if not kept:
                        self._ring.put(made)


def dated(packets: Iterable[Any], picture: Any) -> Iterator[Any]:
    """The packets; those that come before the first one with a time get theirs from it.

    The first is a key picture: without it nothing is seen until the next one.
    """
    waiting: list[Any] | None = []
    for packet in packets:
        if waiting is None:
            if packet.dts is not None:
                yield packet
        elif packet.dts is None:
            if packet.size and len(waiting) < MOST_UNDATED:
                waiting.append(packet)
        else:
            rate = picture.guessed_rate or picture.average_rate or GRID
            step = max(1, round(1 / (rate * packet.time_base)))
            for back, early in enumerate(reversed(waiting), 1):
                early.dts = early.pts = packet.dts - back * step
            yield from waiting
            waiting = None
            yield packet


class Axis:
    """Times that only go forward: a camera that begins again, or leaps, goes on where it was."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._step = 1
        self._offset = 0

    def place(self, packet: Any) -> None:
        """The packet's times stand on the axis."""
        dts = packet.dts + self._offset
        last = self._last
        if last is not None:
            leap = dts - last
            if leap <= 0 or float(leap * packet.time_base) > LEAP_S:
                self._offset += last + self._step - dts
                dts = last + self._step
            else:
                self._step = leap
        self._last = dts
        if self._offset:
            if packet.pts is not None:
                packet.pts += self._offset
            packet.dts = dts


def known(picture: Any) -> bool:
    """Whether the stream has said what it is."""
    context = picture.codec_context
    return context is not None and bool(context.width)


def check(picture: Any) -> None:
    """The stream is one that can be shown. Raises UnknownCodec or TooLarge."""
    context = picture.codec_context
    if context is None or not context.name or not context.width:
        raise UnknownCodec
    if context.width * context.height > MOST_POINTS:
        raise TooLarge


def _encoder(out: Any, context: Any) -> Any:
    stream = out.add_stream("mpeg2video", rate=GRID)
    stream.width, stream.height = context.width & ~1, context.height & ~1
    stream.pix_fmt, stream.bit_rate = "yuv420p", BIT_RATE
    stream.codec_context.time_base = Fraction(1, GRID)
    stream.codec_context.gop_size, stream.codec_context.max_b_frames = GRID // 2, 0
    return stream


class Pace:
    """Keeps what is no live stream (files, test pictures) to its own time."""

    def __init__(self, ended: threading.Event) -> None:
        self._ended = ended
        self._begun: float | None = None

    def wait(self, at_s: float) -> None:
        """Returns when the moment ``at_s`` of the stream has come."""
        now = time.monotonic()
        if self._begun is None:
            self._begun = now - at_s
        self._ended.wait(max(0.0, self._begun + at_s - now))


def failure_of(error: BaseException) -> Failure:
    """The failure as the wall names it; nothing of the error's own words is kept."""
    return next((told for kind, told in FAILURES if isinstance(error, kind)), Failure.BROKEN)


def _opened(source: Source, probe: dict[str, str]) -> Any:
    address, _ = start_of(source.address)
    place, form = opened_with(address, source.user, source.password)
    options = dict(probe) if form is None else {}
    if place.startswith("rtsp"):
        options |= {"rtsp_transport": "udp+tcp", "rtsp_flags": "prefer_tcp", "probesize": "1000000"}
    return av.open(place, format=form, options=options, timeout=(OPEN_S, READ_S))


def be_quiet() -> None:
    """The libraries below write nothing: their lines hold whole addresses."""
    av.logging.set_level(None)
