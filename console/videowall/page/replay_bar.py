"""The bar of a replay: when each film has pictures, where the replay is, and the call's moments."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.moments import clock_text
from console.ui.style import look, px, small_font
from console.videowall.model import CallStory, Replay

translate = QCoreApplication.translate
LANE_PX, GAP_PX, FOOT_PX = 8, 3, 18


class ReplayBar(QWidget):
    """``asked(moment)`` when somebody points at one."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(translate("Recordings", "Time of the replay"))
        self._replay: Replay | None = None
        self._story: CallStory | None = None
        self._moment: datetime | None = None
        self._measure()
        look().changed.connect(self._measure)

    def show_replay(self, replay: Replay | None, story: CallStory | None) -> None:
        """The bar is this replay's."""
        self._replay, self._story = replay, story
        self._measure()
        self.update()

    def show_moment(self, moment: datetime | None) -> None:
        """The replay is here."""
        if moment != self._moment:
            self._moment = moment
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        replay, now = self._replay, look().tokens
        painter = QPainter(self)
        if replay is None:
            return
        for at, one in enumerate(replay.films):
            if one.began_at is None or one.ended_at is None:
                continue
            top = px(at * (LANE_PX + GAP_PX))
            left, right = self._x(one.began_at), self._x(one.ended_at)
            painter.fillRect(QRectF(0, top, self.width(), px(LANE_PX)), QColor(now.line))
            painter.fillRect(QRectF(left, top, right - left, px(LANE_PX)), QColor(now.accent))
        high = px(len(replay.films) * (LANE_PX + GAP_PX))
        for line in self._story.moments if self._story is not None else ():
            if replay.begins <= line.at <= replay.ends:
                painter.fillRect(QRectF(self._x(line.at), 0, px(2), high), QColor(now.late))
        self._paint_foot(painter, high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        replay = self._replay
        if replay is not None and event.button() == Qt.MouseButton.LeftButton:
            share = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.asked.emit(replay.begins + timedelta(seconds=share * replay.length_s))

    def _paint_foot(self, painter: QPainter, high: int) -> None:
        replay, now = self._replay, look().tokens
        assert replay is not None
        painter.setFont(small_font())
        painter.setPen(QColor(now.ink_soft))
        foot = QRectF(0, high, self.width(), px(FOOT_PX))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignLeft, clock_text(replay.begins))
        painter.drawText(foot, middle | Qt.AlignmentFlag.AlignRight, clock_text(replay.ends))
        if self._moment is not None:
            painter.fillRect(QRectF(self._x(self._moment) - 1, 0, px(3), high), QColor(now.ink))

    def _x(self, moment: datetime) -> float:
        replay = self._replay
        if replay is None or replay.length_s <= 0:
            return 0.0
        return (moment - replay.begins).total_seconds() / replay.length_s * self.width()

    def _measure(self) -> None:
        films = len(self._replay.films) if self._replay is not None else 1
        self.setFixedHeight(px(films * (LANE_PX + GAP_PX) + FOOT_PX))
