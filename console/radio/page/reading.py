"""What the page reads in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.radio import service
from console.radio.model import Exchange, Kind, Radio, RoomView
from console.radio.page.parts import PageParts
from console.radio.page.words import CrewRadio, Shown, crew_rows, what_text
from console.radio.service import Wanted


@dataclass(frozen=True, slots=True)
class Reading:
    """One moment of the room, with names."""

    view: RoomView
    crews: Mapping[str, str]
    radios: list[CrewRadio]


def read_room(parts: PageParts) -> Reading:
    """The room as it stands now."""
    view = parts.room.view()
    with parts.database.read() as connection:
        crews = parts.crews(connection)
        said = {radio.target: _said(connection, radio) for radio in view.radios}
    rows = [
        replace(row, said=said[row.radio.target])
        for row in crew_rows(view, crews, parts.clock.now())
    ]
    return Reading(view, crews, rows)


def read_log(parts: PageParts, wanted: Wanted, after: Shown | None, limit: int) -> list[Shown]:
    """The lines of the log that follow ``after``, with names."""
    with parts.database.read() as connection:
        lines = service.exchanges(
            connection, wanted, after.line if after is not None else None, limit
        )
        crews = parts.crews(connection)
        calls = parts.call_numbers(connection, sorted({o.call_id for o in lines if o.call_id}))
    return [Shown(one, who_of(one, crews), calls.get(one.call_id, "")) for one in lines]


def who_of(line: Exchange, crews: Mapping[str, str]) -> str:
    """The other side: the crew's call sign, else the number of its radio or group."""
    sign = crews.get(line.unit_id, "")
    if sign:
        return sign
    if line.kind in (Kind.TALK, Kind.GROUP) and line.channel:
        return line.channel
    return line.radio or "–"


def _said(connection: Any, radio: Radio) -> str:
    found = service.last_said(connection, radio.link_id, radio.radio)
    return what_text(found) if found is not None else ""
