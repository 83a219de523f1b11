"""What the page works with, and what it reads at one look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.core import reference
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.words import Words
from console.patrol import service
from console.patrol.model import Jump, Point, PointId, PointState, Shift
from console.ui.background import Background
from console.ui.style import Tone

RETIRED_SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``actor`` tells who sits here now, ``say`` what an act did.

    ``areas`` (id, name) and ``area_of`` (lat, lon → id) are cheap; ``find_place`` (words → label,
    lat, lon) is asked off the UI thread; ``show_on_map`` leaves the page.
    """

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    areas: Callable[[], Sequence[tuple[str, Words]]]
    area_of: Callable[[float, float], str | None]
    find_place: Callable[[str], Sequence[tuple[str, float, float]]]
    show_on_map: Callable[[Point], None]


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point as the table shows it. ``state`` None: it is not due in this shift."""

    point: Point
    area: Words | None
    state: PointState | None
    pressing: bool

    @property
    def id(self) -> PointId:
        """The point's id."""
        return self.point.id

    @property
    def open(self) -> bool:
        """It is due and not reached as often as wanted."""
        return self.state is not None and not self.state.reached


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the page shows but the chosen point's visits, true at ``at``."""

    at: datetime
    shift: Shift
    rows: tuple[PointRow, ...]
    areas: Mapping[str, Words]
    jumps: tuple[tuple[str, Jump], ...]

    @property
    def due(self) -> int:
        """How many points are due in this shift."""
        return sum(row.state is not None for row in self.rows)

    @property
    def met(self) -> int:
        """How many of them were reached."""
        return sum(row.state is not None and row.state.reached for row in self.rows)


def look(parts: PageParts) -> Look:
    """One look at the store; for a worker."""
    now = parts.clock.now()
    areas = dict(parts.areas())
    with parts.database.read() as connection:
        shift = service.shift_at(connection, now)
        states = {state.point.id: state for state in service.states_in(connection, shift)}
        warn_s = float(reference.current(connection, "patrol", now)["warn_s"])
        found = service.points(connection, retired=True)
        jumps = tuple(service.jumps_in(connection, shift))
    pressing = (shift.ends_at - now).total_seconds() <= warn_s
    rows = tuple(
        PointRow(point, _area(point.told.area_id, areas), states.get(point.id), pressing)
        for point in found
        if point.retired_at is None or now - point.retired_at < RETIRED_SHOWN
    )
    return Look(now, shift, rows, areas, jumps)


def _area(area_id: str | None, areas: Mapping[str, Words]) -> Words | None:
    if area_id is None:
        return None
    return areas.get(area_id) or Words(f"{area_id}（地图中没有）", f"{area_id} (not on the map)")
