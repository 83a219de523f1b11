"""The acts of the month's view: done in the background, told in the status line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject

from console.core.ids import OfficerId
from console.roster import service
from console.roster.model import LeaveKind, Person
from console.roster.page.parts import PageParts
from console.ui.acts import Failed, PageActs

translate = QCoreApplication.translate
Then = Callable[[], None]


class MonthActs(PageActs):
    """Each method is one act of whoever sits here; ``done`` follows when it is saved or refused."""

    def __init__(self, parts: PageParts, parent: QObject) -> None:
        super().__init__(parts.background, parts.say, parent)
        self._parts = parts

    def generate(
        self, rotation: str, starts_on: date, teams: Sequence[str], then: Then, failed: Failed
    ) -> None:
        """The month's draft follows the rotation."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(cells: int) -> None:
            told = translate("Roster", "Draft made: {n} shifts. Publish it with P.")
            self._tell(told.format(n=cells))
            then()

        self._ask(
            lambda: service.generate(database, actor, rotation, starts_on, teams), saved, failed
        )

    def publish(self, month: str, base_rev: int, reason: str, then: Then, failed: Failed) -> None:
        """The month's draft is in force."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(rev: int) -> None:
            told = translate("Roster", "Roster {month} is published as revision {rev}")
            self._tell(told.format(month=month, rev=rev))
            then()

        self._ask(lambda: service.publish(database, actor, month, base_rev, reason), saved, failed)

    def change(self, person: Person, day: date, new: service.NewCell) -> None:
        """The draft has another shift."""
        database, actor = self._parts.database, self._parts.actor()
        told = translate("Roster", "{name} {day} changed in the draft").format(
            name=person.name, day=f"{day:%m-%d}"
        )
        self._ask(
            lambda: service.change_cell(database, actor, person.id, day, new),
            lambda _: self._tell(told),
        )

    def sign_on(self, person: Person) -> None:
        """The officer is here; for a short while Ctrl+Z signs him off again."""
        self._sign(person, True)

    def sign_off(self, person: Person) -> None:
        """The officer has gone; for a short while Ctrl+Z signs him on again."""
        self._sign(person, False)

    def _sign(self, person: Person, on: bool, undo_s: float = 60) -> None:
        parts = self._parts
        database, actor, bound = parts.database, parts.actor(), parts.bound
        words = translate("Roster", "{name} is signed on")
        if not on:
            words = translate("Roster", "{name} is signed off")
        told = words.format(name=person.name)

        def work() -> None:
            if on:
                service.sign_on(database, actor, person.id)
            else:
                service.sign_off(database, actor, person.id, bound)

        def saved(_: None) -> None:
            self._tell(told)
            if undo_s:
                parts.undo.offer(told, lambda: self._sign(person, not on, 0), undo_s)

        self._ask(work, saved)

    def set_team(self, person: Person, team_id: str | None, name: str) -> None:
        """The officer is in this team; with ``name`` a new team is made for him."""
        database, actor = self._parts.database, self._parts.actor()

        def work() -> None:
            place = service.add_team(database, actor, name) if name else team_id
            service.set_team(database, actor, person.id, place)

        told = translate("Roster", "Team of {name} changed").format(name=person.name)
        self._ask(work, lambda _: self._tell(told))

    def set_skills(self, person: Person, codes: Iterable[str]) -> None:
        """The officer has exactly these qualifications."""
        database, actor, wanted = self._parts.database, self._parts.actor(), list(codes)
        told = translate("Roster", "Qualifications of {name} changed").format(name=person.name)
        self._ask(
            lambda: service.set_qualifications(database, actor, person.id, wanted),
            lambda _: self._tell(told),
        )

    def add_leave(
        self, officer: OfficerId, kind: LeaveKind, span: tuple[date, date], note: str,
        answer: tuple[Then, Failed],
    ) -> None:  # fmt: skip
        """The officer is away; ``answer`` is what follows when saved, and when refused."""
        database, actor = self._parts.database, self._parts.actor()
        then, failed = answer

        def saved(_: str) -> None:
            self._tell(translate("Roster", "Leave is kept; what is short is marked"))
            then()

        self._ask(
            lambda: service.add_leave(database, actor, officer, kind, span, note), saved, failed
        )

    def remove_leave(self, leave_id: str) -> None:
        """The leave is taken back."""
        database, actor = self._parts.database, self._parts.actor()
        told = translate("Roster", "Leave taken back")
        self._ask(
            lambda: service.remove_leave(database, actor, leave_id), lambda _: self._tell(told)
        )
