"""What alarms are called on the screen: states, where, who, and the lines of the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.alarms.model import Alarm, Kind, LogLine
from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate

Now = Callable[[], datetime]


def state_face(alarm: Alarm, now: datetime) -> LampFace:
    """The lamp of an alarm: its shape and word tell the state without the colour."""
    return {
        "ringing": LampFace(Shape.SQUARE, Tone.ALARM, translate("Alarms", "Not acknowledged")),
        "active": LampFace(Shape.TRIANGLE, Tone.LATE, translate("Alarms", "Lasts")),
        "gone": LampFace(Shape.RING, Tone.LATE, translate("Alarms", "Gone, not acknowledged")),
        "shelved": LampFace(Shape.HALF, Tone.QUIET, translate("Alarms", "Shelved")),
        "over": LampFace(Shape.TICK, Tone.CALM, translate("Alarms", "Over")),
    }[alarm.state(now)]


def what_text(alarm: Alarm) -> str:
    """Kind and originator; a simulated input says so."""
    words = pick(alarm.title)
    if alarm.how == "simulated":
        return translate("Alarms", "{what} (simulated)").format(what=words)
    return words


def place_text(alarm: Alarm) -> str:
    """Where the device stands, or where the crew was last."""
    if alarm.place:
        return alarm.place
    if alarm.lat is None:
        return translate("Alarms", "no place")
    if alarm.kind in (Kind.LINK_LOST, Kind.UNIT_SILENT):
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
    }.get(line.kind, line.kind)
    said = {
        "simulated": translate("Alarms", "simulated input"),
        "removed": translate("Alarms", "no longer set up"),
        "not_watched": translate("Alarms", "need not report any more"),
    }.get(line.text, "" if line.kind == "call" else line.text)
    return f"{words}  {said}".rstrip()


def columns(now: Now) -> list[Column[Alarm]]:
    """The columns of the list."""
    return [
        Column(
            translate("Alarms", "State"),
            lambda a: state_face(a, now()).word,
            142,
            face=lambda a: state_face(a, now()),
        ),
        Column(translate("Alarms", "Priority"), priority_text, 62, tone=priority_tone),
        Column(translate("Alarms", "What"), what_text),
        Column(translate("Alarms", "Place"), place_text, 150),
        Column(translate("Alarms", "Since"), lambda a: moment_text(a.raised_at, now()), 92),
        Column(translate("Alarms", "Count"), lambda a: f"{a.count:,}", 56, right=True),
        Column(translate("Alarms", "Acknowledged by"), lambda a: a.acknowledged_by or "–", 84),
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
    return Tone.ALARM if alarm.priority == 1 and alarm.is_open else Tone.CALM


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
    return found
