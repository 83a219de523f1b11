"""A wall whose pictures stand as the test says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from console.core.errors import Refused
from console.videowall.model import Camera, Phase, Picture, Stream


class HandWall:
    """``orders`` holds what was wanted; ``tell`` changes how a tile stands. As many as told."""

    def __init__(self, most: int = 16) -> None:
        self.orders: list[str] = []
        self.shown: dict[str, tuple[Camera, int, Stream]] = {}
        self.snapshots: list[tuple[str, Path]] = []
        self._pictures: dict[str, Picture] = {}
        self._most = most

    def warm(self) -> None:
        """Ready at once."""

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None:
        assert window > 0
        if self.shown.get(tile) == (camera, window, stream):
            return
        if tile not in self.shown and len(self.shown) >= self._most:
            raise Refused("videowall.too_many", most=self._most)
        self.shown[tile] = (camera, window, stream)
        self.orders.append(camera.number)
        self._pictures[tile] = Picture(camera.id, Phase.OPENING, stream=stream)

    def hide(self, tile: str) -> None:
        if self.shown.pop(tile, None) is not None:
            self.orders.append("hide")
            del self._pictures[tile]

    def picture(self, tile: str) -> Picture:
        return self._pictures.get(tile, Picture())

    def snapshot(self, tile: str, file: Path) -> None:
        assert tile in self.shown
        self.snapshots.append((tile, file))

    def tell(self, number: str = "", **changes: Any) -> None:
        """The picture of this camera (of all) stands so now."""
        for tile, (camera, _, _) in self.shown.items():
            if number in ("", camera.number):
                self._pictures[tile] = replace(self._pictures[tile], **changes)

    @property
    def numbers(self) -> set[str]:
        """The cameras that are wanted now."""
        return {camera.number for camera, _, _ in self.shown.values()}
