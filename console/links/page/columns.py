"""What the table of links shows of each link: lamps for plugged, open and traffic, and figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.links.model import (
    CAUSE_WORDS,
    FAMILY_WORDS,
    UP,
    Lamp,
    LinkPhase,
    LinkState,
    Place,
    ReplayPlace,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
)
from console.ui.lamp import UNKNOWN, LampFace, Shape
from console.ui.moments import age_text, moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate

Now = Callable[[], datetime]


def columns(
    now: Now,
    unit_name: Callable[[str], str],
    on_trial: Callable[[LinkState], bool] = lambda _: False,
) -> list[Column[LinkState]]:
    """The columns of the table, in the officer's language; a link on trial stands out."""
    name = Column[LinkState](
        translate("Links", "Link"),
        lambda s: s.config.name,
        136,
        tone=lambda s: Tone.ACCENT if on_trial(s) else Tone.CALM,
    )
    return [name, *_lamp_columns(), *_count_columns(now), *_place_columns(now, unit_name, on_trial)]


def _lamp_columns() -> list[Column[LinkState]]:
    lamps = (
        (translate("Links", "Plugged in"), plugged_face),
        (translate("Links", "Opened"), open_face),
        (translate("Links", "Identified"), identified_face),
        (translate("Links", "Data"), traffic_face),
        (translate("Links", "Heartbeat"), heartbeat_face),
    )
    return [Column(title, word_of(face), 86, face=face) for title, face in lamps]


def _count_columns(now: Now) -> list[Column[LinkState]]:
    return [
        Column(
            translate("Links", "Last frame"),
            lambda s: heard_text(s, now()),
            76,
            right=True,
            tone=heard_tone,
        ),
        Column(translate("Links", "Frames"), lambda s: f"{s.frames:,}", 72, right=True),
        Column(
            translate("Links", "Bad frames"),
            lambda s: f"{s.bad:,}",
            60,
            right=True,
            tip=bad_tip,
        ),
        Column(
            translate("Links", "Lost / back"), lambda s: f"{s.lost} / {s.recovered}", 78, right=True
        ),
    ]


def _place_columns(
    now: Now, unit_name: Callable[[str], str], on_trial: Callable[[LinkState], bool]
) -> list[Column[LinkState]]:
    return [
        Column(
            translate("Links", "Serves"),
            lambda s: unit_name(s.config.serves) if s.config.serves else "–",
            84,
        ),
        Column(
            translate("Links", "Device"),
            lambda s: kind_text(s) if on_trial(s) else place_text(s.config.transport),
            150,
            tip=device_tip,
        ),
        Column(
            translate("Links", "Last trouble"),
            lambda s: trouble_text(s, now()),
            tone=lambda s: Tone.CALM if s.phase in UP else Tone.LATE,
            tip=lambda s: s.error or translate("Links", "none so far"),
        ),
    ]


def word_of(face: Callable[[LinkState], LampFace]) -> Callable[[LinkState], str]:
    """The lamp in a word, for those who have it read to them."""
    return lambda state: face(state).word or "–"


def plugged_face(state: LinkState) -> LampFace:
    """Is the device there?"""
    if state.phase is LinkPhase.LOST:
        return LampFace(Shape.CROSS, Tone.ALARM, translate("Links", "Lost"))
    if not (state.opened or isinstance(state.config.transport, SerialPlace)):
        return UNKNOWN  # whether a device stands behind an address shows only when it answers
    if state.plugged:
        return LampFace(Shape.DOT, Tone.CALM, translate("Links", "Plugged"))
    return LampFace(Shape.RING, Tone.QUIET, translate("Links", "Not there"))


def open_face(state: LinkState) -> LampFace:
    """Is it ours?"""
    if state.opened:
        return LampFace(Shape.DOT, Tone.CALM, translate("Links", "Open"))
    if state.phase is LinkPhase.PLUGGED and state.error:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Links", "Cannot open"))
    return UNKNOWN


def traffic_face(state: LinkState) -> LampFace:
    """Does it say anything good?"""
    if state.phase is LinkPhase.TRAFFIC:
        return LampFace(Shape.DOT, Tone.CALM, translate("Links", "Traffic"))
    if state.phase is LinkPhase.SILENT:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Links", "Silent"))
    if state.phase is LinkPhase.OPEN:
        return LampFace(Shape.RING, Tone.QUIET, translate("Links", "Waiting"))
    return UNKNOWN


def identified_face(state: LinkState) -> LampFace:
    """Did it say who it is, and is it who it was?"""
    match state.lamps.identified:
        case Lamp.ON:
            return LampFace(Shape.DOT, Tone.CALM, translate("Links", "Known"))
        case Lamp.LATE:
            return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Links", "Another"))
        case Lamp.OFF:
            return LampFace(Shape.RING, Tone.QUIET, translate("Links", "Not yet"))
    return UNKNOWN


def heartbeat_face(state: LinkState) -> LampFace:
    """Does it answer or beat by itself?"""
    match state.lamps.heartbeat:
        case Lamp.ON:
            return LampFace(Shape.DOT, Tone.CALM, translate("Links", "Beats"))
        case Lamp.LATE:
            return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Links", "Late"))
        case Lamp.OFF:
            return LampFace(Shape.RING, Tone.QUIET, translate("Links", "None"))
    return UNKNOWN


def heard_text(state: LinkState, now: datetime) -> str:
    """How long ago the last good frame came."""
    if state.heard_at is None:
        return translate("Links", "never")
    return age_text((now - state.heard_at).total_seconds())


def heard_tone(state: LinkState) -> Tone:
    """Quiet while all is well."""
    late = state.phase in (LinkPhase.SILENT, LinkPhase.LOST)
    return Tone.LATE if late else Tone.CALM


def trouble_text(state: LinkState, now: datetime) -> str:
    """What last went wrong with the wire, and when."""
    if not state.error:
        return "–"
    return f"{moment_text(state.error_at, now)} {cause_text(state)}"


def cause_text(state: LinkState) -> str:
    """What last went wrong with the wire, in the officer's words."""
    words = CAUSE_WORDS.get(state.cause)
    return pick(words) if words else state.error


def bad_tip(state: LinkState) -> str:
    """Why the last bad frame was bad."""
    reasons = {
        "checksum": translate(
            "Links", "last: wrong checksum (noise on the line, or wrong baud rate)"
        ),
        "length": translate("Links", "last: cut short or too long"),
        "syntax": translate("Links", "last: not the grammar of this family"),
        "value": translate("Links", "last: a value that cannot be"),
    }
    return reasons.get(state.last_bad, translate("Links", "none so far"))


def place_text(place: Place) -> str:
    """The device as the technician set it up."""
    match place:
        case SerialPlace(identity, baud):
            return f"{identity}  {baud}"
        case TcpPlace(host, port):
            return f"{host}:{port}"
        case TcpServerPlace(bind, port):
            told = translate("Links", "devices call in at {place} (TCP)")
            return told.format(place=f"{bind or '*'}:{port}")
        case UdpPlace(host, port, listen):
            if not host:
                return translate("Links", "devices call in at {place} (UDP)").format(
                    place=f"*:{listen or port}"
                )
            return f"UDP {host}:{port}" + (f" ← {listen}" if listen else "")
        case ReplayPlace(file, speed):
            told = translate("Links", "recording {file}, {speed}× speed")
            return told.format(file=file.name, speed=f"{speed:g}")


def kind_text(state: LinkState) -> str:
    """The family of the device."""
    words = FAMILY_WORDS.get(state.config.family)
    return pick(words) if words else state.config.family


def device_tip(state: LinkState) -> str:
    """Family and today's name of the port."""
    family = kind_text(state)
    return f"{family}\n{state.port}" if state.port else family
