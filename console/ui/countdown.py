"""Lamps that count down to a limit: sign, arrive, feedback."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.lamp import LampFace, Shape, paint_shape
from console.ui.moments import span_text
from console.ui.style import Tone, look, px, small_font, tone_colours

SOON = 1 / 3  # the last third of a limit is amber


@dataclass(frozen=True, slots=True)
class Countdown:
    """One limit of a call. ``left_s`` is None before its clock starts; ``took_s`` once it is done.

    ``limit_s`` None means that no limit is configured: nothing is highlighted.
    """

    word: str
    limit_s: float | None
    left_s: float | None = None
    took_s: float | None = None

    def face(self) -> LampFace:
        """What the lamp shows."""
        if self.took_s is not None:
            late = self.limit_s is not None and self.took_s > self.limit_s
            tone = Tone.LATE if late else Tone.CALM
            return LampFace(Shape.TICK, tone, self.word, span_text(self.took_s))
        if self.left_s is None:
            return LampFace(Shape.RING, Tone.QUIET, self.word, "–")
        if self.limit_s is None:
            return LampFace(Shape.HALF, Tone.CALM, self.word, span_text(self.left_s))
        if self.left_s < 0:
            return LampFace(Shape.SQUARE, Tone.ALARM, self.word, "+" + span_text(-self.left_s))
        if self.left_s <= self.limit_s * SOON:
            return LampFace(Shape.TRIANGLE, Tone.LATE, self.word, span_text(self.left_s))
        return LampFace(Shape.HALF, Tone.ACCENT, self.word, span_text(self.left_s))


def paint_countdown(painter: QPainter, box: QRectF, countdown: Countdown) -> None:
    """The lamp fills ``box``: a soft ground, shape, word, and the figure at the right."""
    face = countdown.face()
    ink, soft = tone_colours(face.tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if face.tone in (Tone.LATE, Tone.ALARM) and face.shape is not Shape.TICK:
        painter.setBrush(soft)
        painter.drawRoundedRect(box, 3, 3)
    side = box.height() * 0.42
    spot = QRectF(box.left() + side * 0.6, box.center().y() - side / 2, side, side)
    paint_shape(painter, spot, face.shape, ink)
    painter.setFont(small_font())
    painter.setPen(QColor(look().tokens.ink_soft) if face.tone is not Tone.ALARM else ink)
    room = QRectF(
        spot.right() + side * 0.5, box.top(), box.right() - spot.right() - side, box.height()
    )
    centre = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, centre | Qt.AlignmentFlag.AlignLeft, face.word)
    painter.setPen(ink)
    painter.drawText(room, centre | Qt.AlignmentFlag.AlignRight, face.figure)
    painter.restore()


class CountdownLamp(QWidget):
    """One countdown in a layout."""

    def __init__(self, countdown: Countdown) -> None:
        super().__init__()
        self._countdown = countdown
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.updateGeometry)

    def show_countdown(self, countdown: Countdown) -> None:
        """The lamp shows this."""
        if countdown.face() != self._countdown.face():
            self.update()
        self._countdown = countdown
        face = countdown.face()
        self.setAccessibleName(f"{face.word} {face.figure}")

    def sizeHint(self) -> QSize:
        return QSize(px(104), px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_countdown(QPainter(self), QRectF(self.rect()), self._countdown)
