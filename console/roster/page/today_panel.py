"""The shift in force: who is here, who is missing, what follows; and the chosen officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout

from console.roster.model import Person, ShiftNow
from console.roster.page.month_parts import MonthLook
from console.roster.page.month_sheets import leave_words
from console.roster.page.words import listed
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.panel import Panel, label
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.tables import RowTable
from console.ui.words import pick

translate = QCoreApplication.translate
NEXT_MOST = 6


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One person of today's list."""

    person: Person
    since: datetime | None
    expected: bool


def hour_text(at: datetime) -> str:
    """``08:00`` on the wall."""
    return f"{at.astimezone():%H:%M}"


def duty_face(row: DutyRow) -> LampFace:
    """Here, missing, or here besides."""
    if row.since is None:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Roster", "missing"))
    since = translate("Roster", "here {time}").format(time=hour_text(row.since))
    return LampFace(Shape.TICK if row.expected else Shape.RING, Tone.CALM, since)


class TodayPanel(Panel):
    """Who is on duty by the published roster, and who of them is here."""

    def __init__(self) -> None:
        super().__init__(translate("Roster", "On duty now"), freshness=True, margin=8)
        self.state = Lamp()
        self.next = label("", "soft", wrap=True)
        self.table: RowTable[DutyRow] = RowTable(
            [
                Column(translate("Roster", "Number"), lambda row: row.person.number, 62),
                Column(translate("Roster", "Full name"), lambda row: row.person.name, 84),
                Column(
                    translate("Roster", "Here"), lambda row: duty_face(row).word, face=duty_face
                ),
            ],
            lambda row: row.person.id,
        )
        self.table.view.setAccessibleName(translate("Roster", "On duty now"))
        self.table.freshness.hide()
        self.body.addWidget(self.state)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.next)

    def show_look(self, seen: MonthLook) -> None:
        """The panel shows what was read just now."""
        shift = seen.now
        if self.freshness is not None:
            self.freshness.fresh(seen.at)
        if shift is None:
            self.set_title(translate("Roster", "On duty now"))
            none = translate("Roster", "No published shift now")
            self.state.show_face(LampFace(Shape.TRIANGLE, Tone.LATE, none))
            self.table.set_empty(none, translate("Roster", "Generate with G, publish with P."))
            expected: tuple[Person, ...] = ()
        else:
            expected = shift.expected
            self._show_shift(shift)
        others = tuple(
            person for one, person in seen.people.items()
            if one in seen.here and person not in expected
        )  # fmt: skip
        rows = [DutyRow(one, seen.here.get(one.id), True) for one in expected]
        rows.sort(key=lambda row: (row.since is not None, row.person.number))
        rows += [DutyRow(one, seen.here.get(one.id), False) for one in others]
        self.table.show_rows(rows)
        self.next.setText(next_words(shift))

    def _show_shift(self, shift: ShiftNow) -> None:
        span = f"{hour_text(shift.starts_at)}–{hour_text(shift.ends_at)}"
        head = f"{pick(shift.name)} {span}"
        self.set_title(head, shift.team)
        missing = len(shift.missing)
        words = translate("Roster", "{here} of {all} here")
        told = words.format(here=shift.here, all=len(shift.expected))
        if missing:
            more = translate("Roster", "{n} missing").format(n=missing)
            self.state.show_face(LampFace(Shape.TRIANGLE, Tone.LATE, f"{told} · {more}"))
        else:
            self.state.show_face(LampFace(Shape.TICK, Tone.CALM, told))


def next_words(shift: ShiftNow | None) -> str:
    """What follows."""
    if shift is None:
        return ""
    if shift.next_name is None or shift.next_starts_at is None:
        return translate("Roster", "Nothing follows in the published roster.")
    names = [person.name for person in shift.next_expected]
    told = listed(names[:NEXT_MOST])
    if len(names) > NEXT_MOST:
        told += " " + translate("Roster", "and {n} more").format(n=len(names) - NEXT_MOST)
    return translate("Roster", "Next: {shift} {time} {team}: {names}").format(
        shift=pick(shift.next_name), time=f"{shift.next_starts_at.astimezone():%m-%d %H:%M}",
        team=shift.next_team, names=told,
    )  # fmt: skip


class OfficerPanel(Panel):
    """The officer of the chosen row, and what can be done with him."""

    def __init__(self) -> None:
        super().__init__(translate("Roster", "Chosen officer"), margin=8)
        self.facts = label("", "soft", wrap=True)
        self.body.addWidget(self.facts)
        self.on = KeyButton(translate("Roster", "Signs on"), "S", "primary")
        self.off = KeyButton(translate("Roster", "Signs off"), "O")
        self.team = KeyButton(translate("Roster", "Team"), "T")
        self.leave = KeyButton(translate("Roster", "Leave"), "L")
        self.skills = KeyButton(translate("Roster", "Skills"), "Q")
        self.back = KeyButton(translate("Roster", "Leave back"), "K")
        grid = QGridLayout()
        grid.setSpacing(6)
        buttons = (self.on, self.off, self.team, self.leave, self.skills, self.back)
        for at, button in enumerate(buttons):
            grid.addWidget(button, at // 2, at % 2)
        self.body.addLayout(grid)

    def show_officer(self, person: Person | None, seen: MonthLook | None) -> None:
        """The panel tells of this officer."""
        if person is None or seen is None:
            self.set_title(translate("Roster", "Chosen officer"))
            self.facts.setText("")
            return
        team = seen.team_of(person.id) or translate("Roster", "no team")
        self.set_title(f"{person.name} {person.number}", team)
        known = seen.view.table.qualifications
        skills = [known[code] for code in seen.skills.get(person.id, ()) if code in known]
        lines = [translate("Roster", "Qualifications: {list}").format(list=listed(skills))]
        for one in seen.leaves_of(person.id):
            span = f"{one.from_day:%m-%d}–{one.until_day:%m-%d}"
            lines.append(f"{leave_words(one.kind)} {span} {one.note}".strip())
        since = seen.here.get(person.id)
        if since is not None:
            told = translate("Roster", "Here since {time}")
            lines.append(told.format(time=f"{since.astimezone():%m-%d %H:%M}"))
        self.facts.setText("\n".join(lines))
