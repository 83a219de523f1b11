"""The chosen visit: its facts with the person masked, its story, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.citizen.model import Personal, Visit, VisitLine, VisitView
from console.citizen.page.columns import OPEN_RESULTS, result_text, story_columns
from console.citizen.page.parts import Look, PageParts
from console.people.model import Right, allowed
from console.ui.keycap import KeyButton
from console.ui.panel import EmptyState, Notice, Panel, label
from console.ui.pill import Pill
from console.ui.style import Tone, px
from console.ui.tables import RowTable
from console.ui.words import pick

translate = QCoreApplication.translate

REVEALED_MS = 60_000  # then the person is masked again


class FactsPanel(Panel):
    """``wanted(key)`` asks for an act on the visit that is shown: E, V, P or C."""

    wanted = Signal(str)

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Citizen", "Chosen visit"), margin=10)
        self._look = Look()
        self._actor = parts.actor
        self._visit: Visit | None = None
        self._facts: dict[str, QLabel] = {}
        self._masked = QTimer(self)
        self._masked.setSingleShot(True)
        self._masked.setInterval(REVEALED_MS)
        self._masked.timeout.connect(self._mask)
        self._empty = EmptyState(
            translate("Citizen", "No visit chosen"),
            translate("Citizen", "Choose one with the arrow keys; N records a new one."),
        )
        self.body.addWidget(self._empty, 1)
        self._filled = QWidget()
        column = QVBoxLayout(self._filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.body.addWidget(self._filled, 1)
        self._build_words(column)
        self._build_facts(column)
        self.story: RowTable[VisitLine] = RowTable(
            story_columns(lambda: self._look, parts.clock.now), lambda line: line.seq
        )
        self.story.view.setAccessibleName(translate("Citizen", "Story of the visit"))
        self.story.freshness.hide()
        self.story.setMinimumHeight(px(110))
        column.addWidget(self.story, 1)
        self._build_buttons(column)
        self.show_visit(None, "")

    @property
    def visit(self) -> Visit | None:
        """The visit that is shown."""
        return self._visit

    def use(self, look: Look) -> None:
        """Kinds and names are said as they are known now."""
        self._look = look

    def show_visit(self, view: VisitView | None, call: str) -> None:
        """The panel shows this visit, or that none is chosen. ``call`` is its call's number."""
        other = view is None or self._visit is None or view.visit.id != self._visit.id
        self._visit = None if view is None else view.visit
        self._empty.setVisible(view is None)
        self._filled.setVisible(view is not None)
        if view is None:
            self.set_title(translate("Citizen", "Chosen visit"))
            self._masked.stop()
            return
        visit, look = view.visit, self._look
        self.set_title(visit.number)
        self._kind.setText(pick(look.table.kind(visit.kind).words))
        tone = Tone.LATE if visit.result in OPEN_RESULTS else Tone.CALM
        self._result.say(result_text(visit, look), tone)
        self._result.setVisible(bool(visit.result or visit.call_id))
        self._asked.setText(visit.asked)
        self._done.setText(visit.done or translate("Citizen", "nothing yet"))
        self._facts["time"].setText(f"{visit.at.astimezone():%Y-%m-%d %H:%M:%S}")
        self._facts["by"].setText(look.who(visit.by))
        self._facts["place"].setText(visit.place or "–")
        self._facts["call"].setText(call or "–")
        if other or not self._masked.isActive():
            self._mask()
        self.story.show_rows(tuple(reversed(view.lines)))
        self._allow(visit)

    def show_person(self, person: Personal) -> None:
        """Who came stands there whole, for a minute or until another visit is chosen."""
        self._tell_person(person)
        self._masked.start()
        self.notice.say(
            translate("Citizen", "Shown for one minute; the look is logged with your name."), "late"
        )

    def hide_person(self) -> None:
        """Who came is masked again."""
        if self._masked.isActive():
            self._mask()

    def _mask(self) -> None:
        self._masked.stop()
        self.notice.say("")
        if self._visit is not None:
            self._tell_person(self._visit.person)
            if self._visit.forgotten:
                self.notice.say(
                    translate("Citizen", "The person's data were blanked after their term.")
                )

    def _tell_person(self, person: Personal) -> None:
        self._facts["name"].setText(person.name or "–")
        self._facts["phone"].setText(person.phone or "–")
        self._facts["id_number"].setText(person.id_number or "–")

    def _allow(self, visit: Visit) -> None:
        person = visit.person
        there = bool(person.name or person.phone or person.id_number)
        may = allowed(self._actor(), Right.TAKE_CALLS)
        for key, sense in (
            ("P", True), ("E", True), ("V", there and not visit.forgotten),
            ("C", visit.call_id is None),
        ):  # fmt: skip
            self.buttons[key].setEnabled(may and sense)

    def _build_words(self, column: QVBoxLayout) -> None:
        head = QHBoxLayout()
        self._kind, self._result = label("", "heading", wrap=True), Pill()
        head.addWidget(self._kind, 1)
        head.addWidget(self._result)
        column.addLayout(head)
        self._asked, self._done = label("", "", wrap=True), label("", "soft", wrap=True)
        for title, words in (
            (translate("Citizen", "Asked"), self._asked),
            (translate("Citizen", "Done"), self._done),
        ):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            words.setMaximumHeight(px(120))
            column.addWidget(label(title, "caption"))
            column.addWidget(words)
        self.notice = Notice()
        column.addWidget(self.notice)

    def _build_facts(self, column: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(3))
        shown = (
            ("time", translate("Citizen", "Time")), ("name", translate("Citizen", "Visitor")),
            ("by", translate("Citizen", "By")), ("phone", translate("Citizen", "Phone")),
            ("place", translate("Citizen", "Place")),
            ("id_number", translate("Citizen", "Id number")),
            ("call", translate("Citizen", "Call")),
        )  # fmt: skip
        for at, (key, title) in enumerate(shown):
            row, side = divmod(at, 2)
            value = self._facts[key] = label("–", "", wrap=True)
            grid.addWidget(label(title, "caption"), row, side * 2)
            grid.addWidget(value, row, side * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        column.addLayout(grid)

    def _build_buttons(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        self.buttons: dict[str, KeyButton] = {}
        for key, words, kind in (
            ("P", translate("Citizen", "Receipt"), "primary"),
            ("E", translate("Citizen", "Correct"), "plain"),
            ("V", translate("Citizen", "Show person"), "plain"),
            ("C", translate("Citizen", "Make a call"), "plain"),
        ):
            button = self.buttons[key] = KeyButton(words, key, kind)
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
