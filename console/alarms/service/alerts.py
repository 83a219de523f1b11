"""Alerts of the city: taken from the feed, looked at, verified by a named person, or expired."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.alarms import model, store
from console.alarms.model import CITY, NOTE_CHARS, PLACE_CHARS, Alert, Kind, Outcome, Raising
from console.alarms.service.acts import clear_within, note, raise_within
from console.alarms.service.looking import ALERT, alarm, alert_of
from console.core.actor import Actor
from console.core.clock import from_text, to_text
from console.core.database import Act, Database
from console.core.datum import convert
from console.core.errors import Refused
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require

ID_CHARS, SOURCE_CHARS, BY_CHARS = 64, 32, 64
_KNOWN = frozenset(
    {"alert_id", "source", "place", "seen_at", "confidence", "expires_at", "picture"}
)
FIELDS, FIELD_CHARS = 20, 200


def alert_handlers() -> Mapping[str, Callable[[Act, dict[str, Any]], None]]:
    """What the alarms do with each kind of the feed."""
    return {"alert.raised": alert_raised}


def alert_raised(act: Act, payload: dict[str, Any]) -> None:
    """The alert asks for a person as an alarm does; one that is known has its facts anew, unless
    it was decided. One that is over when it comes is kept, rings nowhere, and the city hears so.
    Refused (to quarantine) without an id or an end."""
    told = _read(payload, act.at)
    was = store.alert(act.connection, told.id)
    if was is not None:
        _refresh(act, was, told)
        return
    store.insert_alert(act.connection, told)
    act.audit("alert.received", "alert", told.id, source=told.source, place=told.place)
    if told.expired(act.at):
        _expire(act, told)
        return
    name = f"{model.source_words(told.source).zh_CN} {told.place}".strip()
    raising = Raising(
        ALERT + told.id, Kind.CITY_ALERT, name, told.place, told.lat, told.lon, CITY,
        told_at=told.seen_at,
    )  # fmt: skip
    store.put_alert(act.connection, replace(told, alarm_id=raise_within(act, raising)))


def look_at(database: Database, actor: Actor, alarm_id: str) -> Alert:
    """What the city says of the alert behind this alarm; who looked stands in its log for good."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        found = alert_of(act.connection, alarm(act.connection, alarm_id, act.at))
        note(act, alarm_id, "looked")
        act.audit("alert.looked", "alert", found.id, source=found.source)
    return found


def verify(database: Database, actor: Actor, alarm_id: str, outcome: str, words: str = "") -> None:
    """This officer looked and found this; the city is told. A match lasts until its call or its end; anything else is over. Refused when it was decided or has expired."""
    require(actor, Right.TAKE_CALLS)
    words = shown(words, NOTE_CHARS)
    with database.act(actor) as act:
        was = alarm(act.connection, alarm_id, act.at)
        found = alert_of(act.connection, was)
        new = model.verify(found, outcome, actor.name, words, act.at)
        store.put_alert(act.connection, new)
        payload = {
            "alert_id": new.id, "by": actor.name[:BY_CHARS], "outcome": outcome,
            "verified_at": to_text(act.at), "note": words or None,
        }  # fmt: skip
        act.tell_city(Lane.URGENT, "alert", new.id, "alert.verified", 1, payload)
        act.audit("alert.verified", "alert", new.id, outcome=outcome, note=words)
        note(act, was.id, f"verified_{outcome}", words)
        if not was.acknowledged:
            _seen(act, was.id)
        if outcome != Outcome.MATCH and was.active:
            clear_within(act, was.id, outcome)


def end_alerts(database: Database, actor: Actor) -> int:
    """Alerts whose time is over have ended: those nobody verified are told to the city as expired,
    and nothing rings for them any more. Returns how many ended."""
    now = database.clock.now()
    with database.read() as connection:
        over = _over(connection, now)
    if not over:
        return 0
    with database.act(actor) as act:
        for one in _over(act.connection, act.at):
            if one.outcome == Outcome.MATCH:
                _end(act, one)
            else:
                _expire(act, one)
    return len(over)


def _over(connection: sa.Connection, now: datetime) -> list[Alert]:
    """Those that are undecided, or true and not over yet, and whose time has passed."""
    found = []
    for one in store.open_alerts(connection, ("", Outcome.MATCH)):
        if not one.expired(now):
            break  # the first to expire come first
        if one.outcome == Outcome.MATCH and not _lasts(connection, one, now):
            continue
        found.append(one)
    return found


def _lasts(connection: sa.Connection, one: Alert, now: datetime) -> bool:
    return bool(one.alarm_id) and alarm(connection, one.alarm_id, now).active


def _expire(act: Act, one: Alert) -> None:
    new = model.expire(one, act.at)
    store.put_alert(act.connection, new)
    payload = {"alert_id": new.id, "expired_at": to_text(new.expires_at)}
    act.tell_city(Lane.URGENT, "alert", new.id, "alert.expired", 1, payload)
    act.audit("alert.expired", "alert", new.id)
    _end(act, new)


def _end(act: Act, one: Alert) -> None:
    """The alarm behind the alert is over, and rings no more though nobody has seen it."""
    if not one.alarm_id:
        return
    was = alarm(act.connection, one.alarm_id, act.at)
    if not was.acknowledged:
        _seen(act, was.id)
    if was.active:
        clear_within(act, was.id, "expired")


def _seen(act: Act, alarm_id: str) -> None:
    was = alarm(act.connection, alarm_id, act.at)
    store.put(act.connection, model.acknowledge(was, act.actor.name, act.at))
    note(act, alarm_id, "acknowledged")


def _refresh(act: Act, was: Alert, told: Alert) -> None:
    """What the city says anew of an alert that nobody has decided; the rest is only noted."""
    if was.is_decided:
        if was.alarm_id:
            note(act, was.alarm_id, "told_anew")
        return
    store.put_alert(
        act.connection, replace(told, received_at=was.received_at, alarm_id=was.alarm_id)
    )
    act.audit("alert.received", "alert", was.id, source=told.source, place=told.place)
    if was.alarm_id:
        note(act, was.alarm_id, "told_anew")


def _read(payload: Mapping[str, Any], now: datetime) -> Alert:
    alert_id = payload.get("alert_id")
    if not isinstance(alert_id, str) or not 0 < len(alert_id) <= ID_CHARS:
        raise Refused("alarms.alert_without_id")
    place = payload.get("place")
    text, lat, lon = _spot(place if isinstance(place, dict) else {})
    confidence = payload.get("confidence")
    picture = payload.get("picture")
    return Alert(
        alert_id, shown(str(payload.get("source") or ""), SOURCE_CHARS), text,
        _moment(payload, "seen_at"), _moment(payload, "expires_at"), now, lat, lon,
        _share(confidence), shown(picture, 64) if isinstance(picture, str) else "",
        _fields(payload),
    )  # fmt: skip


def _moment(payload: Mapping[str, Any], name: str) -> datetime:
    try:
        return from_text(payload[name])
    except (KeyError, TypeError, ValueError) as wrong:
        raise Refused("alarms.alert_without_time", field=name) from wrong


def _share(told: object) -> float | None:
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    return float(told) if 0 <= told <= 1 else None


def _spot(place: Mapping[str, Any]) -> tuple[str, float | None, float | None]:
    """Words and point (WGS-84); a point that cannot be, or of an unknown datum, is left out."""
    text = shown(str(place.get("text") or ""), PLACE_CHARS).replace("\n", " ")
    lat, lon = place.get("lat"), place.get("lon")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (lat, lon)):
        return text, None, None
    assert lat is not None
    assert lon is not None
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 85 and abs(lon) <= 180):
        return text, None, None
    try:
        lat, lon = convert(float(lat), float(lon), str(place.get("datum") or "wgs84"), "wgs84")
    except ValueError:
        return text, None, None
    return text, round(lat, 7), round(lon, 7)


def _fields(payload: Mapping[str, Any]) -> dict[str, str]:
    """What else the city says: names and texts or numbers, not more than a person reads."""
    more: dict[str, str] = {}
    for name, value in payload.items():
        if name not in _KNOWN and isinstance(value, str | int | float) and len(more) < FIELDS:
            more[shown(str(name), 40)] = shown(str(value), FIELD_CHARS)
    return more
