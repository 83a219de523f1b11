"""What the counter's page works with, and what it has read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from console.citizen.model import VisitTable
from console.citizen.service import Figures
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.ui.background import Background
from console.ui.style import Tone

ReadCard = Callable[[Callable[[str, str], None], Callable[[str], None]], None]


@dataclass(frozen=True, slots=True)
class PageParts:
    """The page's surroundings. ``make_call`` turns a visit into a call and returns the call's
    number; ``call_number`` tells a call's. Both are asked off the UI thread. ``read_card`` has the
    visitor's card read: the first callable gets its name and number, the second why not, each in
    the UI thread; None where the post has no reader."""

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    post_name: Callable[[], str]
    receipts: Path
    make_call: Callable[[Actor, str], str]
    call_number: Callable[[str], str]
    read_card: ReadCard | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What the page has read besides the visits: the post's table, who is who, today's figures."""

    table: VisitTable = field(default_factory=lambda: VisitTable({}, {}))
    names: Mapping[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=lambda: Figures(0, 0))

    def who(self, number: str) -> str:
        """An officer by name and number."""
        name = self.names.get(number)
        return f"{name} {number}" if name else number
