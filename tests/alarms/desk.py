"""An intake in a test's hand: what wires say goes in, turns are taken, alarms come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from console.alarms import service
from console.alarms.model import Alarm, Device, InputPlace, Kind
from console.alarms.service import AlarmIntake, Crew
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.ids import LinkId
from console.links.model import Inputs, Position, ReadingArrived
from tests.alarms.test_acts import open_now
from tests.conftest import HandClock

CREW = Crew("u1", "巡01", "available", True, None, 35.4, 121.6)
TERMINAL = "013912345678"


@dataclass
class Desk:
    """An intake whose turns a test takes, and what it asked devices to be told."""

    database: Database
    clock: HandClock
    confirmed: list[tuple[str, str]] = field(default_factory=list)
    answer: tuple[bool, str] | None = (True, "")

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """As after a restart."""
        self.intake = AlarmIntake(self.database, self.clock, lambda _: [CREW], self._confirm)
        self.intake._rounds.start = lambda: None  # type: ignore[method-assign]
        self.intake.start()

    def _confirm(self, link: str, source: str, by: str, then: Callable[[bool, str], None]) -> None:
        self.confirmed.append((link, source))
        if self.answer is not None:
            then(*self.answer)

    def hear(self, reading: Any, link: str = "l1", serves: str | None = "u1") -> None:
        self.intake.take(ReadingArrived(LinkId(link), serves, reading, self.clock.now()))

    def sos(self, at: datetime | None = None, source: str = TERMINAL, **more: Any) -> None:
        self.hear(place(at or self.clock.now(), ("sos",), source), **more)
        self.intake.turn()

    def calm(self, at: datetime | None = None) -> None:
        self.hear(place(at or self.clock.now(), ()))
        self.intake.turn()

    def inputs(self, *values: bool, unit: int = 1) -> None:
        self.hear(Inputs(unit, values), serves=None)
        self.intake.turn()

    def only(self) -> Alarm:
        (found,) = open_now(self.database)
        return found


def place(at: datetime | None, alarms: tuple[str, ...], source: str = TERMINAL) -> Position:
    return Position(source, 35.41, 121.61, True, at, 0.0, None, None, alarms)


def button(database: Database, kind: Kind = Kind.BUTTON, closed: bool = True) -> Device:
    wire = InputPlace("l1", 1, 2, closed)
    return service.keep_device(
        database, SYSTEM, Device("", "报警柱", "路口", 35.4, 121.6, kind, wire)
    )
