"""Lamps: a shape, a word and a colour, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.style import Tone, look, px, table_font, tone_colours


class Shape(StrEnum):
    """What a lamp looks like without its colour."""

    DOT = "dot"  # in order, at work
    RING = "ring"  # idle, waiting, not started
    HALF = "half"  # partly: going on, degraded
    TRIANGLE = "triangle"  # soon due, needs a look
    SQUARE = "square"  # overdue, alarm
    CROSS = "cross"  # lost, failed, cancelled
    TICK = "tick"  # done
    DASH = "dash"  # not applicable, not known


@dataclass(frozen=True, slots=True)
class LampFace:
    """What a lamp shows: shape, tone, and the word beside it (with an optional figure)."""

    shape: Shape
    tone: Tone
    word: str = ""
    figure: str = ""


UNKNOWN = LampFace(Shape.DASH, Tone.QUIET)


def paint_shape(painter: QPainter, box: QRectF, shape: Shape, colour: QColor) -> None:
    """The shape stands in ``box`` in this colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(1.5, box.width() / 7)
    line = QPen(colour, width)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape is Shape.DOT:
        painter.drawEllipse(box)
    elif shape is Shape.SQUARE:
        painter.drawRoundedRect(box, 1.5, 1.5)
    elif shape is Shape.TRIANGLE:
        painter.drawPolygon(
            QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()])
        )
    else:
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        _stroke(painter, inner, shape, colour)
    painter.restore()


def _stroke(painter: QPainter, box: QRectF, shape: Shape, colour: QColor) -> None:
    middle = box.center()
    if shape in (Shape.RING, Shape.HALF):
        painter.drawEllipse(box)
        if shape is Shape.HALF:
            painter.setBrush(colour)
            painter.drawPie(box, 90 * 16, -180 * 16)
    elif shape is Shape.CROSS:
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    elif shape is Shape.TICK:
        painter.drawPolyline(
            QPolygonF(
                [
                    QPointF(box.left(), middle.y()),
                    QPointF(box.left() + box.width() * 0.38, box.bottom() - box.height() * 0.1),
                    QPointF(box.right(), box.top() + box.height() * 0.1),
                ]
            )
        )
    else:
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))


def paint_lamp(painter: QPainter, box: QRectF, face: LampFace, on_bar: bool = False) -> float:
    """The lamp stands at the left of ``box``; returns the width that it took.

    With ``on_bar`` its colours are those of the dark top bar.
    """
    ink, word_ink = lamp_inks(face.tone, on_bar)
    side = painter.fontMetrics().height() * 0.55
    spot = QRectF(box.left(), box.center().y() - side / 2, side, side)
    paint_shape(painter, spot, face.shape, ink)
    at = spot.right() + side * 0.55
    metrics = painter.fontMetrics()
    for text, colour in ((face.word, word_ink), (face.figure, ink)):
        if text:
            painter.setPen(colour)
            room = QRectF(at, box.top(), box.right() - at + 1, box.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            at += metrics.horizontalAdvance(text) + side * 0.5
    return at - box.left()


def lamp_inks(tone: Tone, on_bar: bool) -> tuple[QColor, QColor]:
    """The colours of a lamp's shape and of its word."""
    now = look().tokens
    if on_bar:
        loud = {Tone.LATE: now.bar_late, Tone.ALARM: now.bar_alarm, Tone.ACCENT: now.bar_accent}
        return QColor(loud.get(tone, now.bar_ink_soft)), QColor(loud.get(tone, now.bar_ink))
    ink = tone_colours(tone)[0]
    calm = tone in (Tone.CALM, Tone.ACCENT)
    return ink, QColor(now.ink) if calm else ink


def lamp_width(metrics_width: int, height: int) -> int:
    """Room for a lamp whose words take ``metrics_width`` in a font of this height."""
    return round(metrics_width + height * 0.55 * 1.55 + height * 0.55)


class Lamp(QWidget):
    """A lamp of its own in a layout; ``pressed`` when it is clicked."""

    pressed = Signal()

    def __init__(self, face: LampFace = UNKNOWN, on_bar: bool = False) -> None:
        super().__init__()
        self._face = face
        self._on_bar = on_bar
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)
        self.setAccessibleName(face.word)

    @property
    def face(self) -> LampFace:
        """What it shows."""
        return self._face

    def show_face(self, face: LampFace, tip: str = "") -> None:
        """The lamp shows ``face``; ``tip`` says more under the pointer."""
        if tip != self.toolTip():
            self.setToolTip(tip)
        if face == self._face:
            return
        resized = (face.word, face.figure) != (self._face.word, self._face.figure)
        self._face = face
        self.setAccessibleName(f"{face.word} {face.figure}".strip())
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        self.setFont(table_font())
        metrics = self.fontMetrics()
        words = [text for text in (self._face.word, self._face.figure) if text]
        wide = sum(metrics.horizontalAdvance(text) for text in words)
        wide += round(metrics.height() * 0.28) * (len(words) - 1) if words else 0
        return QSize(lamp_width(wide, metrics.height()), max(px(20), metrics.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(table_font())
        paint_lamp(painter, QRectF(self.rect()), self._face, self._on_bar)
