"""What the drill's officer does on every page between calls, by key: one round a room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from console.app.console import Console
from console.ui.dialogs import Sheet

if TYPE_CHECKING:
    from console.drill.rounds.videowall import WallSeen

Press = Callable[[QWidget, str], None]


class Round(Protocol):
    """One room's act. ``page`` is the page's key in the frame."""

    page: str

    def step(self, console: Console, press: Press) -> bool:
        """Looks at the screen and presses one key at most; True once the act is done.

        Called a few times a second while the page is shown and no sheet is open over it.
        """
        ...


@runtime_checkable
class Answers(Protocol):
    """A round that answers its own sheets, where the officer's usual answer would not do."""

    def answer(self, sheet: Sheet, press: Press) -> bool:
        """Called while a sheet is open; False leaves it to the officer."""
        ...


@dataclass(frozen=True, slots=True)
class Raisers:
    """What raises alarms in a drill, each called off the UI thread: a button, a terminal's
    emergency key, the city."""

    button: Callable[[], object]
    sos: Callable[[], object]
    alert: Callable[[], object]


def rounds(raisers: Raisers, seen: WallSeen) -> Sequence[Round]:
    """The rounds of a shift, in their order."""
    from console.alarms.model import Kind
    from console.drill.rounds.alarms import AlarmsRound
    from console.drill.rounds.assessment import AssessmentRound
    from console.drill.rounds.citizen import CitizenRound
    from console.drill.rounds.handover import HandoverRound
    from console.drill.rounds.inventory import InventoryRound
    from console.drill.rounds.patrol import PatrolRound
    from console.drill.rounds.roster import RosterRound
    from console.drill.rounds.videowall import PopUpRound, WallRound

    return (
        WallRound(seen),
        PopUpRound(seen),
        AlarmsRound(Kind.BUTTON, raisers.button),
        AlarmsRound(Kind.SOS, raisers.sos),
        AlarmsRound(Kind.CITY_ALERT, raisers.alert),
        RosterRound(),
        InventoryRound(),
        CitizenRound(),
        PatrolRound(),
        AssessmentRound(),
        HandoverRound(),
    )
