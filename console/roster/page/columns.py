"""What the two tables show: the crews, and the status log of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.roster.model import Status
from console.roster.page.parts import CrewRow
from console.roster.page.words import (
    doubt_text,
    doubt_tip,
    listed,
    mode_words,
    since_tone,
    status_face,
)
from console.ui.lamp import LampFace, Shape
from console.ui.moments import age_text, moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate
Now = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of a crew's status log."""

    seq: int
    at: datetime
    status: Status
    note: str
    by: str


def crew_columns(now: Now) -> list[Column[CrewRow]]:
    """The columns of the crews, in the officer's language."""
    return [
        Column(translate("Roster", "Crew"), lambda row: row.view.unit.call_sign, 56),
        Column(translate("Roster", "Name"), lambda row: row.view.unit.name or "–", 100),
        Column(
            translate("Roster", "Status"),
            lambda row: pick(row.view.status.words),
            104,
            face=lambda row: status_face(row.view.status),
        ),
        Column(
            translate("Roster", "For"),
            lambda row: age_text((now() - row.view.unit.status_since).total_seconds()),
            60,
            right=True,
            tone=lambda row: since_tone(row.view.status, row.view.unit.status_since, now()),
            tip=lambda row: moment_text(row.view.unit.status_since, now()),
        ),
        Column(translate("Roster", "On duty"), lambda row: duty_face(row).word, 66, face=duty_face),
        Column(translate("Roster", "Moves"), lambda row: mode_words(str(row.view.unit.mode)), 86),
        Column(translate("Roster", "Area"), lambda row: pick(row.area) if row.area else "–", 96),
        Column(
            translate("Roster", "Position"),
            lambda row: place_text(row, now()),
            74,
            right=True,
            tone=lambda row: place_tone(row, now()),
            tip=lambda row: place_tip(row, now()),
        ),
        Column(translate("Roster", "People"), lambda row: listed(row.view.unit.crew), 122),
        Column(translate("Roster", "Kit"), lambda row: listed(row.kit)),
    ]


def duty_face(row: CrewRow) -> LampFace:
    """On duty or off."""
    if row.view.unit.on_duty:
        return LampFace(Shape.TICK, Tone.CALM, translate("Roster", "on"))
    return LampFace(Shape.DASH, Tone.QUIET, translate("Roster", "off"))


def place_text(row: CrewRow, now: datetime) -> str:
    """How old the last place is, or that the receiver is not believed."""
    if row.doubt is not None:
        return doubt_text()
    if row.fixed_at is None:
        return translate("Roster", "no fix")
    return translate("Roster", "{age} ago").format(
        age=age_text((now - row.fixed_at).total_seconds())
    )


def place_tone(row: CrewRow, now: datetime) -> Tone:
    """Amber for a crew on duty whose place is too old to advise by, or is not known."""
    if not row.view.unit.on_duty:
        return Tone.QUIET
    if row.doubt is not None or row.fixed_at is None:
        return Tone.LATE
    if (now - row.fixed_at).total_seconds() > row.old_after_s:
        return Tone.LATE
    return Tone.CALM


def place_tip(row: CrewRow, now: datetime) -> str:
    """What a receiver said that is not believed; else when the crew was there."""
    return doubt_tip(row.doubt, now) if row.doubt is not None else moment_text(row.fixed_at, now)


def history_columns(now: Now) -> list[Column[HistoryRow]]:
    """The columns of the status log, in the officer's language."""
    return [
        Column(translate("Roster", "Time"), lambda row: moment_text(row.at, now()), 92),
        Column(
            translate("Roster", "Status"),
            lambda row: pick(row.status.words),
            92,
            face=lambda row: status_face(row.status),
        ),
        Column(
            translate("Roster", "By"),
            lambda row: row.by.partition(" ")[0],
            64,
            tip=lambda row: row.by,
        ),
        Column(translate("Roster", "Note"), lambda row: row.note or "–"),
    ]
