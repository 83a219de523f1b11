"""What the page of the set-aside works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.sync.service import Road
from console.sync.service.kept import Naming
from console.ui.background import Background
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class PageParts:
    """``road()`` is None until the post is connected. ``name(connection, entity, id)`` says in words
    what an entity is, off the UI thread; ``show(entity, id)`` opens it where it can be seen."""

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    road: Callable[[], Road | None]
    name: Naming
    show: Callable[[str, str], None]
