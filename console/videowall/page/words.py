"""What the wall says of a picture and of a camera."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.ui.lamp import UNKNOWN, LampFace, Shape
from console.ui.moments import age_text
from console.ui.style import Tone
from console.ui.words import pick
from console.videowall.model import (
    FAILURE_WORDS,
    VERDICT_WORDS,
    Camera,
    Phase,
    Picture,
    Verdict,
)

translate = QCoreApplication.translate


def state_face(picture: Picture) -> LampFace:
    """The picture's state as a lamp."""
    return {
        Phase.OFF: UNKNOWN,
        Phase.OPENING: LampFace(Shape.HALF, Tone.ACCENT, translate("Wall", "Opening")),
        Phase.PLAYING: _playing_face(picture),
        Phase.STALLED: LampFace(Shape.TRIANGLE, Tone.LATE, translate("Wall", "Stopped")),
        Phase.FAILED: LampFace(Shape.CROSS, Tone.ALARM, translate("Wall", "No signal")),
    }[picture.phase]


def _playing_face(picture: Picture) -> LampFace:
    """Live; or what is wrong with pictures that do come."""
    if picture.verdict in (None, Verdict.GOOD):
        return LampFace(Shape.DOT, Tone.CALM, translate("Wall", "Live"))
    return LampFace(Shape.TRIANGLE, Tone.LATE, pick(VERDICT_WORDS[picture.verdict]))


def head_age(picture: Picture) -> str:
    """How old the picture is, as short as a tile's head needs it; of one that comes in time only that."""
    if picture.age_s is None or picture.phase in (Phase.OFF, Phase.OPENING, Phase.FAILED):
        return ""
    if picture.phase is Phase.PLAYING and picture.age_s < 1:
        return translate("Wall", "<1 s")  # tenths that change all the time are read by nobody
    if picture.phase is Phase.PLAYING:
        return translate("Wall", "{age} s").format(age=f"{picture.age_s:.1f}")
    return age_text(picture.age_s)


def left_face(picture: Picture, at: datetime) -> LampFace:
    """How a camera stood when it was last looked through, and when."""
    time = f"{at.astimezone():%H:%M}"
    if picture.phase is Phase.PLAYING:
        return LampFace(Shape.TICK, Tone.QUIET, time)
    if picture.phase in (Phase.STALLED, Phase.FAILED):
        return LampFace(Shape.CROSS, Tone.LATE, time)
    return UNKNOWN


def state_line(picture: Picture) -> str:
    """One line under the picture: how old it is, and what was counted."""
    age = picture.age_s or 0.0
    match picture.phase:
        case Phase.OFF:
            return translate("Wall", "No camera is shown; nothing is taken in.")
        case Phase.OPENING:
            return translate("Wall", "Opening for {n} s").format(n=int(picture.asked_s))
        case Phase.PLAYING:
            return translate("Wall", "Live · last picture {age} s ago · {count} pictures").format(
                age=f"{age:.1f}", count=f"{picture.shown:,}"
            )
        case Phase.STALLED:
            return stalled_line(picture)
        case _:
            return failure_line(picture)


def stalled_line(picture: Picture) -> str:
    """That the picture stands, and since when."""
    return translate("Wall", "Picture stopped · {n} s ago").format(n=int(picture.age_s or 0))


def failure_line(picture: Picture) -> str:
    """Why no picture comes; empty where that is not known."""
    return pick(FAILURE_WORDS[picture.failure][0]) if picture.failure is not None else ""


def plate_words(picture: Picture) -> tuple[str, str]:
    """Title and advice in place of the picture; two empty texts while it runs."""
    advice = pick(FAILURE_WORDS[picture.failure][1]) if picture.failure is not None else ""
    match picture.phase:
        case Phase.OFF:
            return translate("Wall", "No picture"), translate(
                "Wall", "Choose a camera at the left and press Enter."
            )
        case Phase.OPENING:
            return translate("Wall", "Opening …"), translate(
                "Wall", "The first picture usually comes within two seconds."
            )
        case Phase.STALLED:
            why = failure_line(picture)
            waits = translate("Wall", "This is the last picture. It goes on by itself.")
            return stalled_line(picture), f"{why} {advice}".strip() or waits
        case Phase.FAILED:
            return translate("Wall", "No signal · {why}").format(why=failure_line(picture)), advice
        case _:
            return "", ""


def yielding_words() -> tuple[str, str]:
    """On a tile that makes room for an event's cameras."""
    return translate("Wall", "Gives way to the event"), translate(
        "Wall", "Send the event back with Ctrl+W; this picture comes back by itself."
    )


def direction_text(camera: Camera) -> str:
    """Where it looks, in words of eight winds and degrees."""
    if camera.direction_deg is None:
        return translate("Wall", "direction not set")
    winds = (
        translate("Wall", "north"),
        translate("Wall", "north-east"),
        translate("Wall", "east"),
        translate("Wall", "south-east"),
        translate("Wall", "south"),
        translate("Wall", "south-west"),
        translate("Wall", "west"),
        translate("Wall", "north-west"),
    )
    wind = winds[round(camera.direction_deg / 45) % 8]
    return translate("Wall", "looks {wind} ({deg}°)").format(
        wind=wind, deg=f"{camera.direction_deg:.0f}"
    )
