"""The tiles of one player: orders are obeyed, counters read. Always by the same thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from console.videowall.player.ingest import Source
from console.videowall.player.screen import Library
from console.videowall.player.tile import Order, Tile


class Desk:
    """``obey`` takes one order, ``step`` gives the beat that is told to the supervisor."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self._tell = tell  # may be called by any thread
        self._library = Library()
        self._tiles: dict[str, Tile] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing is shown."""
        return not self._tiles

    @property
    def opening(self) -> bool:
        """Whether a first picture is waited for."""
        return any(tile.opening for tile in self._tiles.values())

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

    def step(self, now: float) -> dict[str, Any]:
        """The beat: how every tile stands."""
        for tile in self._tiles.values():
            tile.step(now)
        return {"tiles": [tile.told(now) for tile in self._tiles.values()]}

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
