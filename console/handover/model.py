"""What one shift leaves to the next: the sections of the form, its lines, and both signatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from console.core.clock import from_text, to_text
from console.core.words import Words

NOTES_CHARS = 4000
TEXT_CHARS = 300
MOST_LINES = 200  # of a section are kept by name; the rest is counted
TAKE_WITHIN = timedelta(minutes=30)  # after the outgoing signature; later it is no longer true


class Section(StrEnum):
    """What is handed over, in the order of the form."""

    CALLS = "calls"
    ALARMS = "alarms"
    ITEMS = "items"
    POINTS = "points"
    EVENTS = "events"
    FAULTS = "faults"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is left: what, how it stands, since when; ``late`` asks for a look."""

    id: str
    what: Words
    detail: Words
    since: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One section as it was found. ``count`` None: it could not be read, for this ``reason``."""

    section: Section
    count: int | None
    lines: tuple[Line, ...] = ()
    reason: Words | None = None

    @property
    def known(self) -> bool:
        """Whether anybody knows; what is unknown is no zero."""
        return self.count is not None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything handed over, as of one moment. ``level`` is the duty level, None when unknown."""

    at: datetime
    level: str | None
    shift: Words | None
    parts: tuple[Part, ...]

    def part(self, section: Section) -> Part:
        """This section."""
        return next(part for part in self.parts if part.section is section)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and when."""

    number: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handover:
    """One document. ``rev`` 1 carries the outgoing signature, 2 both; neither is ever changed."""

    id: str
    rev: int
    content: Content
    notes: str
    outgoing: Signature
    incoming: Signature | None = None

    @property
    def taken(self) -> bool:
        """Both have signed."""
        return self.incoming is not None

    def waits(self, now: datetime) -> bool:
        """The incoming signature may still be given. A clock that was set back takes it away too."""
        return not self.taken and timedelta(0) <= now - self.outgoing.at <= TAKE_WITHIN


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A hand-over was signed, by one or by both."""

    handover_id: str
    taken: bool


def part_of(section: Section, lines: tuple[Line, ...], count: int | None = None) -> Part:
    """The section with these lines; ``count`` where there are more than were told."""
    return Part(section, len(lines) if count is None else count, lines[:MOST_LINES])


def frozen(content: Content) -> dict[str, Any]:
    """The content as JSON, to be kept as it is."""
    return {
        "at": to_text(content.at),
        "level": content.level,
        "shift": _words(content.shift),
        "parts": [
            {
                "section": str(part.section),
                "count": part.count,
                "reason": _words(part.reason),
                "lines": [_line(line) for line in part.lines],
            }
            for part in content.parts
        ],
    }


def thawed(body: Mapping[str, Any]) -> Content:
    """The content that was frozen."""
    return Content(
        from_text(body["at"]),
        body["level"],
        _words_of(body["shift"]),
        tuple(
            Part(
                Section(part["section"]),
                part["count"],
                tuple(_line_of(line) for line in part["lines"]),
                _words_of(part["reason"]),
            )
            for part in body["parts"]
        ),
    )


def _words(words: Words | None) -> dict[str, str] | None:
    return None if words is None else {"zh_CN": words.zh_CN, "en": words.en}


def _words_of(kept: Mapping[str, str] | None) -> Words | None:
    return None if kept is None else Words(kept["zh_CN"], kept["en"])


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "what": _words(line.what),
        "detail": _words(line.detail),
        "since": None if line.since is None else to_text(line.since),
        "late": line.late,
    }


def _line_of(kept: Mapping[str, Any]) -> Line:
    return Line(
        kept["id"],
        Words(**kept["what"]),
        Words(**kept["detail"]),
        None if kept["since"] is None else from_text(kept["since"]),
        kept["late"],
    )
