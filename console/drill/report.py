"""What a drill measured, as cli.md's report asks; nothing in it is assumed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psutil

from console.alarms import service as alarms
from console.app.console import Console
from console.core.ids import CallId
from console.core.outbox import counts
from console.dispatch import service as dispatch
from console.dispatch.model import Origin
from console.drill.crews import Crews
from console.drill.devices import Devices
from console.drill.rounds.videowall import WallSeen
from console.links.model import UP
from console.roster.model import FixVerdict
from console.ui.gap_meter import GapMeter


class ErrorKeeper(logging.Handler):
    """Keeps every error that is logged while it listens."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One more error, on one line."""
        text = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text}: {record.exc_info[1]!r}"
        self.errors.append(f"{record.name}: {text}")

    def start(self) -> None:
        """Listens."""
        logging.getLogger().addHandler(self)

    def stop(self) -> None:
        """Listens no more."""
        logging.getLogger().removeHandler(self)


def rss_mb() -> float:
    """This process's resident memory in MiB."""
    return round(psutil.Process().memory_info().rss / 2**20, 1)


@dataclass(frozen=True, slots=True)
class Played:
    """What took part in a drill."""

    console: Console
    crews: Crews
    devices: Devices
    gaps: GapMeter
    begun_at: datetime
    seen: WallSeen
    right: Mapping[str, str]  # call id → the camera that shows its place, as the script knows


def popped(played: Played) -> list[dict[str, Any]]:
    """Each call of the script that brought cameras up: the first camera, and whether it was right."""
    console = played.console
    if console.pop_ups is None:
        return []
    found = []
    with console.post.database.read() as connection:
        for event in {one.id: one for one in console.pop_ups.events.brought}.values():
            wanted = played.right.get(event.ref)
            if wanted is None:
                continue
            number = dispatch.call(connection, CallId(event.ref)).call.number
            first = event.sights[0].camera.number
            right = first == wanted
            found.append({"call": number, "camera": first, "right": right})
    return found


def make_report(played: Played, seconds: float, rss_start_mb: float) -> dict[str, Any]:
    """Everything but the errors, read now."""
    post, crews, gaps = played.console.post, played.crews, played.gaps
    with post.database.read() as connection:
        tally = dispatch.tally(connection)
        told = counts(connection)
        moved = dispatch.steps_by(connection, Origin.RADIO)
        raised = alarms.tally(connection, played.begun_at)
    lost, recovered = post.links.totals()
    acknowledged = told.get("acknowledged", 0)
    pending, aside = told.get("pending", 0), told.get("set_aside", 0)
    shown, stalled = post.wall.totals()
    return {
        "seconds": round(seconds, 1),
        "calls": tally,
        "units_moved": crews.moved(),
        "positions": post.positions.counts().get(FixVerdict.TAKEN, 0),
        "links": {
            "up": sum(state.phase in UP for state in post.links.snapshot()),
            "lost": lost,
            "recovered": recovered,
        },
        "alarms": raised,
        "radio": {
            "statuses": played.devices.statuses,
            "steps": moved,
            "sos_confirmed": played.devices.confirmed,
        },
        "cameras": {"shown": shown, "stalled": stalled},
        "cameras_moving": played.seen.moving,
        "popped": popped(played),
        "sent_back": played.seen.sent_back,
        "sync": {
            "sent": acknowledged + aside,
            "acknowledged": acknowledged,
            "pending": pending,
            "set_aside": aside,
        },
        "latency_ms": {
            "city_to_screen": post.timings.figures("city_to_screen"),
            "act_to_saved": post.timings.figures("act_to_saved"),
        },
        "ui_gap_ms": {key: gaps.figures()[key] for key in ("p50", "p999", "max")},
        "rss_mb": {"start": rss_start_mb, "end": rss_mb()},
    }
