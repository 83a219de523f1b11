"""What the desk looks at: the board, a call opened, finding, duplicates."""

from __future__ import annotations

import re
from datetime import datetime

import sqlalchemy as sa

from console.core.ids import CallId
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model.board import CallCard, Duplicate, Probe, likeness
from console.dispatch.model.call import Call, CallView
from console.dispatch.model.lamps import lamps, urgency
from console.dispatch.model.reference import code_of
from console.dispatch.service.intake import known_call
from console.dispatch.service.tables import codes, limits, natures

FOUND_MOST = 50
FOUND_BY_CHARS = 200
_NUMBER = re.compile(r"(?:JQ)?0*(\d{1,6})", re.IGNORECASE | re.ASCII)


def board(connection: sa.Connection, now: datetime) -> list[CallCard]:
    """The open calls, most urgent first: late, then by level, then by age."""
    tree = natures(connection, now)
    sources = codes(connection, "sources", now)
    bounds = limits(connection, now)
    crews = store.crews_of_open(connection)
    cards = [
        CallCard(
            call, tree.of(call.nature), code_of(call.source, sources), lamps(call, bounds, now),
            tuple(crews.get(call.id, ())),
        )
        for call in store.open_calls(connection)
    ]  # fmt: skip
    cards.sort(key=lambda card: urgency(card.lamps, card.call))
    return cards


def call(connection: sa.Connection, call_id: CallId) -> CallView:
    """The call opened. Refused when there is none of this id."""
    found = known_call(connection, call_id)
    return CallView(
        found, tuple(store.assignments(connection, call_id)),
        tuple(store.log_of(connection, call_id)),
    )  # fmt: skip


def linked(connection: sa.Connection, call_id: CallId) -> list[CallId]:
    """The calls linked with this one."""
    return store.linked(connection, call_id)


def find(connection: sa.Connection, text: str, most: int = FOUND_MOST) -> list[Call]:
    """The newest calls, open or not, that hold this text: number, place, words, name or phone."""
    wanted = shown(text, FOUND_BY_CHARS)
    if not wanted:
        return []
    number = _NUMBER.fullmatch(wanted)
    return store.search(
        connection, wanted, int(number[1]) if number else None, max(1, min(most, FOUND_MOST))
    )


def duplicates(connection: sa.Connection, probe: Probe, now: datetime) -> list[Duplicate]:
    """The calls that may be the same matter as the probe's, nearest first."""
    bounds = limits(connection, now)
    tree = natures(connection, now)
    found = (
        likeness(probe, other, tree.of(other.nature).category, same_phone, bounds)
        for other, same_phone in store.around(
            connection, probe.at, bounds.duplicate_minutes, probe.phone
        )
    )
    alike = [duplicate for duplicate in found if duplicate is not None]
    alike.sort(key=lambda d: (d.range_m is None, d.range_m or 0.0, d.minutes))
    return alike


def duplicates_of(connection: sa.Connection, call_id: CallId, now: datetime) -> list[Duplicate]:
    """The calls that may be the same matter as this one."""
    one = known_call(connection, call_id)
    row = store.call_row(connection, call_id)
    category = natures(connection, now).of(one.nature).category
    probe = Probe(one.received_at, one.lat, one.lon, category, row.caller_phone, one.id)
    return duplicates(connection, probe, now)


def tally(connection: sa.Connection) -> dict[str, int]:
    """How many calls were ever received, signed, assigned, arrived at and closed."""
    return store.tally(connection)
