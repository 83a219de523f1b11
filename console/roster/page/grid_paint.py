"""How the month's cells and heads are painted: letters first, colour only calmly beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QHeaderView

from console.roster.model import Person, ShiftKind
from console.roster.page.month_parts import CellFace, MonthLook
from console.ui.lamp import Shape, paint_shape
from console.ui.style import look, px, small_font, table_font
from console.ui.words import pick

if TYPE_CHECKING:
    from console.roster.page.grid import MonthGrid

translate = QCoreApplication.translate
NAME_PX, HEAD_PX = 138, 46


def cell_tip(seen: MonthLook, officer: Person, day: date) -> str:
    """What stands under the pointer: who, when, which shift, for whom, and whether it is in force."""
    view = seen.view
    cell, parts = view.cells.get((officer.id, day)), [f"{officer.name} {day:%m-%d}"]
    if cell is not None:
        kind = view.table.shift(cell.shift)
        parts[0] = f"{parts[0]} {pick(kind.words)} {hours_text(kind)}".rstrip()
        if cell.standin_for is not None:
            other = seen.people.get(cell.standin_for)
            told = translate("Roster", "stands in for {name}")
            parts.append(told.format(name=other.name if other else "–"))
    if (officer.id, day) in view.changed:
        parts.append(translate("Roster", "not published yet"))
    return " · ".join(parts)


def hours_text(kind: ShiftKind) -> str:
    """``16:00–00:00``; empty for a shift without hours."""
    if kind.starts_min is None or kind.ends_min is None:
        return ""
    ends = [f"{at // 60 % 24:02d}:{at % 60:02d}" for at in (kind.starts_min, kind.ends_min)]
    told = "–".join(ends)
    if kind.starts_min >= 24 * 60:
        return translate("Roster", "{hours} of the next day").format(hours=told)
    return told


def cell_picture(
    size: QSize, sharp: float, face: CellFace, mood: tuple[bool, bool, bool]
) -> QPixmap:
    """The picture of a cell; ``mood`` is chosen, in the chosen row, with the keys."""
    chosen, in_row, focused = mood
    now = look().tokens
    picture = QPixmap(size * sharp)
    picture.setDevicePixelRatio(sharp)
    ground = "accent_soft" if chosen else face.ground
    if in_row and ground == "panel":
        ground = "hover"
    picture.fill(QColor(getattr(now, ground)))
    painter = QPainter(picture)
    box = QRectF(QPointF(0, 0), size.toSizeF())
    painter.setPen(QColor(now.line))
    painter.drawLine(box.bottomLeft() - QPointF(0, 1), box.bottomRight() - QPointF(0, 1))
    painter.setFont(table_font())
    painter.setPen(QColor(getattr(now, face.ink)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, face.letter)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if face.changed:
        side = px(6)
        corner = box.topRight()
        painter.setBrush(QColor(now.late))
        painter.drawPolygon(
            QPolygonF([corner, corner - QPointF(side, 0), corner + QPointF(0, side)])
        )
    if face.standin:
        painter.setBrush(QColor(now.accent))
        painter.drawRect(QRectF(px(4), box.height() - px(5), box.width() - px(8), px(2)))
    if chosen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(now.focus if focused else now.line_strong), 2))
        painter.drawRect(box.adjusted(1, 1, -1, -2))
    painter.end()
    return picture


def weekday_words(day: date) -> str:
    """The letter of the day of the week."""
    return (
        translate("Roster", "Mo"),
        translate("Roster", "Tu"),
        translate("Roster", "We"),
        translate("Roster", "Th"),
        translate("Roster", "Fr"),
        translate("Roster", "Sa"),
        translate("Roster", "Su"),
    )[day.weekday()]


class DayHead(QHeaderView):
    """The days: number, weekday, and how many are missing; today is marked."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(HEAD_PX))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        seen = self._grid.months.look
        if seen is None or section >= len(seen.view.days):
            return
        day, now = seen.view.days[section], look().tokens
        today = day == seen.today
        painter.save()
        painter.fillRect(rect, QColor(now.accent_soft if today else now.panel))
        painter.setFont(small_font())
        third = rect.height() / 3
        lines = [(str(day.day), now.accent if today else now.ink)]
        lines.append((weekday_words(day), now.late if day.weekday() >= 5 else now.ink_faint))
        short = seen.short.get(day, 0)
        if short:
            lines.append((f"−{short}", now.alarm if day >= seen.today else now.ink_faint))
        for at, (text, ink) in enumerate(lines):
            line = QRectF(rect.left(), rect.top() + at * third, rect.width(), third)
            painter.setPen(QColor(ink))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(now.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


class NameHead(QHeaderView):
    """The officers: a mark for who is here, the name, and the team."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._grid = grid
        self._pictures: dict[object, QPixmap] = {}
        look().changed.connect(self._pictures.clear)

    def sizeHint(self) -> QSize:
        return QSize(px(NAME_PX), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        seen = self._grid.months.look
        if seen is None or section >= len(seen.view.officers):
            return
        officer = seen.view.officers[section]
        here, missing = officer.id in seen.here, officer.id in seen.missing
        chosen = section == self._grid.currentIndex().row()
        team = seen.team_of(officer.id)
        sharp = self.devicePixelRatioF()
        key = (officer.name, team, here, missing, chosen, rect.size().toTuple(), sharp)
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) > 1000:
                self._pictures.clear()
            found = self._pictures[key] = _name_picture(
                rect.size(), sharp, (officer.name, team), (here, missing, chosen)
            )
        painter.drawPixmap(rect.topLeft(), found)


def _name_picture(
    size: QSize, sharp: float, words: tuple[str, str], mood: tuple[bool, bool, bool]
) -> QPixmap:
    here, missing, chosen = mood
    now = look().tokens
    picture = QPixmap(size * sharp)
    picture.setDevicePixelRatio(sharp)
    picture.fill(QColor(now.accent_soft if chosen else now.panel))
    painter = QPainter(picture)
    shape, ink = (Shape.DOT, now.ink_soft) if here else (Shape.RING, now.ink_faint)
    if missing:
        shape, ink = Shape.TRIANGLE, now.late
    side = px(9)
    if here or missing:
        spot = QRectF(px(8), (size.height() - side) / 2, side, side)
        paint_shape(painter, spot, shape, QColor(ink))
    box = QRectF(px(24), 0, size.width() - px(28), size.height())
    painter.setFont(small_font())
    wide = min(painter.fontMetrics().horizontalAdvance(words[1]), int(box.width() * 0.45))
    told = painter.fontMetrics().elidedText(words[1], Qt.TextElideMode.ElideRight, wide + 2)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(QColor(now.ink_faint))
    painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, told)
    painter.setFont(table_font())
    painter.setPen(QColor(now.ink))
    room = int(box.width() - wide - px(6))
    name = painter.fontMetrics().elidedText(words[0], Qt.TextElideMode.ElideRight, room)
    painter.drawText(box, middle | Qt.AlignmentFlag.AlignLeft, name)
    painter.setPen(QColor(now.line))
    painter.drawLine(0, size.height() - 1, size.width(), size.height() - 1)
    painter.end()
    return picture
