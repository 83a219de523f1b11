"""How the cells of a table are painted: each picture once, then kept until it would differ."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHoverEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QTableView, QWidget

from console.ui.lamp import LampFace, paint_lamp
from console.ui.row_model import Column, RowModel
from console.ui.style import Tone, look, px, table_font, tone_colours

Span = tuple[Column[Any], int, int]
MOST_PICTURES = 2048
PADDING_PX = 8


class RowView(QTableView):
    """A view of a RowModel that keeps the pictures of its cells; the row under the pointer is marked.

    A table on the desk is painted anew whenever a crew moves. Laying out Chinese text costs Qt some
    hundred microseconds a cell, so a cell's picture is kept: same text, tone, size and mood, same
    picture. All are dropped when there are too many or the theme changes. Rows are all of one
    height, and nothing in a cell answers by itself.
    """

    def __init__(self, model: RowModel[Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered = -1
        self._rows = model
        self._pictures: dict[Hashable, QPixmap] = {}
        look().changed.connect(self._pictures.clear)
        self.setModel(model)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint(painter, event.rect())
        painter.end()

    def _paint(self, painter: QPainter, part: QRect) -> None:
        count = len(self._rows.rows)
        high = self.verticalHeader().defaultSectionSize()
        if not count or high <= 0:
            return
        top = self.rowViewportPosition(0)
        first = max(0, (part.top() - top) // high)
        last = min(count - 1, (part.bottom() - top) // high)
        current = self.currentIndex()
        chosen = current.row() if self.selectionModel().isSelected(current) else -1
        spans = [span for span in self._spans() if _meets(span, part)]
        sharp, enabled = self.viewport().devicePixelRatioF(), self.isEnabled()
        for at in range(first, last + 1):
            row = self._rows.rows[at]
            mood = (at == chosen, at == self.hovered, enabled)
            for column, left, wide in spans:
                told, tone = _told(column, row)
                key = (told, tone, column.right, mood, wide, high, sharp)
                picture = self._pictures.get(key)
                if picture is None:
                    if len(self._pictures) >= MOST_PICTURES:
                        self._pictures.clear()
                    picture = _picture(QSize(wide, high), sharp, mood, told, tone, column.right)
                    self._pictures[key] = picture
                painter.drawPixmap(left, top + at * high, picture)

    def _spans(self) -> list[Span]:
        """Each column in sight with its left edge and width."""
        return [
            (column, self.columnViewportPosition(at), self.columnWidth(at))
            for at, column in enumerate(self._rows.columns)
            if not self.isColumnHidden(at) and self.columnWidth(at) > 0
        ]

    def keyboardSearch(self, search: str) -> None:
        """Letters are the page's keys: Qt would ask every row read so far, and move the choice."""

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.HoverEnter, QEvent.Type.HoverMove):
            assert isinstance(event, QHoverEvent)
            self._hover(self.rowAt(event.position().toPoint().y()))
            return True  # Qt itself would mark the cell
        if kind == QEvent.Type.HoverLeave:
            self._hover(-1)
            return True
        return super().viewportEvent(event)

    def _hover(self, row: int) -> None:
        before, self.hovered = self.hovered, row
        if row != before:
            self._repaint_row(before)
            self._repaint_row(row)

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            port = self.viewport()
            port.update(0, self.rowViewportPosition(row), port.width(), self.rowHeight(row))


def _told(column: Column[Any], row: Any) -> tuple[LampFace | str, Tone | None]:
    try:
        return column.told(row)
    except Exception as bug:  # noqa: BLE001  (the Qt hook: out of here it ends the process)
        sys.excepthook(type(bug), bug, bug.__traceback__)
        return "", None


def _meets(span: Span, part: QRect) -> bool:
    return span[1] <= part.right() and span[1] + span[2] >= part.left()


def _picture(
    size: QSize,
    sharp: float,
    mood: tuple[bool, bool, bool],
    told: LampFace | str,
    tone: Tone | None,
    right: bool,
) -> QPixmap:
    chosen, over, enabled = mood
    now = look().tokens
    picture = QPixmap(size * sharp)
    picture.setDevicePixelRatio(sharp)
    ground = now.accent_soft if chosen else now.hover if over else None
    picture.fill(Qt.GlobalColor.transparent if ground is None else QColor(ground))
    painter = QPainter(picture)
    painter.setFont(table_font())
    box = QRectF(QPointF(0, 0), size.toSizeF())
    if isinstance(told, LampFace):
        paint_lamp(painter, box.adjusted(px(PADDING_PX), 0, 0, 0), told)
    elif told:
        box.adjust(px(PADDING_PX), 0, -px(PADDING_PX), 0)
        ink = tone_colours(tone)[0] if tone is not None else QColor(now.ink)
        painter.setPen(ink if enabled else QColor(now.ink_faint))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        line = metrics.elidedText(_one_line(told), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, line)
    painter.end()
    return picture


def _one_line(text: str) -> str:
    return text.replace("\n", " ") if "\n" in text else text
