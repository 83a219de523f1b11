"""What can be drawn: what the map and the exported map ask of whoever knows roads and areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from console.core.errors import ConsoleError
from console.core.words import Words

LatLon = tuple[float, float]


class Named(Protocol):
    """A named place."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class Graph(Protocol):
    """The drawable side of a road extract; places are (lat, lon) in WGS-84."""

    def ways(self) -> Iterable[tuple[str, str | None, Sequence[LatLon]]]:
        """Highway class, name and line of every way."""

    def shapes(self) -> Iterable[tuple[str, Sequence[LatLon]]]:
        """Kind (water, green, building …) and ring of every shape."""

    def labels(self) -> Iterable[Named]:
        """Every named place: schools, hospitals, squares."""


class GridCell(Protocol):
    """One grid cell of a patrol area."""

    @property
    def ring(self) -> Sequence[LatLon]: ...


class PatrolArea(Protocol):
    """A patrol area as the map draws it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> Words: ...
    @property
    def minutes(self) -> int: ...
    @property
    def ring(self) -> Sequence[LatLon]: ...
    @property
    def cells(self) -> Sequence[GridCell]: ...


class Hit(Protocol):
    """A place that was found, and how."""

    @property
    def label(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class MapSource(Protocol):
    """Roads and areas of the post; loads in its own thread."""

    @property
    def ready(self) -> bool: ...
    @property
    def failed(self) -> ConsoleError | None: ...
    @property
    def areas(self) -> Sequence[PatrolArea]: ...
    @property
    def cache(self) -> Path | None:
        """A folder beside the post's data for what was made from the files; None: keep nothing."""

    def fingerprint(self) -> str:
        """What the drawing is made from, by content; empty when unknown. Reads the files."""

    def graph(self) -> Graph: ...
    def find_place(self, text: str) -> Sequence[Hit]: ...
