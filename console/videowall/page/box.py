"""One tile of the wall with its head: which camera, how it stands, how old its picture is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QVBoxLayout, QWidget

from console.ui.lamp import UNKNOWN, LampFace, paint_lamp
from console.ui.style import look, px, small_font
from console.ui.words import plain_tip
from console.videowall.model import Camera, Picture
from console.videowall.page.glass import pane_share
from console.videowall.page.tile import Tile
from console.videowall.page.words import head_age, state_face

HEAD_PX = 22
LAMP_PX = 18
NAME_PX = 90  # so much of a name stays: the number and what tells it from others


class Head(QWidget):
    """Number and name at the left, lamp and age at the right; an edge when the tile is marked."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.age = "", ""
        self.face: LampFace = UNKNOWN
        self.marked = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        look().changed.connect(self.updateGeometry)

    def say(self, name: str, face: LampFace, age: str, marked: bool) -> None:
        """The head says this."""
        if (name, face, age, marked) != (self.name, self.face, self.age, self.marked):
            self.name, self.face, self.age, self.marked = name, face, age, marked
            self.setAccessibleName(f"{name} {face.word} {age}".strip())
            self.setToolTip(plain_tip(name))
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(80), px(HEAD_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        now = look().tokens
        painter.fillRect(self.rect(), QColor(now.bar if not self.marked else now.accent_fill))
        painter.setFont(small_font())
        metrics = painter.fontMetrics()
        room = QRectF(self.rect()).adjusted(px(8), 0, -px(8), 0)
        ink = QColor(now.on_accent if self.marked else now.bar_ink)
        told, wide = self._told(metrics, room.width())
        right = QRectF(room.right() - wide, room.top(), wide, room.height())
        if self.name:
            painter.fillRect(right.adjusted(-px(4), 0, px(8), 0), QColor(now.bar))
            face = LampFace(self.face.shape, self.face.tone, told)
            paint_lamp(painter, right, face, on_bar=True)
        painter.setPen(ink)
        room.setRight(right.left() - px(8))
        cut = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)

    @property
    def told(self) -> str:
        """What stands beside the lamp in a head as wide as this one."""
        return self._told(QFontMetrics(small_font()), self.width() - px(16))[0]

    def _told(self, metrics: QFontMetrics, room: float) -> tuple[str, int]:
        """What stands beside the lamp, and how wide both are; a small tile leaves out the word first,
        which the lamp's shape says as well."""
        if not self.name:
            return "", 0
        least = min(px(NAME_PX), metrics.horizontalAdvance(self.name))
        for told in (f"{self.face.word} {self.age}".strip(), self.age or self.face.word):
            wide = metrics.horizontalAdvance(told) + px(LAMP_PX)
            if told and room - wide > least:
                return told, wide
        return "", px(LAMP_PX)


class TileBox(QFrame):
    """A tile under ``key``; the player knows it by that. Shows one camera, or waits for one."""

    pressed = Signal(object)  # itself
    doubled = Signal(object)
    carried = Signal(object, QPoint)  # itself, let go at this place of the screen
    zoomed = Signal(object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.camera: Camera | None = None
        self.picture = Picture()
        self.marked = False
        self.note = ""  # stands before the camera's name
        self.aside = ("", "")  # why nothing is taken in for now, and what to do
        self.head = Head()
        self.tile = Tile()
        self._pressed_at: QPoint | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.tile, 1)

    def hold(self, camera: Camera | None) -> None:
        """The tile is for this camera, or for none."""
        if self.camera is None or camera is None or camera.id != self.camera.id:
            self.tile.glass.enlarge(-9)
        self.camera = camera
        self.tile.cover(camera.mask if camera is not None else ())

    def show_picture(self, picture: Picture, marked: bool) -> None:
        """The tile and its head say how the picture stands now."""
        self.picture = picture
        if marked != self.marked:
            self.marked = marked
            self.update()
        one = self.camera
        name = f"{self.note} {one.number} {one.name}".strip() if one is not None else ""
        self.tile.show_picture(picture)
        if any(self.aside):
            self.tile.say(*self.aside)
        self.head.say(name, state_face(picture), head_age(picture), marked)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        now = look().tokens
        painter.setPen(QPen(QColor(now.accent if self.marked else now.bar_line), 2))
        painter.drawRect(self.rect())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self.pressed.emit(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begun, self._pressed_at = self._pressed_at, None
        here = event.globalPosition().toPoint()
        far = QApplication.startDragDistance()
        if begun is not None and (here - begun).manhattanLength() >= far:
            self.carried.emit(self, here)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self.doubled.emit(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.camera is None or not event.angleDelta().y():
            return
        glass = self.tile.glass
        place = glass.mapFromGlobal(event.globalPosition())
        glass.enlarge(
            1 if event.angleDelta().y() > 0 else -1, *pane_share(glass, place.x(), place.y())
        )
        self.zoomed.emit(self)
