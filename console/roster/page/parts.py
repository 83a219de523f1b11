"""What the page works with, and what it reads at one look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.ids import UnitId
from console.core.words import Words
from console.people import service as people
from console.people.model import Officer
from console.roster import service
from console.roster.model import Doubt, DutyStanding, Status, UnitView, Whereabouts
from console.ui.background import Background
from console.ui.style import Tone
from console.ui.undo import Undo

PLACE_OLD_S = 120
UNDO_S = 60


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``actor`` tells who sits here now, ``say`` what an act did.

    ``areas`` (id, name), ``receivers`` (unit → name of its link), ``latest`` and ``doubted`` are cheap
    and may be called from any thread. ``bound`` tells the number of the call that holds a crew.
    """

    database: Database
    background: Background
    clock: Clock
    undo: Undo
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    areas: Callable[[], Sequence[tuple[str, Words]]]
    receivers: Callable[[], Mapping[str, str]]
    latest: Callable[[], Mapping[UnitId, Whereabouts]]
    bound: Callable[[sa.Connection], Mapping[UnitId, str]] | None = None
    doubted: Callable[[], Mapping[UnitId, Doubt]] = dict


@dataclass(frozen=True, slots=True)
class CrewRow:
    """One crew as the table shows it."""

    view: UnitView
    area: Words | None
    kit: tuple[Words, ...]
    fixed_at: datetime | None
    old_after_s: int
    doubt: Doubt | None = None

    @property
    def id(self) -> UnitId:
        """The crew's id."""
        return self.view.unit.id


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that the page shows, true at ``at``."""

    at: datetime
    rows: tuple[CrewRow, ...]
    statuses: Mapping[str, Status]
    standing: DutyStanding
    kit: Mapping[str, Words]
    areas: Mapping[str, Words]
    receivers: Mapping[str, str]
    officers: tuple[Officer, ...]
    undo_s: float

    def row(self, unit_id: UnitId) -> CrewRow | None:
        """The row of this crew."""
        return next((row for row in self.rows if row.id == unit_id), None)


def look(parts: PageParts) -> Look:
    """One look at the store; for a worker."""
    now = parts.clock.now()
    latest, areas, doubted = parts.latest(), dict(parts.areas()), parts.doubted()
    with parts.database.read() as connection:
        limits = reference.current(connection, "limits", now)
        kit = {
            row["code"]: Words(row["zh_CN"], row["en"])
            for row in reference.current(connection, "natures", now).get("kit", ())
        }
        old_s = int(limits.get("position_age_s", PLACE_OLD_S))
        rows = []
        for view in service.units(connection, now):
            place = latest.get(view.unit.id) or view.whereabouts
            rows.append(
                CrewRow(
                    view,
                    _area(view.unit.area_id, areas),
                    tuple(kit.get(code, Words(code, code)) for code in sorted(view.unit.kit)),
                    place.fixed_at if place is not None else None,
                    old_s,
                    doubted.get(view.unit.id),
                )
            )
        return Look(
            now,
            tuple(rows),
            service.statuses(connection, now),
            service.duty_standing(connection, now),
            kit,
            areas,
            dict(parts.receivers()),
            tuple(people.officers(connection)),
            float(limits.get("undo_s", UNDO_S)),
        )


def _area(area_id: str | None, areas: Mapping[str, Words]) -> Words | None:
    if area_id is None:
        return None
    return areas.get(area_id) or Words(f"{area_id}（地图中没有）", f"{area_id} (not on the map)")
