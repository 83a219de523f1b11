"""What the page and the strip work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.words import Words
from console.radio.page.voice import Voice
from console.radio.service import RadioRoom
from console.ui.background import Background
from console.ui.style import Tone


@dataclass(frozen=True, slots=True)
class OpenCall:
    """The call that is open at the desk; both empty when none is."""

    id: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PageParts:
    """What the page works with.

    ``crews(connection)`` gives call signs by crew id, ``call_numbers(connection, ids)`` what people
    call calls; both off the UI thread. ``crew_statuses()`` the words of the table of crew statuses.
    """

    database: Database
    background: Background
    clock: Clock
    actor: Callable[[], Actor]
    say: Callable[[str, Tone], None]
    room: RadioRoom
    voice: Voice
    open_call: Callable[[], OpenCall]
    crews: Callable[[Any], Mapping[str, str]]
    call_numbers: Callable[[Any, Sequence[str]], Mapping[str, str]]
    crew_statuses: Callable[[], Mapping[str, Words]]
    show_call: Callable[[str], None]
