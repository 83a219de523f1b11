"""The joystick on the screen, and the panel around it: zoom, presets, what the camera said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from console.ui.keycap import KeyButton, cap_text
from console.ui.panel import Panel, label
from console.ui.style import look, px
from console.videowall.model import Preset, Turn, stick

translate = QCoreApplication.translate
PAD_PX, WIDE_PX = 132, 208
_TOKEN = Qt.ItemDataRole.UserRole
HALF = 0.5  # the speed of a zoom button


class Joystick(QWidget):
    """Pushed with the mouse; ``pushed(turn)`` at every change, a turn that stands when let go."""

    pushed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._knob = QPointF()  # −1…1 each way
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Turn", "Joystick"))
        self.setToolTip(translate("Turn", "Push with the mouse. Ctrl+Shift and an arrow turn too."))
        look().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(px(PAD_PX), px(PAD_PX))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._push(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._push(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.centre()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.centre()

    def centre(self) -> None:
        """The knob is let go."""
        if not self._knob.isNull():
            self._knob = QPointF()
            self.pushed.emit(Turn())
            self.update()

    def _push(self, at: QPointF) -> None:
        reach = self.width() / 2
        self._knob = QPointF((at.x() - reach) / reach, (at.y() - reach) / reach)
        far = (self._knob.x() ** 2 + self._knob.y() ** 2) ** 0.5
        if far > 1:
            self._knob /= far
        self.pushed.emit(stick(self._knob.x(), self._knob.y()))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now, box = look().tokens, QRectF(self.rect()).adjusted(2, 2, -2, -2)
        enabled = self.isEnabled()
        painter.setPen(QPen(QColor(now.line_strong), 1.5))
        painter.setBrush(QColor(now.field if enabled else now.ground))
        painter.drawEllipse(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.ink_soft if enabled else now.line_strong))
        self._draw_arrows(painter, box)
        middle, reach = box.center(), box.width() / 2 * 0.62
        knob = QPointF(middle.x() + self._knob.x() * reach, middle.y() + self._knob.y() * reach)
        painter.setBrush(QColor(now.accent_fill if enabled else now.line_strong))
        painter.drawEllipse(knob, box.width() * 0.15, box.width() * 0.15)

    def _draw_arrows(self, painter: QPainter, box: QRectF) -> None:
        size = box.width() * 0.055
        painter.save()
        painter.translate(box.center())
        for _ in range(4):
            top = -box.height() / 2 + size * 1.2
            painter.drawPolygon(
                QPolygonF([QPointF(0, top), QPointF(size, top + size * 1.3),
                           QPointF(-size, top + size * 1.3)])
            )  # fmt: skip
            painter.rotate(90)
        painter.restore()


class TurnPanel(Panel):
    """Joystick, zoom and presets of one camera. What is pressed is told; nothing is done here."""

    pushed = Signal(object)  # a turn; one that stands when let go
    wanted = Signal(str)  # a preset's token

    def __init__(self) -> None:
        super().__init__(translate("Turn", "PTZ"))
        self.setFixedWidth(px(WIDE_PX))
        self.stick = Joystick()
        self.stick.pushed.connect(self.pushed)
        self.wider = self._zoom_button("−", -HALF, "Ctrl+-")
        self.nearer = self._zoom_button("+", HALF, "Ctrl++")
        self.who = label("", "soft", wrap=True)
        self.line = label("", "caption", wrap=True)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName(translate("Turn", "Presets"))
        self.list.setToolTip(translate("Turn", "Alt and a digit go there, or a double click."))
        self.list.itemActivated.connect(lambda item: self.wanted.emit(item.data(_TOKEN)))
        self.keep_button = KeyButton(translate("Turn", "Set"), "Alt+S")
        self.drop_button = KeyButton(translate("Turn", "Remove"), "Alt+D")
        self._build()

    def show_camera(self, name: str, ready: bool) -> None:
        """The panel is of this camera; ``ready`` when it takes orders."""
        self.who.setText(name)
        for widget in (self.stick, self.wider, self.nearer, self.keep_button):
            widget.setEnabled(ready)
        self._allow()

    def say(self, words: str) -> None:
        """One line: what the camera said, or what is asked of it."""
        self.line.setText(words)
        self.line.setVisible(bool(words))

    def show_presets(self, presets: Sequence[Preset]) -> None:
        """The camera's presets, the first nine with their digit."""
        kept = self.chosen()
        self.list.clear()
        for place, one in enumerate(presets):
            digit = f"{place + 1}" if place < 9 else " "
            item = QListWidgetItem(f"{digit}   {one.name or one.token}")
            item.setData(_TOKEN, one.token)
            self.list.addItem(item)
            if one.token == kept:
                self.list.setCurrentItem(item)
        self._allow()

    def chosen(self) -> str:
        """The token of the preset that is chosen in the list; empty for none."""
        item = self.list.currentItem()
        return str(item.data(_TOKEN)) if item is not None else ""

    def _build(self) -> None:
        column = self.body
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(self.who)
        column.addWidget(self.stick, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addWidget(self.wider)
        zoom = label(translate("Turn", "Zoom"), "caption")
        zoom.setToolTip(translate("Turn", "Ctrl and + or − zoom, Ctrl+0 goes all the way back."))
        row.addWidget(zoom, 0, Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self.nearer)
        column.addLayout(row)
        column.addWidget(self.line)
        column.addWidget(label(translate("Turn", "Presets (Alt+digit)"), "caption"))
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self.keep_button)
        foot.addWidget(self.drop_button)
        column.addLayout(foot)
        self.list.currentRowChanged.connect(lambda _: self._allow())
        self.say("")
        self.show_camera("", False)

    def _allow(self) -> None:
        self.drop_button.setEnabled(self.keep_button.isEnabled() and bool(self.chosen()))

    def _zoom_button(self, sign: str, speed: float, key: str) -> QPushButton:
        button = QPushButton(sign)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        nearer = translate("Turn", "Zoom in") if speed > 0 else translate("Turn", "Zoom out")
        button.setToolTip(f"{nearer} ({cap_text(key)})")
        button.setAccessibleName(nearer)
        button.pressed.connect(lambda: self.pushed.emit(Turn(zoom=speed)))
        button.released.connect(lambda: self.pushed.emit(Turn()))
        return button
