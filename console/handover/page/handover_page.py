"""The page of the hand-over: how things stand, the notes, two signatures; the former ones beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.handover import service
from console.handover.model import Content, Handover
from console.handover.page.cards import SectionCards
from console.handover.page.columns import (
    DocumentRow,
    ListRow,
    document_columns,
    document_rows,
    list_columns,
)
from console.handover.page.notes import Notes
from console.handover.page.parts import PageParts
from console.handover.page.print_sheet import PrintSheet
from console.handover.page.sign_sheet import SignSheet
from console.handover.page.words import shift_words, signature_text
from console.people.model import RIGHT_WORDS, Right, Session, allowed
from console.ui.dialogs import Question
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel
from console.ui.style import Tone, look, px
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
READ_MS = 5000
LIST_PX = 340


class HandoverPage(QWidget):
    """``refresh`` reads anew; the page does so itself while it is seen."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self.content: Content | None = None
        self.waiting: Handover | None = None
        self._officer = ""
        self._wanted: str | None = None
        self.notice = Notice()
        self.list_panel = Panel(translate("Handover", "Hand-overs"))
        self.list: RowTable[ListRow] = RowTable(
            list_columns(parts.clock.now), lambda row: row.key, parts.background, self._window,
            (translate("Handover", "Being read…"), ""),
        )  # fmt: skip
        self.list.view.setAccessibleName(translate("Handover", "Hand-overs"))
        self.list_panel.body.addWidget(self.list)
        self.head = Panel(translate("Handover", "Hand-over"), freshness=True, margin=8)
        self.cards = SectionCards()
        self.head.body.addWidget(self.cards)
        self.lines_panel = Panel()
        self.lines: RowTable[DocumentRow] = RowTable(
            document_columns(), lambda row: row.key,
            empty=(translate("Handover", "Being read…"), ""),
        )  # fmt: skip
        self.lines.freshness.hide()  # the head says it
        self.lines.view.setAccessibleName(translate("Handover", "What is handed over"))
        self.lines_panel.body.addWidget(self.lines)
        self.notes = Notes()
        self._build_buttons()
        self._lay_out()
        self.list.chosen.connect(lambda _row: self._show())
        self.list.model.modelReset.connect(self._on_listed)
        self.list.model.dataChanged.connect(lambda *_: self._on_listed())
        self.notes.draft_ready.connect(self._keep)
        self.notes.left.connect(self.list.setFocus)
        self._timer = QTimer(self)
        self._timer.setInterval(READ_MS)
        self._timer.timeout.connect(self.refresh)
        self._allow()

    @property
    def document(self) -> Handover | None:
        """The document that is shown; None while it is how things stand now."""
        row = self.list.chosen_row()
        return None if row is None else row.document

    def refresh(self) -> None:
        """The page shows how things stand now, soon."""
        self._greet()
        parts = self._parts

        def read() -> tuple[Content, Handover | None]:
            now = parts.clock.now()
            with parts.database.read() as connection:
                return (
                    service.gather(connection, parts.sources, now),
                    service.waiting_now(connection, now),
                )

        parts.background.ask(read, self._on_read, self._on_unread, self)
        self.list.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        self.list.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _window(self, after: ListRow | None, limit: int) -> Sequence[ListRow]:
        with self._parts.database.read() as connection:
            if after is None:
                found = service.former(connection, None, limit - 1)
                return [ListRow(None), *map(ListRow, found)]
            return [ListRow(one) for one in service.former(connection, after.document, limit)]

    def _build_buttons(self) -> None:
        self.sign = KeyButton(translate("Handover", "Hand over"), "S", "primary")
        self.take = KeyButton(translate("Handover", "Take over"), "I")
        self.print = KeyButton(translate("Handover", "Print"), "P")
        for button, slot in (
            (self.sign, self._on_sign),
            (self.take, self._on_take),
            (self.print, self._on_print),
        ):
            button.clicked.connect(slot)
            self.head.add_action(button)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.head)
        right.addWidget(self.lines_panel, 1)
        right.addWidget(self.notes)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(self.list_panel)
        across.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addLayout(across, 1)
        self._fit()
        look().changed.connect(self._fit)

    def _fit(self) -> None:
        self.list_panel.setFixedWidth(px(LIST_PX))

    def _greet(self) -> None:
        """Somebody else sits here: the notes are his."""
        session = self._parts.session()
        officer = "" if session is None else session.number
        if officer == self._officer:
            return
        self._officer = officer
        self.notes.put("")
        if session is None:
            return
        who, parts = session, self._parts

        def read() -> str:
            with parts.database.read() as connection:
                return service.draft(connection, who)

        def put(kept: str) -> None:
            if self._officer == who.number and kept and not self.notes.text:
                self.notes.put(kept)
                self._show()

        parts.background.ask(read, put, None, self)

    def _on_read(self, answer: tuple[Content, Handover | None]) -> None:
        self.content, self.waiting = answer
        if self.document is None:
            self._show()
        self._tell_waiting()
        self._allow()

    def _on_unread(self, error: Exception) -> None:
        if self.head.freshness is not None and self.document is None:
            self.head.freshness.failed(say_refusal(error))

    def _on_listed(self) -> None:
        """The list was read anew: what was wanted or shown before is shown."""
        wanted, self._wanted = self._wanted, None
        found = wanted is not None and self.list.choose(wanted)
        if not found and self.list.chosen_row() is None:
            self.list.choose("")
        self._show()  # the same document may have come further

    def _show(self) -> None:
        document = self.document
        content = self.content if document is None else document.content
        if content is None:
            return
        if document is None:
            self.notes.begin()
        else:
            self.notes.read(document.notes)
        at = f"{content.at.astimezone():%m-%d %H:%M:%S}"
        self.head.set_title(translate("Handover", "As of {at}").format(at=at), self._told(content))
        self.cards.show_content(content)
        self.lines.show_rows(document_rows(content))
        if self.head.freshness is not None:
            self.head.freshness.setVisible(document is None)
            if document is None:
                self.head.freshness.fresh(content.at)
        self._allow()

    def _told(self, content: Content) -> str:
        level = self._parts.duty(content.level) if content.level is not None else "–"
        told = f"{shift_words(content)} · {level}"
        document = self.document
        if document is None:
            return told
        signed = translate("Handover", "from {outgoing} to {incoming}").format(
            outgoing=signature_text(document.outgoing), incoming=signature_text(document.incoming)
        )
        return f"{told} · {signed}"

    def _tell_waiting(self) -> None:
        waiting = self.waiting
        if waiting is None:
            self.notice.say("")
            return
        told = translate(
            "Handover",
            "{name} has signed at {time}. The officer who takes over presses I and signs.",
        )
        at = waiting.outgoing.at.astimezone()
        self.notice.say(told.format(name=waiting.outgoing.name, time=f"{at:%H:%M:%S}"), "late")

    def _allow(self) -> None:
        """Each button obeys, or says under the pointer why it does not."""
        session = self._parts.session()
        may = session is not None and allowed(session.actor, Right.TAKE_CALLS)
        lacks = translate("Handover", "This needs the right: {right}").format(
            right=pick(RIGHT_WORDS[Right.TAKE_CALLS])
        )
        none = translate("Handover", "Nobody has signed for handing over yet.")
        signed = translate("Handover", "Choose a signed hand-over at the left first.")
        for button, reason in (
            (self.sign, "" if may else lacks),
            (self.take, "" if self.waiting is not None else none),
            (self.print, "" if self.document is not None else signed),
        ):
            button.setEnabled(not reason)
            button.setToolTip(reason)
        waits = self.waiting is not None
        self.sign.set_kind("plain" if waits else "primary")
        self.take.set_kind("primary" if waits else "plain")

    def _keep(self, notes: str) -> None:
        session, parts = self._parts.session(), self._parts
        if session is not None and session.number == self._officer:
            who = session
            parts.background.act(lambda: service.keep_draft(parts.database, who, notes))

    def _on_sign(self) -> None:
        session, parts, notes = self._parts.session(), self._parts, self.notes.text
        if session is None:
            return
        who = session
        text = translate(
            "Handover",
            "You are {name} {number}. With your password you sign what is open now, and your notes.",
        ).format(name=who.name, number=who.number)

        def sign(told: dict[str, Any]) -> Handover:
            return service.sign_outgoing(parts.database, parts.sources, who, told["secret"], notes)

        question = Question(
            translate("Handover", "Hand the shift over"), text, translate("Handover", "Sign")
        )
        SignSheet(self, parts.background, question, sign, self._on_signed, with_number=False)

    def _on_signed(self, signed: Handover) -> None:
        self.notes.put("")
        self._wanted = signed.id
        told = translate("Handover", "Signed. Now the officer who takes over signs with I.")
        self._parts.say(told, Tone.CALM)
        self.refresh()

    def _on_take(self) -> None:
        waiting, parts = self.waiting, self._parts
        if waiting is None:
            return
        self.list.choose(waiting.id)
        text = translate(
            "Handover",
            "{name} hands over. You sign with your own number and password, and sit here from then on.",
        ).format(name=waiting.outgoing.name)

        def take(told: dict[str, Any]) -> tuple[Handover, Session]:
            return service.sign_incoming(parts.database, waiting.id, told["number"], told["secret"])

        question = Question(
            translate("Handover", "Take the shift over"), text, translate("Handover", "Sign")
        )
        SignSheet(self, parts.background, question, take, self._on_taken, with_number=True)

    def _on_taken(self, answer: tuple[Handover, Session]) -> None:
        taken, session = answer
        self._wanted = taken.id
        told = translate("Handover", "{name} has taken the shift over; the city is told.")
        self._parts.enter(session)
        self._parts.say(told.format(name=session.name), Tone.CALM)
        self.refresh()

    def _on_print(self) -> None:
        if self.document is not None:
            PrintSheet(self, self._parts, self.document)
