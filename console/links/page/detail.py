"""The chosen link: its story and its health, what is on its wire, recordings, test orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from console.core.actor import Actor
from console.core.ids import LinkId
from console.links.model import LinkState, Order, Outcome
from console.links.model.health import HealthMinute
from console.links.page.frames_panel import FramesPanel
from console.links.page.health_chart import HealthChart
from console.links.page.orders_panel import OrdersPanel
from console.links.page.recordings_panel import RecordingsPanel
from console.links.page.story import story
from console.links.page.wires import Wires
from console.links.service import Capture
from console.ui.background import Background
from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.panel import label
from console.ui.style import px
from console.ui.words import say_refusal

translate = QCoreApplication.translate

DAY = timedelta(hours=24)
HEALTH_EVERY = 10  # refreshes
STORY_WIDE = 400
DEEDS_A_ROW = 4
CONDITION, FRAMES, RECORDINGS, ORDERS = range(4)


def deed_words(deed: str) -> str:
    """What a simulated device is made do."""
    return {
        "plug": translate("Trials", "Plug in"),
        "unplug": translate("Trials", "Unplug"),
        "garble": translate("Trials", "Send noise"),
        "lose_fix": translate("Trials", "Lose the fix"),
        "find_fix": translate("Trials", "Find the fix"),
        "press": translate("Trials", "Press the button"),
        "release": translate("Trials", "Release the button"),
        "sos": translate("Trials", "Press SOS"),
        "text": translate("Trials", "Send a text"),
        "status": translate("Trials", "Send a status"),
        "call": translate("Trials", "Begin to talk"),
        "cease": translate("Trials", "Stop talking"),
        "position": translate("Trials", "Tell its place"),
        "mute": translate("Trials", "Answer no more"),
        "unmute": translate("Trials", "Answer again"),
        "card": translate("Trials", "Lay a card on it"),
        "lift": translate("Trials", "Take the card away"),
        "register": translate("Trials", "Register a radio"),
        "no_tag": translate("Trials", "Take the tags away"),
        "tag": translate("Trials", "Bring a tag near"),
        "scan": translate("Trials", "Scan a code"),
    }.get(deed, deed)


class LinkDetail(QTabWidget):
    """``show_link`` with the state of the chosen link, again at every refresh.

    ``replay_wished`` (file, speed) when a recording is to be played.
    """

    replay_wished = Signal(object, float)

    def __init__(
        self,
        wires: Wires,
        background: Background,
        actor: Callable[[], Actor],
        now: Callable[[], datetime],
        recordings: Callable[[], Sequence[Capture]],
    ) -> None:
        super().__init__()
        self._wires, self._background = wires, background
        self._actor, self._now = actor, now
        self._state: LinkState | None = None
        self._refreshes = 0
        self.heading = ElidedLabel("title")
        self.heading.setContentsMargins(0, 0, px(10), 0)
        self.setCornerWidget(self.heading, Qt.Corner.TopRightCorner)
        self.told = label("", "", wrap=True)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.chart = HealthChart()
        self.frames = FramesPanel()
        self.recordings = RecordingsPanel(background, recordings, now)
        self.orders = OrdersPanel(self._give, now, say_refusal)
        self._deeds = QGridLayout()
        self._deeds.setContentsMargins(0, 0, 0, 6)
        self._deeds.setSpacing(px(6))
        self._build()
        self.recordings.wished.connect(self.replay_wished)
        self.currentChanged.connect(self._on_tab)

    def show_link(self, state: LinkState | None) -> None:
        """The panels are about this link, as it stands now."""
        was = self._state
        self._state = state
        same = was is not None and state is not None and was.config.id == state.config.id
        self.told.setText(
            story(state, self._now())
            if state is not None
            else translate("Links", "Choose a link above: its story stands here.")
        )
        trial = state is not None and self._wires.trials.has(state.config.id)
        self.heading.show_words(heading(state, trial))
        self.orders.show_link(state)
        if not same:
            self._follow(state)
            self._show_deeds(state)
            self._refreshes = 0
            self.chart.show_health((), self._now())
        if self._refreshes % HEALTH_EVERY == 0:
            self._read_health()
        self._refreshes += 1

    def allow(self, may: bool) -> None:
        """Whether this officer may look at the wire itself and give orders."""
        if self.isTabEnabled(FRAMES) == may:
            return
        for at in (FRAMES, RECORDINGS, ORDERS):
            self.setTabEnabled(at, may)
        if not may:
            self.setCurrentIndex(CONDITION)
        self._follow(self._state)

    def _build(self) -> None:
        condition = QWidget()
        side = QWidget()
        side.setFixedWidth(px(STORY_WIDE))
        words = QVBoxLayout(side)
        words.setContentsMargins(10, 8, 10, 4)
        words.addWidget(self.told, 1)
        words.addLayout(self._deeds)
        row = QHBoxLayout(condition)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.chart, 1)
        tabs = (
            (condition, translate("Links", "Condition")),
            (self.frames, translate("Links", "On the wire")),
            (self.recordings, translate("Links", "Recordings")),
            (self.orders, translate("Links", "Test order")),
        )
        for at, (widget, title) in enumerate(tabs):
            self.addTab(widget, f"{title}  Alt+{at + 1}")
            shortcut = QShortcut(QKeySequence(f"Alt+{at + 1}"), self)
            shortcut.activated.connect(partial(self._show_tab, at))

    def _show_tab(self, at: int) -> None:
        if self.isTabEnabled(at):
            self.setCurrentIndex(at)

    def _on_tab(self, at: int) -> None:
        if at == RECORDINGS:
            self.recordings.refresh()
        if at == CONDITION:
            self._read_health()

    def _follow(self, state: LinkState | None) -> None:
        if state is None or not self.isTabEnabled(FRAMES):
            self.frames.follow(None, "")
        else:
            tap = partial(self._wires.tap, state.config.id)
            self.frames.follow(tap, state.config.family)

    def _show_deeds(self, state: LinkState | None) -> None:
        while (item := self._deeds.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        deeds = self._wires.trials.deeds(state.config.id) if state is not None else ()
        for at, deed in enumerate(deeds):
            assert state is not None
            button = KeyButton(deed_words(deed))
            button.clicked.connect(partial(self._do, state.config.id, deed))
            self._deeds.addWidget(button, at // DEEDS_A_ROW, at % DEEDS_A_ROW)

    def _do(self, link_id: LinkId, deed: str, _checked: bool = False) -> None:
        self._background.act(lambda: self._wires.trials.do(link_id, deed))

    def _read_health(self) -> None:
        state = self._state
        if state is None or self.currentIndex() != CONDITION:
            return
        link_id, now = state.config.id, self._now()

        def show(minutes: list[HealthMinute]) -> None:
            if self._state is not None and self._state.config.id == link_id:
                self.chart.show_health(minutes, now)

        self._background.ask(lambda: self._wires.health(link_id, now - DAY), show, None, self)

    def _give(
        self,
        state: LinkState,
        order: Order,
        deadline_s: float,
        then: Callable[[Outcome], None],
        refused: Callable[[Exception], None],
    ) -> None:
        actor = self._actor()
        self._background.act(
            lambda: self._wires.give(actor, state, (order, deadline_s), then), None, refused, self
        )


def heading(state: LinkState | None, trial: bool) -> str:
    """The link's name; one on trial says so."""
    if state is None:
        return ""
    if trial:
        return translate("Trials", "{name}: on trial, heard on this page alone").format(
            name=state.config.name
        )
    return state.config.name
