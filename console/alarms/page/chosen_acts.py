"""What is done with the chosen alarm, by its buttons and their keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from console.alarms import service
from console.alarms.model import OUTCOME_WORDS, Alarm, Alert, Outcome
from console.alarms.page.parts import PageParts, Story
from console.alarms.page.shelve_sheet import ShelveSheet
from console.alarms.page.verify_sheet import VerifySheet
from console.alarms.page.words import what_text
from console.core.actor import Actor
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, ask_text
from console.ui.moments import moment_text
from console.ui.words import pick

translate = QCoreApplication.translate


class Host(Protocol):
    """The page that the acts belong to: what is chosen, and who is told how an act ended."""

    def told(self) -> Story | None: ...
    def chosen_alarm(self) -> Alarm | None: ...
    def done(self, told: str) -> None: ...
    def on_failed(self, error: Exception) -> None: ...


class ChosenActs:
    """Each method is one button's act on the chosen alarm of ``host``, a page (``over``)."""

    def __init__(self, parts: PageParts, host: Host, over: QWidget) -> None:
        self._parts, self._host, self._over = parts, host, over

    def enter(self) -> None:
        """The obvious next thing: acknowledge; verify; then the call of what is one, or is to be."""
        story = self._host.told()
        if story is None:
            return
        if not story.alarm.acknowledged:
            self.acknowledge()
        elif story.alert is not None and not story.alert.outcome:
            self.verify()
        elif story.alarm.call_id or len(story.kind.natures) == 1:
            self.call()

    def acknowledge(self) -> None:
        """The chosen alarm was seen."""
        chosen = self._host.chosen_alarm()
        if chosen is None:
            return
        told = translate("Alarms", "Acknowledged: {what}").format(what=what_text(chosen))
        self.act(lambda actor: service.acknowledge(self._parts.database, actor, chosen.id), told)

    def call(self) -> None:
        """The chosen alarm becomes a call, or its call is shown."""
        story = self._host.told()
        if story is None:
            return
        if story.alarm.call_id:
            self._parts.show_call(story.alarm.call_id)
        elif len(story.kind.natures) == 1:
            self._make_call(story.alarm.id, story.kind.natures[0])
        else:
            options = [
                Option(code, f"{code}  {pick(story.natures[code])}")
                for code in story.kind.natures
                if code in story.natures
            ]
            question = Question(
                translate("Alarms", "What kind of call does it become?"), what_text(story.alarm)
            )
            alarm_id = story.alarm.id
            ChoiceSheet(
                self._over, question, options, lambda nature, _: self._make_call(alarm_id, nature)
            )

    def camera(self) -> None:
        """The nearest camera is looked through."""
        story = self._host.told()
        if story is not None and story.camera is not None:
            self._parts.show_camera(story.camera.id)

    def shelve(self) -> None:
        """The chosen alarm is put aside, or taken off the shelf."""
        story = self._host.told()
        if story is None:
            return
        alarm, parts, now = story.alarm, self._parts, self._parts.clock.now()
        if alarm.shelved(now):
            told = translate("Alarms", "Off the shelf: {what}").format(what=what_text(alarm))
            self.act(lambda actor: service.unshelve(parts.database, actor, alarm.id), told)
            return

        def save(until: datetime, reason: str) -> None:
            actor = parts.actor()

            def shelved(end: datetime) -> None:
                sheet.accept()
                told = translate("Alarms", "Shelved until {time}: {what}")
                self._host.done(told.format(time=moment_text(end, now), what=what_text(alarm)))

            parts.background.act(
                lambda: service.shelve(parts.database, actor, alarm.id, until, reason),
                shelved,
                sheet.refused,
                sheet,
            )

        sheet = ShelveSheet(self._over, alarm, now, save)

    def clear(self) -> None:
        """The chosen alarm is over, with a reason."""
        story = self._host.told()
        if story is None:
            return
        alarm, database = story.alarm, self._parts.database
        question = Question(
            translate("Alarms", "Clear “{what}” by hand?").format(what=what_text(alarm)),
            translate("Alarms", "Write how it ended; it stays in the alarm's log."),
            translate("Alarms", "Clear"),
        )
        told = translate("Alarms", "Cleared: {what}").format(what=what_text(alarm))

        def clear(reason: str) -> None:
            self.act(lambda actor: service.clear_by_hand(database, actor, alarm.id, reason), told)

        ask_text(self._over, question, clear)

    def verify(self) -> None:
        """What the city says of the chosen alert is shown – the look is on record – and judged."""
        story, parts = self._host.told(), self._parts
        if story is None or story.alert is None:
            return
        actor, alarm_id = parts.actor(), story.alarm.id
        parts.background.act(
            lambda: service.look_at(parts.database, actor, alarm_id),
            lambda alert: self._judge(alarm_id, alert),
            self._host.on_failed,
            self._over,
        )

    def act(self, act: Callable[[Actor], object], told: str) -> None:
        """The act is done in the background, and its end told."""
        actor = self._parts.actor()
        self._parts.background.act(
            lambda: act(actor),
            lambda _: self._host.done(told),
            self._host.on_failed,
            self._over,
        )

    def _judge(self, alarm_id: str, alert: Alert) -> None:
        parts = self._parts

        def save(outcome: str, note: str) -> None:
            actor = parts.actor()

            def verified(_: object) -> None:
                sheet.accept()
                found = pick(OUTCOME_WORDS[Outcome(outcome)])
                told = translate("Alarms", "Verified, and told to the city: {found}")
                self._host.done(told.format(found=found))

            parts.background.act(
                lambda: service.verify(parts.database, actor, alarm_id, outcome, note),
                verified,
                sheet.refused,
                sheet,
            )

        sheet = VerifySheet(self._over, alert, parts.clock.now(), save)

    def _make_call(self, alarm_id: str, nature: str) -> None:
        parts, actor = self._parts, self._parts.actor()

        def made(number: str) -> None:
            told = translate("Alarms", "The alarm is now call {number}; Enter shows it.")
            self._host.done(told.format(number=number))

        parts.background.act(
            lambda: parts.make_call(actor, alarm_id, nature), made, self._host.on_failed, self._over
        )
