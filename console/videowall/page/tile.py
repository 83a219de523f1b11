"""The tile: a native window that another process draws into, and the plate that tells the truth."""

from __future__ import annotations

import time

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.ui.style import look, px, title_font
from console.videowall.model import Phase, Picture, Rect
from console.videowall.page.glass import Glass
from console.videowall.page.words import plate_words

KEPT_EVERY_S = 1.0
ROUND_S = (
    4.0  # as long as pictures come one is kept so often: that takes milliseconds of the desk's time
)
LATE_S = 0.5  # a picture that is not followed by another may be the last one
APART_S = 0.15  # between two tiles: never all of them at once
GREY = 0.35
MOST_COVERED = 0.6  # of a last picture, by words


class Plate(QWidget):
    """Stands where no living picture is: the last one in grey, or black, with words."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.advice = "", ""
        self._picture: QImage | None = None

    def say(self, title: str, advice: str, picture: QImage | None) -> None:
        """The plate says this, over this picture."""
        if (title, advice, picture) != (self.title, self.advice, self._picture):
            self.title, self.advice, self._picture = title, advice, picture
            self.setAccessibleName(f"{title} {advice}".strip())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look().tokens.bar))
        if self._picture is not None:
            painter.setOpacity(GREY)
            painter.drawImage(self.rect(), self._picture)
            painter.setOpacity(1.0)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        now = look().tokens
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        room = QRect(px(24), 0, max(1, self.width() - px(48)), self.height())
        painter.setFont(title_font())
        head = painter.boundingRect(room, flags, self.title)
        painter.setFont(self.font())
        rest = painter.boundingRect(room, flags, self.advice) if self.advice else QRect()
        high = head.height() + px(8) + rest.height()
        top = (self.height() - high) // 2
        if self._picture is not None and high + px(32) > self.height() * MOST_COVERED:
            self._paint_band(painter)
            return
        if self._picture is not None:  # the words stand on the bar's ground, never on the picture
            wide = max(head.width(), rest.width()) + px(48)
            box = QRectF((self.width() - wide) / 2, top - px(16), wide, high + px(32))
            painter.fillRect(box, QColor(now.bar))
        painter.setFont(title_font())
        painter.setPen(QColor(now.bar_late if self._picture is not None else now.bar_ink))
        painter.drawText(QRect(room.left(), top, room.width(), head.height()), flags, self.title)
        painter.setFont(self.font())
        painter.setPen(QColor(now.bar_ink_soft))
        below = top + head.height() + px(8)
        painter.drawText(QRect(room.left(), below, room.width(), rest.height()), flags, self.advice)

    def _paint_band(self, painter: QPainter) -> None:
        """A small tile: what it says stands under the last picture, which is seen."""
        now = look().tokens
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(self.font())
        room = self.rect().adjusted(px(4), 0, -px(4), 0)
        words = painter.boundingRect(room, flags, self.title)
        high = words.height() + px(8)
        band = QRect(0, self.height() - high, self.width(), high)
        painter.fillRect(band, QColor(now.bar))
        painter.setPen(QColor(now.bar_late))
        painter.drawText(band.adjusted(px(4), 0, -px(4), 0), flags, self.title)


class Tile(QWidget):
    """``window_number`` is drawn into by the player; ``show_picture`` says how that goes."""

    grabbed_at = 0.0  # when a picture of any tile was kept last

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(px(80), px(45))
        self.glass = Glass()
        self.plate = Plate()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.plate)
        self._stack.addWidget(self.glass)
        self._kept: QImage | None = None
        self._kept_of = ""
        self._kept_at = 0.0
        self._grey: QImage | None = None

    @property
    def window_number(self) -> int:
        """The native window's number."""
        return self.glass.window_number

    @property
    def living(self) -> bool:
        """Whether the living picture is what is seen."""
        return self._stack.currentWidget() is self.glass

    def cover(self, mask: tuple[Rect, ...]) -> None:
        """These parts of the picture are private: nobody sees them."""
        self.glass.cover(mask)

    def show_picture(self, picture: Picture) -> None:
        """The living picture is seen, or the plate with what is wrong."""
        if picture.camera_id != self._kept_of:
            self._kept, self._grey, self._kept_of = None, None, picture.camera_id
        self.glass.measure(picture.size)
        if picture.phase is Phase.PLAYING and self.glass.covered:
            self._grey = None
            self._stack.setCurrentWidget(self.glass)
            self.glass.settle(self.rect())
            self._keep(picture)
            return
        if picture.phase is Phase.STALLED and self._grey is None and self._kept is not None:
            self._grey = self._kept.convertToFormat(QImage.Format.Format_Grayscale8)
        grey = self._grey if picture.phase is Phase.STALLED else None
        self.plate.say(*plate_words(picture), grey)
        self._stack.setCurrentWidget(self.plate)

    def say(self, title: str, advice: str) -> None:
        """These words stand in place of a picture."""
        self.plate.say(title, advice, None)
        self._stack.setCurrentWidget(self.plate)

    def _keep(self, picture: Picture) -> None:
        """The picture on the screen is kept, now and then: a dead player leaves nothing behind."""
        now, age_s = time.monotonic(), picture.age_s or 0.0
        late = age_s > LATE_S
        every_s = KEPT_EVERY_S if late else ROUND_S
        if (self._kept is not None and now - self._kept_at < every_s) or age_s > KEPT_EVERY_S:
            return  # what stands there so long after the last one may be nothing any more
        if not late and now - Tile.grabbed_at < APART_S:
            return
        Tile.grabbed_at = now
        grabbed = self.screen().grabWindow(int(self.glass.winId()))
        if not grabbed.isNull():
            self._kept, self._kept_at = grabbed.toImage(), now
