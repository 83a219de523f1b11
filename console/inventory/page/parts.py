"""What the page works with, and what it reads at one look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.inventory import service
from console.inventory.model import Catalogue, Counts, Item, Rules, View
from console.inventory.service import Stocktake
from console.people import service as people
from console.people.model import Officer
from console.ui.background import Background
from console.ui.find_sheet import Findable
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``actor`` tells who sits here now, ``say`` what an act did.
    ``read_tags`` has the post's tag readers look for tags, or no longer."""

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    read_tags: Callable[[bool], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Look:
    """What the page knows besides its rows, true at ``at``."""

    at: datetime
    catalogue: Catalogue
    rules: Rules
    counts: Counts
    pulse: int
    officers: tuple[Officer, ...]
    holders: tuple[Findable, ...]  # the active officers, as the issue sheet offers them

    def name_of(self, number: str) -> str:
        """The officer's name; his number where he is not known."""
        return next((one.name for one in self.officers if one.number == number), number)


def look(parts: PageParts) -> Look:
    """One look at the store; for a worker."""
    now = parts.clock.now()
    with parts.database.read() as connection:
        officers = tuple(people.officers(connection))
        return Look(
            now,
            service.catalogue(connection, now),
            service.rules(connection, now),
            service.counts(connection, now),
            service.pulse(connection),
            officers,
            tuple(
                Findable(
                    one.number,
                    f"{one.name}  {one.number}",
                    service.person_words(one.number, one.name),
                )
                for one in officers
                if one.active
            ),
        )


def read_items(parts: PageParts, view: View, after: Item | None, limit: int) -> list[Item]:
    """One window of a list; for a worker."""
    with parts.database.read() as connection:
        return service.items(connection, view, parts.clock.now(), after, limit)


def read_scanned(parts: PageParts, number: str) -> Item | None:
    """The item with this label, scanned or typed; for a worker."""
    with parts.database.read() as connection:
        return service.by_code(connection, number)


def begin_stocktake(parts: PageParts, place: str) -> Stocktake:
    """What should lie in this place; for a worker."""
    with parts.database.read() as connection:
        return service.begin_stocktake(connection, place, parts.clock.now())
