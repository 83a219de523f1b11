"""The page of what did not pass between post and city: settled one by one, by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.people.model import Right, allowed
from console.sync import service
from console.sync.model import RoadState, SetAside
from console.sync.model.kind import kind_words
from console.sync.page.chosen_panel import ChosenPanel
from console.sync.page.edit_sheet import EditSheet
from console.sync.page.parts import PageParts
from console.sync.page.words import code_text, why_text
from console.sync.service import Kept
from console.ui.dialogs import Question, ask_reason
from console.ui.moments import moment_text
from console.ui.panel import Notice, Panel
from console.ui.style import Tone, px
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
REFRESH_MS = 5000


class AsidePage(QWidget):
    """The list at the left, the chosen one at the right; R, E, D and C act on it."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__()
        self._parts = parts
        self._line: list[SetAside] = []
        self._row = 0
        self._figures = (-1, -1)
        self.notice = Notice()
        self.table: RowTable[Kept] = RowTable(
            self._columns(),
            lambda row: row.key,
            empty=(
                translate("Aside", "Nothing is set aside"),
                translate("Aside", "All that was sent or came so far has passed."),
            ),
        )
        self.chosen = ChosenPanel()
        self.list = Panel(translate("Aside", "Set aside"))
        self.list.body.addWidget(self.notice)
        self.list.body.addWidget(self.table, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(6))
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        across.addLayout(left, 1)
        across.addWidget(self.chosen)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _row: self._on_show())
        self.chosen.retry.clicked.connect(self._on_retry)
        self.chosen.edit.clicked.connect(self._on_edit)
        self.chosen.discard.clicked.connect(self._on_discard)
        self.chosen.show_it.clicked.connect(self._on_show)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def road_changed(self, state: RoadState) -> None:
        """The list is read again when there is more or less in it."""
        figures = (state.set_aside, state.quarantined)
        if figures != self._figures:
            self._figures = figures
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """The list is as the store has it, soon."""
        parts = self._parts

        def read() -> list[Kept]:
            with parts.database.read() as connection:
                return service.kept(connection, parts.name)

        def failed(error: Exception) -> None:
            self.table.freshness.failed(say_refusal(error))

        parts.background.ask(read, self._show, failed, self)

    def _show(self, rows: list[Kept]) -> None:
        self.table.show_rows(rows)
        behind = sum(row.behind for row in rows)
        told = translate("Aside", "{n} to settle").format(n=len(rows)) if rows else ""
        if behind:
            told += " · " + translate("Aside", "{n} wait behind them").format(n=behind)
        self.list.set_title(translate("Aside", "Set aside"), told)
        if rows and self.table.chosen_row() is None:
            self.table.choose(rows[min(self._row, len(rows) - 1)].key)
        elif rows:
            self._read_line()
        else:
            self._on_chosen(None)

    def _on_chosen(self, row: Kept | None) -> None:
        if row is None:
            if not self.table.model.rows:
                self.chosen.show_kept(None, (), self._parts.clock.now(), False)
            return
        self._row = self.table.model.position(row.key)
        self._read_line()

    def _read_line(self) -> None:
        row, parts = self.table.chosen_row(), self._parts
        if row is None:
            return

        def read() -> list[SetAside]:
            if row.event is None:
                return []
            with parts.database.read() as connection:
                return service.line_of(connection, row.entity, row.entity_id)

        def show(line: list[SetAside]) -> None:
            if self.table.chosen_row() == row:
                self._line = line
                may = allowed(parts.actor(), Right.SETTLE_SYNC)
                self.chosen.show_kept(row, line, parts.clock.now(), may)

        parts.background.ask(read, show, self._on_failed, self)

    def _on_retry(self) -> None:
        row, parts, actor = self.table.chosen_row(), self._parts, self._parts.actor()
        if row is None:
            return
        if row.event is not None:
            event_id = row.event.event_id

            def told(count: object) -> str:
                return translate("Aside", "Sent again: {n}").format(n=count)

            self._act(lambda: service.retry_set_aside(parts.database, actor, event_id), told)
            return
        road, item_id = parts.road(), row.key
        if road is not None:
            intake, done = road.intake, translate("Aside", "It was taken now")
            self._act(
                lambda: service.retry_quarantined(parts.database, actor, intake, item_id),
                lambda _: done,
            )

    def _on_edit(self) -> None:
        row, parts, actor = self.table.chosen_row(), self._parts, self._parts.actor()
        road = parts.road()
        if row is None or row.event is None or road is None:
            return
        event, contract = row.event, road.contract
        if not contract.knows(f"upward/{event.kind}"):
            words = translate(
                "Aside", "There is no published form of this kind; retry or discard it."
            )
            self.notice.say(words, "late")
            return

        def save(payload: dict[str, Any]) -> None:
            def saved(count: int) -> None:
                sheet.accept()
                self._done(translate("Aside", "Put right and sent: {n}").format(n=count))

            parts.background.act(
                lambda: service.resend_edited(
                    parts.database, actor, event.event_id, payload, contract
                ),
                saved,
                sheet.refused,
                sheet,
            )

        sheet = EditSheet(self, event, contract, save)

    def _on_discard(self) -> None:
        row, parts, actor = self.table.chosen_row(), self._parts, self._parts.actor()
        if row is None:
            return
        question = Question(
            translate("Aside", "Discard “{what}” for good?").format(
                what=pick(kind_words(row.kind))
            ),
            translate(
                "Aside",
                "It will not be sent or taken any more; what waits behind it goes. The reason is recorded.",
            ),
            translate("Aside", "Discard"),
            danger=True,
        )
        done = translate("Aside", "Discarded")

        def discard(why: str) -> None:
            if row.event is not None:
                event_id = row.event.event_id
                self._act(
                    lambda: service.discard_set_aside(parts.database, actor, event_id, why),
                    lambda _: done,
                )
            else:
                self._act(
                    lambda: service.discard_quarantined(parts.database, actor, row.key, why),
                    lambda _: done,
                )

        ask_reason(self, question, discard)

    def _on_show(self) -> None:
        row = self.table.chosen_row()
        if row is not None and row.entity in ("call", "unit"):
            self._parts.show(row.entity, row.entity_id)

    def _act(self, act: Callable[[], object], told: Callable[[object], str]) -> None:
        self._parts.background.act(
            act, lambda found: self._done(told(found)), self._on_failed, self
        )

    def _done(self, told: str) -> None:
        self.notice.say("")
        self._parts.say(told, Tone.CALM)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        self.notice.say(say_refusal(error), "alarm")
        self.refresh()

    def _columns(self) -> list[Column[Kept]]:
        def since(row: Kept) -> str:
            return moment_text(row.since, self._parts.clock.now())

        return [
            Column(translate("Aside", "Since"), since, 96),
            Column(
                translate("Aside", "Way"),
                lambda row: (
                    translate("Aside", "↑ to the city")
                    if row.event is not None
                    else translate("Aside", "↓ from it")
                ),
                76,
            ),
            Column(translate("Aside", "What"), lambda row: pick(kind_words(row.kind)), 100),
            Column(translate("Aside", "Belongs to"), lambda row: row.belongs or "–", 170),
            Column(translate("Aside", "Why"), _why, tip=_why),
            Column(
                translate("Aside", "Waiting"),
                lambda row: str(row.behind) if row.behind else "",
                56,
                right=True,
            ),
        ]


def _why(row: Kept) -> str:
    if row.event is not None:
        return code_text(row.event.code)
    return why_text(row.item) if row.item is not None else ""
