"""The duty desk: the queue, the map, the chosen call, the crews. Everything by key."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from console.core.ids import CallId
from console.dispatch.model import Advice, CallView, Step
from console.dispatch.page.acts import DeskActs
from console.dispatch.page.call_panel import KEYS, CallPanel
from console.dispatch.page.desk_news import Board, Opened, read_advice, read_board, read_call
from console.dispatch.page.intake import Intake
from console.dispatch.page.markers import call_markers, unit_markers
from console.dispatch.page.place import DeskPlace
from console.dispatch.page.queue import CallQueue
from console.dispatch.page.steps import DeskSteps
from console.dispatch.page.unit_board import UnitBoard, UnitRow, unit_rows
from console.gridmap.page.view import MapView
from console.ui.freshness import FreshnessLine
from console.ui.keycap import KeyButton
from console.ui.panel import Panel
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate
GATHER_MS = 15  # news that come together are read together
MOVES_MS = 500
ADVICE_MS = 5000


class DeskPage(QWidget):
    """The page that stays open for twelve hours.

    ``call_painted(id, monotonic seconds)`` at a card's first painting; ``advice_shown(id)`` when
    crews stand beside a chosen call; ``board_shown`` when a board that was read stands on the desk;
    ``usable`` once the queue is filled and the map drawn.
    """

    call_painted = Signal(str, float)
    advice_shown = Signal(str)
    board_shown = Signal()
    usable = Signal()
    quiet_wanted = Signal()

    def __init__(self, place: DeskPlace, map_view: MapView) -> None:
        super().__init__()
        self._place = place
        self.map = map_view
        self.queue = CallQueue(place.clock)
        self.panel = CallPanel()
        self.units = UnitBoard()
        self.acts = DeskActs(place, self)
        self.steps = DeskSteps(place, self.acts, self)
        self.intake = Intake(place, self.acts, map_view)
        self.board: Board | None = None
        self._filled = self._drawn = False
        self._picking_for: CallId | None = None
        self._build()
        self._gather = self._timer(GATHER_MS, self.refresh, once=True)
        self._moves = self._timer(MOVES_MS, self._show_moves, once=True)
        self._second = self._timer(1000, self._on_second)
        self._renew = self._timer(ADVICE_MS, self._ask_advice)
        self._connect()
        self._second.start()
        self._renew.start()

    def _timer(self, interval_ms: int, slot: object, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer

    def _build(self) -> None:
        self._queue_panel = Panel(translate("Desk", "Calls"))
        new = KeyButton(translate("Desk", "New call"), "", "quiet")
        new.clicked.connect(self.take_by_hand)
        new.setToolTip(translate("Desk", "N: take a call by hand"))
        self._queue_panel.add_action(new)
        self._queue_panel.body.addWidget(self.queue)
        self._queue_fresh = FreshnessLine(self)
        self._queue_fresh.setContentsMargins(8, 2, 8, 4)
        self._queue_panel.body.addWidget(self._queue_fresh)
        self._right = QStackedWidget()
        self._right.addWidget(self.panel)
        self._right.addWidget(self.intake.panel)
        unit_panel = Panel(translate("Desk", "Crews"))
        unit_panel.body.addWidget(self.units)
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(self.map)
        middle.addWidget(unit_panel)
        middle.setStretchFactor(0, 3)
        middle.setStretchFactor(1, 2)
        middle.setSizes([px(520), px(300)])
        across = QSplitter(Qt.Orientation.Horizontal)
        for part in (self._queue_panel, middle, self._right):
            across.addWidget(part)
        across.setStretchFactor(1, 1)
        across.setSizes([px(310), px(700), px(400)])
        for splitter in (middle, across):
            splitter.setChildrenCollapsible(False)
        self._queue_panel.setMinimumWidth(px(270))
        self._right.setMinimumWidth(px(370))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(across)

    def _connect(self) -> None:
        self.queue.chosen.connect(self._on_chosen)
        self.queue.painted.connect(self.call_painted)
        self.panel.step.connect(self.steps.take)
        self.panel.send.connect(self.steps.send)
        self.panel.place_wanted.connect(self._pick_place)
        self.panel.reveal_wanted.connect(self.steps.reveal)
        self.acts.done.connect(self._on_done)
        self.units.opened.connect(self._on_unit_opened)
        self.intake.left.connect(self._leave_intake)
        self.intake.taken.connect(self._on_taken)
        self.map.picked.connect(self._on_picked)
        self.map.marker_chosen.connect(self._on_marker)
        self.map.drawn.connect(self._on_drawn)
        self._keys: list[QShortcut] = []
        for key, slot in (
            ("Return", lambda: self._press(self.panel.next_step)),
            ("Enter", lambda: self._press(self.panel.next_step)),
            *((key, lambda step=step: self._press(step)) for step, key in KEYS.items()),
            *((str(n), lambda n=n: self.steps.send(n)) for n in range(1, 10)),
            *((f"Shift+{n}", lambda n=n: self.steps.send(n, more=True)) for n in range(1, 10)),
            ("N", self.take_by_hand),
            ("P", self._pick_place),
            ("Q", self.queue.setFocus),
            ("U", self.units.setFocus),
            ("Home", self.map.fit),
            ("Space", self.quiet_wanted.emit),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
            self._keys.append(shortcut)

    # ---- news ---------------------------------------------------------------------------------
    def news(self) -> None:
        """Something changed; the desk reads the board soon."""
        if not self._gather.isActive():
            self._gather.start()

    def moved(self) -> None:
        """A crew moved; the map shows it soon."""
        if not self._moves.isActive():
            self._moves.start()

    def refresh(self) -> None:
        """The board is read in the background and shown."""
        place = self._place
        chosen = CallId(self.queue.chosen_id())
        place.background.ask(
            lambda: (read_board(place), read_call(place, chosen) if chosen else None),
            self._show_board,
            lambda error: self._queue_fresh.failed(say_refusal(error)),
            self,
        )

    def _show_board(self, read: tuple[Board, Opened | None]) -> None:
        board, opened = read
        self.board = board
        self.steps.board = board
        self.intake.offer(board)
        self.queue.show_cards(board.cards, board.limits)
        self._queue_panel.set_title(
            translate("Desk", "Calls"),
            translate("Desk", "{n} open").format(n=len(board.cards)),
        )
        self._queue_fresh.fresh()
        self._show_units()
        self._show_markers()
        chosen = self.queue.chosen_id()
        if opened is not None and opened.view.call.id == chosen:
            self._show_opened(opened)
        else:
            self._on_chosen(chosen)
        self.board_shown.emit()
        if not self._filled:
            self._filled = True
            self._tell_usable()

    def _on_chosen(self, call_id: str) -> None:
        if not call_id:
            self.steps.opened = None
            self.panel.show_call(None, None, None)
            return
        place, wanted = self._place, CallId(call_id)

        def show(opened: Opened) -> None:
            if self.queue.chosen_id() == call_id:
                self._show_opened(opened)

        place.background.ask(lambda: read_call(place, wanted), show, None, self)

    def _show_opened(self, opened: Opened) -> None:
        new = self.panel.call is None or self.panel.call.id != opened.view.call.id
        self.steps.opened = opened.view
        self.panel.show_call(opened.view, opened.nature, opened.source)
        self.panel.show_lamps(opened.limits, self._place.clock.now())
        self.panel.timeline.show_lines(opened.view.log, self._place.clock.now())
        if new:
            self.panel.advice.show_advice(None)
            self.map.mark("calls", opened.view.call.id)
        self._show_advice(opened.view, opened.advice)

    def _ask_advice(self) -> None:
        view = self.steps.opened
        if view is None or not self.isVisible() or not view.call.status.is_open:
            return
        place = self._place
        place.background.ask(
            lambda: read_advice(place, view.call.id),
            lambda advice: self._show_advice(view, advice),
            None,
            self,
        )

    def _show_advice(self, view: CallView, advice: Advice) -> None:
        if self.queue.chosen_id() != view.call.id:
            return
        self.steps.advice = advice
        self.panel.advice.show_advice(advice)
        self.advice_shown.emit(view.call.id)

    # ---- the map and the crews ----------------------------------------------------------------
    def _show_markers(self) -> None:
        if self.board is not None:
            now = self._place.clock.now()
            self.map.set_layer("calls", call_markers(self.board.cards, self.board.limits, now))
            self._show_moves()

    def _show_moves(self) -> None:
        if self.board is not None:
            now, latest = self._place.clock.now(), self._place.positions.latest()
            self.map.set_layer("crews", unit_markers(self.board.units, latest, now))

    def _show_units(self) -> None:
        if self.board is not None:
            self.units.show_rows(
                unit_rows(
                    self.board.units_with(self._place.positions.latest()),
                    self.board.bound,
                    self.board.limits.position_age_s,
                    self._place.clock.now(),
                )
            )

    def _on_second(self) -> None:
        if self.board is None or not self.isVisible():
            return
        self.panel.show_lamps(self.board.limits, self._place.clock.now())
        self._show_units()

    def _on_marker(self, layer: str, marker: str) -> None:
        if layer == "calls":
            self.queue.choose(marker)
        elif layer == "crews":
            self.units.choose(marker)

    def _on_drawn(self) -> None:
        self._drawn = True
        self._tell_usable()

    def _tell_usable(self) -> None:
        if self._filled and self._drawn:
            self.usable.emit()

    # ---- acts ---------------------------------------------------------------------------------
    def take_by_hand(self) -> None:
        """The form for a call by hand stands at the right, with what was typed before."""
        self._set_keys(False)
        self._right.setCurrentWidget(self.intake.panel)
        self.intake.begin()

    def choose_call(self, call_id: str) -> None:
        """The call is chosen and the queue has the keys."""
        self.queue.choose(call_id)
        self.queue.setFocus()

    def open_call(self, call_id: CallId) -> None:
        """The call is chosen; one that has left the queue is shown beside it all the same."""
        if self.queue.choose(call_id):
            self.queue.setFocus()
            return
        place = self._place
        self.queue.clearSelection()
        self.queue.setCurrentIndex(QModelIndex())
        place.background.ask(lambda: read_call(place, call_id), self._show_opened, None, self)

    def _leave_intake(self) -> None:
        self._set_keys(True)
        self._right.setCurrentWidget(self.panel)
        self.queue.setFocus()

    def _on_taken(self, call_id: str) -> None:
        self._leave_intake()
        self.refresh()
        QTimer.singleShot(0, self, lambda: self.queue.choose(call_id))

    def _set_keys(self, on: bool) -> None:
        for shortcut in self._keys:
            shortcut.setEnabled(on)

    def _press(self, step: Step | None) -> None:
        if step is not None:
            self.steps.take(str(step))

    def _on_done(self, _: str) -> None:
        self.news()

    def _on_unit_opened(self, row: UnitRow) -> None:
        self.steps.choose_status(row)

    def _pick_place(self) -> None:
        view = self.steps.opened
        if view is not None and view.call.status.is_open:
            self._picking_for = view.call.id
            self.map.start_pick()

    def _on_picked(self, lat: float, lon: float) -> None:
        if self._right.currentWidget() is self.intake.panel:
            self.intake.panel.set_point(lat, lon)
        elif self._picking_for is not None:
            view = self.steps.opened
            if view is not None and view.call.id == self._picking_for:
                self.acts.set_place(view.call, lat, lon)
        self._picking_for = None
