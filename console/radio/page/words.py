"""What things of the radio room are called on the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.radio.model import (
    ChannelPhase,
    ChannelState,
    Exchange,
    Kind,
    Radio,
    RoomView,
    State,
    Talk,
    TalkPhase,
    code_text,
)
from console.ui.lamp import LampFace, Shape
from console.ui.moments import age_text, moment_text
from console.ui.row_model import Column
from console.ui.style import Tone

translate = QCoreApplication.translate

Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the log with the names it is shown with."""

    line: Exchange
    who: str
    call: str = ""


@dataclass(frozen=True, slots=True)
class CrewRadio:
    """A crew's radio with the names it is shown with. ``age_s`` None: never heard."""

    radio: Radio
    call_sign: str
    said: str
    age_s: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A channel with what the list shows of it."""

    state: ChannelState
    number: int
    chosen: bool
    up: bool
    talker: str
    age_s: float | None


def channel_face(state: ChannelState, up: bool = True) -> LampFace:
    """The lamp of a channel: its shape and word tell the state without the colour."""
    if state.emergency:
        return LampFace(Shape.SQUARE, Tone.ALARM, translate("Radio", "Emergency"))
    if not up:
        return LampFace(Shape.CROSS, Tone.LATE, translate("Radio", "Radio lost"))
    return {
        ChannelPhase.QUIET: LampFace(Shape.RING, Tone.QUIET, translate("Radio", "Quiet")),
        ChannelPhase.RECEIVE: LampFace(Shape.DOT, Tone.ACCENT, translate("Radio", "Receiving")),
        ChannelPhase.TALK: LampFace(Shape.TRIANGLE, Tone.LATE, translate("Radio", "Talking")),
        ChannelPhase.HANG: LampFace(Shape.HALF, Tone.CALM, translate("Radio", "Hang time")),
    }[state.phase]


def talk_words(talk: Talk) -> str:
    """How the post's own talk stands, in one line."""
    if talk.cause == "release_failed":
        return translate("Radio", "The radio did not stop sending: look at the radio itself!")
    if talk.phase is TalkPhase.DENIED:
        return translate("Radio", "No permit: {why}").format(why=cause_words(talk.cause))
    if talk.phase is TalkPhase.HANG and talk.cause == "hot_mic":
        return translate("Radio", "Cut: the microphone was open too long. Let the key go.")
    return {
        TalkPhase.IDLE: translate("Radio", "Ready"),
        TalkPhase.ASKED: translate("Radio", "Asking for the permit …"),
        TalkPhase.QUEUED: translate("Radio", "Waiting in the queue …"),
        TalkPhase.TALKING: translate("Radio", "Talk now"),
        TalkPhase.HANG: translate("Radio", "Over"),
        TalkPhase.DENIED: "",
    }[talk.phase]


def talk_tone(talk: Talk) -> str:
    """Amber while the microphone is open, red where something is wrong."""
    if talk.cause in ("release_failed", "hot_mic") or talk.phase is TalkPhase.DENIED:
        return "alarm"
    return "late" if talk.phase is TalkPhase.TALKING else ""


def cause_words(cause: str) -> str:
    """Why something over the radio did not come about."""
    return {
        "no_answer": translate("Radio", "no answer"),
        "busy": translate("Radio", "channel busy"),
        "refused": translate("Radio", "refused by the radio"),
        "lost": translate("Radio", "the radio's wire is gone"),
        "dropped": translate("Radio", "too much was waiting"),
        "not_supported": translate("Radio", "this radio cannot do that"),
        "taken": translate("Radio", "another one talks"),
        "ended": translate("Radio", "ended by the network"),
        "restart": translate("Radio", "not known: the console was restarted"),
        "hot_mic": translate("Radio", "cut: open too long"),
        "unreachable": translate("Radio", "not reachable"),
        "memory_full": translate("Radio", "memory of the radio full"),
        "not_supported_by_radio": translate("Radio", "this radio cannot do that"),
        "release_failed": translate("Radio", "did not stop sending"),
    }.get(cause, cause)


def kind_words(kind: Kind) -> str:
    """What was exchanged."""
    return {
        Kind.TEXT: translate("Radio", "Message"),
        Kind.STATUS: translate("Radio", "Status"),
        Kind.CHECK: translate("Radio", "Radio check"),
        Kind.TALK: translate("Radio", "Voice"),
        Kind.OVER: translate("Radio", "Voice"),
        Kind.EMERGENCY: translate("Radio", "Emergency"),
        Kind.GROUP: translate("Radio", "Channel"),
    }[kind]


def state_face(line: Exchange) -> LampFace:
    """The lamp of a line: what became of it."""
    alarm = line.kind is Kind.EMERGENCY
    return {
        State.SENDING: LampFace(Shape.RING, Tone.CALM, translate("Radio", "Sending")),
        State.TAKEN: LampFace(Shape.HALF, Tone.CALM, translate("Radio", "Sent")),
        State.RECEIVED: LampFace(Shape.TICK, Tone.CALM, translate("Radio", "Received")),
        State.READ: LampFace(Shape.TICK, Tone.ACCENT, translate("Radio", "Read")),
        State.DONE: LampFace(Shape.TICK, Tone.CALM, translate("Radio", "Done")),
        State.FAILED: LampFace(Shape.CROSS, Tone.ALARM, translate("Radio", "Failed")),
        State.HEARD: LampFace(Shape.DOT, Tone.QUIET, translate("Radio", "Heard")),
        State.OPEN: LampFace(Shape.SQUARE, Tone.ALARM, translate("Radio", "Not confirmed"))
        if alarm
        else LampFace(Shape.HALF, Tone.ACCENT, translate("Radio", "Under way")),
        State.CONFIRMED: LampFace(Shape.TICK, Tone.CALM, translate("Radio", "Confirmed")),
    }[line.state]


def what_text(line: Exchange) -> str:
    """What was said, as far as it can be read."""
    told = line.text
    if line.kind is Kind.STATUS:
        code = code_text(line.code or 0)
        told = f"{line.text} ({code})" if line.text else _unknown_status(code)
    elif line.kind is Kind.EMERGENCY:
        told = _emergency_words(line.text)
    elif line.kind in (Kind.TALK, Kind.OVER) and line.seconds is not None:
        told = translate("Radio", "{n} s").format(n=f"{line.seconds:.1f}")
    elif line.kind is Kind.CHECK and line.state is State.DONE and line.settled_at is not None:
        waited = (line.settled_at - line.at).total_seconds()
        told = translate("Radio", "answered after {n} s").format(n=f"{waited:.1f}")
    if line.count > 1:
        told = translate("Radio", "{told}, {n} times").format(told=told, n=line.count)
    if line.cause:
        told = f"{told}  {cause_words(line.cause)}".strip()
    return told


def _unknown_status(code: str) -> str:
    return translate("Radio", "unknown status {code}").format(code=code)


def _emergency_words(how: str) -> str:
    return {
        "sos": translate("Radio", "emergency button"),
        "call": translate("Radio", "emergency call"),
    }.get(how, how)


def way_text(line: Exchange) -> str:
    """Which way it went, and what it was."""
    arrow = "←" if line.inward else "→"
    return f"{arrow} {kind_words(line.kind)}"


def heard_words(how: str) -> str:
    """With what a radio was last heard."""
    return {
        "voice": translate("Radio", "voice"),
        "text": translate("Radio", "message"),
        "status": translate("Radio", "status"),
        "position": translate("Radio", "position"),
        "check": translate("Radio", "radio check"),
        "sign": translate("Radio", "sign of life"),
    }.get(how, how)


def log_columns(now: Now) -> list[Column[Shown]]:
    """The columns of the log."""
    return [
        Column(translate("Radio", "Time"), lambda s: moment_text(s.line.at, now()), 92),
        Column(translate("Radio", "Kind"), lambda s: way_text(s.line), 104),
        Column(translate("Radio", "Who"), lambda s: s.who, 112),
        Column(translate("Radio", "Channel"), lambda s: s.line.channel or "–", 88),
        Column(
            translate("Radio", "Said"),
            lambda s: ("♪ " if s.line.voice else "") + what_text(s.line),
            tip=lambda s: what_text(s.line),
        ),
        Column(
            translate("Radio", "State"), lambda s: state_face(s.line).word, 96,
            face=lambda s: state_face(s.line),
        ),
        Column(translate("Radio", "Call"), lambda s: s.call or "–", 72),
        Column(translate("Radio", "By"), lambda s: s.line.by or "–", 64),
    ]  # fmt: skip


def crew_columns() -> list[Column[CrewRadio]]:
    """The columns of the crews' radios."""
    return [
        Column(translate("Radio", "Crew"), lambda r: r.call_sign, 112),
        Column(translate("Radio", "Radio"), lambda r: r.radio.radio, 96),
        Column(
            translate("Radio", "Behind"), lambda r: _link_face(r).word, 150, face=_link_face
        ),
        Column(translate("Radio", "Last heard"), _age_words, 150, tone=_age_tone),
        Column(translate("Radio", "Said last"), lambda r: r.said or "–"),
    ]  # fmt: skip


def _link_face(row: CrewRadio) -> LampFace:
    if row.radio.link_up:
        return LampFace(Shape.DOT, Tone.CALM, row.radio.link_name)
    return LampFace(Shape.CROSS, Tone.LATE, row.radio.link_name)


def _age_words(row: CrewRadio) -> str:
    if row.age_s is None:
        return translate("Radio", "not heard yet")
    return translate("Radio", "{age} ago · {how}").format(
        age=age_text(row.age_s), how=heard_words(row.radio.heard_by)
    )


def _age_tone(row: CrewRadio) -> Tone:
    return Tone.LATE if row.late else Tone.CALM


def channel_columns() -> list[Column[ChannelRow]]:
    """The columns of the channels."""
    return [
        Column("", lambda r: str(r.number) if r.number < 10 else "", 30),
        Column(
            translate("Radio", "Channel"),
            lambda r: ("▸ " if r.chosen else "") + r.state.channel.name,
            tone=lambda r: Tone.ACCENT if r.chosen else Tone.CALM,
        ),
        Column(
            translate("Radio", "State"), lambda r: channel_face(r.state, r.up).word, 92,
            face=lambda r: channel_face(r.state, r.up),
        ),
        Column(translate("Radio", "Talks"), lambda r: r.talker or "–", 74),
        Column(translate("Radio", "Heard"), lambda r: age_text(r.age_s), 62),
    ]  # fmt: skip


def channel_rows(view: RoomView, crews: Mapping[str, str], now: datetime) -> list[ChannelRow]:
    """The channels as the list shows them."""
    return [
        ChannelRow(
            state, number, state.channel.id == view.chosen,
            view.links.get(state.channel.link_id, False), talker_name(state, crews),
            None if state.heard_at is None else (now - state.heard_at).total_seconds(),
        )
        for number, state in enumerate(view.channels, 1)
    ]  # fmt: skip


def talker_name(state: ChannelState, crews: Mapping[str, str]) -> str:
    """Who talks, or talked last, on a channel that is not quiet."""
    if state.phase is ChannelPhase.TALK:
        return translate("Radio", "the post")
    if state.phase is ChannelPhase.QUIET:
        return ""
    return crews.get(state.unit_id, state.talker)


def crew_rows(view: RoomView, crews: Mapping[str, str], now: datetime) -> list[CrewRadio]:
    """The crews' radios as the table shows them, by call sign."""
    found = []
    for radio in view.radios:
        age_s = None if radio.heard_at is None else (now - radio.heard_at).total_seconds()
        late = age_s is None or age_s > view.limits.late_s
        sign = crews.get(radio.unit_id, radio.unit_id[:8])
        found.append(CrewRadio(radio, sign, "", age_s, late))
    return sorted(found, key=lambda one: (one.call_sign, one.radio.radio))
