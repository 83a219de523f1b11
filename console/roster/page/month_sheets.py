"""The sheets of the month's view: generate, publish, leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from console.roster.model import LeaveKind, Person, Team
from console.roster.page.month_parts import MonthLook
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.panel import label
from console.ui.words import pick

translate = QCoreApplication.translate
LISTED_MOST = 12


class GenerateSheet(FormSheet):
    """Asks for preset, start and the team that begins; ``then(rotation, start, teams)``."""

    def __init__(
        self, parent: QWidget, seen: MonthLook, then: Callable[[str, date, list[str]], None]
    ) -> None:
        super().__init__(
            parent,
            Question(
                translate("Roster", "Generate the roster"),
                translate(
                    "Roster",
                    "From the start to the end of its month the draft is made anew; what is "
                    "published stays in force until you publish.",
                ),
                translate("Roster", "Generate"),
            ),
        )
        self._seen, self._then = seen, then
        self.filled.connect(self._on_filled)
        self.rotation = QComboBox()
        for one in seen.view.table.rotations.values():
            self.rotation.addItem(pick(one.words), one.code)
        self.form.add("rotation", translate("Roster", "Rotation"), self.rotation, required=True)
        start = QDateEdit()
        first = seen.view.days[0]
        begin = max(seen.today, first)
        start.setDate(QDate(begin.year, begin.month, begin.day))
        self.form.add("starts_on", translate("Roster", "From (not before today)"), start)
        self.first = QComboBox()
        for team in seen.view.teams:
            self.first.addItem(team.name, team.id)
        self.form.add("teams", translate("Roster", "Team that begins"), self.first, required=True)
        self.order = label("", "caption", wrap=True)
        self.body.addWidget(self.order)
        self.rotation.currentIndexChanged.connect(lambda _: self._tell())
        self.first.currentIndexChanged.connect(lambda _: self._tell())
        self._tell()
        self.rotation.setFocus()

    def chosen(self) -> list[Team]:
        """The teams in the order in which they enter the rotation."""
        teams, at = list(self._seen.view.teams), max(self.first.currentIndex(), 0)
        rotation = self._seen.view.table.rotations[str(self.rotation.currentData())]
        return (teams[at:] + teams[:at])[: rotation.teams]

    def _on_filled(self) -> None:
        values = self.form.values()
        self._then(
            str(values["rotation"]),
            date.fromisoformat(values["starts_on"]),
            [team.id for team in self.chosen()],
        )

    def _tell(self) -> None:
        names = " → ".join(team.name for team in self.chosen())
        told = translate("Roster", "Order: {teams}").format(teams=names or "–")
        if not names:
            told = translate("Roster", "No team yet: put officers into teams with T first.")
        self.order.setText(told)


class PublishSheet(FormSheet):
    """Shows what changed and asks for the reason; ``then(reason)``."""

    def __init__(self, parent: QWidget, seen: MonthLook, then: Callable[[str], None]) -> None:
        view = seen.view
        title = translate("Roster", "Publish {month} as revision {rev}").format(
            month=view.month, rev=view.base_rev + 1
        )
        super().__init__(
            parent, Question(title, changes_words(seen), translate("Roster", "Publish"))
        )
        self._then = then
        self.filled.connect(self._on_filled)
        short = sum(count for day, count in seen.short.items() if day >= seen.today)
        if short:
            told = translate("Roster", "Still short from today on: {n} shifts without anybody.")
            self.body.addWidget(label(told.format(n=short), "error", wrap=True))
        reason = QLineEdit()
        self.form.add(
            "reason", translate("Roster", "Reason (is logged)"), reason, view.base_rev > 0
        )
        reason.setFocus()

    def _on_filled(self) -> None:
        self._then(str(self.form.values()["reason"]))


def changes_words(seen: MonthLook) -> str:
    """What differs from the revision in force, the first dozen by name."""
    view = seen.view
    if view.revision is None:
        return translate("Roster", "The first publication of this month: {n} shifts.").format(
            n=len(view.cells)
        )
    keys = sorted(view.changed, key=lambda key: (key[1], key[0]))
    lines = [translate("Roster", "{n} cells differ from revision {rev}:").format(
        n=len(keys), rev=view.base_rev
    )]  # fmt: skip
    for officer_id, day in keys[:LISTED_MOST]:
        cell, person = view.cells.get((officer_id, day)), seen.people.get(officer_id)
        shift = pick(view.table.shift(cell.shift).words) if cell is not None else "–"
        lines.append(f"{day:%m-%d}  {person.name if person else '–'}  {shift}")
    if len(keys) > LISTED_MOST:
        lines.append(translate("Roster", "and {n} more").format(n=len(keys) - LISTED_MOST))
    return "\n".join(lines)


def leave_words(kind: LeaveKind) -> str:
    """What a leave is called."""
    return {
        LeaveKind.LEAVE: translate("Roster", "leave"),
        LeaveKind.TIME_BACK: translate("Roster", "time back"),
        LeaveKind.TRAINING: translate("Roster", "training"),
    }[kind]


class LeaveSheet(FormSheet):
    """Asks for an officer's leave; ``then(kind, from, until, note)``."""

    def __init__(
        self, parent: QWidget, person: Person, day: date,
        then: Callable[[LeaveKind, tuple[date, date], str], None],
    ) -> None:  # fmt: skip
        title = translate("Roster", "{name} is away").format(name=person.name)
        text = translate("Roster", "Working shifts of these days become gaps that are marked.")
        super().__init__(parent, Question(title, text, translate("Roster", "Save")))
        self._then = then
        self.filled.connect(self._on_filled)
        kind = QComboBox()
        for one in LeaveKind:
            kind.addItem(leave_words(one), str(one))
        self.form.add("kind", translate("Roster", "Kind"), kind, required=True)
        fields: Sequence[tuple[str, str]] = (
            ("from_day", translate("Roster", "First day")),
            ("until_day", translate("Roster", "Last day")),
        )
        for key, words in fields:
            editor = QDateEdit()
            editor.setDate(QDate(day.year, day.month, day.day))
            self.form.add(key, words, editor)
        self.form.add("note", translate("Roster", "Note"), QLineEdit())
        kind.setFocus()

    def _on_filled(self) -> None:
        values = self.form.values()
        span = (date.fromisoformat(values["from_day"]), date.fromisoformat(values["until_day"]))
        self._then(LeaveKind(values["kind"]), span, str(values["note"]))
