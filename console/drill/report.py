"""What a drill measured, as cli.md's report asks; nothing in it is assumed."""

from __future__ import annotations

import logging
from typing import Any

import psutil

from console.app.console import Console
from console.core.outbox import counts
from console.dispatch import service as dispatch
from console.drill.crews import Crews
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


def make_report(
    console: Console, crews: Crews, gaps: GapMeter, seconds: float, rss_start_mb: float
) -> dict[str, Any]:
    """Everything but the errors, read now."""
    post = console.post
    with post.database.read() as connection:
        tally = dispatch.tally(connection)
        told = counts(connection)
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
        "cameras": {"shown": shown, "stalled": stalled},
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
