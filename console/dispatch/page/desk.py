"""The duty desk: the queue, the map, the chosen call, the crews. Everything by key."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.core.ids import CallId
from console.dispatch.model import Advice, CallView, Step
from console.dispatch.page.acts import DeskActs
from console.dispatch.page.call_panel import KEYS, CallPanel
from console.dispatch.page.desk_crews import DeskCrews
from console.dispatch.page.desk_map import DeskMap
from console.dispatch.page.desk_news import Board, Opened, read_advice, read_board, read_call
from console.dispatch.page.frame import DeskFrame
from console.dispatch.page.intake import Intake
from console.dispatch.page.keys import DeskKeys, press_focused_button
from console.dispatch.page.lamp_words import late_calls
from console.dispatch.page.place import DeskPlace
from console.dispatch.page.queue import CallQueue
from console.dispatch.page.steps import DeskSteps
from console.dispatch.page.unit_board import UnitBoard, UnitRow
from console.gridmap.page.view import MapView
from console.ui.style import px
from console.ui.turns import Newest, Turns
from console.ui.words import say_refusal

translate = QCoreApplication.translate
GATHER_MS = 5  # news that come together are read together
APART_MS = 50  # between two readings of the board, when the city sends a whole day at once
ADVICE_MS = 5000
REREAD_MS = 10_000  # an event may be lost; a row may not


class DeskPage(QWidget):
    """The page that stays open for twelve hours.

    ``call_painted(id, monotonic seconds)`` at a card's first painting; ``advice_shown(id)`` when
    crews stand beside a chosen call; ``board_shown`` when a board that was read stands on the desk;
    ``usable`` once the queue is filled and the map drawn; ``late_changed`` with the ids of the
    calls that have a late lamp.
    """

    call_painted = Signal(str, float)
    advice_shown = Signal(str)
    board_shown = Signal()
    usable = Signal()
    quiet_wanted = Signal()
    back_wanted = Signal()
    late_changed = Signal(object)

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
        self._late: frozenset[str] | None = None
        self._picking_for: CallId | None = None
        self._read_at = 0.0
        self._boards, self._calls = Newest(), Newest()
        self._beside = ""  # a call that is shown though it has left the queue
        self._build()
        self._gather = self._timer(GATHER_MS, self.refresh, once=True)
        self._turns = Turns(self)
        self._chart = DeskMap(place, map_view, self._turns)
        self._crews = DeskCrews(place, self.units, self._frame.unit_panel, self._turns)
        self._second = self._timer(1000, self._on_second)
        self._renew = self._timer(ADVICE_MS, self._ask_advice)
        self._reread = self._timer(REREAD_MS, self.refresh)
        self._connect()
        self.setFocusProxy(self.queue)
        for timer in (self._second, self._renew, self._reread):
            timer.start()

    def _timer(self, interval_ms: int, slot: object, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.setSingleShot(once)
        timer.timeout.connect(slot)
        return timer

    def _build(self) -> None:
        self._frame = DeskFrame(self.queue, self.map, self.units, [self.panel, self.intake.panel])
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(self._frame, 1)

    def set_strip(self, strip: QWidget) -> None:
        """This strip stands under all the rest."""
        column = self.layout()
        assert column is not None
        column.addWidget(strip)

    def set_pictures(self, widget: QWidget) -> None:
        """What an event shows stands under the map: nothing that is read or typed is covered."""
        self._frame.set_pictures(widget)

    def _connect(self) -> None:
        self._frame.new_wanted.connect(self.take_by_hand)
        self.queue.chosen.connect(self._on_chosen)
        self.queue.painted.connect(self.call_painted)
        self.panel.step.connect(self.steps.take)
        self.panel.send.connect(self.steps.send)
        self.panel.place_wanted.connect(self._pick_place)
        self.panel.reveal_wanted.connect(self.steps.reveal)
        self.acts.done.connect(lambda _: self.news())
        self.units.opened.connect(self._on_unit_opened)
        self.intake.left.connect(self._leave_intake)
        self.intake.taken.connect(self._on_taken)
        self.map.picked.connect(self._on_picked)
        self.map.marker_chosen.connect(self._on_marker)
        self.map.drawn.connect(self._on_drawn)
        self._keys = DeskKeys(
            self,
            [
                ("Return", self._on_enter),
                ("Enter", self._on_enter),
                *((key, lambda step=step: self._press(step)) for step, key in KEYS.items()),
                *((str(n), lambda n=n: self.steps.send(n)) for n in range(1, 10)),
                *((f"Shift+{n}", lambda n=n: self.steps.send(n, more=True)) for n in range(1, 10)),
                ("N", self.take_by_hand),
                ("P", self._pick_place),
                ("Q", self.queue.setFocus),
                ("U", self._to_units),
                ("Escape", self._on_back),
                ("Home", self.map.fit),
                ("Space", self.quiet_wanted.emit),
            ],
        )

    # ---- news ---------------------------------------------------------------------------------
    def news(self) -> None:
        """Something changed; the desk reads the board soon."""
        if not self._gather.isActive():
            since_ms = (time.monotonic() - self._read_at) * 1000
            self._gather.start(max(GATHER_MS, round(APART_MS - since_ms)))

    def moved(self) -> None:
        """A crew moved; the map shows it soon."""
        self._chart.moved()

    def refresh(self) -> None:
        """The board is read in the background and shown."""
        self._read_at = time.monotonic()
        place = self._place
        place.background.ask(
            lambda: read_board(place),
            self._boards.only(self._show_board),
            lambda error: self._frame.queue_fresh.failed(say_refusal(error)),
            self,
        )

    def _show_board(self, board: Board) -> None:
        self.board = board
        self.steps.board = board
        self.acts.undo_s = float(board.limits.undo_s)
        self.intake.offer(board)
        self.queue.show_cards(board.cards, board.limits)
        self._tell_late()
        self._frame.queue_panel.set_title(
            translate("Desk", "Calls"),
            translate("Desk", "{n} open").format(n=len(board.cards)),
        )
        self._frame.queue_fresh.fresh()
        self._crews.show_board(board)
        self._chart.show_board(board)
        self._on_chosen(self._shown_id())
        self.board_shown.emit()
        if not self._filled:
            self._filled = True
            self._tell_usable()

    def _shown_id(self) -> str:
        return self.queue.chosen_id() or self._beside

    def _on_chosen(self, call_id: str) -> None:
        if self.queue.chosen_id():
            self._beside = ""
        if not call_id:
            self.steps.opened = None
            self.panel.show_call(None, None, None)
            return
        place, wanted = self._place, CallId(call_id)

        def show(opened: Opened) -> None:
            if self._shown_id() == call_id:
                self._show_opened(opened)

        then = self._calls.only(show)
        place.background.ask(lambda: read_call(place, wanted), then, None, self)

    def _show_opened(self, opened: Opened) -> None:
        new = self.panel.call is None or self.panel.call.id != opened.view.call.id
        self.steps.opened = opened.view
        self.panel.show_call(opened.view, opened.nature, opened.source)
        self.panel.show_lamps(opened.limits, self._place.clock.now())
        people = self.board.people if self.board is not None else {}
        self.panel.timeline.show_lines(opened.view.log, self._place.clock.now(), people)
        if new:
            self.panel.show_advice(None)
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
        if self._shown_id() != view.call.id:
            return
        self.steps.advice = advice
        self.panel.show_advice(advice)
        self.advice_shown.emit(view.call.id)

    # ---- the map and the crews ----------------------------------------------------------------
    def _on_second(self) -> None:
        if self.board is None:
            return
        self._tell_late()
        if not self.isVisible():
            return
        self.panel.show_lamps(self.board.limits, self._place.clock.now())
        self._crews.renew()

    def _tell_late(self) -> None:
        """Calls that turned late go to the top of the queue, and whoever listens is told."""
        assert self.board is not None
        late = late_calls(self.board.cards, self._place.clock.now())
        if late != self._late:
            if self._late is not None and late - self._late:
                self.news()
            self._late = late
            self.late_changed.emit(late)

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
        self._keys.listen(False)
        self._frame.show_right(self.intake.panel)
        self.setFocusProxy(self.intake.panel.nature)
        self.intake.begin()

    def change_hands(self) -> None:
        """Another officer sits here: nothing half typed by the one before is shown to him."""
        if self._frame.right.currentWidget() is self.intake.panel:
            self._leave_intake()
        self.panel.show_call(None, None, None)
        self._on_chosen(self.queue.chosen_id())

    def choose_call(self, call_id: str) -> None:
        """The call is chosen and the queue has the keys."""
        self.queue.choose(call_id)
        self.queue.setFocus()

    def open_call(self, call_id: CallId) -> None:
        """The call is chosen; one that has left the queue is shown beside it all the same."""
        self.queue.setFocus()
        if not self.queue.choose(call_id):
            self.queue.clearSelection()
            self.queue.setCurrentIndex(QModelIndex())
            self._beside = call_id
            self._on_chosen(call_id)

    def _leave_intake(self) -> None:
        self._keys.listen(True)
        self.map.end_pick()
        self._frame.show_right(self.panel)
        self.setFocusProxy(self.queue)
        self.queue.setFocus()

    def _on_taken(self, call_id: str) -> None:
        self._leave_intake()
        self.refresh()
        QTimer.singleShot(0, self, lambda: self.queue.choose(call_id))

    def _on_enter(self) -> None:
        """What has the focus is pressed or opened; else the chosen call goes its next step."""
        if press_focused_button(self):
            return
        row = self.units.chosen_row()
        if self.units.view.hasFocus() and row is not None:
            self._on_unit_opened(row)
            return
        self._press(self.panel.next_step)

    def _on_back(self) -> None:
        """One step back: out of picking a place, else to the queue, else ``back_wanted``."""
        if self.queue.hasFocus() and self._picking_for is None:
            self.back_wanted.emit()
        self._picking_for = None
        self.map.end_pick()
        self.queue.setFocus()

    def _to_units(self) -> None:
        self.units.setFocus()
        if self.units.chosen_row() is None and self.units.model.rows:
            self.units.choose(self.units.model.rows[0].unit_id)

    def _press(self, step: Step | None) -> None:
        if step is not None:
            self.steps.take(str(step))

    def _on_unit_opened(self, row: UnitRow) -> None:
        self.steps.choose_status(row)

    def _pick_place(self) -> None:
        view = self.steps.opened
        if view is not None and view.call.status.is_open:
            self._picking_for = view.call.id
            self.map.start_pick()

    def _on_picked(self, lat: float, lon: float) -> None:
        if self._frame.right.currentWidget() is self.intake.panel:
            self.intake.panel.set_point(lat, lon)
        elif self._picking_for is not None:
            view = self.steps.opened
            if view is not None and view.call.id == self._picking_for:
                self.acts.set_place(view.call, lat, lon)
        self._picking_for = None
