"""libvlc: decodes what comes through a pipe and draws it into a window by its number."""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass
from typing import Any

import vlc

from console.videowall.player.pipe import Pipe

CACHING_MS = 200
AHEAD_KIB, READ_KIB = 1024, 64  # a stream comes as it is filmed: there is nothing to read far ahead
ARGUMENTS = (
    "--quiet",
    "--no-xlib",
    "--no-audio",
    "--avcodec-hw=none",  # nothing that this output could draw, and looking for it takes a third of a second
    "--no-drop-late-frames",  # a live picture that comes late is still the newest one
    "--no-skip-frames",
    "--no-osd",
    "--no-spu",
    "--no-lua",
    "--no-video-title-show",
    "--no-snapshot-preview",
    "--no-disable-screensaver",
    "--no-mouse-events",
    "--no-keyboard-events",
    f"--network-caching={CACHING_MS}",
    f"--prefetch-buffer-size={AHEAD_KIB}",  # its own 16 MiB a picture fill up over half an hour
    f"--prefetch-read-size={READ_KIB << 10}",  # the buffer is never smaller than one reading
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many pictures were decoded, drawn, and too late to be drawn since ``show``."""

    decoded: int = 0
    drawn: int = 0
    lost: int = 0


class Library:
    """libvlc, loaded once for what is drawn and once for what is only decoded."""

    def __init__(self) -> None:
        self._made: dict[bool, Any] = {}

    def warm(self, drawn: bool) -> Any:
        """It is loaded; that takes its time: some hundred modules are looked at."""
        if drawn not in self._made:
            self._made[drawn] = vlc.Instance([*ARGUMENTS, *_output(drawn)])
            if self._made[drawn] is None:
                raise OSError("libvlc cannot be started")
        return self._made[drawn]


class Screen:
    """One picture. ``show`` begins, ``figures`` counts, ``stop`` ends (and may hang: see the beat)."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._player: Any = None
        self._media: Any = None
        self._kept: list[Any] = []  # the callbacks live as long as libvlc may call them

    def show(self, pipe: Pipe, window: int) -> None:
        """What runs through the pipe is drawn into this window; with 0 it is decoded and not drawn."""
        self.stop()
        library = self._library.warm(bool(window))
        self._kept = _callbacks(pipe)
        opened, read, closed = self._kept
        self._media = library.media_new_callbacks(opened, read, None, closed, None)
        self._media.add_option(":demux=ts")
        self._player = library.media_player_new()
        self._player.set_media(self._media)
        if window and sys.platform == "win32":
            self._player.set_hwnd(window)
        elif window:
            self._player.set_xwindow(window)
        self._player.play()

    def figures(self) -> Figures:
        """What was counted since ``show``."""
        stats = vlc.MediaStats()
        if self._media is None or not self._media.get_stats(stats):
            return Figures()
        return Figures(stats.decoded_video, stats.displayed_pictures, stats.lost_pictures)

    def stop(self) -> None:
        """Nothing is drawn. The pipe must be closed before: libvlc reads until then."""
        if self._player is not None:
            self._player.stop()
            self._player.release()
            self._media.release()
        self._player = self._media = None


def _output(drawn: bool) -> tuple[str, ...]:
    if not drawn:
        return ("--vout=vdummy",)
    return ("--vout=xcb_x11",) if sys.platform.startswith("linux") else ()


def _callbacks(pipe: Pipe) -> list[Any]:
    def opened(opaque: Any, data: Any, size: Any) -> int:
        size[0] = 0xFFFFFFFFFFFFFFFF  # not known: a stream
        return 0

    def read(opaque: Any, buffer: Any, length: int) -> int:
        part = pipe.read(length)
        ctypes.memmove(buffer, part, len(part))
        return len(part)

    def closed(opaque: Any) -> None:
        pipe.close()

    return [
        vlc.CallbackDecorators.MediaOpenCb(opened),
        vlc.CallbackDecorators.MediaReadCb(read),
        vlc.CallbackDecorators.MediaCloseCb(closed),
    ]
