"""What the page says of recordings."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text, span_text
from console.ui.style import Tone
from console.ui.words import pick
from console.videowall.model import (
    CUT_WORDS,
    LOOKED_WORDS,
    STATE_WORDS,
    WHY_WORDS,
    KeepingRule,
    Looked,
    Recording,
    RecordingState,
)

translate = QCoreApplication.translate


def recording_face(one: Recording) -> LampFace:
    """LookedAs a recording stands, as a lamp."""
    words = pick(STATE_WORDS[one.state])
    return {
        RecordingState.RUNNING: LampFace(Shape.DOT, Tone.ACCENT, words),
        RecordingState.KEPT: LampFace(Shape.TICK, Tone.CALM, words),
        RecordingState.FAILED: LampFace(Shape.CROSS, Tone.LATE, words),
        RecordingState.MISSING: LampFace(Shape.TRIANGLE, Tone.ALARM, words),
        RecordingState.REMOVED: LampFace(Shape.DASH, Tone.QUIET, words),
    }[one.state]


def length_text(one: Recording) -> str:
    """LookedAs long it is."""
    return "–" if one.length_s is None else span_text(one.length_s)


def size_text(size: int) -> str:
    """LookedAs much room it takes."""
    return f"{size / 1_000_000:,.1f} MB"


def why_text(one: Recording) -> str:
    """What it was begun for."""
    return pick(WHY_WORDS[one.why])


def who_text(actor: str) -> str:
    """Who did it: an officer's number, or the console."""
    kind, _, name = actor.partition(":")
    return name if kind == "officer" else translate("Recordings", "console")


def facts_text(one: Recording, rule: KeepingRule | None, now: datetime) -> str:
    """One line: why it ended, whether it is held, until when it is kept, its sum."""
    parts: list[str] = []
    if one.cut is not None:
        parts.append(pick(CUT_WORDS[one.cut]))
    if one.hold is not None:
        held = translate("Recordings", "Held as evidence by {who}: {reason}")
        parts.append(held.format(who=who_text(one.hold.by), reason=one.hold.reason))
    elif one.state is RecordingState.KEPT and rule is not None:
        due = rule.due_at(one)
        until = translate("Recordings", "kept until {day}")
        parts.append(until.format(day=f"{due.astimezone():%Y-%m-%d}" if due else "–"))
    if one.removed_at is not None:
        gone = translate("Recordings", "removed {at}")
        parts.append(gone.format(at=moment_text(one.removed_at, now)))
    if one.size is not None:
        parts.append(size_text(one.size))
    asked = translate("Recordings", "asked for by {who} {at}")
    parts.append(asked.format(who=who_text(one.asked_by), at=moment_text(one.asked_at, now)))
    if one.sha256 is not None:
        parts.append(f"SHA-256 {one.sha256[:16]}…")
    return " · ".join(parts)


def look_text(look: Looked, now: datetime) -> str:
    """Who looked, when, how and why."""
    parts = (
        moment_text(look.at, now),
        who_text(look.by),
        pick(LOOKED_WORDS[look.how]),
        look.reason,
    )
    return "  ".join(parts)


def missing_words() -> tuple[str, str]:
    """What a tile says at a moment of which its film has no picture."""
    return translate("Recordings", "No picture of this moment"), translate(
        "Recordings", "The other films go on; this one joins them when its time comes."
    )


def paused_words() -> tuple[str, str]:
    """What a tile says while the replay stands."""
    return translate("Recordings", "Paused"), translate("Recordings", "Space goes on from here.")
