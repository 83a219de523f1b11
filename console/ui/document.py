"""A printed paper: put together from parts, written as PDF on A4. Text is text, never markup.

Any thread may do both. The parts only remember; ``write`` lays them out with a document of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import segno
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter, QTextDocument

from console.core.text import shown
from console.core.whole_file import replaced
from console.ui.paper import FAINT, Paper, font_pt

translate = QCoreApplication.translate

DPI = 300
PAGE_MM = (210.0, 297.0)
MARGIN_MM = (20.0, 16.0, 20.0, 20.0)  # left, top, right, bottom
FOOT_MM = 12.0  # from the lower edge to the middle of the footer
TEXT_CHARS = 20_000
Part = Callable[[Paper], None]


class Document:
    """One paper with a title; its footer says the post, when and by whom it was printed, the page.

    Each part stands below the one before; each call returns the document, for the next one.
    """

    def __init__(
        self,
        title: str,
        post: str = "",
        printed_by: str = "",
        printed_at: datetime | None = None,
    ) -> None:
        self.title = _clean(title)
        self._post, self._by = _clean(post), _clean(printed_by)
        self._at = printed_at
        self._parts: list[Part] = []

    def heading(self, text: str) -> Document:
        """A heading inside the paper."""
        return self._add(partial(Paper.heading, text=_clean(text)))

    def facts(self, pairs: Sequence[tuple[str, str]]) -> Document:
        """Labels with their values beside them, two pairs a line."""
        told = [(_clean(label), _clean(value)) for label, value in pairs]
        return self._add(partial(Paper.facts, pairs=told))

    def table(
        self,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float] = (),
        right: Sequence[int] = (),
    ) -> Document:
        """A ruled table whose heads stand on every page.

        ``widths`` are shares of the page, by default equal; the columns ``right`` hold figures.
        """
        clean = [[_clean(cell) for cell in row] for row in rows]
        names = [_clean(head) for head in heads]
        part = partial(Paper.table, heads=names, rows=clean, widths=widths, right=frozenset(right))
        return self._add(part)

    def note(self, text: str) -> Document:
        """A paragraph."""
        return self._add(partial(Paper.note, text=_clean(text)))

    def picture(self, image: QImage, width_mm: float = 0.0, caption: str = "") -> Document:
        """The picture so wide (the page's width when 0), never wider or higher than a page."""
        told = partial(
            Paper.picture, image=image.copy(), width_mm=width_mm, caption=_clean(caption)
        )
        return self._add(told)

    def qr(self, text: str, width_mm: float = 28.0, caption: str = "") -> Document:
        """The text as a QR code (ISO/IEC 18004, level M)."""
        told = partial(
            Paper.picture, image=qr_image(text), width_mm=width_mm, caption=_clean(caption)
        )
        return self._add(told)

    def lines_and_code(
        self, rows: Sequence[tuple[str, str]], code: str, width_mm: float = 42.0
    ) -> Document:
        """Numbered lines to be read sign by sign, and beside them the QR code of ``code``."""
        told = [(_clean(number), _clean(text)) for number, text in rows]
        return self._add(partial(Paper.beside, rows=told, image=qr_image(code), width_mm=width_mm))

    def signatures(self, labels: Sequence[str]) -> Document:
        """A line to sign on for each label, beside one another."""
        return self._add(partial(Paper.signatures, labels=[_clean(label) for label in labels]))

    def page_break(self) -> Document:
        """What follows begins on a new page."""
        return self._add(Paper.page_break)

    def write(self, path: Path) -> int:
        """The paper stands in this PDF file, whole; returns its pages. Slow: off the UI thread."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        pages = self._print(buffer)
        buffer.close()
        with replaced(path) as out:
            out.write(bytes(buffer.data().data()))
        return pages

    def _add(self, part: Part) -> Document:
        self._parts.append(part)
        return self

    def _print(self, device: QIODevice) -> int:
        writer = QPdfWriter(device)
        writer.setResolution(DPI)
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(self.title)
        writer.setCreator("post-console")
        left, top, right, bottom = map(_dots, MARGIN_MM)
        size = QSizeF(_dots(PAGE_MM[0]) - left - right, _dots(PAGE_MM[1]) - top - bottom)
        document = QTextDocument()
        paper = Paper(document, writer, size, DPI)
        paper.title(self.title)
        for part in self._parts:
            part(paper)
        pages = paper.finish()
        printed = self._at or datetime.now(UTC)
        painter = QPainter(writer)
        painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)  # codes stay sharp
        try:
            for page in range(pages):
                if page:
                    writer.newPage()
                painter.save()
                painter.translate(QPointF(left, top))
                paper.draw(painter, page)
                painter.restore()
                self._foot(painter, printed, page + 1, pages)
        finally:
            painter.end()
        return pages

    def _foot(self, painter: QPainter, printed: datetime, page: int, pages: int) -> None:
        told = translate("Document", "Printed {at:%Y-%m-%d %H:%M}").format(at=printed.astimezone())
        if self._by:
            told = translate("Document", "{printed} by {who}").format(printed=told, who=self._by)
        number = translate("Document", "Page {page} of {pages}").format(page=page, pages=pages)
        left, _, right, _ = map(_dots, MARGIN_MM)
        width = _dots(PAGE_MM[0]) - left - right
        middle = _dots(PAGE_MM[1] - FOOT_MM)
        high = _dots(5)
        painter.setFont(font_pt(8.5))
        painter.setPen(QColor(FAINT))
        painter.drawLine(left, middle - high, left + width, middle - high)
        sides = Qt.AlignmentFlag
        third = width // 3
        fitted = painter.fontMetrics().elidedText(
            self._post, Qt.TextElideMode.ElideRight, third - _dots(2)
        )
        line = sides.AlignVCenter
        painter.drawText(left, middle - high, third, 2 * high, line | sides.AlignLeft, fitted)
        painter.drawText(left, middle - high, width, 2 * high, line | sides.AlignHCenter, told)
        painter.drawText(left, middle - high, width, 2 * high, line | sides.AlignRight, number)


def qr_image(text: str) -> QImage:
    """The text as a QR code, one dot a module, with the quiet zone that readers need."""
    code = segno.make(text, error="m", micro=False, encoding="utf-8")
    border = 4
    size = len(code.matrix) + 2 * border
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(code.matrix, start=border):
        for x, dark in enumerate(row, start=border):
            if dark:
                image.setPixel(x, y, 0xFF000000)
    return image


def _clean(text: str) -> str:
    return shown(text, TEXT_CHARS)


def _dots(mm: float) -> int:
    return round(mm / 25.4 * DPI)
