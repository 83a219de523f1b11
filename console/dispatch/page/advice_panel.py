"""Whom to send: the crews with their minutes and reasons, one digit each, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from console.dispatch.model import Advice, Gap, Pick, Reason
from console.dispatch.model.advice import Lack
from console.ui.keycap import paint_cap
from console.ui.panel import Panel, label
from console.ui.style import body_font, look, px, small_font
from console.ui.words import language

translate = QCoreApplication.translate
ROW_PX = 28


def minutes_text(seconds: float | None) -> str:
    """Minutes to the scene: 0.8, 3.5, 12; a dash when not known."""
    if seconds is None:
        return "–"
    minutes = seconds / 60
    return f"{minutes:.1f}" if minutes < 10 else f"{minutes:.0f}"


def reasons_text(reasons: Sequence[Reason]) -> str:
    """The fixed words of a pick, in the officer's language."""
    return " · ".join(reason.say(language()) for reason in reasons)


def pick_words(pick: Pick) -> str:
    """Why this crew stands where it stands; its rank by time when nothing else speaks for it."""
    return reasons_text(pick.reasons) or translate("Desk", "no. {n} by time").format(n=pick.digit)


def gap_words(gaps: Sequence[Gap]) -> list[str]:
    """Why crews are missing among the picks, each reason once with its crews."""
    by_reason: dict[str, list[str]] = {}
    for gap in gaps:
        bound = gap.reason.code in (Lack.BUSY, Lack.ALREADY_HERE)  # the board says on which call
        reason = translate("Desk", "on a call") if bound else gap.reason.say(language())
        by_reason.setdefault(reason, []).append(gap.call_sign)
    return [f"{' '.join(signs)} {reason}" for reason, signs in by_reason.items()]


class PickRow(QWidget):
    """One crew to send: its digit, call sign, reasons, and minutes."""

    pressed = Signal(int)

    def __init__(self, pick: Pick) -> None:
        super().__init__()
        self._over = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(ROW_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_pick(pick)

    def show_pick(self, pick: Pick) -> None:
        """The row shows this crew."""
        self.pick = pick
        self._told = minutes_text(pick.seconds)
        self._why = pick_words(pick)
        self.setAccessibleName(f"{pick.digit} {pick.call_sign} {self._told}")
        self.setToolTip(self._why)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(ROW_PX))

    def enterEvent(self, event: object) -> None:
        self._over = True
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._over = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self.pick.digit)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        now = look().tokens
        first = self.pick.digit == 1
        ground = now.accent_soft if first else now.hover if self._over else now.raised
        painter.fillRect(self.rect(), QColor(ground))
        box = QRectF(self.rect()).adjusted(px(10), px(3), -px(10), -px(3))
        cap = paint_cap(
            painter,
            round(box.left()) + px(18),
            round(box.center().y()),
            str(self.pick.digit),
            QColor(now.ink_soft),
        )
        at = box.left() + cap + px(10)
        painter.setFont(body_font(body_font().Weight.DemiBold))
        told = translate("Desk", "{minutes} min").format(minutes=self._told)
        painter.setPen(QColor(now.accent if first else now.ink))
        painter.drawText(box, _RIGHT, told)
        end = box.right() - painter.fontMetrics().horizontalAdvance(told) - px(12)
        painter.setPen(QColor(now.ink))
        painter.drawText(QRectF(at, box.top(), end - at, box.height()), _LEFT, self.pick.call_sign)
        at += max(painter.fontMetrics().horizontalAdvance(self.pick.call_sign), px(30)) + px(10)
        painter.setFont(small_font())
        painter.setPen(QColor(now.late if self.pick.kit_missing else now.ink_soft))
        why = painter.fontMetrics().elidedText(
            self._why, Qt.TextElideMode.ElideRight, int(end - at)
        )
        painter.drawText(QRectF(at, box.top(), end - at, box.height()), _LEFT, why)


class AdvicePanel(Panel):
    """The advice on the chosen call. ``pressed(digit)`` when a crew is chosen by the mouse."""

    pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__(translate("Desk", "Send a crew"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(1)
        self.body.addLayout(self._rows)
        self._gaps = label("", "caption", wrap=True)
        self._gaps.setContentsMargins(px(10), px(4), px(10), px(6))
        self.body.addWidget(self._gaps)
        self.advice: Advice | None = None

    def show_advice(self, advice: Advice | None, most: int = 5) -> None:
        """The panel shows this advice; None while it is being worked out."""
        if advice == self.advice and advice is not None:
            return
        self.advice = advice
        self._show_picks(() if advice is None else advice.picks[:most])
        if advice is None:
            self.set_title(translate("Desk", "Send a crew"), translate("Desk", "working out …"))
            self._gaps.setText("")
            return
        note = (
            translate("Desk", "minutes by road")
            if advice.by_road
            else translate("Desk", "estimated, not by road")
        )
        self.set_title(translate("Desk", "Send a crew"), note)
        self._gaps.setText(self._gap_words(advice))

    def _show_picks(self, picks: Sequence[Pick]) -> None:
        """As many rows as crews; those that stand are used again, for crews move all the time."""
        while self._rows.count() > len(picks):
            item = self._rows.takeAt(self._rows.count() - 1)
            widget = None if item is None else item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for at, pick in enumerate(picks):
            item = self._rows.itemAt(at)
            row = None if item is None else item.widget()
            if isinstance(row, PickRow):
                if row.pick != pick:
                    row.show_pick(pick)
                continue
            added = PickRow(pick)
            added.pressed.connect(self.pressed)
            self._rows.addWidget(added)

    def _gap_words(self, advice: Advice) -> str:
        told = gap_words(advice.gaps)
        if not advice.picks:
            told.insert(0, translate("Desk", "No crew can be sent now."))
        return "  ·  ".join(told)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
