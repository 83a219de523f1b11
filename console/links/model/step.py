"""The pure step between the states of a link: plug, open, traffic, silence, loss, back-off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from console.links.model.state import LinkPhase


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a link waits for what, in seconds."""

    silence_s: float
    reopen_s: float = 30.0  # a wire silent for so long is closed and opened again
    first_retry_s: float = 0.25
    longest_retry_s: float = 1.5  # whoever plugs a device in again sees it work within moments


@dataclass(frozen=True, slots=True)
class Standing:
    """What the step remembers; moments are on the monotonic clock."""

    phase: LinkPhase = LinkPhase.ABSENT
    opened: bool = False
    quiet_since: float = 0.0  # opened, or last good frame
    attempt: int = 0  # failures since the last good frame
    retry_at: float = 0.0
    was_lost: bool = False  # lost, and no good frame since
    error: str = ""
    cause: str = ""  # a key of CAUSE_WORDS


class Next(Enum):
    """What the wire's thread must do next."""

    NOTHING = "nothing"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Looked:
    """While the wire is closed: the device is plugged in, or not. ``told`` says what was odd."""

    plugged: bool
    told: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """The wire was opened."""


@dataclass(frozen=True, slots=True)
class OpenFailed:
    """The wire could not be opened."""

    told: str
    cause: str = "cannot_open"


@dataclass(frozen=True, slots=True)
class Heard:
    """Good frames came."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Time went on without a good frame."""


@dataclass(frozen=True, slots=True)
class Nobody:
    """The wire is open for devices that call, and none is there: nothing is to be heard."""


@dataclass(frozen=True, slots=True)
class WireLost:
    """The open wire went away."""

    told: str
    cause: str = "unplugged"


Happening = Looked | Opened | OpenFailed | Heard | Quiet | Nobody | WireLost


def retry_after(attempt: int, timing: Timing) -> float:
    """Seconds until the next try after this many failures in a row: doubled each time, bounded."""
    doublings = min(max(attempt - 1, 0), 16)
    return min(timing.first_retry_s * float(2**doublings), timing.longest_retry_s)


def step(was: Standing, what: Happening, now: float, timing: Timing) -> tuple[Standing, Next]:
    """How the link stands after this happening, and what its thread must do next."""
    match what:
        case Looked():
            return _looked(was, what, now)
        case Opened():
            silent = was.phase is LinkPhase.SILENT
            phase = LinkPhase.SILENT if silent else LinkPhase.OPEN
            return replace(
                was, phase=phase, opened=True, quiet_since=now, error="", cause=""
            ), Next.NOTHING
        case OpenFailed():
            was = _known_lost(was)
            phase = LinkPhase.LOST if was.was_lost else LinkPhase.PLUGGED
            return _failed(was, phase, what, now, timing), Next.NOTHING
        case WireLost():
            lost = replace(was, was_lost=True)
            return _failed(lost, LinkPhase.LOST, what, now, timing), Next.CLOSE
        case Heard():
            return Standing(LinkPhase.TRAFFIC, True, quiet_since=now), Next.NOTHING
        case Nobody():
            phase = LinkPhase.OPEN if was.opened else was.phase
            return replace(was, phase=phase, quiet_since=now), Next.NOTHING
        case Quiet():
            return _quiet(was, now, timing)


def _looked(was: Standing, what: Looked, now: float) -> tuple[Standing, Next]:
    if not what.plugged:
        # the next plug is tried at once, however often opening failed before
        was = _known_lost(was)
        phase = LinkPhase.LOST if was.was_lost else LinkPhase.ABSENT
        gone = replace(was, phase=phase, opened=False, attempt=0, retry_at=now)
        if what.told:
            gone = replace(gone, error=what.told, cause=what.cause)
        return gone, Next.NOTHING
    if was.phase is LinkPhase.ABSENT:
        was = replace(was, phase=LinkPhase.PLUGGED, error="")
    return was, Next.OPEN if now >= was.retry_at else Next.NOTHING


def _known_lost(was: Standing) -> Standing:
    """A wire that was closed for its silence and is gone now was lost."""
    return replace(was, was_lost=True) if was.phase is LinkPhase.SILENT else was


def _failed(
    was: Standing, phase: LinkPhase, what: OpenFailed | WireLost, now: float, timing: Timing
) -> Standing:
    attempt = was.attempt + 1
    return replace(
        was,
        phase=phase,
        opened=False,
        attempt=attempt,
        retry_at=now + retry_after(attempt, timing),
        error=what.told,
        cause=what.cause,
    )


def _quiet(was: Standing, now: float, timing: Timing) -> tuple[Standing, Next]:
    quiet_s = now - was.quiet_since
    if not was.opened or quiet_s < timing.silence_s:
        return was, Next.NOTHING
    if quiet_s >= max(timing.reopen_s, timing.silence_s):
        closed = replace(was, phase=LinkPhase.SILENT, opened=False, retry_at=now)
        return closed, Next.CLOSE
    return replace(was, phase=LinkPhase.SILENT), Next.NOTHING
