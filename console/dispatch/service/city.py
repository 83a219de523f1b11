"""Calls that the city sends: created, updated, cancelled; each inside the feed's own transaction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from console.core.database import Act
from console.core.errors import Refused
from console.core.ids import CallId
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model import call as facts
from console.dispatch.model.call import CallStatus, How, Origin, PlaceFlag
from console.dispatch.model.machine import Step, may
from console.dispatch.service.intake import Ground, Spot, insert, received_moment, settle
from console.dispatch.service.tables import natures
from console.dispatch.service.writing import Writing
from console.gridmap.model import convert

Handler = Callable[[Act, dict[str, Any]], None]

BY_CITY = How(Origin.CITY)
_DUE = ("sign_s", "depart_s", "arrive_s", "feedback_s")
# call priority: the city wins, and what the post had stays as a log line (city-api, who wins)
_CITY_WINS = ("nature", "level", "due", "source")
# facts: both are kept; what the post put in by hand stays in front
_BOTH_KEPT = ("place", "caller_name", "caller_phone")


def handlers(ground: Ground | None = None) -> Mapping[str, Handler]:
    """What dispatch does with each kind of the feed; ``ground`` judges places."""
    return {
        "call.created": lambda act, payload: call_created(act, payload, ground),
        "call.updated": lambda act, payload: call_updated(act, payload, ground),
        "call.cancelled": call_cancelled,
    }


def call_created(act: Act, payload: dict[str, Any], ground: Ground | None = None) -> None:
    """The call stands on the board; one that is known is refreshed; one cancelled before is shown
    as cancelled. Refused (to quarantine) only without an id; whatever else is odd is kept."""
    call_id = _call_id(payload)
    if store.call_row(act.connection, call_id) is not None:
        call_updated(act, payload, ground)
        return
    told = _columns(act, payload)
    received_at = received_moment(payload.get("received_at"), act.at)
    spot = _spot(payload, ground)
    insert(act, call_id, spot, from_city=1, received_at=received_at, raw=keepable(payload), **told)
    early = store.tombstone(act.connection, call_id)
    if early is not None:
        _cancel(act, call_id, early.cause)


def call_updated(act: Act, payload: dict[str, Any], ground: Ground | None = None) -> None:
    """The call's facts are as the city tells them now; what differs is on the log, and what the
    post loses by it too. A call that is not known yet is created."""
    call_id = _call_id(payload)
    row = store.call_row(act.connection, call_id)
    if row is None:
        call_created(act, payload, ground)
        return
    writing = Writing(act, call_id, BY_CITY)
    told = {
        name: value
        for name, value in _columns(act, payload).items()
        if _mentioned(name, payload) and value != getattr(row, name)
    }
    edited = set(row.edited)
    said = _columns(act, row.raw) if row.raw else {}
    # The message is the whole call: what it only says again is no change, and ours stays.
    changes = {
        name: told[name]
        for name in _CITY_WINS
        if name in told and not (name in edited and told[name] == said.get(name))
    }
    kept: dict[str, Any] = {}
    for name in ("caller_name", "caller_phone"):
        if told.get(name):
            (kept if name in edited else changes)[name] = told[name]
    if "narrative" in told:
        changes["narrative"] = _merged(row.narrative, told["narrative"], "narrative" in edited)
    if isinstance(payload.get("place"), dict):
        _merge_place(row, _spot(payload, ground), edited, (changes, kept))
    changes = {name: value for name, value in changes.items() if value != getattr(row, name)}
    lost = {name: getattr(row, name) for name in _CITY_WINS if name in changes and name in edited}
    if not changes and not kept:
        return
    writing.set(**changes, raw=keepable(payload), edited=sorted(edited - set(lost)))
    fields = {
        name: [getattr(row, name), value]
        for name, value in (changes | kept).items()
        if name != "caller_phone"
    }
    writing.done(
        "updated", told.get("narrative", ""),
        detail={"fields": fields, "names": sorted(changes), "kept_ours": sorted(kept)},
    )  # fmt: skip
    _note_overruled(writing, lost, changes)


def _note_overruled(writing: Writing, lost: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    for name, value in lost.items():
        detail = {"field": name, "ours": value, "city": changes[name]}
        writing.line("overruled", f"{value} → {changes[name]}", detail=detail)


def call_cancelled(act: Act, payload: dict[str, Any]) -> None:
    """The call is off and its crews are free, each with a line. One that is not known yet is
    remembered; one that is finished stays so (the scene is the post's), with a line."""
    call_id = _call_id(payload)
    cause = shown(str(payload.get("cause") or ""), facts.NOTE_CHARS)
    if store.call_row(act.connection, call_id) is None:
        at = received_moment(payload.get("cancelled_at"), act.at)
        store.insert_tombstone(act.connection, call_id, at, cause, keepable(payload))
        act.audit("call.cancelled_early", "call", call_id, cause=cause)
        return
    _cancel(act, call_id, cause)


def _cancel(act: Act, call_id: CallId, cause: str) -> None:
    writing = Writing(act, call_id, BY_CITY)
    if writing.status is CallStatus.CANCELLED:
        return
    if not may(writing.status, Step.CANCEL):
        writing.done("cancel_late", cause)
        return
    writing.step(Step.CANCEL)
    crews = writing.open_crews()
    writing.release(crews, f"警情取消:{cause}" if cause else "警情取消")
    writing.set(cause=cause, closed_at=act.at)
    writing.done("cancelled", cause, detail={"released": [crew.unit_id for crew in crews]})


def _call_id(payload: Mapping[str, Any]) -> CallId:
    call_id = payload.get("call_id")
    if not isinstance(call_id, str) or not 0 < len(call_id) <= 64:
        raise Refused("dispatch.message_without_id")
    if not all("!" <= c <= "~" for c in call_id):
        raise Refused("dispatch.message_without_id")
    return CallId(call_id)


def _mentioned(column: str, payload: Mapping[str, Any]) -> bool:
    key = {"source": "channel", "narrative": "report"}.get(column, column)
    return (key if not column.startswith("caller_") else "reporter") in payload


def _columns(act: Act, payload: Mapping[str, Any]) -> dict[str, Any]:
    nature = shown(_text(payload.get("nature")), 32)
    reporter = payload.get("reporter")
    reporter = reporter if isinstance(reporter, dict) else {}
    return {
        "source": shown(_text(payload.get("channel")), 32) or "110",
        "nature": nature,
        "level": _level(act, payload.get("level"), nature),
        "narrative": shown(_text(payload.get("report")), facts.NARRATIVE_CHARS),
        "caller_name": shown(_text(reporter.get("name")), facts.NAME_CHARS),
        "caller_phone": shown(_text(reporter.get("phone")), facts.PHONE_CHARS),
        "due": _due(payload.get("due")),
    }


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def _level(act: Act, told: Any, nature: str) -> int:
    if isinstance(told, str) and told.isascii() and told.isdigit() and len(told) <= 2:
        told = int(told)
    if isinstance(told, int) and not isinstance(told, bool) and 1 <= told <= 99:
        return told
    return natures(act.connection, act.at).of(nature).level


def _due(told: Any) -> dict[str, int]:
    if not isinstance(told, dict):
        return {}
    return {
        name: told[name]
        for name in _DUE
        if isinstance(told.get(name), int)
        and not isinstance(told[name], bool)
        and 0 <= told[name] <= 7 * 86400
    }


def _spot(payload: Mapping[str, Any], ground: Ground | None) -> Spot:
    place = payload.get("place")
    if not isinstance(place, dict):
        return settle("", None, None, ground)
    text, lat, lon = _text(place.get("text")), place.get("lat"), place.get("lon")
    datum = place.get("datum") or "wgs84"
    spot = settle(text, lat, lon, None)
    if spot.lat is None or spot.lon is None:
        return spot
    try:
        lat, lon = convert(spot.lat, spot.lon, str(datum), "wgs84")
    except ValueError:  # a datum that nobody here knows: the point could be hundreds of metres off
        return Spot(spot.text, None, None, PlaceFlag.IMPOSSIBLE)
    return settle(text, lat, lon, ground)


def _merged(ours: str, told: str, edited: bool) -> str:
    if not told or told in ours:
        return ours
    if not edited:
        return told
    return f"{ours}\n{told}"[: facts.NARRATIVE_CHARS]


def _merge_place(
    row: Any, spot: Spot, edited: set[str], goals: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    changes, kept = goals
    by_hand = bool(edited & {"place", "lat", "lon", "place_flag"})
    worse = spot.lat is None and row.lat is not None and spot.text == row.place
    columns = {n: v for n, v in spot.columns().items() if v != getattr(row, n)}
    if not columns or worse or spot.flag is PlaceFlag.MISSING:
        return
    (kept if by_hand else changes).update(columns)


def keepable(value: Any) -> Any:
    """The message as it may be stored: numbers that are none and broken characters as text."""
    if isinstance(value, dict):
        return {str(keepable(str(k))): keepable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [keepable(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value
