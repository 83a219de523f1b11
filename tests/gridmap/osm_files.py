"""Tiny OSM files drawn by hand for tests: a grid of places 100 m apart, ways, turn rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium

from console.gridmap.model import Place

STEP_DEG = 0.001  # about 111 m to the north and, at the equator, to the east


def at(x: float, y: float) -> Place:
    """The place of the grid; the equator, so that both directions are alike."""
    return Place(y * STEP_DEG, x * STEP_DEG)


class OsmFile:
    """Nodes are named by grid places; ways run over them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._numbers: dict[tuple[float, float], int] = {}
        self._tags: dict[int, Mapping[str, str]] = {}
        self._ways: list[tuple[list[int], Mapping[str, str]]] = []
        self._rules: list[tuple[list[tuple[str, int, str]], Mapping[str, str]]] = []

    def node(self, x: float, y: float, **tags: str) -> int:
        """The node at this place, made where it is not there yet."""
        number = self._numbers.setdefault((x, y), len(self._numbers) + 1)
        if tags:
            self._tags[number] = {key.replace("__", ":"): value for key, value in tags.items()}
        return number

    def way(self, *places: tuple[float, float], **tags: str) -> int:
        """A way over these places; its number. ``a__b`` in a tag's name stands for ``a:b``."""
        told = {key.replace("__", ":"): value for key, value in tags.items()}
        self._ways.append(([self.node(*place) for place in places], told))
        return len(self._ways)

    def rule(
        self, start: int, via: tuple[float, float] | Sequence[int], end: int, **tags: str
    ) -> None:
        """A turn rule from way to way over a node (a place) or over ways (numbers in a list)."""
        if isinstance(via, tuple):
            middle = [("n", self.node(*via), "via")]
        else:
            middle = [("w", int(way), "via") for way in via]
        members = [("w", start, "from"), *middle, ("w", end, "to")]
        told = {key.replace("__", ":"): value for key, value in tags.items()}
        self._rules.append((members, {"type": "restriction", **told}))

    def write(self) -> Path:
        """The file stands there."""
        with osmium.SimpleWriter(str(self.file), overwrite=True) as writer:
            for (x, y), number in self._numbers.items():
                location = (x * STEP_DEG, y * STEP_DEG)
                tags = dict(self._tags.get(number, {}))
                writer.add_node(osmium.osm.mutable.Node(id=number, location=location, tags=tags))
            for number, (nodes, told) in enumerate(self._ways, 1):
                writer.add_way(osmium.osm.mutable.Way(id=number, nodes=nodes, tags=dict(told)))
            for number, (members, told) in enumerate(self._rules, 1):
                writer.add_relation(
                    osmium.osm.mutable.Relation(id=number, members=members, tags=dict(told))
                )
        return self.file
