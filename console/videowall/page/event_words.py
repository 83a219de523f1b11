"""What the region of events says: why cameras came, how far they are, and what came before."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.ui.moments import clock_text
from console.ui.words import pick
from console.videowall.model import EVENT_TITLE, Event, Sight

translate = QCoreApplication.translate


def event_title(event: Event) -> str:
    """Which call or alarm it is."""
    return pick(event.title)


def event_note(event: Event, behind: int) -> str:
    """Why and when the cameras came, where, and how many events wait behind."""
    why = f"{pick(EVENT_TITLE[event.why])} {clock_text(event.at)}"
    parts = [why, event.place]
    if behind:
        parts.append(translate("PopUp", "{n} more wait").format(n=behind))
    return " · ".join(part for part in parts if part)


def sight_note(sight: Sight) -> str:
    """How far the camera is from the event, and when it is known to look away."""
    words = translate("PopUp", "{m} m").format(m=round(sight.range_m))
    if sight.looks is False:
        return translate("PopUp", "{range}, looks away").format(range=words)
    return words


def list_line(event: Event, state: str) -> str:
    """The event in the list of all."""
    cameras = ", ".join(one.camera.number for one in event.sights)
    return f"{state} {clock_text(event.at)} {event_title(event)} {event.place} · {cameras}"


def before_words(seconds: float) -> str:
    """What the key that plays back would show."""
    return translate("PopUp", "Before: {n} s").format(n=round(seconds))
