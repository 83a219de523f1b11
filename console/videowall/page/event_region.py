"""The reserved region: what an event brought, as a strip on the desk or a column beside the wall."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from console.ui.elided import ElidedLabel
from console.ui.keycap import KeyButton
from console.ui.lamp import LampFace, Shape
from console.ui.panel import Panel, label
from console.ui.style import Tone, px
from console.videowall.model import (
    MOST_CAMERAS,
    CameraId,
    Event,
    Picture,
)
from console.videowall.page.box import TileBox
from console.videowall.page.event_words import event_note, event_title, sight_note

translate = QCoreApplication.translate
STRIP_PX, COLUMN_PX = 132, 288
MOST = 16777215  # Qt's own: any size
FORM = 16 / 9
BACK_KEY, LIST_KEY, BEFORE_KEY = "Ctrl+W", "Ctrl+G", "Ctrl+J"


class FilmBox(TileBox):
    """A tile that plays what was before: nobody takes it for living."""

    def show_picture(self, picture: Picture, marked: bool) -> None:
        super().show_picture(picture, marked)
        face = LampFace(Shape.RING, Tone.ACCENT, translate("PopUp", "Playing back"))
        name = self.camera.name if self.camera is not None else ""
        self.head.say(name, face, "", marked)


class SaidKey(KeyButton):
    """A button whose key is the window's: it counts on every page, also where this is not seen."""

    def set_key(self, key: str) -> None:
        super().set_key(key)
        for shortcut in self.findChildren(QShortcut):
            shortcut.setEnabled(False)


class EventRegion(Panel):
    """``show_event`` says what came and why. It never takes the keyboard: its keys are the window's.

    The tiles' windows stay the same wherever it stands, so no stream is opened anew.
    """

    def __init__(self) -> None:
        super().__init__(translate("PopUp", "Event"))
        self.event_shown: Event | None = None
        self.boxes = [TileBox(f"event-{place + 1}") for place in range(MOST_CAMERAS)]
        self.film = FilmBox("event-before")
        self._order: list[TileBox] = []
        self._strip = True
        self.back_button = SaidKey(translate("PopUp", "Send back"), BACK_KEY, "primary")
        self.list_button = SaidKey(translate("PopUp", "Events"), LIST_KEY)
        self.before_button = SaidKey("", BEFORE_KEY)
        self.note = ElidedLabel("caption", greedy=True)
        self.told = label("", "small", wrap=True)  # the same where there is room below, not beside
        self._build()
        self.hide()

    def set_strip(self, strip: bool) -> None:
        """Pictures beside each other with the desk around, or below each other beside the wall."""
        self._strip = strip
        way = QBoxLayout.Direction
        self._tiles.setDirection(way.LeftToRight if strip else way.TopToBottom)
        self.setMinimumSize(0, 0)
        self.setMaximumSize(MOST, MOST)
        if not strip:
            self.setFixedWidth(px(COLUMN_PX))
        self._foot.setVisible(not strip)
        self.note.setVisible(strip)
        self.told.setVisible(not strip)
        buttons = (self.before_button, self.list_button, self.back_button)
        for place, button in enumerate(buttons):
            if strip:
                self.head.addWidget(button)
            else:
                self._foot_grid.addWidget(button, place // 2, place % 2, 1, 1 + place // 2)
        self._fit()

    def show_event(self, event: Event | None, behind: int) -> None:
        """The region tells of this event and has its cameras on tiles; without one it is not there."""
        self.event_shown = event
        if event is None:
            self.hide()
            for box in (*self.boxes, self.film):
                box.hold(None)
            return
        self.set_title(event_title(event))
        note = event_note(event, behind)
        self.note.show_words(note, note)
        self.told.setText(note)
        self.setAccessibleName(f"{event_title(event)} {note}")
        self._hold(event)
        self.show()

    def show_pictures(self, pictures: Mapping[str, Picture]) -> None:
        """Every tile says how it stands."""
        for box in self._order:
            box.show_picture(pictures.get(box.key, Picture()), False)

    @property
    def shown_boxes(self) -> tuple[TileBox, ...]:
        """The tiles with a camera, the nearest first; a film before all."""
        return tuple(self._order)

    def _hold(self, event: Event) -> None:
        """A camera that is shown already stays on its tile, and its stream goes on."""
        mine = {box.camera.id: box for box in self.boxes if box.camera is not None}
        wanted = [sight.camera.id for sight in event.sights]
        free = [box for box in self.boxes if box.camera is None or box.camera.id not in wanted]
        order: list[TileBox] = [self.film] if self.film.camera is not None else []
        for sight in event.sights:
            box = mine.get(sight.camera.id) or free.pop(0)
            box.hold(sight.camera)
            box.note = sight_note(sight)
            order.append(box)
        for box in free:
            box.hold(None)
        self._lay_out(order)

    def play_film(self, on: bool) -> None:
        """The film's tile stands before the living ones, or is gone."""
        rest = [box for box in self._order if box is not self.film]
        if not on:
            self.film.hold(None)
        self._lay_out([self.film, *rest] if on else rest)

    def box_of(self, camera_id: CameraId) -> TileBox | None:
        """The tile of this camera."""
        found = (b for b in self._order if b.camera is not None and b.camera.id == camera_id)
        return next(found, None)

    def _build(self) -> None:
        self.head.insertWidget(2, self.note, 10)
        self.before_button.hide()
        for button in (self.back_button, self.list_button, self.before_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tiles.setContentsMargins(px(4), px(4), px(4), px(4))
        self._tiles.setSpacing(px(4))
        for box in (self.film, *self.boxes):
            self._tiles.addWidget(box)
            box.hide()
        self._tiles.addStretch(1)
        self.told.setContentsMargins(px(10), px(4), px(8), 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.told)
        self.body.addLayout(self._tiles, 1)
        self._foot = QWidget()
        self._foot_grid = QGridLayout(self._foot)
        self._foot_grid.setContentsMargins(px(4), 0, px(4), px(4))
        self._foot_grid.setSpacing(px(4))
        self.body.addWidget(self._foot)
        self.set_strip(True)

    def _lay_out(self, order: list[TileBox]) -> None:
        self._order = order
        for box in (self.film, *self.boxes):
            if box not in order:
                box.hide()
        for place, box in enumerate(order):
            self._tiles.removeWidget(box)
            self._tiles.insertWidget(place, box)
            box.show()
        self._fit()

    def _fit(self) -> None:
        """The tiles have the form of a picture, as large as the place allows."""
        many = max(1, len(self._order))
        gap, head = px(4), px(24)
        if self._strip:
            wide = (max(px(300), self.width()) - gap * (many + 1)) // many
            wide = min(wide, round(px(STRIP_PX) * FORM))
            high = round(wide / FORM) + head
        else:
            wide = px(COLUMN_PX) - 2 * gap - 2
            room = (max(px(240), self.height()) - px(160)) // many - gap
            high = min(round(wide / FORM) + head, room)
        high = max(px(70), high)
        for box in self._order:
            box.setFixedSize(wide, high)
        if self._strip:  # the desk's splitter gives it so much and no more
            self.setFixedHeight(high + 2 * gap + max(px(38), self.head.sizeHint().height()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
