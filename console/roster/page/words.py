"""The words and lamps of the page: moves, meanings, duty levels, who did a thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.actor import Actor
from console.core.errors import Refused
from console.core.words import Words
from console.people.model import RIGHT_WORDS, Officer, Right, allowed
from console.roster.model import Doubt, FixVerdict, Meaning, Status, status_lamp
from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

MARKS: dict[Meaning, tuple[Shape, Tone]] = {
    Meaning.AVAILABLE: (Shape.DOT, Tone.CALM),
    Meaning.BOUND: (Shape.HALF, Tone.ACCENT),
    Meaning.RESERVE: (Shape.RING, Tone.QUIET),
    Meaning.OUT: (Shape.DASH, Tone.QUIET),
    Meaning.EMERGENCY: (Shape.SQUARE, Tone.ALARM),
    Meaning.UNKNOWN: (Shape.TRIANGLE, Tone.LATE),
}
AGED = {"calm": Tone.CALM, "warn": Tone.LATE, "alert": Tone.ALARM}


def status_face(status: Status) -> LampFace:
    """The status as a lamp: its shape and tone hang on the meaning."""
    shape, tone = MARKS[status.meaning]
    return LampFace(shape, tone, pick(status.words))


def since_tone(status: Status, since: datetime, now: datetime) -> Tone:
    """How long the crew has been in this status, against the table's limits."""
    return AGED[status_lamp(status, since, now)]


def meaning_words(meaning: Meaning) -> str:
    """What a status means for those who send crews."""
    return {
        Meaning.AVAILABLE: translate("Roster", "Free"),
        Meaning.BOUND: translate("Roster", "On a call"),
        Meaning.RESERVE: translate("Roster", "In reserve"),
        Meaning.OUT: translate("Roster", "Out of service"),
        Meaning.EMERGENCY: translate("Roster", "Needs help"),
        Meaning.UNKNOWN: translate("Roster", "Not known"),
    }[meaning]


def mode_words(mode: str) -> str:
    """How a crew moves."""
    return {
        "car": translate("Roster", "car"),
        "motorcycle": translate("Roster", "motorcycle"),
        "bicycle": translate("Roster", "e-bike"),
        "foot": translate("Roster", "on foot"),
    }.get(mode, mode)


def level_words(level: str) -> str:
    """What a duty level is called."""
    return {
        "daily": translate("Roster", "Daily duty"),
        "reinforced": translate("Roster", "Reinforced duty"),
        "wartime": translate("Roster", "Wartime duty"),
    }.get(level, level)


def level_face(level: str) -> LampFace:
    """The duty level as a lamp: anything above daily asks for a look."""
    shape, tone = {
        "daily": (Shape.DOT, Tone.CALM),
        "reinforced": (Shape.TRIANGLE, Tone.LATE),
        "wartime": (Shape.SQUARE, Tone.ALARM),
    }.get(level, (Shape.TRIANGLE, Tone.LATE))
    return LampFace(shape, tone, level_words(level))


def who(actor: str, officers: Sequence[Officer]) -> str:
    """``officer:0102`` as people say it."""
    kind, _, name = actor.partition(":")
    if kind == "officer":
        found = next((one for one in officers if one.number == name), None)
        return f"{found.name} {name}" if found is not None else name
    return {
        "city": translate("Roster", "City centre"),
        "system": translate("Roster", "Console"),
        "device": translate("Roster", "Device"),
    }.get(kind, actor)


def listed(words: Sequence[Words | str]) -> str:
    """One line of several words; a dash for none."""
    told = [one if isinstance(one, str) else pick(one) for one in words]
    return translate("Roster", ", ").join(told) or "–"


def why_not(actor: Actor, right: Right) -> str:
    """The words of the refusal that this actor would meet; empty when he may."""
    if allowed(actor, right):
        return ""
    return say_refusal(Refused("people.not_allowed", who=actor.name, right=RIGHT_WORDS[right]))


def doubt_text() -> str:
    """A crew's receiver is not believed, in the width of a column."""
    return translate("Roster", "doubtful")


def doubt_tip(doubt: Doubt, now: datetime) -> str:
    """What the receiver said, as it said it, and why it is not drawn."""
    if doubt.verdict is FixVerdict.JUMP and doubt.metres is not None:
        why = translate("Roster", "{km} km away from its last place, faster than any crew").format(
            km=f"{doubt.metres / 1000:,.1f}"
        )
    else:
        why = translate("Roster", "no place where a crew can be")
    return translate(
        "Roster",
        "{time}: the receiver says {lat}, {lon} – {why}.\n"
        "Not drawn; the map shows the last place that was believed.",
    ).format(time=moment_text(doubt.received_at, now), lat=doubt.lat, lon=doubt.lon, why=why)
