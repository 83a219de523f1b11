"""The page's acts: done in the background, told in the status line, offered to be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from console.core.ids import UnitId
from console.roster import service
from console.roster.model import DutyLevel, Meaning, NewUnit, Status, Unit
from console.roster.page.merge import Clash, save
from console.roster.page.parts import CrewRow, PageParts
from console.roster.page.words import level_words
from console.ui.acts import Failed, PageActs
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate


class RosterActs(PageActs):
    """Each method is one act of whoever sits here; ``done`` follows when it is saved."""

    def __init__(self, parts: PageParts, parent: QObject) -> None:
        super().__init__(parts.background, parts.say, parent)
        self._parts = parts

    def add(self, new: NewUnit, then: Callable[[UnitId], None], failed: Failed) -> None:
        """One more crew; ``then`` gets its id, ``failed`` why not."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(unit_id: UnitId) -> None:
            self._tell(translate("Roster", "Crew {crew} added").format(crew=new.call_sign))
            then(unit_id)

        self._ask(lambda: service.add_unit(database, actor, new), saved, failed)

    def change(
        self, base: Unit, new: NewUnit, then: Callable[[Clash | None], None], failed: Failed
    ) -> None:
        """The crew is as told; ``then`` gets the clash when someone else changed the same field."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(clash: Clash | None) -> None:
            if clash is None:
                self._tell(translate("Roster", "Crew {crew} changed").format(crew=new.call_sign))
            then(clash)

        self._ask(lambda: save(database, actor, base, new), saved, failed)

    def set_status(self, row: CrewRow, status: Status, undo_s: float) -> None:
        """The crew has this status; for a short while Ctrl+Z takes it back."""
        parts, unit = self._parts, row.view.unit
        if unit.status == status.code:
            return
        actor = parts.actor()
        words = translate("Roster", "{crew} is now {status}").format(
            crew=unit.call_sign, status=pick(status.words)
        )

        def saved(_: None) -> None:
            self._tell(words)
            parts.undo.offer(words, lambda: self._undo_status(unit), undo_s)

        work = service.set_status
        self._ask(lambda: work(parts.database, actor, unit.id, status.code), saved)

    def set_on_duty(self, row: CrewRow, on_duty: bool, undo_s: float) -> None:
        """The crew is on duty, or off; for a short while Ctrl+Z takes it back."""
        parts, unit = self._parts, row.view.unit

        def saved(_: None) -> None:
            words = duty_words(row, on_duty)
            still_out = on_duty and row.view.status.meaning is Meaning.OUT
            self._tell(words, Tone.LATE if still_out else Tone.CALM)
            parts.undo.offer(words, lambda: self._put_duty(unit, not on_duty), undo_s)

        actor = parts.actor()
        self._ask(lambda: service.set_on_duty(parts.database, actor, unit.id, on_duty), saved)

    def set_level(
        self, level: DutyLevel, note: str, then: Callable[[], None], failed: Failed
    ) -> None:
        """The post is at this duty level from now on."""
        database, actor = self._parts.database, self._parts.actor()

        def saved(_: None) -> None:
            self._tell(
                translate("Roster", "{level} holds from now on").format(
                    level=level_words(str(level))
                )
            )
            then()

        self._ask(lambda: service.set_duty_level(database, actor, level, note), saved, failed)

    def _undo_status(self, unit: Unit) -> None:
        database, actor = self._parts.database, self._parts.actor()
        told = translate("Roster", "Status of {crew} taken back").format(crew=unit.call_sign)
        self._ask(lambda: service.undo_status(database, actor, unit.id), lambda _: self._tell(told))

    def _put_duty(self, unit: Unit, on_duty: bool) -> None:
        database, actor = self._parts.database, self._parts.actor()
        told = translate("Roster", "Duty of {crew} is as before").format(crew=unit.call_sign)
        self._ask(
            lambda: service.set_on_duty(database, actor, unit.id, on_duty),
            lambda _: self._tell(told),
        )


def duty_words(row: CrewRow, on_duty: bool) -> str:
    """What signing on or off did, and what is still to do."""
    unit = row.view.unit
    if not on_duty:
        return translate("Roster", "{crew} is off duty").format(crew=unit.call_sign)
    if row.view.status.meaning is Meaning.OUT:
        return translate("Roster", "{crew} is on duty, but still {status}: set its status").format(
            crew=unit.call_sign, status=pick(row.view.status.words)
        )
    return translate("Roster", "{crew} is on duty").format(crew=unit.call_sign)
