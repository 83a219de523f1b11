"""How the wall is divided, and which camera stands where: by rule of a raster of 12 by 12."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.camera import CameraId, Stream

RASTER = 12  # divided by 1, 2, 3 and 4
MOST_TILES = 16
LEAST_SIDE = 2
MAIN_FROM = 720 * 405  # points of a tile from which the main stream shows more than the smaller one
LAYOUT_NAME_CHARS = 32
EMPTY = CameraId("")


class Grid(StrEnum):
    """The kinds of division; ``free`` is whatever the officer made of it."""

    ONE = "1"
    FOUR = "4"
    NINE = "9"
    SIXTEEN = "16"
    FREE = "free"


GRID_WORDS = {
    Grid.ONE: Words("单画面", "one"),
    Grid.FOUR: Words("四画面", "four"),
    Grid.NINE: Words("九画面", "nine"),
    Grid.SIXTEEN: Words("十六画面", "sixteen"),
    Grid.FREE: Words("自由布局", "free"),
}
_SIDE = {Grid.ONE: 1, Grid.FOUR: 2, Grid.NINE: 3, Grid.SIXTEEN: 4}


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a tile stands, in steps of the raster from the upper left."""

    x: int
    y: int
    w: int
    h: int

    def covers(self, other: Spot) -> bool:
        """Whether any part of the two is the same."""
        apart = (
            self.x + self.w <= other.x
            or other.x + other.w <= self.x
            or self.y + self.h <= other.y
            or other.y + other.h <= self.y
        )
        return not apart

    @property
    def inside(self) -> bool:
        """Whether it stands on the raster and is large enough to be seen."""
        large = self.w >= LEAST_SIDE and self.h >= LEAST_SIDE
        return large and 0 <= self.x <= RASTER - self.w and 0 <= self.y <= RASTER - self.h


# one large and five small: what a free layout begins as
ONE_AND_FIVE = (
    Spot(0, 0, 8, 8),
    Spot(8, 0, 4, 4),
    Spot(8, 4, 4, 4),
    Spot(8, 8, 4, 4),
    Spot(0, 8, 4, 4),
    Spot(4, 8, 4, 4),
)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The wall as it is divided and filled; ``cameras`` are one a spot, empty for none."""

    grid: Grid = Grid.ONE
    spots: tuple[Spot, ...] = (Spot(0, 0, RASTER, RASTER),)
    cameras: tuple[CameraId, ...] = (EMPTY,)


@dataclass(frozen=True, slots=True)
class Layout:
    """An arrangement under a name: an officer's own, or of all who have a role.

    The one without a name is the wall as its officer left it.
    """

    id: str
    name: str
    arrangement: Arrangement
    owner: str = ""
    role: str = ""
    rev: int = 1


@dataclass(frozen=True, slots=True)
class LayoutsChanged:
    """The kept layouts or tours are others."""

    kinds: frozenset[str] = field(default=frozenset())


def stream_for(wide: int, high: int, zoom: float = 1.0) -> Stream:
    """Which stream a tile of so many points wants; one that is zoomed into wants all there is."""
    return Stream.MAIN if wide * high >= MAIN_FROM or zoom > 1 else Stream.SUB


def spots_of(grid: Grid) -> tuple[Spot, ...]:
    """The spots of a division, row by row."""
    if grid is Grid.FREE:
        return ONE_AND_FIVE
    side = _SIDE[grid]
    step = RASTER // side
    return tuple(Spot(x * step, y * step, step, step) for y in range(side) for x in range(side))


def divided(was: Arrangement, grid: Grid) -> Arrangement:
    """The same cameras, in their order, on another division; empty spots are not carried over."""
    if grid is was.grid:
        return was
    spots = spots_of(grid)
    kept = [one for one in was.cameras if one][: len(spots)]
    kept += [EMPTY] * (len(spots) - len(kept))
    return Arrangement(grid, spots, tuple(kept))


def placed(was: Arrangement, at: int, camera_id: CameraId) -> Arrangement:
    """The camera stands at this spot and nowhere else; who stood here takes its former place."""
    cameras = list(was.cameras)
    if camera_id and camera_id in cameras:
        cameras[cameras.index(camera_id)] = cameras[at]
    cameras[at] = camera_id
    return replace(was, cameras=tuple(cameras))


def next_empty(one: Arrangement, after: int) -> int:
    """The next spot without a camera, round about; ``after`` itself when all are taken."""
    many = len(one.cameras)
    turns = ((after + step) % many for step in range(1, many))
    return next((at for at in turns if not one.cameras[at]), after)


def neighbour(one: Arrangement, at: int, dx: int, dy: int) -> int:
    """The spot that the eye finds in this direction; ``at`` itself at the edge."""
    here = one.spots[at]
    x, y = here.x + here.w / 2, here.y + here.h / 2
    found: tuple[float, int] | None = None
    for other, spot in enumerate(one.spots):
        along = (spot.x + spot.w / 2 - x) * dx + (spot.y + spot.h / 2 - y) * dy
        aside = abs((spot.x + spot.w / 2 - x) * dy) + abs((spot.y + spot.h / 2 - y) * dx)
        if other != at and along > 0:
            far = along + 2 * aside
            if found is None or far < found[0]:
                found = (far, other)
    return at if found is None else found[1]


def reshaped(was: Arrangement, at: int, spot: Spot) -> Arrangement:
    """The tile stands at this spot of a free layout; tiles without a camera make room for it.

    Refused outside the wall, and over a tile that holds a camera.
    """
    if not spot.inside:
        raise Refused("videowall.no_room")
    kept: list[tuple[Spot, CameraId]] = []
    for other, (place, camera_id) in enumerate(zip(was.spots, was.cameras, strict=True)):
        if other == at:
            kept.append((spot, camera_id))
        elif not place.covers(spot):
            kept.append((place, camera_id))
        elif camera_id:
            raise Refused("videowall.no_room")
    return Arrangement(Grid.FREE, tuple(s for s, _ in kept), tuple(c for _, c in kept))


def with_tile(was: Arrangement) -> Arrangement:
    """A further, empty tile where the first room for one is. Refused when there is none."""
    if len(was.spots) >= MOST_TILES:
        raise Refused("videowall.too_many", most=MOST_TILES)
    for side in (4, 3, LEAST_SIDE):
        for y in range(RASTER - side + 1):
            for x in range(RASTER - side + 1):
                spot = Spot(x, y, side, side)
                if not any(spot.covers(other) for other in was.spots):
                    return Arrangement(Grid.FREE, (*was.spots, spot), (*was.cameras, EMPTY))
    raise Refused("videowall.no_room")


def without_tile(was: Arrangement, at: int) -> Arrangement:
    """The tile is gone. Refused for the last one."""
    if len(was.spots) <= 1:
        raise Refused("videowall.bad_layout")
    spots = was.spots[:at] + was.spots[at + 1 :]
    return Arrangement(Grid.FREE, spots, was.cameras[:at] + was.cameras[at + 1 :])


def checked_layout(one: Layout, known: Sequence[CameraId]) -> Layout:
    """The layout as it may be kept: its name cleaned, cameras that are gone left out. Or Refused."""
    made = one.arrangement
    name = shown(one.name.replace("\n", " "), LAYOUT_NAME_CHARS + 1)
    if len(name) > LAYOUT_NAME_CHARS:
        raise Refused("videowall.bad_layout_name", field="name", most=LAYOUT_NAME_CHARS)
    if not 1 <= len(made.spots) <= MOST_TILES or len(made.spots) != len(made.cameras):
        raise Refused("videowall.bad_layout")
    for at, spot in enumerate(made.spots):
        if not spot.inside or any(spot.covers(other) for other in made.spots[at + 1 :]):
            raise Refused("videowall.bad_layout")
    here = set(known)
    cameras = tuple(c if c in here and c not in made.cameras[:i] else EMPTY
                    for i, c in enumerate(made.cameras))  # fmt: skip
    return replace(one, name=name, arrangement=replace(made, cameras=cameras))


def frozen(one: Arrangement) -> dict[str, Any]:
    """The arrangement as JSON."""
    return {
        "grid": str(one.grid),
        "tiles": [
            [spot.x, spot.y, spot.w, spot.h, camera_id]
            for spot, camera_id in zip(one.spots, one.cameras, strict=True)
        ],
    }


def thawed(body: Mapping[str, Any]) -> Arrangement:
    """The arrangement of ``frozen``."""
    tiles = body["tiles"]
    return Arrangement(
        Grid(body["grid"]),
        tuple(Spot(*tile[:4]) for tile in tiles),
        tuple(CameraId(tile[4]) for tile in tiles),
    )
