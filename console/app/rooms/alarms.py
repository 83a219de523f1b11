"""The page of the alarms in the frame: an alarm becomes a call in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from console.alarms import service as alarms
from console.alarms.model import Alarm, DevicesChanged, Kind
from console.alarms.page import AlarmsPage, PageParts
from console.alarms.page.parts import NearCamera
from console.alarms.page.words import camera_text, narrative, place_text
from console.app.console import Console
from console.app.post import Post
from console.app.rooms.wall import open_camera
from console.core.actor import Actor
from console.core.ids import CallId
from console.core.words import Words
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.people.model import Right, require
from console.roster.model.crews import distance_m
from console.videowall import service as videowall

SEES_M = 300.0  # a camera further away shows nothing of it


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
            lambda lat, lon: camera_near(post, lat, lon),
            lambda camera_id: open_camera(console, camera_id),
            lambda: [(state.config.id, state.config.name) for state in post.links.snapshot()],
        )
    )
    console.bridge.listen(post.bus, DevicesChanged, lambda _: page.refresh())
    console.news.bell.changed.connect(page.refresh)
    return page


def make_call(post: Post, actor: Actor, alarm_id: str, nature: str) -> str:
    """The alarm is a call with its place, device and nearest camera filled in, and is acknowledged;
    returns the call's number. Refused when it has become one already, for a test, and for a city's
    alert that nobody has verified."""
    require(actor, Right.TAKE_CALLS)
    ground = dispatch.RoadsGround(post.roads)
    with post.database.read() as connection:
        before = alarms.alarm(connection, alarm_id, post.clock.now())
    camera = None
    if before.lat is not None and before.lon is not None:
        camera = camera_near(post, before.lat, before.lon)
    with post.database.act(actor) as act:
        alarm = alarms.alarm(act.connection, alarm_id, act.at)
        kind = alarms.kinds_now(act.connection, act.at).of(alarm.kind)
        new = _new_call(alarm, kind.source, nature, ground)
        told = camera_text(camera)
        if told:
            new = replace(new, narrative=f"{new.narrative}\n{told}")
        call_id = dispatch.take_call_within(act, new, ground)
        number = dispatch.call(act.connection, call_id).call.number
        alarms.link_call(act, alarm.id, call_id, number)
    return number


def camera_near(post: Post, lat: float, lon: float) -> NearCamera | None:
    """The camera that is nearest to this point, as far as one may see from there."""
    with post.database.read() as connection:
        found = videowall.cameras(connection)
    ranged = [(distance_m(lat, lon, one.lat, one.lon), one) for one in found]
    if not ranged:
        return None
    range_m, one = min(ranged, key=lambda pair: pair[0])
    if range_m > SEES_M:
        return None
    return NearCamera(one.id, f"{one.number} {one.name}", round(range_m))


def _new_call(alarm: Alarm, source: str, nature: str, ground: dispatch.Ground) -> NewCall:
    """What the alarm tells. A point off the post's map is left out, its words stay. The time of a
    pressed button is the time of the call; who turns a fault into a call does so now."""
    lat, lon = alarm.lat, alarm.lon
    if lat is not None and lon is not None and ground.covers(lat, lon) is False:
        lat = lon = None
    place = place_text(alarm) if alarm.place or lat is not None else ""
    pressed_at = alarm.last_at if alarm.kind in (Kind.BUTTON, Kind.SOS) else None
    return NewCall(
        source, nature, narrative(alarm), place=place, lat=lat, lon=lon, received_at=pressed_at
    )
