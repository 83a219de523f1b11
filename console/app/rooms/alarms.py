"""The page of the alarms in the frame: an alarm becomes a call in one act."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from console.alarms import service as alarms
from console.alarms.model import Alarm, Kind
from console.alarms.page import AlarmsPage, PageParts
from console.alarms.page.words import narrative, place_text
from console.app.console import Console
from console.app.post import Post
from console.core.actor import Actor
from console.core.ids import CallId
from console.core.words import Words
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.people.model import Right, require


def build(console: Console) -> QWidget:
    """The page, which hears of alarms whenever the frame does."""
    post = console.post

    def natures() -> Mapping[str, Words]:
        with post.database.read() as connection:
            found = dispatch.natures(connection, post.clock.now()).natures
        return {code: nature.words for code, nature in found.items()}

    def show_call(call_id: str) -> None:
        console.window.show_page("desk")
        console.desk.open_call(CallId(call_id))

    page = AlarmsPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            lambda actor, alarm_id, nature: make_call(post, actor, alarm_id, nature),
            natures,
            show_call,
        )
    )
    console.news.bell.changed.connect(page.refresh)
    return page


def make_call(post: Post, actor: Actor, alarm_id: str, nature: str) -> str:
    """The alarm is a call with its place and device filled in, and is acknowledged; returns the
    call's number. Refused when it has become one already."""
    require(actor, Right.TAKE_CALLS)
    ground = dispatch.RoadsGround(post.roads)
    with post.database.act(actor) as act:
        alarm = alarms.alarm(act.connection, alarm_id, act.at)
        kind = alarms.kinds_now(act.connection, act.at).of(alarm.kind)
        new = _new_call(alarm, kind.source, nature, ground)
        call_id = dispatch.take_call_within(act, new, ground)
        alarms.link_call(act, alarm.id, call_id)
        return dispatch.call(act.connection, call_id).call.number


def _new_call(alarm: Alarm, source: str, nature: str, ground: dispatch.Ground) -> NewCall:
    """What the alarm tells. A point off the post's map is left out, its words stay. The time of a
    pressed button is the time of the call; who turns a fault into a call does so now."""
    lat, lon = alarm.lat, alarm.lon
    if lat is not None and lon is not None and ground.covers(lat, lon) is False:
        lat = lon = None
    place = place_text(alarm) if alarm.place or lat is not None else ""
    pressed_at = alarm.last_at if alarm.kind == Kind.BUTTON else None
    return NewCall(
        source, nature, narrative(alarm), place=place, lat=lat, lon=lon, received_at=pressed_at
    )
