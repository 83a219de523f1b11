"""Acts on alarms: raised and cleared by the world, acknowledged and shelved by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.alarms import model, store
from console.alarms.model import (
    REASON_CHARS,
    Alarm,
    AlarmChanged,
    Bucket,
    Kind,
    Kinds,
    LogLine,
    Raising,
    Shelf,
    Step,
    require_match,
)
from console.alarms.service.looking import alarm, alert_of, kinds_now
from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.ids import new_id
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require

BY_CHARS = 64


def raise_alarm(database: Database, actor: Actor, raising: Raising) -> str:
    """The alarm stands on the list, new or counted once more; the city is told unless its
    originator runs away. Returns the alarm's id."""
    with database.act(actor) as act:
        return raise_within(act, raising)


def raise_within(act: Act, raising: Raising) -> str:
    """The same inside another act."""
    raising = raising.cleaned()
    kinds = kinds_now(act.connection, act.at)
    kind = kinds.of(raising.kind)
    was = store.newest(act.connection, raising.originator, kind.code, kinds)
    told, first_held = _may_tell(act, raising, kinds)
    if was is None or (told and not model.same(was, kind, act.at)):
        new = model.begin(new_id(), raising, kind, act.at)
        return _save(act, _tell_raised(act, new), "raised", raising.how)
    new = model.repeat(was, raising, kind, act.at)
    if not told:
        return _save(act, model.quietly(new, was), "held" if first_held else "")
    what = "repeated" if was.active else "returned"
    asks = not was.city_active or was.acknowledged != new.acknowledged or new.is_silent
    if asks and not new.shelved(act.at):
        new = _tell_raised(act, new)
    return _save(act, new, what, raising.how)


def refresh_within(act: Act, alarm_id: str, raising: Raising) -> None:
    """The alarm, which lasts, is told once more by its device: counted, and where it is now."""
    _save(act, model.refresh(alarm(act.connection, alarm_id, act.at), raising, act.at), "")


def clear(database: Database, actor: Actor, alarm_id: str, why: str = "") -> None:
    """The alarm's cause is gone, as its originator says. Refused when it was gone already."""
    with database.act(actor) as act:
        clear_within(act, alarm_id, why)


def clear_within(act: Act, alarm_id: str, why: str = "") -> None:
    """The same inside another act."""
    new = model.clear(alarm(act.connection, alarm_id, act.at), act.at)
    _save(act, _tell_cleared(act, new), "cleared", shown(why, REASON_CHARS))


def clear_by_hand(database: Database, actor: Actor, alarm_id: str, reason: str) -> None:
    """The alarm is over, as a person says who has thereby seen it. Refused without a reason, and
    for kinds that only their device can clear."""
    require(actor, Right.TAKE_CALLS)
    reason = shown(reason, REASON_CHARS)
    with database.act(actor) as act:
        was = alarm(act.connection, alarm_id, act.at)
        kind = kinds_now(act.connection, act.at).of(was.kind)
        new = model.clear_by_hand(was, kind, reason, act.at)
        if not new.acknowledged:
            new = _tell_seen(act, model.acknowledge(new, actor.name, act.at))
        _save(act, _tell_cleared(act, new), "cleared_by_hand", reason)


def acknowledge(database: Database, actor: Actor, alarm_id: str) -> None:
    """This officer has seen the alarm and nothing rings for it any more."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        was = alarm(act.connection, alarm_id, act.at)
        new = model.acknowledge(was, actor.name, act.at)
        _save(act, _tell_seen(act, new), "acknowledged")


def shelve(
    database: Database, actor: Actor, alarm_id: str, until: datetime, reason: str
) -> datetime:
    """The alarm is silent until that time, at most for the longest that the table allows; returns
    the end. Refused without a reason or for a time that has passed."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        was = alarm(act.connection, alarm_id, act.at)
        shelf = Shelf(act.at, until, actor.name, shown(reason, REASON_CHARS))
        new = model.shelve(was, shelf, kinds_now(act.connection, act.at))
        assert new.shelf is not None
        end = new.shelf.until
        payload = {"until": to_text(end), "reason": shelf.reason, "by": actor.name[:BY_CHARS]}
        _save(act, _tell(act, new, "alarm.shelved", payload), "shelved", shelf.reason)
    return end


def unshelve(database: Database, actor: Actor, alarm_id: str) -> None:
    """The alarm is on the list again; one that lasts asks for a person anew."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        was = alarm(act.connection, alarm_id, act.at)
        _save(act, _back(act, model.unshelve(was, act.at)), "unshelved")


def end_shelves(database: Database, actor: Actor, alarm_ids: list[str]) -> None:
    """These alarms, whose time on the shelf has passed, are on the list again."""
    with database.act(actor) as act:
        for alarm_id in alarm_ids:
            was = alarm(act.connection, alarm_id, act.at)
            if was.shelf is not None and not was.shelved(act.at):
                _save(act, _back(act, model.unshelve(was, act.at)), "shelf_ended")


def tell_held(database: Database, actor: Actor, alarm_ids: list[str]) -> None:
    """These alarms, which last and were held back while their originator ran away, are told as far
    as may be told again."""
    with database.act(actor) as act:
        for alarm_id in alarm_ids:
            was = alarm(act.connection, alarm_id, act.at)
            if not waits_to_be_told(was, act.at):
                continue
            told = Raising(was.originator, was.kind, was.name)
            if _may_tell(act, told, kinds_now(act.connection, act.at))[0]:
                _save(act, _tell_raised(act, model.ask_again(was, act.at)), "told_on")


def waits_to_be_told(one: Alarm, now: datetime) -> bool:
    """It lasts, and the city does not know: it was held back."""
    return one.active and not one.city_active and one.is_reported and not one.shelved(now)


def escalate(database: Database, actor: Actor, alarm_id: str, step: Step, waited_s: float) -> None:
    """The alarm, which nobody acknowledged for so long, has climbed: the chief is called, or the
    city is told that nobody answers. Refused when somebody has acknowledged it meanwhile."""
    with database.act(actor) as act:
        new = model.escalate(alarm(act.connection, alarm_id, act.at), step)
        if step is Step.CITY:
            new = _tell_raised(act, new, {"escalation": step, "waited_s": round(waited_s)})
        _save(act, new, "escalated", step)


def link_call(act: Act, alarm_id: str, call_id: str, number: str = "") -> None:
    """Inside the act that takes the call: the alarm has become this call. Refused when it is one
    already. ``number`` is what people call the call; the log says it."""
    was = alarm(act.connection, alarm_id, act.at)
    if was.kind == Kind.CITY_ALERT:
        require_match(alert_of(act.connection, was), act.at)
    new = model.link_call(was, call_id, act.actor.name, act.at)
    if not was.acknowledged:
        new = _tell_seen(act, new)
    _save(act, new, "call", number)


def _may_tell(act: Act, raising: Raising, kinds: Kinds) -> tuple[bool, bool]:
    """Whether one more raising of this originator may be told; whether it is the first held back."""
    kept = store.bucket(act.connection, raising.originator) or Bucket.full(act.at, kinds)
    left, told = kept.take(act.at, kinds, raising.times)
    store.put_bucket(act.connection, raising.originator, left)
    return told, not told and kept.held == 0


def _back(act: Act, new: Alarm) -> Alarm:
    return _tell_raised(act, new) if new.active else new


def note(act: Act, alarm_id: str, what: str, text: str = "") -> None:
    """One line more in the alarm's log and in the trail; the alarm is as it was."""
    _save(act, alarm(act.connection, alarm_id, act.at), what, shown(text, REASON_CHARS))


def _save(act: Act, new: Alarm, what: str, text: str = "") -> str:
    """The line is written, with its log and the trail; ``what`` is empty when it only counts."""
    store.put(act.connection, new)
    if what:
        store.write_line(act.connection, new.id, LogLine(0, what, act.at, str(act.actor), text))
        act.audit(
            f"alarm.{what}", "alarm", new.id, originator=new.originator, kind=new.kind,
            name=new.name, count=new.count, text=text,
        )  # fmt: skip
    act.announce(AlarmChanged(new.id, what or "counted"))
    return new.id


def _tell(act: Act, new: Alarm, kind: str, payload: dict[str, Any]) -> Alarm:
    """The city will be told, with the alarm's next revision, of what is in earnest and not its own."""
    if not new.is_reported:
        return new
    told = replace(new, rev=new.rev + 1)
    body = {"alarm_id": new.id, "at": to_text(act.at), **payload}
    act.tell_city(Lane.URGENT, "alarm", new.id, kind, told.rev, body)
    return told


def _tell_raised(act: Act, new: Alarm, more: Mapping[str, Any] | None = None) -> Alarm:
    if not new.is_reported:
        return new
    payload: dict[str, Any] = {
        **(more or {}),
        "originator": new.originator,
        "type": new.kind,
        "priority": new.priority,
        "text": new.title.zh_CN,
        "count": new.count,
    }
    if new.how:
        payload["how"] = new.how
    if new.place or new.lat is not None:
        payload["place"] = {"text": new.place or new.name, "datum": "wgs84"}
        if new.lat is not None and new.lon is not None:
            payload["place"] |= {"lat": new.lat, "lon": new.lon}
    return _tell(act, replace(new, city_active=True), "alarm.raised", payload)


def _tell_cleared(act: Act, new: Alarm) -> Alarm:
    if not new.city_active:
        return new
    by = act.actor.name[:BY_CHARS] if act.actor.kind == "officer" else None
    return _tell(act, replace(new, city_active=False), "alarm.cleared", {"by": by})


def _tell_seen(act: Act, new: Alarm) -> Alarm:
    return _tell(act, new, "alarm.acknowledged", {"by": act.actor.name[:BY_CHARS]})
