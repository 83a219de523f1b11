"""Calls and crews as the map's markers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from console.core.ids import UnitId
from console.dispatch.model import Call, CallCard, CallStatus, LampState, Limits, lamps
from console.gridmap.page.marker import Marker
from console.roster.model import UnitView, Whereabouts


def unit_markers(
    units: Iterable[UnitView], latest: Mapping[UnitId, Whereabouts], now: datetime
) -> list[Marker]:
    """One marker a crew whose place is known, as old as that place is."""
    found = []
    for view in units:
        place = latest.get(view.unit.id) or view.whereabouts
        if place is None or not view.unit.on_duty:
            continue
        moving = place.speed_mps is not None and place.speed_mps > 0.5
        found.append(
            Marker(
                view.unit.id,
                place.lat,
                place.lon,
                str(view.unit.mode),
                view.unit.call_sign,
                str(view.status.meaning),
                place.age_s(now),
                place.course_deg if moving else None,
            )
        )
    return found


def call_markers(cards: Iterable[CallCard], limits: Limits, now: datetime) -> list[Marker]:
    """One marker an open call that has a point."""
    found = []
    for card in cards:
        call = card.call
        if call.lat is None or call.lon is None:
            continue
        kind = f"call{min(max(call.level, 1), 4)}"
        found.append(
            Marker(call.id, call.lat, call.lon, kind, call.number, call_tone(call, limits, now))
        )
    return found


def call_tone(call: Call, limits: Limits, now: datetime) -> str:
    """What the call needs from a person: late, waiting, or nothing while crews are on it."""
    if any(lamp.state is LampState.LATE for lamp in lamps(call, limits, now)):
        return "late"
    waiting = (CallStatus.RECEIVED, CallStatus.SIGNED, CallStatus.REOPENED)
    return "waiting" if call.status in waiting else "underway"
