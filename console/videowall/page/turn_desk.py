"""The hand on a camera: keys, joystick and presets of the marked tile, and the end of every turn.

A turn ends when its key is let go, when the keyboard goes elsewhere, when the page is hidden, when
another tile is marked, and after ten seconds (service.Turning keeps that).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.core.errors import ConsoleError, Refused, Unavailable
from console.ui.dialogs import Question, ask_text, confirm
from console.ui.style import Tone
from console.ui.words import say_refusal
from console.videowall import service
from console.videowall.model import Camera, CameraId, Preset, Turn, TurnFailed, by_keys
from console.videowall.page.turn_pad import TurnPanel

if TYPE_CHECKING:
    from console.videowall.page.wall_page import WallPage

translate = QCoreApplication.translate
T = TypeVar("T")
AGAIN_MS = 400  # a turn that goes on is told again
AUDIT_S = 60.0
DIGITS = "123456789"
TURN_KEYS = {
    "Ctrl+Shift+Left": ("left", Qt.Key.Key_Left),
    "Ctrl+Shift+Right": ("right", Qt.Key.Key_Right),
    "Ctrl+Shift+Up": ("up", Qt.Key.Key_Up),
    "Ctrl+Shift+Down": ("down", Qt.Key.Key_Down),
    "Ctrl++": ("near", Qt.Key.Key_Plus),
    "Ctrl+=": ("near", Qt.Key.Key_Equal),
    "Ctrl+-": ("wide", Qt.Key.Key_Minus),
}
MODIFIERS = {Qt.Key.Key_Control, Qt.Key.Key_Shift}
LEFT_BEHIND = {
    QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.WindowDeactivate, QEvent.Type.Close,
}  # fmt: skip


class TurnDesk(QObject):
    """Built with the page's keys. ``toggle`` shows the panel; ``failed`` hears of the service."""

    def __init__(self, page: WallPage) -> None:
        super().__init__(page)
        self._page = page
        self._turning = page.parts.turning
        self.panel = TurnPanel()
        self.panel.hide()
        self.presets: list[Preset] = []
        self._of: Camera | None = None  # whose presets are shown
        self._asking = False
        self._held: Camera | None = None  # what a hand turns
        self._turn = Turn()
        self._ways: dict[int, str] = {}  # keys that are down
        self._watched: QWidget | None = None  # where the keyboard was when a key went down
        self._told_at: dict[CameraId, float] = {}
        self._again = QTimer(self)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._go_on)
        self._connect()

    def _connect(self) -> None:
        panel, page = self.panel, self._page
        panel.pushed.connect(self.push)
        panel.wanted.connect(self.go)
        panel.keep_button.clicked.connect(self.ask_keep)
        panel.drop_button.clicked.connect(self.ask_drop)
        page.place.addWidget(panel)
        page.stage.marked_changed.connect(self.follow)
        page.installEventFilter(self)

    def shortcuts(self) -> list[tuple[str, Callable[[], object]]]:
        """What is pressed on the page and on a screen of its own."""
        turns: list[tuple[str, Callable[[], object]]] = [
            (sequence, partial(self.press, key, way)) for sequence, (way, key) in TURN_KEYS.items()
        ]
        turns += [(f"Alt+{digit}", partial(self.go_nth, int(digit))) for digit in DIGITS]
        return [*turns, ("Ctrl+0", self.zoom_out)]

    def toggle(self) -> None:
        """The panel is beside the stage, or is not."""
        self.panel.setVisible(not self.panel.isVisible())
        self._page.bar.turn_button.setChecked(self.panel.isVisible())
        self.follow()
        self._page.table.setFocus()

    def follow(self) -> None:
        """The panel is of the camera of the marked tile; a turn of another one ends."""
        camera = self._page.shown_camera
        if self._held is not None and (camera is None or camera.id != self._held.id):
            self.let_go()
        if not self.panel.isVisible() or camera == self._of:
            return
        self._of, self.presets = camera, []
        self.panel.show_presets([])
        name = f"{camera.number} {camera.name}" if camera is not None else ""
        refused = self._why_not(camera)
        self.panel.show_camera(name, refused is None)
        self.panel.say(say_refusal(refused) if refused is not None else "")
        if refused is None:
            self._read()

    def press(self, key: Qt.Key, way: str) -> None:
        """The key is down: the camera turns this way as well, until it is up again."""
        if key in self._ways:
            return  # the keyboard repeats it
        if not self._ways:
            self._watch(QApplication.focusWidget() or QApplication.activeWindow())
        self._ways[key] = way
        self.push(by_keys(self._ways.values()))

    def push(self, turn: Turn) -> None:
        """The camera of the marked tile turns so from now on; or stands."""
        if turn.stands:
            self.let_go()
            return
        camera = self._held or self._page.shown_camera
        refused = self._why_not(camera)
        if refused is not None or camera is None or self._turning is None:
            self._tell(refused or Refused("videowall.not_shown"))
            self._forget_keys()
            return
        if self._held is None:
            self.panel.say("")
            self._audit(camera)
        self._held, self._turn = camera, turn
        if not self._turning.turn(camera, turn):
            self.panel.say(translate("Turn", "Ten seconds are over: let go, then turn again."))
            self._again.stop()
            return
        self._again.start()

    def let_go(self) -> None:
        """The camera that a hand turned is told to stop."""
        held, self._held = self._held, None
        self._turn = Turn()
        self._again.stop()
        self._forget_keys()
        if held is not None and self._turning is not None:
            self._turning.halt(held.id)

    def go(self, token: str) -> None:
        """The camera of the marked tile turns to this preset."""
        self._order("preset_go", lambda turning, camera: turning.go(camera, token))

    def zoom_out(self) -> None:
        """The camera of the marked tile sees as wide as it can."""
        self._order("zoom_out", lambda turning, camera: turning.zoom_to(camera, 0.0))

    def go_nth(self, number: int) -> None:
        """The camera turns to the preset of this digit."""
        if self._of is not None and self._of == self._page.shown_camera:
            if number <= len(self.presets):
                self.go(self.presets[number - 1].token)
            return
        camera = self._page.shown_camera

        def then(found: list[Preset]) -> None:
            if number <= len(found) and camera == self._page.shown_camera:
                self.go(found[number - 1].token)

        self._ask(lambda turning, camera: turning.presets(camera), then)

    def ask_keep(self) -> None:
        """The officer names the place at which the camera looks now."""
        told = translate("Turn", "One that has this name already is replaced.")
        question = Question(translate("Turn", "Set a preset"), told, translate("Turn", "Set"))

        def named(name: str) -> None:
            token = next((one.token for one in self.presets if one.name == name), "")
            self._order(
                "preset_set", lambda turning, camera: turning.keep(camera, name, token), True
            )

        ask_text(self._page, question, named)

    def ask_drop(self) -> None:
        """The chosen preset is removed, once that is confirmed."""
        token = self.panel.chosen()
        name = next((one.name or token for one in self.presets if one.token == token), token)
        told = translate("Turn", "The camera forgets “{name}”; other consoles lose it too.")
        question = Question(
            translate("Turn", "Remove a preset"),
            told.format(name=name),
            translate("Turn", "Remove"),
            danger=True,
        )
        confirm(
            self._page,
            question,
            lambda: self._order(
                "preset_remove", lambda turning, camera: turning.drop(camera, token), True
            ),
        )

    def failed(self, news: TurnFailed) -> None:
        """A turn or a stop did not reach its camera: the officer is told which."""
        one = self._page.known.get(news.camera_id)
        words = say_refusal(Unavailable(news.code))
        name = f"{one.number} {one.name}: " if one is not None else ""
        if news.stopping:
            words += translate("Turn", " It may still be turning: look at its picture.")
        elif self._held is not None and self._held.id == news.camera_id:
            self.let_go()
        self.panel.say(words)
        self._page.notice.say(name + words, "alarm" if news.stopping else "late")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in LEFT_BEHIND and (watched is self._watched or watched is self._page):
            if watched is self._watched or event.type() is not QEvent.Type.FocusOut:
                self.let_go()
        elif event.type() == QEvent.Type.KeyRelease and watched is self._watched:
            assert isinstance(event, QKeyEvent)
            if not event.isAutoRepeat():
                self._release(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _release(self, key: Qt.Key) -> None:
        if key in MODIFIERS:
            self.let_go()
        elif self._ways.pop(key, None) is not None:
            self.push(by_keys(self._ways.values()))

    def _watch(self, widget: QWidget | None) -> None:
        if self._watched is not widget:
            if self._watched is not None and self._watched is not self._page:
                self._watched.removeEventFilter(self)
            self._watched = widget
            if widget is not None:
                widget.installEventFilter(self)

    def _forget_keys(self) -> None:
        self._ways.clear()
        self._watch(None)

    def _go_on(self) -> None:
        if self._held is not None:
            self.push(self._turn)

    def _why_not(self, camera: Camera | None) -> ConsoleError | None:
        if camera is None:
            return Refused("videowall.not_shown_turn")
        if self._turning is None:
            return Refused("videowall.no_onvif", number=camera.number)
        try:
            service.check_turns(camera)
        except Refused as refused:
            return refused
        return None

    def _read(self) -> None:
        def then(found: list[Preset]) -> None:
            self.presets = found
            self.panel.show_presets(found)
            none = translate("Turn", "The camera has no preset yet.")
            self.panel.say("" if found else none)

        self._ask(lambda turning, camera: turning.presets(camera), then)

    def _order(
        self, what: str, work: Callable[[service.Turning, Camera], object], again: bool = False
    ) -> None:
        def then(_: object) -> None:
            camera = self._page.shown_camera
            if camera is not None:
                self._audit(camera, what)
            self.panel.say("")
            if again and self.panel.isVisible():
                self._read()

        self._ask(work, then)

    def _ask(self, work: Callable[[service.Turning, Camera], T], then: Callable[[T], None]) -> None:
        """The camera of the marked tile is asked; its answer counts while it is still marked."""
        camera, turning = self._page.shown_camera, self._turning
        refused = self._why_not(camera)
        if refused is not None or camera is None or turning is None:
            self._tell(refused or Refused("videowall.not_shown_turn"))
            return
        if self._asking:
            self.panel.say(translate("Turn", "The camera is still being asked …"))
            return
        self._asking = True
        self.panel.say(translate("Turn", "The camera is asked …"))

        def answered(found: T) -> None:
            self._asking = False
            if camera == self._page.shown_camera:
                then(found)
            else:
                self._late()

        def failed(error: Exception) -> None:
            self._asking = False
            if camera == self._page.shown_camera:
                self._tell(error)
            else:
                self._late()

        self._page.parts.background.ask(lambda: work(turning, camera), answered, failed, self._page)

    def _late(self) -> None:
        """Another tile was marked meanwhile: its camera is asked now."""
        self._of = None
        self.follow()

    def _tell(self, error: Exception) -> None:
        words = say_refusal(error)
        self.panel.say(words)
        if not self.panel.isVisible():
            self._page.notice.say(words, "late")

    def _audit(self, camera: Camera, what: str = "turn") -> None:
        now = time.monotonic()
        if what == "turn" and now - self._told_at.get(camera.id, -AUDIT_S) < AUDIT_S:
            return
        self._told_at[camera.id] = now
        parts = self._page.parts
        database, actor = parts.database, parts.actor()
        parts.background.act(
            lambda: service.turned(database, actor, camera.id, what),
            None,
            lambda error: parts.say(say_refusal(error), Tone.ALARM),
            self._page,
        )
