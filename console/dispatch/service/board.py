"""What the desk looks at: the board, a call opened, finding, duplicates."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from console.core.ids import CallId, UnitId
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model.board import CallCard, Duplicate, Probe, likeness
from console.dispatch.model.call import Call, CallView, Origin
from console.dispatch.model.lamps import lamps, late_from
from console.dispatch.model.reference import Code, Limits, Natures, code_of
from console.dispatch.service.intake import known_call
from console.dispatch.service.tables import codes, limits, natures

FOUND_MOST = 50
FOUND_BY_CHARS = 200
_NUMBER = re.compile(r"(?:JQ)?0*(\d{1,6})", re.IGNORECASE | re.ASCII)


def board(connection: sa.Connection, now: datetime) -> list[CallCard]:
    """The open calls, most urgent first: late, then by level, then by age."""
    return BoardReader().read(connection, now)


def bound_units(connection: sa.Connection) -> dict[UnitId, str]:
    """The number of the call that holds each bound unit."""
    return {unit: number for unit, (_, number) in store.held(connection).items()}


def call_of_unit(connection: sa.Connection, unit_id: str) -> str:
    """The id of the call that holds this crew; empty when none does."""
    found = store.held(connection).get(UnitId(unit_id))
    return "" if found is None else str(found[0])


class BoardReader:
    """Reads the board again and again, from any thread; a call is read anew when its revision has
    moved, so a full board costs little more than the one call that changed."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._cards: dict[str, CallCard] = {}
        self._tables: tuple[Natures, Mapping[str, Code], Limits] | None = None

    def read(self, connection: sa.Connection, now: datetime) -> list[CallCard]:
        """The open calls, most urgent first: late, then by level, then by age."""
        tables = (
            natures(connection, now), codes(connection, "sources", now), limits(connection, now),
        )  # fmt: skip
        revisions = store.open_revisions(connection)
        crews = store.crews_of_open(connection)
        with self._guard:
            if self._tables is None or any(
                one is not other for one, other in zip(tables, self._tables, strict=True)
            ):
                self._cards, self._tables = {}, tables
            known = self._cards
            moved = [
                call_id
                for call_id, rev in revisions
                if (card := known.get(call_id)) is None or card.call.rev != rev
            ]
            fresh = {
                call.id: _card(call, tables, now) for call in store.calls_of(connection, moved)
            }
            self._cards = {
                call_id: _with_crews(fresh.get(CallId(call_id)) or known[call_id], crews)
                for call_id, _ in revisions
            }
            return sorted(self._cards.values(), key=lambda card: card.urgency(now))


def _card(
    call: Call, tables: tuple[Natures, Mapping[str, Code], Limits], now: datetime
) -> CallCard:
    tree, sources, bounds = tables
    found = lamps(call, bounds, now)
    return CallCard(
        call, tree.of(call.nature), code_of(call.source, sources), found, (), late_from(found)
    )


def _with_crews(card: CallCard, crews: Mapping[str, list[str]]) -> CallCard:
    bound = tuple(crews.get(card.call.id, ()))
    return card if bound == card.crews else replace(card, crews=bound)


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


def steps_by(connection: sa.Connection, origin: Origin) -> int:
    """How many lines of calls' logs were ever told from there: by radio, from the city, at the desk."""
    return store.steps_by(connection, origin)
