"""What the officer does at the counter, asked for on the page and done in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from console.citizen import service
from console.citizen.model import Correction, NewVisit, Personal, Visit
from console.citizen.page.parts import Look, PageParts
from console.citizen.page.receipt import write_receipt
from console.citizen.service.forgetting import FORM
from console.core import drafts
from console.core.actor import Actor
from console.ui.dialogs import Question, ask_reason
from console.ui.style import Tone
from console.ui.words import say_refusal

translate = QCoreApplication.translate

Failed = Callable[[Exception], None]


class CounterActs(QObject):
    """The acts; what each did is said on the status line."""

    def __init__(self, page: QWidget, parts: PageParts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts

    def record(self, new: NewVisit, saved: Callable[[str], None], failed: Failed) -> None:
        """The visit is recorded and its draft forgotten; ``saved`` gets its id."""
        parts, actor = self._parts, self._parts.actor()

        def work() -> tuple[str, str]:
            visit_id = service.record(parts.database, actor, new)
            self._forget_draft(actor)
            with parts.database.read() as connection:
                return visit_id, service.visit(connection, visit_id).visit.number

        def then(found: tuple[str, str]) -> None:
            told = translate("Citizen", "Recorded as {number}; P writes its receipt")
            self._say(told.format(number=found[1]))
            saved(found[0])

        parts.background.act(work, then, failed, self)

    def correct(
        self, visit: Visit, told: Correction, saved: Callable[[], None], failed: Failed
    ) -> None:
        """The visit is corrected, if nobody changed it meanwhile."""
        parts, actor = self._parts, self._parts.actor()

        def then(_: None) -> None:
            words = translate("Citizen", "{number} is corrected; the former words are kept")
            self._say(words.format(number=visit.number))
            saved()

        parts.background.act(
            lambda: service.correct(parts.database, actor, visit.id, visit.rev, told),
            then,
            failed,
            self,
        )

    def reveal(self, visit: Visit, show: Callable[[Personal], None]) -> None:
        """Who came is shown once a reason is given."""
        question = Question(
            translate("Citizen", "Show who came"),
            translate("Citizen", "The look is logged with your name and the reason."),
            translate("Citizen", "Show"),
            choices=(
                translate("Citizen", "Call the visitor back"),
                translate("Citizen", "Give back what was lost or lent"),
                translate("Citizen", "Check who it is"),
            ),
        )
        ask_reason(self._page, question, partial(self._reveal, visit, show))

    def _reveal(self, visit: Visit, show: Callable[[Personal], None], reason: str) -> None:
        parts, actor = self._parts, self._parts.actor()
        parts.background.act(
            lambda: service.reveal(parts.database, actor, visit.id, reason),
            show,
            self._failed,
            self,
        )

    def print_receipt(self, visit: Visit, look: Look, done: Callable[[], None]) -> None:
        """The receipt stands as a file; the status line says where."""
        parts, actor, post = self._parts, self._parts.actor(), self._parts.post_name()

        def work() -> Path:
            with parts.database.read() as connection:
                now = service.visit(connection, visit.id).visit
            file = write_receipt(parts.receipts, now, look, post, actor)
            service.note_receipt(parts.database, actor, visit.id, file.name)
            return file

        def then(file: Path) -> None:
            told = translate("Citizen", "The receipt of {number} is written: {file}")
            self._say(told.format(number=visit.number, file=file))
            done()

        parts.background.act(work, then, self._failed, self)

    def make_call(self, visit: Visit, done: Callable[[], None]) -> None:
        """The visit is a call on the duty desk too."""
        parts, actor = self._parts, self._parts.actor()

        def then(number: str) -> None:
            told = translate("Citizen", "{visit} is call {call} now; F1 shows it on the duty desk")
            self._say(told.format(visit=visit.number, call=number))
            done()

        parts.background.act(lambda: parts.make_call(actor, visit.id), then, self._failed, self)

    def find_draft(self, then: Callable[[dict[str, Any] | None], None]) -> None:
        """What the officer had typed of a new visit."""
        parts, officer = self._parts, str(self._parts.actor())

        def read() -> dict[str, Any] | None:
            with parts.database.read() as connection:
                return drafts.find(connection, officer, FORM)

        parts.background.act(read, then, self._failed, self)  # after what is being kept

    def keep_draft(self, owner: str, values: dict[str, Any]) -> None:
        """What its owner has typed survives a lock, a crash and a power cut."""
        parts, actor = self._parts, self._parts.actor()
        if str(actor) != owner:
            return  # somebody else sits here now; what the first one typed was kept before

        def write() -> None:
            with parts.database.act(actor) as act:
                drafts.keep(act.connection, str(actor), FORM, values, act.at)

        parts.background.act(write, None, self._failed, self)

    def note_card(self, number: str) -> None:
        """The trail says that this visitor's card was read."""
        parts, actor = self._parts, self._parts.actor()
        parts.background.act(
            lambda: service.note_card(parts.database, actor, number), None, self._failed, self
        )

    def tell_exported(self, rows: int) -> None:
        """How many visits stand in the file."""
        self._say(translate("Citizen", "{count} visits are exported").format(count=rows))

    def _forget_draft(self, actor: Actor) -> None:
        with self._parts.database.act(actor) as act:
            drafts.forget(act.connection, str(actor), FORM)

    def _say(self, words: str) -> None:
        self._parts.say(words, Tone.ACCENT)

    def _failed(self, error: Exception) -> None:
        self._parts.say(say_refusal(error), Tone.ALARM)
