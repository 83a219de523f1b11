"""The bare baseline of the wall: PyAV takes each stream in, libvlc draws it, in one process.

No supervisor, no counters but libvlc's, no second try, nothing held and nothing looked at.
"""

from __future__ import annotations

import ctypes
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import av
import vlc
from PySide6.QtWidgets import QWidget

from console.videowall.player.screen import ARGUMENTS


class Pieces:
    """A file that PyAV writes and libvlc reads."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._rest = b""

    def write(self, data: bytes) -> int:
        self._queue.put(bytes(data))
        return len(data)

    def take(self, most: int) -> bytes:
        data = self._rest or self._queue.get()
        self._rest = data[most:]
        return data[:most]


class BareWay:
    """Streams by PyAV into libvlc."""

    def __init__(self, frame: Callable[[], QWidget]) -> None:
        self.frame = frame
        self._library: Any = vlc.Instance([*ARGUMENTS, "--vout=xcb_x11"])
        self._kept: list[Any] = []
        self._medias: list[Any] = []
        self._asked: list[float] = []
        self._first: dict[int, float] = {}

    def show(self, number: int, url: str, frame: QWidget) -> None:
        """The stream runs into the frame."""
        pieces = Pieces()
        threading.Thread(target=_carry, args=(url, pieces), daemon=True).start()
        calls = _calls(pieces)
        media = self._library.media_new_callbacks(calls[0], calls[1], None, calls[2], None)
        media.add_option(":demux=ts")
        player = self._library.media_player_new()
        player.set_media(media)
        player.set_xwindow(int(frame.winId()))
        player.play()
        self._kept += [pieces, calls, player]
        self._medias.append(media)
        self._asked.append(time.monotonic())

    def look(self) -> list[dict[str, Any]]:
        """libvlc's own counters."""
        told = []
        for number, media in enumerate(self._medias):
            stats = vlc.MediaStats()
            media.get_stats(stats)
            shown, lost = int(stats.displayed_pictures), int(stats.lost_pictures)
            if shown:
                self._first.setdefault(number, time.monotonic() - self._asked[number])
            told.append({"shown": shown, "lost": lost, "first": self._first.get(number)})
        return told

    def stop(self) -> None:
        """Nothing is closed: the process ends."""


def _carry(url: str, pieces: Pieces) -> None:
    with av.open(url, options={"rtsp_transport": "tcp"}) as came:
        picture = came.streams.video[0]
        with av.open(pieces, "w", "mpegts", container_options={"flush_packets": "1"}) as out:
            stream = out.add_stream_from_template(picture)
            for packet in came.demux(picture):
                if packet.dts is not None:
                    packet.stream = stream
                    out.mux(packet)


def _calls(pieces: Pieces) -> list[Any]:
    def opened(opaque: Any, data: Any, size: Any) -> int:
        size[0] = 0xFFFFFFFFFFFFFFFF
        return 0

    def read(opaque: Any, buffer: Any, length: int) -> int:
        part = pieces.take(length)
        ctypes.memmove(buffer, part, len(part))
        return len(part)

    return [
        vlc.CallbackDecorators.MediaOpenCb(opened),
        vlc.CallbackDecorators.MediaReadCb(read),
        vlc.CallbackDecorators.MediaCloseCb(lambda opaque: None),
    ]
