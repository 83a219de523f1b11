"""The wire as it is: each piece of bytes with its moment, its direction and what it says."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from console.links.model import Bad, Piece
from console.links.page.mailbox import Mailbox
from console.links.page.meaning import line_of, tone_of, whole_of
from console.ui.keycap import KeyButton
from console.ui.panel import label
from console.ui.style import look, px
from console.ui.tables import Column, RowTable
from console.ui.tokens import TABLE_PX

translate = QCoreApplication.translate

MOST_LINES = 300
LOOK_MS = 200
HEX_SHOWN = 24
PRIVATE_FAMILIES = frozenset({"idcard"})

Tap = Callable[[Callable[[Piece], None]], Callable[[], None]]


@dataclass(frozen=True, slots=True)
class Line:
    """One piece and its place in the order. The bytes of ``private`` ones are nobody's business."""

    number: int
    piece: Piece
    private: bool = False


class FramesPanel(QWidget):
    """Shows what ``follow`` gives it, the newest on top; Space holds it still."""

    counted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._came: Mailbox[Piece] = Mailbox(MOST_LINES)
        self._lines: deque[Line] = deque(maxlen=MOST_LINES)
        self._number = self._missed = 0
        self._tap: Tap | None = None
        self._untap: Callable[[], None] | None = None
        self._private = self._held = self._only_bad = False
        self.table: RowTable[Line] = RowTable(_columns(), lambda line: line.number)
        self.table.freshness.hide()
        self.whole = QPlainTextEdit()
        self.whole.setReadOnly(True)
        self.whole.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.whole.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self.table.chosen.connect(self._show_whole)
        look().changed.connect(self._dress)
        self._dress()
        self.follow(None, "")

    def follow(self, tap: Tap | None, family: str) -> None:
        """From now on the wire behind ``tap`` is shown, from nothing; none when None."""
        self._end_tap()
        self._tap, self._private = tap, family in PRIVATE_FAMILIES
        self.clear()
        if tap is None:
            self.table.set_empty(translate("Frames", "No link is chosen"))
        else:
            self.table.set_empty(
                translate("Frames", "Nothing has come yet"),
                translate(
                    "Frames", "Each piece of bytes stands here as soon as it is on the wire."
                ),
            )
        if self.isVisible():
            self._begin_tap()

    def clear(self) -> None:
        """Nothing stands in the list."""
        self._lines.clear()
        self._missed = 0
        self._came.take()
        self.whole.clear()
        self._show()

    def hold(self, held: bool) -> None:
        """The list stands still, or goes on; what came meanwhile follows."""
        self._held = held
        self.hold_button.setText(
            translate("Frames", "Go on") if held else translate("Frames", "Hold")
        )
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin_tap()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self._end_tap()

    def _build(self) -> None:
        self.hold_button = KeyButton(translate("Frames", "Hold"), "Ctrl+Space")
        self.bad_button = KeyButton(translate("Frames", "Only bad"), "Ctrl+B")
        self.bad_button.setCheckable(True)
        self.clear_button = KeyButton(translate("Frames", "Clear"), "Ctrl+L")
        self.told = label("", "small")
        row = QHBoxLayout()
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(self.told, 1)
        for button in (self.bad_button, self.clear_button, self.hold_button):
            row.addWidget(button)
        self.hold_button.clicked.connect(lambda: self.hold(not self._held))
        self.bad_button.toggled.connect(self._on_only_bad)
        self.clear_button.clicked.connect(self.clear)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.whole)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([px(860), px(350)])
        split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(split, 1)
        column.addLayout(row)

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(px(TABLE_PX))
        self.whole.setFont(font)

    def _begin_tap(self) -> None:
        if self._tap is not None and self._untap is None:
            self._untap = self._tap(self._came.put)

    def _end_tap(self) -> None:
        untap, self._untap = self._untap, None
        if untap is not None:
            untap()

    def _on_only_bad(self, only: bool) -> None:
        self._only_bad = only
        self._show()

    def _look(self) -> None:
        if self._held:
            return
        pieces, missed = self._came.take()
        if not pieces and not missed:
            return
        for piece in pieces:
            self._number += 1
            self._lines.append(Line(self._number, piece, self._private))
        self._missed += missed
        self._show()
        self.counted.emit()

    def _show(self) -> None:
        lines = [line for line in reversed(self._lines) if not self._only_bad or _bad(line)]
        self.table.show_rows(lines)
        told = translate("Frames", "{count} pieces, the newest on top").format(count=len(lines))
        if self._missed:
            words = translate("Frames", "{missed} came too fast to be shown")
            told += "  ·  " + words.format(missed=f"{self._missed:,}")
        self.told.setText(told)

    def _show_whole(self, line: Line | None) -> None:
        self.whole.setPlainText("" if line is None else whole_of(line.piece, line.private))


def _bad(line: Line) -> bool:
    return any(isinstance(message, Bad) for message in line.piece.messages)


def _columns() -> list[Column[Line]]:
    return [
        Column(translate("Frames", "Time"), lambda line: stamp(line.piece.at), 104),
        Column(translate("Frames", "Direction"), lambda line: direction(line.piece), 72),
        Column(
            translate("Frames", "Bytes"), lambda line: f"{len(line.piece.data):,}", 56, right=True
        ),
        Column(
            translate("Frames", "Meaning"),
            lambda line: line_of(line.piece),
            tone=lambda line: tone_of(line.piece),
        ),
        Column(translate("Frames", "Hexadecimal"), hex_of, 240),
    ]


def stamp(at: datetime) -> str:
    """The local moment to the millisecond."""
    local = at.astimezone()
    return f"{local:%H:%M:%S}.{local.microsecond // 1000:03d}"


def direction(piece: Piece) -> str:
    """To the device, or from it; which one, where many share the link."""
    arrow = translate("Frames", "→ sent") if piece.outward else translate("Frames", "← came")
    return f"{arrow} {piece.peer}" if piece.peer else arrow


def hex_of(line: Line) -> str:
    """The first bytes."""
    if line.private:
        return "–"
    data = line.piece.data
    more = " …" if len(data) > HEX_SHOWN else ""
    return data[:HEX_SHOWN].hex(" ").upper() + more
