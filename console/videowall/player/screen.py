"""libvlc: decodes what comes through a pipe and draws it into a window by its number."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import vlc

from console.videowall.player.pipe import Pipe

CACHING_MS = 300
ARGUMENTS = (
    "--quiet",
    "--no-xlib",
    "--no-audio",
    "--avcodec-hw=none",  # nothing that this output could draw, and looking for it takes a third of a second
    "--no-osd",
    "--no-spu",
    "--no-lua",
    "--no-video-title-show",
    "--no-snapshot-preview",
    "--no-disable-screensaver",
    "--no-mouse-events",
    "--no-keyboard-events",
    f"--network-caching={CACHING_MS}",
)


class Screen:
    """One picture. ``show`` begins, ``figures`` counts, ``stop`` ends (and may hang: see the beat)."""

    def __init__(self, window: int) -> None:
        self._drawn = bool(window)
        self._library = _library(window)  # takes its time: some hundred modules are looked at
        self._player: Any = None
        self._media: Any = None
        self._kept: list[Any] = []  # the callbacks live as long as libvlc may call them

    def show(self, pipe: Pipe, window: int) -> None:
        """What runs through the pipe is drawn into this window; with 0 it is decoded and not drawn."""
        self.stop()
        if bool(window) != self._drawn:
            self._drawn, self._library = bool(window), _library(window)
        self._kept = _callbacks(pipe)
        opened, read, closed = self._kept
        self._media = self._library.media_new_callbacks(opened, read, None, closed, None)
        self._media.add_option(":demux=ts")
        self._player = self._library.media_player_new()
        self._player.set_media(self._media)
        if window and sys.platform == "win32":
            self._player.set_hwnd(window)
        elif window:
            self._player.set_xwindow(window)
        self._player.play()

    def figures(self) -> tuple[int, int]:
        """How many pictures were decoded and how many of them drawn since ``show``."""
        stats = vlc.MediaStats()
        if self._media is None or not self._media.get_stats(stats):
            return 0, 0
        return int(stats.decoded_video), int(stats.displayed_pictures)

    def stop(self) -> None:
        """Nothing is drawn. The pipe must be closed before: libvlc reads until then."""
        if self._player is not None:
            self._player.stop()
            self._player.release()
            self._media.release()
        self._player = self._media = None


def _library(window: int) -> Any:
    made = vlc.Instance([*ARGUMENTS, *_output(window)])
    if made is None:
        raise OSError("libvlc cannot be started")
    return made


def _output(window: int) -> tuple[str, ...]:
    if not window:
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
