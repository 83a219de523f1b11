"""The parts of a printed paper as a text document holds them, by cursor and table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

from console.ui.tokens import FONT_FAMILIES

INK, SOFT, FAINT, RULE, GROUND = "#000000", "#333333", "#555555", "#808080", "#EEEEEE"  # on paper
BODY_PT, TITLE_PT, HEADING_PT, SMALL_PT = 10.5, 16.0, 12.0, 9.0
SIGNS_PT = 16.0  # read sign by sign
MOST_OF_PAGE = 0.85  # of its height, for one picture
LAYOUT_DPI = 96  # lengths in formats are in such dots; Qt scales them to the device
Align = Qt.AlignmentFlag


def font_pt(points: float, bold: bool = False) -> QFont:
    """The console's family at this size on paper."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("locl"), 0)  # its other digits would have no text in the PDF
    return font


class Paper:
    """A text document laid out for a printing device; every part stands at its end."""

    def __init__(
        self, document: QTextDocument, device: QPagedPaintDevice, size: QSizeF, dpi: int
    ) -> None:
        self._document, self._size, self._dpi = document, size, dpi
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(device)
        document.setDocumentMargin(0)
        document.setDefaultFont(font_pt(BODY_PT))
        document.setPageSize(size)
        self._cursor = QTextCursor(document)
        self._cursor.beginEditBlock()  # laid out once, at the end, not after every cell
        self._pictures = 0
        self._fresh = True

    def title(self, text: str) -> None:
        """The paper's title, in the middle."""
        self._block(Align.AlignHCenter, below=4)
        self._cursor.insertText(text, _ink(TITLE_PT, bold=True))

    def heading(self, text: str) -> None:
        """A heading."""
        self._block(Align.AlignLeft, above=4, below=1.5)
        self._cursor.insertText(text, _ink(HEADING_PT, bold=True))

    def note(self, text: str) -> None:
        """A paragraph."""
        self._block(Align.AlignLeft, below=2)
        self._cursor.insertText(text, _ink(BODY_PT))

    def facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Two pairs a line; a long value has its line to itself."""
        lines: list[list[tuple[str, str]]] = []
        for pair in pairs:
            short = len(pair[1]) <= 18 and "\n" not in pair[1]
            if short and lines and len(lines[-1]) == 1 and len(lines[-1][0][1]) <= 18:
                lines[-1].append(pair)
            else:
                lines.append([pair])
        if not lines:
            return
        table = self._table(len(lines), (0.15, 0.35, 0.15, 0.35), ruled=False)
        for at, line in enumerate(lines):
            if len(line) == 1:
                table.mergeCells(at, 1, 1, 3)
            for side, (name, value) in enumerate(line):
                self._cell(table, at, 2 * side, name, _ink(BODY_PT, SOFT))
                self._cell(table, at, 2 * side + 1, value, _ink(BODY_PT))
        self._leave()

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        right: frozenset[int],
    ) -> None:
        """A ruled table with its heads on every page."""
        shares = tuple(widths) or (1.0,) * len(heads)
        whole = sum(shares)
        table = self._table(len(rows) + 1, tuple(one / whole for one in shares), ruled=True)
        for at, head in enumerate(heads):
            side = Align.AlignRight if at in right else Align.AlignLeft
            self._cell(table, 0, at, head, _ink(SMALL_PT, bold=True), side)
            shape = table.cellAt(0, at).format()
            shape.setBackground(QBrush(QColor(GROUND)))
            table.cellAt(0, at).setFormat(shape)
        for line, row in enumerate(rows, start=1):
            for at, text in enumerate(row[: len(heads)]):
                side = Align.AlignRight if at in right else Align.AlignLeft
                self._cell(table, line, at, text, _ink(SMALL_PT), side)
        self._leave()

    def picture(self, image: QImage, width_mm: float, caption: str) -> None:
        """The picture in the middle, its caption below."""
        if image.isNull():
            return
        scale = self._dpi / LAYOUT_DPI
        whole = self._size.width() / scale
        most = self._size.height() / scale * MOST_OF_PAGE
        width = min(_dots(width_mm) if width_mm else whole, whole)
        height = width * image.height() / image.width()
        if height > most:
            width, height = width * most / height, most
        shape = self._image(image, width, height)
        around = self._block(Align.AlignHCenter, above=2, below=1)
        around.setLineHeight(100, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._cursor.setBlockFormat(around)
        self._cursor.insertImage(shape)
        if caption:
            self._block(Align.AlignHCenter, below=2)
            self._cursor.insertText(caption, _ink(SMALL_PT, SOFT))

    def beside(self, rows: Sequence[tuple[str, str]], image: QImage, width_mm: float) -> None:
        """Numbered lines to be read sign by sign, and the picture at their right."""
        table = self._table(1, (0.68, 0.32), ruled=False)
        inside = table.cellAt(0, 0).firstCursorPosition()
        for at, (number, text) in enumerate(rows):
            shape = QTextBlockFormat()
            shape.setTopMargin(_dots(3))
            inside.setBlockFormat(shape) if not at else inside.insertBlock(shape)
            inside.insertText(f"{number}\u2003", _ink(BODY_PT, SOFT))
            inside.insertText(text.replace(" ", "\u2002"), _ink(SIGNS_PT, bold=True))
        width = _dots(width_mm)
        code = self._image(image, width, width * image.height() / image.width())
        table.cellAt(0, 1).firstCursorPosition().insertImage(code)
        self._leave()

    def signatures(self, labels: Sequence[str]) -> None:
        """A label and a line to sign on, for each, side by side."""
        if not labels:
            return
        self._block(Align.AlignLeft, above=6)
        each = 1 / len(labels)
        named = [min(0.6, 0.03 * (1 + len(name)) / each) * each for name in labels]
        shares = [share for name in named for share in (name, each - name)]
        table = self._table(1, shares, ruled=False)
        for at, name in enumerate(labels):
            self._cell(table, 0, 2 * at, name, _ink(BODY_PT))
            lined = QTextTableCellFormat()
            lined.setBottomBorder(_dots(0.2))
            lined.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            lined.setBottomBorderBrush(QBrush(QColor(INK)))
            table.cellAt(0, 2 * at + 1).setFormat(lined)
        self._leave()

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self._block(Align.AlignLeft)
        shape = self._cursor.blockFormat()
        shape.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
        self._cursor.setBlockFormat(shape)

    def finish(self) -> int:
        """The paper is laid out; returns its pages. Nothing is added afterwards."""
        self._cursor.endEditBlock()
        return self._document.pageCount()

    def draw(self, painter: QPainter, page: int) -> None:
        """This page of the document is painted, its upper left corner at the origin."""
        high = self._size.height()
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(INK))  # type: ignore[attr-defined]
        context.clip = QRectF(0, page * high, self._size.width(), high)  # type: ignore[attr-defined]
        painter.translate(QPointF(0, -page * high))
        painter.setClipRect(context.clip)  # type: ignore[attr-defined]
        self._document.documentLayout().draw(painter, context)

    def _block(
        self, side: Qt.AlignmentFlag, above: float = 0, below: float = 0
    ) -> QTextBlockFormat:
        """The cursor stands in a new block at the end (the first one there is, at first)."""
        shape = QTextBlockFormat()
        shape.setAlignment(side)
        shape.setTopMargin(_dots(above))
        shape.setBottomMargin(_dots(below))
        shape.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if self._fresh:
            self._cursor.setBlockFormat(shape)
            self._fresh = False
        else:
            self._cursor.insertBlock(shape, QTextCharFormat())
        return shape

    def _image(self, image: QImage, width: float, height: float) -> QTextImageFormat:
        """The picture as this document holds it, so wide and high."""
        self._pictures += 1
        name = f"picture:{self._pictures}"
        kept = image
        times = round(width * self._dpi / LAYOUT_DPI / image.width())
        if times > 1:  # a code of few dots stays sharp: dots are never blurred
            kept = image.scaled(image.size() * times)
        self._document.addResource(
            int(QTextDocument.ResourceType.ImageResource.value), QUrl(name), kept
        )
        shape = QTextImageFormat()
        shape.setName(name)
        shape.setWidth(width)
        shape.setHeight(height)
        return shape

    def _table(self, rows: int, shares: Sequence[float], ruled: bool) -> QTextTable:
        shape = QTextTableFormat()
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        kind = QTextLength.Type.PercentageLength
        shape.setColumnWidthConstraints([QTextLength(kind, 100 * share) for share in shares])
        shape.setCellSpacing(0)
        shape.setCellPadding(_dots(1.2 if ruled else 0.8))
        shape.setTopMargin(_dots(1))
        shape.setBottomMargin(_dots(2))
        if ruled:
            shape.setHeaderRowCount(1)
            shape.setBorder(1)
            shape.setBorderCollapse(True)
            shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            shape.setBorderBrush(QBrush(QColor(RULE)))
        else:
            shape.setBorder(0)
        self._block(Align.AlignLeft)
        return self._cursor.insertTable(rows, len(shares), shape)

    def _cell(
        self,
        table: QTextTable,
        row: int,
        column: int,
        text: str,
        ink: QTextCharFormat,
        side: Qt.AlignmentFlag = Align.AlignLeft,
    ) -> None:
        inside = table.cellAt(row, column).firstCursorPosition()
        if side is not Align.AlignLeft:
            shape = QTextBlockFormat()
            shape.setAlignment(side)
            inside.setBlockFormat(shape)
        inside.insertText(text, ink)

    def _leave(self) -> None:
        """The cursor stands below the table."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True


def _dots(mm: float) -> float:
    return mm / 25.4 * LAYOUT_DPI


def _ink(points: float, colour: str = INK, bold: bool = False) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFont(font_pt(points, bold))
    shape.setForeground(QBrush(QColor(colour)))
    return shape
