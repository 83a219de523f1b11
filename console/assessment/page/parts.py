"""What the page of the figures works with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.words import Words
from console.ui.background import Background
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class PageParts:
    """``actor`` tells who sits here now, ``say`` what an act did; ``areas`` (id, name) is cheap."""

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    areas: Callable[[], Sequence[tuple[str, Words]]]
