"""An officer who plays by himself: looks at the desk, presses keys, answers each call."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from console.app.console import Console
from console.dispatch.model import CallCard, CallStatus, CallView
from console.drill.journey import metres_between
from console.drill.keyboard import press, type_text
from console.drill.rounds import Answers, Raisers, rounds
from console.drill.rounds.videowall import WallSeen
from console.drill.sample_post import drill_secret
from console.links.model import UP
from console.ui.choice import ChoiceSheet
from console.ui.dialogs import Sheet
from console.ui.find_sheet import FindSheet

log = logging.getLogger(__name__)
LOOK_MS = 250
NUMBER = "0101"  # the chief: may close what needs a leader's check
ARRIVED_M = 100.0
ROUND_S = 20.0  # a page's turn at the longest: a machine may be busy
RADIO_S = 8.0  # what a crew's radio says is waited for so long
PATIENCE_S = 6.0  # before the same key is pressed again

KEYS = {
    CallStatus.RECEIVED: "Return",
    CallStatus.SIGNED: "1",
    CallStatus.REOPENED: "1",
    CallStatus.ASSIGNED: "D",
    CallStatus.DEPARTED: "A",
    CallStatus.ARRIVED: "F",
    CallStatus.FIRST_FEEDBACK: "W",
    CallStatus.FINISHED: "C",
}


class Officer(QObject):
    """From ``start`` to ``stop`` every call is answered through the real screens, by key.

    ``left_at``: calls that he brings only so far, because his shift ends with them in work.
    ``talkers``: call signs of crews whose radios say when they set off and arrive; he waits for
    that a while before he presses the key himself.
    """

    def __init__(
        self,
        console: Console,
        raisers: Raisers,
        left_at: Mapping[str, CallStatus] | None = None,
        talkers: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._console = console
        self._left_at = dict(left_at or {})
        self._talkers = talkers
        self._waits: dict[tuple[str, str], float] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.seen = WallSeen()
        self._rounds = list(rounds(raisers, self.seen))
        self._round_ends = 0.0
        self._wired = False  # a button that is pressed before its wire is open rings nowhere
        self._pressed: dict[tuple[str, str], float] = {}
        self.keys = 0

    def start(self) -> None:
        """He sits down."""
        self._timer.start()

    def stop(self) -> None:
        """He leaves his hands off the keys."""
        self._timer.stop()

    def _look(self) -> None:
        console = self._console
        if QApplication.activeWindow() is None:  # on a display without a window manager
            console.window.activateWindow()
        if console.window.gated:
            self._sign_in()
            return
        sheet = QApplication.activeModalWidget()
        if isinstance(sheet, Sheet):
            self._answer(sheet)
            return
        if self._on_a_round():
            return
        if console.window.shown_page != "desk":
            self._press(console.window, "F1")
            return
        card = self._next_card()
        if card is not None:
            self._attend(card)
        elif self._rounds:
            self._begin_round()

    def _begin_round(self) -> None:
        """Nothing waits on the desk: the next page has its turn, once every wire is up."""
        if not self._wired:
            post = self._console.post
            self._wired = post.connected and all(one.phase in UP for one in post.links.snapshot())
            return
        entries = {entry.key: entry for entry in self._console.entries()}
        self._round_ends = time.monotonic() + ROUND_S
        self._press(self._console.window, entries[self._rounds[0].page].function_key)

    def _on_a_round(self) -> bool:
        """A round goes on; one that takes too long is left, and that is an error of the drill."""
        if not self._round_ends:
            return False
        now, current = self._console.window.shown_page, self._rounds[0]
        if time.monotonic() > self._round_ends:
            told = f"{type(current).__name__} {vars(current)}"
            log.error("the round of the page %s was not done in time: %s", current.page, told)
        elif now != current.page or not current.step(self._console, self._press):
            return True
        self._rounds.pop(0)
        self._round_ends = 0.0
        return False

    def _sign_in(self) -> None:
        page = self._console.sign_in
        if not page.button.isEnabled() or not page.isVisible():
            return
        if not page.number.text():
            page.number.setFocus()
            type_text(page.number, NUMBER)
        page.secret.setFocus()
        if not page.secret.text():
            type_text(page.secret, drill_secret(NUMBER))
        self._press(page, "Return")

    def _answer(self, sheet: Sheet) -> None:
        current = self._rounds[0] if self._round_ends else None
        if isinstance(current, Answers) and current.answer(sheet, self._press):
            return
        if isinstance(sheet, ChoiceSheet):
            self._press(sheet, "1")
            return
        if isinstance(sheet, FindSheet):
            self._press(sheet, "Return")
            return
        focused = sheet.focusWidget()
        if focused is not None:
            type_text(focused, "现场已控制，人员无恙" if not sheet.message.text() else "好")
        self._press(sheet, "Return" if sheet.yes.key == "Return" else sheet.yes.key)

    def _next_card(self) -> CallCard | None:
        """The first call that something can be done about now."""
        board = self._console.desk.board
        for card in board.cards if board is not None else ():
            key = KEYS.get(card.call.status)
            if key is None or self._just_pressed(card, key):
                continue
            if card.call.status is self._left_at.get(card.call.id):
                continue
            if key == "A" and not self._at_the_scene(card):
                continue
            if self._leaves_it_to_radio(card, key):
                continue
            return card
        return None

    def _leaves_it_to_radio(self, card: CallCard, key: str) -> bool:
        """The crew's radio will say so, and has not had its time yet."""
        if key not in ("D", "A") or not card.crews or not self._talkers.issuperset(card.crews):
            return False
        now = time.monotonic()
        return now - self._waits.setdefault((card.call.id, key), now) < RADIO_S

    def _attend(self, card: CallCard) -> None:
        desk = self._console.desk
        desk.queue.setFocus()
        if desk.queue.chosen_id() != card.call.id:
            self._walk_to(card)
            return
        opened: CallView | None = desk.steps.opened
        if opened is None or opened.call.id != card.call.id:
            return
        if opened.call.status is not card.call.status:
            return
        key = KEYS[card.call.status]
        if key == "1" and not (desk.steps.advice is not None and desk.steps.advice.picks):
            return
        self._pressed[card.call.id, key] = time.monotonic()
        self._press(desk.queue, key)

    def _walk_to(self, card: CallCard) -> None:
        """With the arrow keys, one card a look."""
        queue = self._console.desk.queue
        rows = [one.call.id for one in queue.cards.cards]
        if card.call.id not in rows:
            return
        wanted, now = rows.index(card.call.id), queue.currentIndex().row()
        for _ in range(abs(wanted - now)):
            self._press(queue, "Down" if wanted > now else "Up")

    def _at_the_scene(self, card: CallCard) -> bool:
        lat, lon = card.call.lat, card.call.lon
        if lat is None or lon is None:
            return False
        board = self._console.desk.board
        latest = self._console.post.positions.latest()
        for view in board.units if board is not None else ():
            place = latest.get(view.unit.id)
            if view.unit.call_sign in card.crews and place is not None:
                return metres_between(lat, lon, place.lat, place.lon) < ARRIVED_M
        return False

    def _just_pressed(self, card: CallCard, key: str) -> bool:
        return time.monotonic() - self._pressed.get((card.call.id, key), -60.0) < PATIENCE_S

    def _press(self, widget: QWidget, key: str) -> None:
        self.keys += 1
        press(widget, key)
