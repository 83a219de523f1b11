"""What is open now, section by section; a source that fails makes its own section unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from console.core.errors import ConsoleError, Refused
from console.core.words import LANGUAGES, Words, say
from console.handover.model import Content, Part, Section

Look = Callable[[sa.Connection, datetime], Part]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where each section comes from. A section without a source is unknown, not empty."""

    parts: Mapping[Section, Look]
    level: Callable[[sa.Connection, datetime], str] | None = None
    shift: Callable[[sa.Connection, datetime], Words | None] | None = None


def gather(connection: sa.Connection, sources: Sources, now: datetime) -> Content:
    """All that is open now. A source that fails makes its own section unknown, with the reason."""
    level: str | None = None
    shift: Words | None = None
    try:
        level = None if sources.level is None else sources.level(connection, now)
        shift = None if sources.shift is None else sources.shift(connection, now)
    except ConsoleError:
        pass  # both stay unknown and are shown as such
    parts = tuple(_look(connection, sources, section, now) for section in Section)
    return Content(now, level, shift, parts)


def _look(connection: sa.Connection, sources: Sources, section: Section, now: datetime) -> Part:
    source = sources.parts.get(section)
    try:
        if source is None:
            raise Refused("handover.no_source")
        return source(connection, now)
    except ConsoleError as failed:
        return Part(section, None, (), Words(*(say(failed, name) for name in LANGUAGES)))
