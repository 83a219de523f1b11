"""``python -m console.drill.bench.wall_show``: shows streams in one way, and weighs what that takes.

Reads ``{"way", "urls", "seconds"}`` from standard input; the ways are ``wall`` (ours), ``bare`` (PyAV
into libvlc in one process, nothing else) and ``qt`` (Qt Multimedia). Tells one line of JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import psutil
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QWidget

LOOK_MS = 50
PATIENCE_S = 25.0


class Way(Protocol):
    """One way to show streams: each into its own frame."""

    def frame(self) -> QWidget: ...
    def show(self, number: int, url: str, frame: QWidget) -> None: ...
    def look(self) -> list[dict[str, Any]]: ...
    def stop(self) -> None: ...


def native_frame() -> QFrame:
    """A frame with a window of its own that others may draw into."""
    made = QFrame()
    made.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    made.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
    return made


class OurWay:
    """The wall as the console has it."""

    def __init__(self) -> None:
        from console.videowall.service import Wall

        self._wall = Wall()
        self._wall.warm()  # as the page does when it is shown
        pause = threading.Event()
        while not self._wall.ready and not pause.wait(0.02):
            pass

    def frame(self) -> QWidget:
        return native_frame()

    def show(self, number: int, url: str, frame: QWidget) -> None:
        from console.videowall.model import Camera, CameraId

        one = Camera(CameraId(f"B{number}"), f"B{number}", "bench", 35.0, 121.0, url)
        self._wall.show(f"{number:02}", one, int(frame.winId()))

    def look(self) -> list[dict[str, Any]]:
        pictures = [one for _, one in sorted(self._wall.pictures().items())]
        return [{"shown": one.shown, "lost": one.lost, "first": one.first_s} for one in pictures]

    def stop(self) -> None:
        self._wall.stop()


class QtWay:
    """Qt Multimedia: a player and a video widget for each stream."""

    def __init__(self) -> None:
        self._players: list[Any] = []
        self._first: dict[int, float] = {}

    def frame(self) -> QWidget:
        from PySide6.QtMultimediaWidgets import QVideoWidget

        return QVideoWidget()

    def show(self, number: int, url: str, frame: Any) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtMultimedia import QMediaPlayer

        player, asked = QMediaPlayer(), time.monotonic()
        player.setVideoOutput(frame)
        sink = frame.videoSink()

        def came() -> None:
            self._first.setdefault(number, time.monotonic() - asked)
            sink.videoFrameChanged.disconnect(came)

        sink.videoFrameChanged.connect(came)
        player.setSource(QUrl(url))
        player.play()
        self._players.append(player)

    def look(self) -> list[dict[str, Any]]:
        numbers = range(len(self._players))
        return [
            {"shown": int(n in self._first), "lost": 0, "first": self._first.get(n)}
            for n in numbers
        ]

    def stop(self) -> None:
        for player in self._players:
            player.stop()


class Scene:
    """Nine frames, a way, and the clock: shown until all have a picture, then weighed."""

    def __init__(self, way: Way, urls: list[str], seconds: float) -> None:
        self._way, self._urls, self._seconds = way, urls, seconds
        self._begun = time.monotonic()
        self._weighed: tuple[float, float] | None = None
        self._rss_start_mb = 0.0
        self._before: list[dict[str, Any]] = []
        self.result: dict[str, Any] = {}

    def begin(self, window: QWidget) -> None:
        """Every stream is asked for, at once."""
        grid = QGridLayout(window)
        frames = [self._way.frame() for _ in self._urls]
        for place, frame in enumerate(frames):
            grid.addWidget(frame, place // 3, place % 3)
        window.resize(1900, 1000)
        window.show()
        QApplication.processEvents()
        self._begun = time.monotonic()
        for number, (url, frame) in enumerate(zip(self._urls, frames, strict=True)):
            self._way.show(number, url, frame)

    def step(self, end: Callable[[], None]) -> None:
        """Looks, as the page does, and ends when the time is over."""
        now, told = time.monotonic(), self._way.look()
        all_shown = len(told) == len(self._urls) and all(one["shown"] for one in told)
        if self._weighed is None and (all_shown or now - self._begun > PATIENCE_S):
            self._weighed, self._before = (now, tree_cpu_s()), told
            self._rss_start_mb = tree_rss_mb()
        if self._weighed is not None and now - self._weighed[0] >= self._seconds:
            self.result = self._told(now, told)
            end()

    def _told(self, now: float, told: list[dict[str, Any]]) -> dict[str, Any]:
        assert self._weighed is not None
        seconds = now - self._weighed[0]
        tiles = [
            {
                "url": url,
                "shown": one["shown"],
                "lost": one["lost"],
                "first_picture_s": None if one["first"] is None else round(one["first"], 3),
            }
            for url, one in zip(self._urls, told, strict=True)
        ]
        shown = sum(one["shown"] for one in told) - sum(one["shown"] for one in self._before)
        return {
            "tiles": tiles,
            "cpu_s": round(tree_cpu_s() - self._weighed[1], 3),
            "rss_mb": round(tree_rss_mb(), 1),
            "rss_start_mb": round(self._rss_start_mb, 1),
            "seconds": round(seconds, 2),
            "pictures_per_s": round(shown / seconds, 1),
        }


def tree() -> list[psutil.Process]:
    """This process and all that it started."""
    own = psutil.Process()
    return [own, *own.children(recursive=True)]


def tree_cpu_s() -> float:
    """What they have used of the processor so far."""
    return sum(sum(one.cpu_times()[:2]) for one in tree())


def tree_rss_mb() -> float:
    """What they hold in memory, shared parts counted once for each."""
    return sum(one.memory_info().rss for one in tree()) / 1e6


def main() -> None:
    """One way is measured."""
    order = json.loads(sys.stdin.readline())
    application = QApplication([])
    way: Way
    if order["way"] == "bare":
        from console.drill.bench.bare_wall import BareWay

        way = BareWay(native_frame)
    else:
        way = OurWay() if order["way"] == "wall" else QtWay()
    scene, window, timer = Scene(way, order["urls"], order["seconds"]), QWidget(), QTimer()
    timer.setInterval(LOOK_MS)
    timer.timeout.connect(lambda: scene.step(application.quit))
    scene.begin(window)
    timer.start()
    application.exec()
    print(json.dumps(scene.result), flush=True)  # noqa: T201
    if order["way"] == "wall":
        way.stop()
    os._exit(0)  # the baselines leave libraries that may not end by themselves


if __name__ == "__main__":
    main()
