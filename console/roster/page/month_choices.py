"""The questions with a list of answers: a cell's shift, a team, a qualification, a leave."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from console.core.ids import OfficerId
from console.roster.model import Person, open_gaps
from console.roster.page.grid import MonthGrid
from console.roster.page.month_acts import MonthActs
from console.roster.page.month_parts import MonthLook
from console.roster.page.month_sheets import leave_words
from console.roster.service import NewCell
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.words import pick

translate = QCoreApplication.translate
STANDIN, NO_TEAM = "standin:", "-"


def ask_cell(parent: QWidget, seen: MonthLook, grid: MonthGrid, acts: MonthActs) -> None:
    """Asks what the chosen cell shall be: who stands in first, then the shifts."""
    person, day, cell = grid.officer(), grid.day(), grid.cell()
    if person is None or day is None:
        return
    table, was = seen.view.table, cell.shift if cell is not None else ""
    options = [
        Option(one.code, f"{pick(one.letter)}  {pick(one.words)}")
        for one in table.shifts.values()
        if one.code != was
    ]
    used = {one.shift for one in seen.view.cells.values()}
    plain = {code for code, one in table.shifts.items() if not one.works}
    options.sort(key=lambda option: (option.value not in used, option.value not in plain))
    standins = {}
    if cell is None or not table.works(cell.shift):
        today = [one for one in seen.view.cells.values() if one.day == day]
        for gap in open_gaps(today, table):
            other = seen.people.get(gap.officer_id)
            if gap.officer_id != person.id and other is not None:
                words = translate("Roster", "Stand in for {name}: {shift}").format(
                    name=other.name, shift=pick(table.shift(gap.planned).words)
                )
                value = f"{STANDIN}{gap.officer_id}"
                standins[value] = gap
                options.append(Option(value, words))

    def chosen(value: str, _: str) -> None:
        gap = standins.get(value)
        if gap is None:
            acts.change(person, day, NewCell(value, was))
        else:
            acts.change(person, day, NewCell(gap.planned, was, OfficerId(gap.officer_id)))

    now = pick(table.shift(was).words) if was else translate("Roster", "nothing planned")
    title = f"{person.name} {day:%m-%d}"
    ChoiceSheet(
        parent, Question(title, translate("Roster", "Now: {shift}").format(shift=now)),
        sorted(options, key=lambda option: not option.value.startswith(STANDIN)), chosen,
    )  # fmt: skip


def ask_team(parent: QWidget, seen: MonthLook, person: Person, acts: MonthActs) -> None:
    """Asks for the officer's team, or the name of a new one."""
    options = [Option(team.id, team.name) for team in seen.view.teams]
    options.append(Option(NO_TEAM, translate("Roster", "no team")))

    def chosen(value: str, name: str) -> None:
        acts.set_team(person, None if value == NO_TEAM else value, name)

    ChoiceSheet(
        parent, Question(translate("Roster", "Team of {name}").format(name=person.name)),
        options, chosen, translate("Roster", "or the name of a new team"),
    )  # fmt: skip


def ask_skill(parent: QWidget, seen: MonthLook, person: Person, acts: MonthActs) -> None:
    """Asks which qualification the officer gains or loses."""
    had = set(seen.skills.get(person.id, ()))
    options = [
        Option(code, f"{'✓' if code in had else '　'} {pick(words)}")
        for code, words in seen.view.table.qualifications.items()
    ]
    ChoiceSheet(
        parent,
        Question(
            translate("Roster", "Qualifications of {name}").format(name=person.name),
            translate("Roster", "What is ticked he has; the choice turns it round."),
        ),
        options,
        lambda code, _: acts.set_skills(person, had ^ {code}),
    )


def ask_leave_back(parent: QWidget, seen: MonthLook, person: Person, acts: MonthActs) -> None:
    """Asks which leave is taken back."""
    options = [
        Option(one.id, f"{leave_words(one.kind)} {one.from_day:%m-%d}–{one.until_day:%m-%d}")
        for one in seen.leaves_of(person.id)
    ]
    ChoiceSheet(
        parent, Question(translate("Roster", "Take back leave of {name}").format(name=person.name)),
        options, lambda value, _: acts.remove_leave(value),
    )  # fmt: skip
