"""The five lamps of a link from what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from console.links.model.config import Place, SerialPlace
from console.links.model.state import Lamp, Lamps, LinkPhase


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the device besides the phase of its link.

    ``names_itself``: its family may say who it is. ``other``: it said another name than before.
    ``beat_age_s``: since it last answered or beat by itself; None where it never did.
    """

    names_itself: bool = False
    identity: str = ""
    other: bool = False
    beat_age_s: float | None = None
    refused: bool = False  # it is there and could not be opened


def lamps_of(phase: LinkPhase, opened: bool, place: Place, known: Known, late_s: float) -> Lamps:
    """How the lamps stand; a heartbeat older than ``late_s`` is late."""
    return Lamps(
        plugged=_plugged(phase, opened, place),
        opened=Lamp.ON if opened else Lamp.LATE if known.refused else Lamp.OFF,
        identified=_identified(phase, opened, known),
        traffic=_traffic(phase, opened),
        heartbeat=_heartbeat(opened, known, late_s),
    )


def _plugged(phase: LinkPhase, opened: bool, place: Place) -> Lamp:
    if opened:
        return Lamp.ON
    if not isinstance(place, SerialPlace):
        return Lamp.NONE  # whether a device stands behind an address shows only when it answers
    return Lamp.ON if phase in (LinkPhase.PLUGGED, LinkPhase.SILENT) else Lamp.OFF


def _identified(phase: LinkPhase, opened: bool, known: Known) -> Lamp:
    if not opened:
        return Lamp.NONE
    if known.identity:
        return Lamp.LATE if known.other else Lamp.ON
    if not known.names_itself or phase is LinkPhase.TRAFFIC:
        return Lamp.NONE  # it speaks, and has no name to tell
    return Lamp.OFF


def _traffic(phase: LinkPhase, opened: bool) -> Lamp:
    if phase is LinkPhase.SILENT:
        return Lamp.LATE
    if not opened:
        return Lamp.NONE
    return Lamp.ON if phase is LinkPhase.TRAFFIC else Lamp.OFF


def _heartbeat(opened: bool, known: Known, late_s: float) -> Lamp:
    if known.beat_age_s is None:
        return Lamp.NONE
    if not opened:
        return Lamp.OFF
    return Lamp.LATE if known.beat_age_s > late_s else Lamp.ON
