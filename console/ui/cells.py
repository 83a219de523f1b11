"""How the cells of a table are painted: each picture once, then kept until it would differ."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from console.ui.lamp import LampFace, paint_lamp
from console.ui.row_model import RowModel
from console.ui.style import Tone, look, px, table_font, tone_colours

Index = QModelIndex | QPersistentModelIndex
MOST_PICTURES = 2048
PADDING_PX = 8


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a RowModel as the style sheet would, at a tenth of its price.

    A table on the desk is painted anew whenever a crew moves. Laying out Chinese text costs Qt some
    hundred microseconds a cell, so a cell's picture is kept: same text, tone, size and mood, same
    picture. The pictures of all cells are dropped when there are too many or the theme changes.
    """

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self.hovered = -1
        self._pictures: dict[Hashable, QPixmap] = {}
        look().changed.connect(self._pictures.clear)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        try:
            self._paint(painter, option, index)
        except Exception as bug:  # noqa: BLE001  (the Qt hook: out of here it ends the process)
            sys.excepthook(type(bug), bug, bug.__traceback__)

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, RowModel)
        at = index.row()
        row: Any = model.rows[at]
        column = model.columns[index.column()]
        face = column.face(row) if column.face else None
        tone = column.tone(row) if column.tone else None
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        sharp = painter.device().devicePixelRatioF()
        told: LampFace | str = column.text(row) if face is None else face
        mood = (chosen, at == self.hovered, bool(state & QStyle.StateFlag.State_Enabled))
        key = (told, tone, column.right, mood, rect.width(), rect.height(), sharp)
        picture = self._pictures.get(key)
        if picture is None:
            picture = _picture(rect.size(), sharp, mood, told, tone, column.right)
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.clear()
            self._pictures[key] = picture
        painter.drawPixmap(rect.topLeft(), picture)

    def editorEvent(self, *_: object) -> bool:
        return False  # nothing in a cell answers by itself


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
    picture.fill(QColor(now.accent_soft if chosen else now.hover if over else now.panel))
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


def repaint_row(view: QTableView, row: int) -> None:
    """The row is painted anew."""
    if row >= 0:
        viewport: QWidget = view.viewport()
        viewport.update(0, view.rowViewportPosition(row), viewport.width(), view.rowHeight(row))
