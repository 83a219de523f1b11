"""What alarms are called on the screen: states, where, who, and the lines of the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.alarms.model import (
    LATE,
    SIMULATED,
    TEST,
    Alarm,
    Alert,
    Kind,
    LogLine,
    Step,
    source_words,
)
from console.alarms.model.alert import EXPIRED, OUTCOME_WORDS, Outcome
from console.alarms.page.parts import NearCamera
from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate

Now = Callable[[], datetime]


def state_face(alarm: Alarm, now: datetime) -> LampFace:
    """The lamp of an alarm: its shape and word tell the state without the colour."""
    if alarm.rings(now) and alarm.escalated:
        return LampFace(Shape.SQUARE, Tone.ALARM, translate("Alarms", "Nobody answers"))
    return {
        "ringing": LampFace(Shape.SQUARE, Tone.ALARM, translate("Alarms", "Not acknowledged")),
        "active": LampFace(Shape.TRIANGLE, Tone.LATE, translate("Alarms", "Lasts")),
        "gone": LampFace(Shape.RING, Tone.LATE, translate("Alarms", "Gone, not acknowledged")),
        "shelved": LampFace(Shape.HALF, Tone.QUIET, translate("Alarms", "Shelved")),
        "test": LampFace(Shape.DASH, Tone.QUIET, translate("Alarms", "Test")),
        "over": LampFace(Shape.TICK, Tone.CALM, translate("Alarms", "Over")),
    }[alarm.state(now)]


def what_text(alarm: Alarm) -> str:
    """Kind and originator; a simulated input says so, and what is no earnest or comes late."""
    words = pick(alarm.title)
    if alarm.how == SIMULATED:
        return translate("Alarms", "{what} (simulated)").format(what=words)
    if alarm.how == TEST:
        return translate("Alarms", "{what} (test)").format(what=words)
    if alarm.how == LATE:
        return translate("Alarms", "{what} (told late)").format(what=words)
    return words


def climb_text(alarm: Alarm) -> str:
    """How far an alarm has climbed that nobody acknowledges; empty while it has not."""
    return {
        Step.CHIEF: translate("Alarms", "call the chief"),
        Step.CITY: translate("Alarms", "the city was told that nobody answers"),
    }.get(Step(alarm.escalated), "") if alarm.escalated and not alarm.acknowledged else ""  # fmt: skip


def place_text(alarm: Alarm) -> str:
    """Where the device stands, or where the crew was last."""
    if alarm.place:
        return alarm.place
    if alarm.lat is None:
        return translate("Alarms", "no place")
    if alarm.kind in (Kind.LINK_LOST, Kind.UNIT_SILENT, Kind.SOS):
        return translate("Alarms", "last place of the crew")
    return f"{alarm.lat:.5f}, {alarm.lon:.5f}"


def narrative(alarm: Alarm) -> str:
    """What the call says that the alarm becomes: what, of which device, when, how often."""
    told = translate("Alarms", "{what}, {time}").format(
        what=what_text(alarm), time=f"{alarm.raised_at.astimezone():%m-%d %H:%M:%S}"
    )
    if alarm.count > 1:
        told = translate("Alarms", "{told}; {n} times, last at {time}").format(
            told=told, n=alarm.count, time=f"{alarm.last_at.astimezone():%H:%M:%S}"
        )
    return told


def priority_text(alarm: Alarm) -> str:
    """The priority as people say it."""
    return translate("Alarms", "P{n}").format(n=alarm.priority)


def who_text(actor: str) -> str:
    """Who did it: an officer's number, or the console itself."""
    kind, _, name = actor.partition(":")
    return {
        "system": translate("Alarms", "console"),
        "device": translate("Alarms", "device"),
        "city": translate("Alarms", "city"),
    }.get(kind, name or actor)


def line_text(line: LogLine) -> str:
    """What a line of the log says happened."""
    words = {
        "raised": translate("Alarms", "raised"),
        "repeated": translate("Alarms", "raised again"),
        "returned": translate("Alarms", "came back"),
        "held": translate("Alarms", "too many: counted from here, not told"),
        "told_on": translate("Alarms", "told again"),
        "cleared": translate("Alarms", "cleared"),
        "cleared_by_hand": translate("Alarms", "cleared by hand"),
        "acknowledged": translate("Alarms", "acknowledged"),
        "shelved": translate("Alarms", "shelved"),
        "unshelved": translate("Alarms", "taken off the shelf"),
        "shelf_ended": translate("Alarms", "time on the shelf over"),
        "call": translate("Alarms", "made a call"),
        "escalated": translate("Alarms", "nobody answered"),
        "looked": translate("Alarms", "looked at what the city says"),
        "told_anew": translate("Alarms", "told anew by the city"),
        "verified_match": translate("Alarms", "verified: it is so"),
        "verified_no_match": translate("Alarms", "verified: it is not so"),
        "verified_cannot_tell": translate("Alarms", "looked into: cannot tell"),
        "confirmed": translate("Alarms", "the device was told that it was seen"),
        "unconfirmed": translate("Alarms", "the device could not be told"),
    }.get(line.kind, line.kind)
    said = {
        "simulated": translate("Alarms", "simulated input"),
        "removed": translate("Alarms", "no longer set up"),
        "not_watched": translate("Alarms", "need not report any more"),
        "planned": translate("Alarms", "off by plan"),
        "test": translate("Alarms", "in test mode"),
        "silent": translate("Alarms", "in silence"),
        "late": translate("Alarms", "told after the event"),
        "city": translate("Alarms", "by the city"),
        "chief": translate("Alarms", "the chief is to be called"),
        "expired": translate("Alarms", "its time is over"),
        "no_match": translate("Alarms", "it is not so"),
        "cannot_tell": translate("Alarms", "cannot tell"),
        "no_answer": translate("Alarms", "it did not answer"),
        "lost": translate("Alarms", "the wire is away"),
        "refused": translate("Alarms", "it refused"),
        "dropped": translate("Alarms", "too many orders waited"),
        "busy": translate("Alarms", "it was busy"),
    }.get(line.text, line.text)
    return f"{words}  {said}".rstrip()


def columns(now: Now) -> list[Column[Alarm]]:
    """The columns of the list."""
    return [
        Column(
            translate("Alarms", "State"),
            lambda a: state_face(a, now()).word,
            128,
            face=lambda a: state_face(a, now()),
            tip=climb_text,
        ),
        Column(translate("Alarms", "Priority"), priority_text, 52, tone=priority_tone),
        Column(translate("Alarms", "What"), what_text),
        Column(translate("Alarms", "Place"), place_text, 128),
        Column(translate("Alarms", "Since"), lambda a: moment_text(a.raised_at, now()), 84),
        Column(translate("Alarms", "Count"), lambda a: f"{a.count:,}", 48, right=True),
        Column(translate("Alarms", "Acknowledged by"), lambda a: a.acknowledged_by or "–", 70),
    ]


def log_columns(now: Now) -> list[Column[LogLine]]:
    """The columns of the log."""
    return [
        Column(translate("Alarms", "Time"), lambda line: moment_text(line.at, now()), 92),
        Column(translate("Alarms", "Happened"), line_text, tip=line_text),
        Column(translate("Alarms", "By"), lambda line: who_text(line.actor), 72),
    ]


def priority_tone(alarm: Alarm) -> Tone:
    """Red for the most urgent only."""
    urgent = alarm.priority == 1 and alarm.is_open and not alarm.is_test
    return Tone.ALARM if urgent else Tone.CALM


def facts(alarm: Alarm, now: datetime) -> list[tuple[str, str]]:
    """What is known of an alarm: label and value."""
    found = [
        (translate("Alarms", "State"), state_face(alarm, now).word),
        (translate("Alarms", "Place"), place_text(alarm)),
        (translate("Alarms", "Since"), moment_text(alarm.raised_at, now)),
        (
            translate("Alarms", "Count"),
            translate("Alarms", "{n}, last at {time}").format(
                n=alarm.count, time=moment_text(alarm.last_at, now)
            ),
        ),
    ]
    if alarm.cleared_at is not None:
        found.append((translate("Alarms", "Cleared"), moment_text(alarm.cleared_at, now)))
    if alarm.acknowledged:
        by = f"{alarm.acknowledged_by}  {moment_text(alarm.acknowledged_at, now)}"
        found.append((translate("Alarms", "Acknowledged"), by))
    if alarm.shelf is not None and alarm.shelved(now):
        until = f"{moment_text(alarm.shelf.until, now)}  {alarm.shelf.reason}"
        found.append((translate("Alarms", "Shelved until"), until))
    climbed = climb_text(alarm)
    if climbed:
        found.append((translate("Alarms", "Nobody answers"), climbed))
    return found


def camera_fact(camera: NearCamera | None) -> list[tuple[str, str]]:
    """The camera that may see it."""
    if camera is None:
        return []
    return [(translate("Alarms", "Nearest camera"), _away(camera))]


def camera_text(camera: NearCamera | None) -> str:
    """The same as a line of the call's narrative; empty without one."""
    if camera is None:
        return ""
    return translate("Alarms", "Nearest camera: {camera}").format(camera=_away(camera))


def _away(camera: NearCamera) -> str:
    return translate("Alarms", "{name}, {range} m away").format(
        name=camera.name, range=f"{camera.range_m:,}"
    )


def alert_facts(alert: Alert | None, now: datetime) -> list[tuple[str, str]]:
    """What is said of a city's alert to whoever passes: its sensor, how sure, until when, and
    what was found. The rest is for who looks."""
    if alert is None:
        return []
    sure = "–" if alert.confidence is None else f"{alert.confidence:.0%}"
    source = f"{pick(source_words(alert.source))}  {sure}"
    return [
        (translate("Alarms", "Source, confidence"), source),
        (translate("Alarms", "Seen"), moment_text(alert.seen_at, now)),
        (translate("Alarms", "Holds until"), moment_text(alert.expires_at, now)),
        (translate("Alarms", "Verified"), outcome_text(alert)),
    ]


def outcome_text(alert: Alert) -> str:
    """What was found, and by whom."""
    if not alert.outcome:
        return translate("Alarms", "not yet; nobody is sent before")
    if alert.outcome == EXPIRED:
        return translate("Alarms", "by nobody in time")
    return f"{pick(OUTCOME_WORDS[Outcome(alert.outcome)])}  {alert.decided_by}"
