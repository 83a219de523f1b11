"""The crews under the map: status in words, on which call, how old their place is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent

from console.core.ids import UnitId
from console.roster.model import Doubt, Meaning, Status, UnitView, Whereabouts
from console.roster.page.words import doubt_text, doubt_tip
from console.ui.lamp import LampFace, Shape
from console.ui.moments import age_text
from console.ui.row_model import Column
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import pick

translate = QCoreApplication.translate
PEOPLE_FROM_PX = 570  # narrower, the names stand in the tip of the crew


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One crew as the board shows it."""

    unit_id: UnitId
    call_sign: str
    name: str
    mode: str
    status: Status
    since_s: int
    call: str
    place_age_s: int | None
    old_after_s: int
    crew: str
    doubt: Doubt | None = None


def mode_words(mode: str) -> str:
    """How a crew moves."""
    return {
        "car": translate("Desk", "car"),
        "motorcycle": translate("Desk", "motorcycle"),
        "bicycle": translate("Desk", "e-bike"),
        "foot": translate("Desk", "on foot"),
    }.get(mode, mode)


def _coarse(seconds: float) -> float:
    """An age in steps that an eye follows: a table of ages is not painted anew every second."""
    return seconds - seconds % (5 if seconds < 60 else 1)


def unit_rows(
    units: Sequence[UnitView],
    latest: Mapping[UnitId, Whereabouts],
    calls: Mapping[UnitId, str],
    old_after_s: int,
    now: datetime,
) -> list[UnitRow]:
    """The board's rows with the crews' newest places, by call sign. Asks Qt for nothing."""
    rows = []
    for view in sorted(units, key=lambda view: view.unit.call_sign):
        unit, place = view.unit, latest.get(view.unit.id) or view.whereabouts
        rows.append(
            UnitRow(
                unit.id,
                unit.call_sign,
                unit.name,
                str(unit.mode),
                view.status,
                int(_coarse((now - unit.status_since).total_seconds())),
                calls.get(unit.id, ""),
                None if place is None else int(_coarse(place.age_s(now))),
                old_after_s,
                "、".join(unit.crew),
            )
        )
    return rows


def unit_summary(units: Sequence[UnitView]) -> str:
    """How many crews can be sent, are on a call, and there are."""
    by_meaning = Counter(view.status.meaning for view in units)
    return translate("Desk", "{free} free · {bound} on calls · {all} in all").format(
        free=by_meaning[Meaning.AVAILABLE], bound=by_meaning[Meaning.BOUND], all=len(units)
    )


def status_face(row: UnitRow) -> LampFace:
    """The status as a lamp: its shape and tone hang on the meaning."""
    shape, tone = {
        Meaning.AVAILABLE: (Shape.DOT, Tone.CALM),
        Meaning.BOUND: (Shape.HALF, Tone.ACCENT),
        Meaning.RESERVE: (Shape.RING, Tone.QUIET),
        Meaning.OUT: (Shape.DASH, Tone.QUIET),
        Meaning.EMERGENCY: (Shape.SQUARE, Tone.ALARM),
        Meaning.UNKNOWN: (Shape.TRIANGLE, Tone.LATE),
    }[row.status.meaning]
    return LampFace(shape, tone, pick(row.status.words))


def _place_text(row: UnitRow) -> str:
    if row.doubt is not None:
        return doubt_text()
    if row.place_age_s is None:
        return translate("Desk", "no position")
    return translate("Desk", "{age} ago").format(age=age_text(row.place_age_s))


def _place_tone(row: UnitRow) -> Tone:
    old = row.place_age_s is None or row.place_age_s > row.old_after_s
    return Tone.LATE if old or row.doubt is not None else Tone.CALM


def _place_tip(row: UnitRow) -> str:
    if row.doubt is None:
        return _place_text(row)
    return doubt_tip(row.doubt, row.doubt.received_at)


def _status_text(row: UnitRow) -> str:
    return pick(row.status.words)


def _unit_tip(row: UnitRow) -> str:
    return f"{row.name} · {mode_words(row.mode)}\n{row.crew}"


class UnitBoard(RowTable[UnitRow]):
    """The crews. ``opened`` asks for another status of the chosen one."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column(translate("Desk", "Crew"), lambda row: row.call_sign, 50),
                Column(translate("Desk", "Name"), lambda row: row.name, 98, tip=_unit_tip),
                Column(translate("Desk", "Status"), _status_text, 84, face=status_face),
                Column(
                    translate("Desk", "Since"), lambda row: age_text(row.since_s), 62, right=True
                ),
                Column(translate("Desk", "Call"), lambda row: row.call, 72),
                Column(
                    translate("Desk", "Position"), _place_text, 78, tone=_place_tone, tip=_place_tip
                ),
                Column(translate("Desk", "People"), lambda row: row.crew, tip=_unit_tip),
            ],
            key=lambda row: row.unit_id,
            empty=(
                translate("Desk", "No crew yet"),
                translate("Desk", "Crews are added on the duty page, F5."),
            ),
        )
        self.view.setAccessibleName(translate("Desk", "Crews"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        people = len(self.model.columns) - 1
        self.view.setColumnHidden(people, self.width() < px(PEOPLE_FROM_PX))
