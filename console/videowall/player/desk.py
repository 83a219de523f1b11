"""The tiles of one player: orders are obeyed, counters read. Always by the same thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av.error

from console.videowall.player.ingest import Source
from console.videowall.player.recorder import Recorder, Wanted
from console.videowall.player.screen import Library
from console.videowall.player.tile import Order, Tile

SLOW_S = 0.2
Tell = Callable[[dict[str, Any]], None]


class Desk:
    """``obey`` takes one order, ``step`` gives the beat that is told to the supervisor."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell  # may be called by any thread
        self._library = Library()
        self._tiles: dict[str, Tile] = {}
        self._turn = 0
        self._work: queue.SimpleQueue[Callable[[], dict[str, Any] | None]] = queue.SimpleQueue()

    @property
    def idle(self) -> bool:
        """Whether nothing is shown."""
        return not self._tiles

    @property
    def opening(self) -> bool:
        """Whether a first picture is waited for."""
        return any(tile.opening for tile in self._tiles.values())

    def start(self) -> None:
        """Pictures are looked at, in a thread of its own."""
        threading.Thread(target=self._look, name="look", daemon=True).start()

    def obey(self, order: dict[str, Any]) -> None:
        """The order is carried out. A show that was already heard changes nothing."""
        match order["order"]:
            case "warm":
                self._library.warm(order["drawn"])
            case "show":
                self._show(order)
            case "hide":
                tile = self._tiles.pop(order["tile"], None)
                if tile is not None:
                    tile.stop()
            case "record":
                self._record(order)
            case "stop_record":
                for tile in self._tiles.values():
                    recorder = tile.recorders.pop(order["recording"], None)
                    if recorder is not None:
                        recorder.stop()
            case "snapshot":
                self._snap(order)

    def step(self, now: float) -> dict[str, Any]:
        """The beat: how every tile stands."""
        tiles = list(self._tiles.values())
        for _ in tiles:
            self._turn = (self._turn + 1) % len(tiles)
            tile = tiles[self._turn]
            tile.step(now)
            if self._work.empty() and tile.due(now):
                self._work.put(tile.look)
            if time.monotonic() - now > SLOW_S:
                break  # libvlc took its time; the others have their turn after the beat
        return {"tiles": [tile.told(now) for tile in self._tiles.values()]}

    def finish(self, timeout_s: float) -> None:
        """Every recording stands whole, as far as the time allows. In any thread."""
        recorders = [one for tile in self._tiles.values() for one in tile.recorders.values()]
        for recorder in recorders:
            recorder.stop("stopped")
        for recorder in recorders:
            recorder.wait(timeout_s / len(recorders))

    def _show(self, order: dict[str, Any]) -> None:
        source = Source(order["address"], order["user"], order["password"])
        one = Order(order["tile"], order["turn"], source, order["window"])
        was = self._tiles.get(one.tile)
        if was is not None and was.turn >= one.turn:
            return
        if was is not None:
            was.stop()
        self._tiles[one.tile] = tile = Tile(one, self._library)
        tile.start()

    def _record(self, order: dict[str, Any]) -> None:
        tile, key = self._tiles.get(order["tile"]), order["recording"]
        if tile is None:
            self._tell({"news": "record_failed", "recording": key, "cause": "no_picture"})
            return
        wanted = Wanted(key, Path(order["file"]), order["before_s"], order["reserve_bytes"])
        tile.recorders[key] = recorder = Recorder(wanted, tile.ring, self._tell)
        recorder.start()

    def _snap(self, order: dict[str, Any]) -> None:
        told = {"news": "snapped", "tile": order["tile"], "file": order["file"]}
        tile = self._tiles.get(order["tile"])
        held = [] if tile is None else tile.ring.newest()

        def write() -> dict[str, Any]:
            from console.videowall.player.look import write_picture

            try:
                write_picture(held, Path(order["file"]), order["mask"])
            except (OSError, ValueError, IndexError, av.error.FFmpegError):
                return {**told, "cause": "cannot_write" if held else "no_picture"}
            return {**told, "cause": ""}

        self._work.put(write)

    def _look(self) -> None:
        while True:
            news = self._work.get()()
            if news is not None:
                self._tell(news)
