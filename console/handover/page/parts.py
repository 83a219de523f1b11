"""What the page of the hand-over works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from console.core.clock import Clock
from console.core.database import Database
from console.handover.service import Sources
from console.people.model import Session
from console.ui.background import Background
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class PageParts:
    """``session`` tells who sits here, ``enter`` seats the one who took over, ``say`` what was done.

    ``picture`` gives the map as it is seen now, None where there is none; in the UI thread.
    ``duty`` says a duty level in words; ``post`` the post's name.
    """

    database: Database
    background: Background
    clock: Clock
    sources: Sources
    session: Callable[[], Session | None]
    enter: Callable[[Session], None]
    say: Callable[[str, Tone], None]
    picture: Callable[[], QImage | None]
    duty: Callable[[str], str]
    post: Callable[[], str]
