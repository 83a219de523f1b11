"""Press to talk: a pure step from key and radio to what is asked of the radio.

idle → asked → (queued) → talking → hang → idle; or asked → denied → idle. Moments are seconds on
the monotonic clock. Whatever opened the microphone, a release follows: the key let go, the limit
of an open microphone, no answer in time, or a permit that comes after the key was let go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, StrEnum


class TalkPhase(StrEnum):
    """How far a talk has come."""

    IDLE = "idle"
    ASKED = "asked"  # the permit is asked for
    QUEUED = "queued"  # the network lets it wait
    TALKING = "talking"
    HANG = "hang"  # over; the channel is still ours to answer on
    DENIED = "denied"


OPEN = frozenset({TalkPhase.ASKED, TalkPhase.QUEUED, TalkPhase.TALKING})


@dataclass(frozen=True, slots=True)
class TalkLimits:
    """How long each may last, in seconds. ``warn_s``: before the open microphone is cut."""

    hot_mic_s: float = 60.0
    warn_s: float = 10.0
    ask_s: float = 3.0
    queue_s: float = 15.0
    hang_s: float = 5.0
    denied_s: float = 3.0


@dataclass(frozen=True, slots=True)
class Talk:
    """How it stands. ``held``: the key is down, or latched. ``spent``: the open microphone was cut
    or the permit denied, so the key must be let go before it counts again."""

    phase: TalkPhase = TalkPhase.IDLE
    channel_id: str = ""
    since: float = 0.0
    held: bool = False
    latched: bool = False
    spent: bool = False
    warned: bool = False
    cause: str = ""

    def left_s(self, now: float, limits: TalkLimits) -> float | None:
        """Seconds until the open microphone is cut; None while it is not open."""
        if self.phase is not TalkPhase.TALKING:
            return None
        return max(0.0, limits.hot_mic_s - (now - self.since))


class Do(Enum):
    """What is asked of the radio."""

    NOTHING = "nothing"
    ASK = "ask"
    RELEASE = "release"


class Cue(StrEnum):
    """What the officer hears."""

    NONE = ""
    PERMIT = "permit"
    DENIED = "denied"
    WARN = "warn"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Press:
    """Key, mouse or foot is down. ``latched``: it stays down until it is pressed once more."""

    channel_id: str
    latched: bool = False


@dataclass(frozen=True, slots=True)
class LetGo:
    """Key, mouse or foot is up."""


@dataclass(frozen=True, slots=True)
class Granted:
    """The radio may talk."""


@dataclass(frozen=True, slots=True)
class Waits:
    """The network keeps the wish in its queue."""


@dataclass(frozen=True, slots=True)
class NotGranted:
    """The radio may not, or no longer, talk."""

    cause: str


@dataclass(frozen=True, slots=True)
class Pass:
    """Time went on."""


Happening = Press | LetGo | Granted | Waits | NotGranted | Pass
Stepped = tuple[Talk, Do, Cue]


def step(was: Talk, what: Happening, now: float, limits: TalkLimits) -> Stepped:
    """How the talk stands after this, what is asked of the radio, and what is heard."""
    match what:
        case Press():
            return _pressed(was, what, now)
        case LetGo():
            return _let_go(was, now)
        case Granted():
            return _granted(was, now)
        case Waits():
            if was.phase is TalkPhase.ASKED:
                return replace(was, phase=TalkPhase.QUEUED, since=now), Do.NOTHING, Cue.NONE
            return was, Do.NOTHING, Cue.NONE
        case NotGranted(cause):
            if was.phase not in OPEN:
                return was, Do.NOTHING, Cue.NONE
            return _denied(was, cause, now), Do.NOTHING, Cue.DENIED
        case Pass():
            return _passed(was, now, limits)


def _pressed(was: Talk, what: Press, now: float) -> Stepped:
    if was.latched and what.latched:
        return _let_go(was, now)
    if was.held or was.spent or was.phase in OPEN:
        return was, Do.NOTHING, Cue.NONE
    asked = Talk(TalkPhase.ASKED, what.channel_id, now, held=True, latched=what.latched)
    return asked, Do.ASK, Cue.NONE


def _let_go(was: Talk, now: float) -> Stepped:
    free = replace(was, held=False, latched=False, spent=False)
    if was.phase is TalkPhase.TALKING:
        return replace(free, phase=TalkPhase.HANG, since=now), Do.RELEASE, Cue.NONE
    if was.phase in OPEN:
        return replace(free, phase=TalkPhase.IDLE, since=now), Do.RELEASE, Cue.NONE
    return free, Do.NOTHING, Cue.NONE


def _granted(was: Talk, now: float) -> Stepped:
    if was.phase in (TalkPhase.ASKED, TalkPhase.QUEUED):
        talking = replace(was, phase=TalkPhase.TALKING, since=now, warned=False, cause="")
        return talking, Do.NOTHING, Cue.PERMIT
    if was.phase is TalkPhase.TALKING:
        return was, Do.NOTHING, Cue.NONE
    return was, Do.RELEASE, Cue.NONE  # nobody holds the key any more


def _denied(was: Talk, cause: str, now: float) -> Talk:
    """A latched key is up again: nobody would let it go."""
    return replace(
        was, phase=TalkPhase.DENIED, since=now, cause=cause,
        held=was.held and not was.latched, latched=False, spent=was.held and not was.latched,
    )  # fmt: skip


def _passed(was: Talk, now: float, limits: TalkLimits) -> Stepped:
    lasted = now - was.since
    match was.phase:
        case TalkPhase.ASKED if lasted >= limits.ask_s:
            return _denied(was, "no_answer", now), Do.RELEASE, Cue.DENIED
        case TalkPhase.QUEUED if lasted >= limits.queue_s:
            return _denied(was, "busy", now), Do.RELEASE, Cue.DENIED
        case TalkPhase.TALKING if lasted >= limits.hot_mic_s:
            cut = replace(
                was, phase=TalkPhase.HANG, since=now, cause="hot_mic",
                held=was.held and not was.latched, latched=False,
                spent=was.held and not was.latched,
            )  # fmt: skip
            return cut, Do.RELEASE, Cue.CUT
        case TalkPhase.TALKING if not was.warned and lasted >= limits.hot_mic_s - limits.warn_s:
            return replace(was, warned=True), Do.NOTHING, Cue.WARN
        case TalkPhase.HANG if lasted >= limits.hang_s:
            return replace(was, phase=TalkPhase.IDLE, since=now), Do.NOTHING, Cue.NONE
        case TalkPhase.DENIED if lasted >= limits.denied_s:
            return replace(was, phase=TalkPhase.IDLE, since=now), Do.NOTHING, Cue.NONE
    return was, Do.NOTHING, Cue.NONE
