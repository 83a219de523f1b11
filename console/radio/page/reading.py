"""What the page reads in the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.core.words import Words
from console.radio import service
from console.radio.model import Exchange, Kind, Radio, RoomView
from console.radio.page.parts import PageParts
from console.radio.page.words import CrewRadio, Shown, crew_rows, what_text
from console.radio.service import Wanted
from console.ui.words import pick


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
        words = status_words(connection, parts.clock.now())
        said = {radio.target: _said(connection, radio, words) for radio in view.radios}
    rows = [
        replace(row, said=said[row.radio.target])
        for row in crew_rows(view, crews, parts.clock.now())
    ]
    calling = tuple(in_language(one, words) for one in view.emergencies)
    return Reading(replace(view, emergencies=calling), crews, rows)


def read_log(parts: PageParts, wanted: Wanted, after: Shown | None, limit: int) -> list[Shown]:
    """The lines of the log that follow ``after``, with names."""
    with parts.database.read() as connection:
        lines = service.exchanges(
            connection, wanted, after.line if after is not None else None, limit
        )
        crews = parts.crews(connection)
        calls = parts.call_numbers(connection, sorted({o.call_id for o in lines if o.call_id}))
        words = status_words(connection, parts.clock.now())
    return [
        Shown(in_language(one, words), who_of(one, crews), calls.get(one.call_id, ""))
        for one in lines
    ]


def status_words(connection: Any, now: datetime) -> Mapping[str, Words]:
    """The words of the site's table, by the one that the log keeps."""
    return {one.words.zh_CN: one.words for one in service.statuses_now(connection, now).rows}


def in_language(line: Exchange, words: Mapping[str, Words]) -> Exchange:
    """The line with its status in the officer's language; what the table had once stays as it is."""
    if line.kind in (Kind.STATUS, Kind.EMERGENCY) and line.text in words:
        return replace(line, text=pick(words[line.text]))
    return line


def who_of(line: Exchange, crews: Mapping[str, str]) -> str:
    """The other side: the crew's call sign, else the number of its radio or group."""
    sign = crews.get(line.unit_id, "")
    if sign:
        return sign
    if line.kind in (Kind.TALK, Kind.GROUP) and line.channel:
        return line.channel
    return line.radio or "–"


def _said(connection: Any, radio: Radio, words: Mapping[str, Words]) -> str:
    found = service.last_said(connection, radio.link_id, radio.radio)
    return what_text(in_language(found, words)) if found is not None else ""
