"""Who listens to what. Two tables: event → listeners, message of the city → service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from console.alarms.model import AlarmChanged, DevicesChanged
from console.core.ballast import BallastChanged
from console.core.clock_watch import ClockJumped
from console.core.database import Act
from console.core.errors import Refused
from console.core.ids import LinkId, UnitId
from console.core.outbox import CityTold
from console.dispatch import service as dispatch
from console.dispatch.model import CallChanged
from console.dispatch.model.call import LimitsChanged
from console.gridmap.service import Roads, RoadsFailed, RoadsLoaded
from console.links.model import (
    ConfirmAlarm,
    LinkChanged,
    LinksChanged,
    Outcome,
    Position,
    ReadingArrived,
)
from console.people.model import OfficersChanged
from console.radio.model import EmergencyConfirmed, EmergencyHeard, StatusHeard
from console.roster import service as roster
from console.roster.model import (
    DutyLevelChanged,
    FixVerdict,
    RosterChanged,
    RosterPublished,
    SignedOff,
    SignedOn,
    UnitMoved,
    UnitsChanged,
    UnitStatusChanged,
    Whereabouts,
)
from console.roster.service import PositionBoard, duty_level_set
from console.roster.service.positions import Motion
from console.sync.model.road import RoadChanged
from console.upkeep.model import BackupsChanged
from console.videowall.model import CamerasChanged, Recorded, RecordFailed
from console.videowall.model.health import HealthChanged

if TYPE_CHECKING:
    from console.alarms.service import AlarmIntake, AlarmWatch
    from console.alarms.service.intake import Confirm
    from console.alarms.service.watch import Cameras, Crews
    from console.core.database import Database
    from console.dispatch.service.by_radio import RadioSteps
    from console.links.service import Supervisor
    from console.patrol.service import PatrolWatch
    from console.radio.service import RadioRoom
    from console.sync.service import Road
    from console.videowall.service import Wall
    from console.videowall.service.health_watch import HealthWatch
    from console.videowall.service.recorder import Recorder

NOT_THE_CAMERAS = frozenset({"no_output", "no_player"})  # this machine cannot draw, whoever sends
CONFIRM_S = 10.0


@dataclass(frozen=True, slots=True)
class Watches:
    """What watches the post by itself: the must-reach points, what falls silent, and what devices
    raise."""

    patrol: PatrolWatch
    alarms: AlarmWatch
    intake: AlarmIntake


Listener = Callable[[Any], None]
Handler = Callable[[Act, dict[str, Any]], None]


class DeskEars(Protocol):
    """What the window hears of."""

    def call_changed(self, event: CallChanged) -> None: ...
    def units_changed(self, event: object) -> None: ...
    def unit_moved(self, event: UnitMoved) -> None: ...
    def link_changed(self, event: object) -> None: ...
    def road_changed(self, event: RoadChanged) -> None: ...
    def duty_changed(self, event: DutyLevelChanged) -> None: ...
    def shift_changed(self, event: object) -> None: ...
    def roads_changed(self, event: object) -> None: ...
    def officers_changed(self, event: object) -> None: ...
    def alarm_changed(self, event: object) -> None: ...
    def backups_changed(self, event: object) -> None: ...
    def clock_jumped(self, event: ClockJumped) -> None: ...
    def ballast_changed(self, event: BallastChanged) -> None: ...


def city_handlers(roads: Roads) -> Mapping[str, Handler]:
    """Message of the city → what takes it in, in the transaction that moves the feed's cursor."""
    from console.alarms.service import alert_handlers

    return {
        **dispatch.handlers(dispatch.RoadsGround(roads)),
        "duty_level.set": duty_level_set,
        **alert_handlers(),
    }


def post_listeners(
    positions: PositionBoard, links: Supervisor, road: Road, watches: Watches
) -> tuple[tuple[type, Listener], ...]:
    """Event → service, in the thread of whoever publishes; each is quick."""

    def reading_arrived(event: ReadingArrived) -> None:
        reading = event.reading
        if event.serves is None or not isinstance(reading, Position):
            return
        if reading.lat is None or reading.lon is None:
            return
        motion = Motion(
            reading.speed_mps,
            reading.course_deg,
            reading.error_m,
            reading.source or event.link_id,
            reading.valid,
        )
        unit_id, at = UnitId(event.serves), event.received_at
        told = positions.take(unit_id, reading.lat, reading.lon, reading.at, at, motion)
        # too late to move the crew, yet true; or a jump, which the patrol keeps and judges itself
        if told in (FixVerdict.LATE, FixVerdict.JUMP) and reading.at is not None:
            watches.patrol.take(Whereabouts(unit_id, reading.lat, reading.lon, reading.at, at))

    return (
        (ReadingArrived, reading_arrived),
        (ReadingArrived, watches.intake.take),
        (DevicesChanged, watches.intake.devices_changed),
        (DevicesChanged, watches.alarms.look),
        (AlarmChanged, watches.intake.alarm_changed),
        (LinksChanged, lambda _: links.refresh()),
        (UnitMoved, lambda event: watches.patrol.take(event.whereabouts)),
        (CityTold, lambda event: road.nudge(event.lane)),
        (LinkChanged, watches.alarms.look),
        (LinksChanged, watches.alarms.look),
        (UnitMoved, lambda event: watches.alarms.moved(event.whereabouts.unit_id)),
    )


def film_listeners(recorder: Recorder) -> tuple[tuple[type, Listener], ...]:
    """News of the wall → the recorder, in the wall's thread; quick."""
    return ((Recorded, recorder.hear), (RecordFailed, recorder.hear))


def health_listeners(health: HealthWatch) -> tuple[tuple[type, Listener], ...]:
    """Event → the watch over the cameras' health, in the thread of whoever publishes; quick."""
    return ((CamerasChanged, health.nudge), (HealthChanged, health.nudge))


def watched_crews(positions: PositionBoard, links: Supervisor) -> Crews:
    """What the watch over alarms knows of the crews: who is to report, and when he last did."""
    from console.alarms.service import Crew

    def look(connection: Any) -> list[Crew]:
        latest = positions.latest()
        wired = {state.config.serves for state in links.snapshot()}
        found = []
        for view in roster.units(connection):
            unit, place = view.unit, latest.get(view.unit.id)
            watched = unit.on_duty and (place is not None or unit.id in wired)
            crew = Crew(unit.id, unit.call_sign, str(view.status.meaning), watched)
            if place is not None:
                crew = replace(crew, heard=place.received_at, lat=place.lat, lon=place.lon)
            found.append(crew)
        return found

    return look


def health_watch(database: Database, wall: Wall, roads: Roads) -> HealthWatch:
    """The watch over the cameras' health: the wall, a patrol with a process of its own, and the
    post's patrol areas as the ground on which cameras should stand."""
    from console.videowall.service.health_watch import HealthWatch
    from console.videowall.service.inspection import Inspection, Load, spare_screen

    def ground(lat: float, lon: float) -> bool | None:
        return roads.area_of(lat, lon) is not None if roads.areas else None

    return HealthWatch(database, wall, Inspection(database.clock, spare_screen(), Load()), ground)


def watched_cameras(wall: Wall, health: HealthWatch) -> Cameras:
    """What the watch over alarms knows of the cameras: those that are on the wall, and whether
    their pictures come; and what the patrol found of the others. One shown in several tiles lives
    when one of them does; nothing is said of one that is off by plan."""
    from console.alarms.service import CameraSeen
    from console.videowall import service as videowall
    from console.videowall.model import CameraId, Phase

    lives = {Phase.PLAYING: True, Phase.STALLED: False, Phase.FAILED: False}

    def look(connection: Any) -> list[CameraSeen]:
        patrolled = health.lives()
        known: dict[str, bool | None] = {}
        for picture in wall.pictures().values():
            if picture.camera_id and picture.failure not in NOT_THE_CAMERAS:
                live = lives.get(picture.phase)
                known[picture.camera_id] = known.get(picture.camera_id) or live
        off = {camera_id for camera_id, live in patrolled.items() if live is None}
        seen = []
        known = {**{str(key): live for key, live in patrolled.items()}, **known}
        for camera_id, live in known.items():
            with suppress(Refused):  # removed while it was shown
                one = videowall.camera(connection, CameraId(camera_id))
                name = f"{one.number} {one.name}"
                planned = camera_id in off
                alive = None if planned else live
                seen.append(CameraSeen(one.id, name, one.lat, one.lon, alive, planned))
        return seen

    return look


def confirmed(links: Supervisor, radio: Callable[[], RadioRoom]) -> Confirm:
    """How the radio room, and a radio or terminal itself, is told that its emergency was seen. One
    that cannot be told, because its family has no word for it, says nothing."""

    def confirm(link_id: str, source: str, by: str, then: Callable[[bool, str], None]) -> None:
        radio().confirmed(link_id, source, by)

        def ended(outcome: Outcome) -> None:
            if outcome.cause != "not_supported":
                then(outcome.done, outcome.cause)

        links.order(LinkId(link_id), ConfirmAlarm(source), CONFIRM_S, ended)

    return confirm


def desk_listeners(desk: DeskEars) -> tuple[tuple[type, Listener], ...]:
    """Event → window, in the UI thread (the bridge carries them over)."""
    return (
        (CallChanged, desk.call_changed),
        (LimitsChanged, desk.units_changed),
        (UnitStatusChanged, desk.units_changed),
        (UnitsChanged, desk.units_changed),
        (UnitMoved, desk.unit_moved),
        (LinkChanged, desk.link_changed),
        (LinksChanged, desk.link_changed),
        (RoadChanged, desk.road_changed),
        (DutyLevelChanged, desk.duty_changed),
        (RosterChanged, desk.shift_changed),
        (RosterPublished, desk.shift_changed),
        (SignedOn, desk.shift_changed),
        (SignedOff, desk.shift_changed),
        (RoadsLoaded, desk.roads_changed),
        (RoadsFailed, desk.roads_changed),
        (OfficersChanged, desk.officers_changed),
        (AlarmChanged, desk.alarm_changed),
        (BackupsChanged, desk.backups_changed),
        (ClockJumped, desk.clock_jumped),
        (BallastChanged, desk.ballast_changed),
    )


class EventEars(Protocol):
    """What brings cameras up."""

    def call_changed(self, event: CallChanged) -> None: ...
    def alarm_changed(self, event: AlarmChanged) -> None: ...


def pop_up_listeners(ears: EventEars) -> tuple[tuple[type, Listener], ...]:
    """Calls and alarms → the cameras that show their places, in the UI thread."""
    return ((CallChanged, ears.call_changed), (AlarmChanged, ears.alarm_changed))


def radio_listeners(
    radio: RadioRoom, steps: RadioSteps, intake: AlarmIntake
) -> tuple[tuple[type, Listener], ...]:
    """Event → radio room, in the link's own thread; and what the room makes of it → the crew's
    call, and the alarms. Each is quick."""
    from console.dispatch.service.by_radio import CrewSaid

    def status_heard(event: StatusHeard) -> None:
        if event.unit_id is not None:
            unit_id = UnitId(event.unit_id)
            steps.take(CrewSaid(unit_id, event.source, event.code, event.meaning))

    def emergency_heard(event: EmergencyHeard) -> None:
        intake.emergency(event.link_id, event.source, event.unit_id, event.at)

    return (
        (ReadingArrived, radio.take),
        (LinkChanged, radio.link_changed),
        (StatusHeard, status_heard),
        (EmergencyConfirmed, lambda event: intake.confirmed(event.link_id, event.source, event.by)),
        (EmergencyHeard, emergency_heard),
    )
