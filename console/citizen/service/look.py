"""What the counter looks at: the list, a visit opened, today's figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from console.citizen import store
from console.citizen.model import (
    Visit,
    VisitView,
    Wanted,
    day_of,
    day_span,
    looks_like_phone,
    plain_number,
    read_number,
    visit_key,
)
from console.core.errors import Refused
from console.core.grams import match_of
from console.core.text import shown

FIND_CHARS = 100
MOST_ROWS = 20_000
_SHORT = re.compile(r"\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many visits the day has so far, and all days together."""

    today: int
    all: int


def find(
    connection: sa.Connection, wanted: Wanted, now: datetime, before: int | None, most: int
) -> list[Visit]:
    """The visits wanted that come before this key, newest first, at most so many.

    A whole number (FW20261121-003, or 3 for the day's third) finds its visit; a whole phone or id
    number those of that person, never a part of it; anything else the visits in whose question,
    answer or place every word of it stands.
    """
    text, most = shown(wanted.text, FIND_CHARS), max(1, min(most, MOST_ROWS))
    span = None if wanted.day is None else day_span(wanted.day)
    if not text:
        return store.newest(connection, before, most, span=span)
    key = _key(text, wanted, now)
    if key is not None:
        row = store.by_key(connection, key)
        if row is not None:
            return [store.to_visit(row)] if before is None else []
    if looks_like_phone(text):
        return store.newest(connection, before, most, span=span, whole=plain_number(text))
    match = match_of(text)
    return store.newest(connection, before, most, span=span, match=match) if match else []


def _key(text: str, wanted: Wanted, now: datetime) -> int | None:
    if _SHORT.fullmatch(text) and int(text):
        return visit_key(wanted.day or day_of(now), int(text))
    return read_number(text)


def visit(connection: sa.Connection, visit_id: str) -> VisitView:
    """The visit opened, who came masked. Refused when there is none of this id."""
    row = store.visit_row(connection, visit_id)
    if row is None:
        raise Refused("citizen.no_such_visit", visit=str(visit_id)[:64])
    return VisitView(store.to_visit(row), tuple(store.lines_of(connection, visit_id)))


def figures(connection: sa.Connection, now: datetime) -> Figures:
    """How many visits there are."""
    first, last = day_span(day_of(now))
    return Figures(store.count(connection, first, last), store.count(connection, 0, last))
