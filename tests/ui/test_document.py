"""Papers: written as PDF from any thread, with all that was put into them."""

from __future__ import annotations

import threading
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication

from console.core.errors import Unavailable
from console.ui.document import Document, qr_image
from console.ui.style import apply_theme
from console.ui.translation import use_language

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MM_PER_PIXEL = 0.25


def opened(file: Path) -> QPdfDocument:
    assert file.read_bytes().startswith(b"%PDF-")
    found = QPdfDocument()
    assert found.load(str(file)) is QPdfDocument.Error.None_
    return found


def text_of(file: Path) -> str:
    found = opened(file)
    pages = [found.getAllText(page).text() for page in range(found.pageCount())]
    found.close()
    # one glyph serves a character and its radical; a reader may name it by either
    return unicodedata.normalize("NFKC", "\n".join(pages))


def picture_of(file: Path, page: int = 0) -> QImage:
    """The page at four pixels a millimetre, on white."""
    found = opened(file)
    drawn = found.render(page, QSize(round(210 / MM_PER_PIXEL), round(297 / MM_PER_PIXEL)))
    found.close()
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper


def coloured(paper: QImage, wanted: int) -> tuple[int, int]:
    """Width and height of all that has this colour."""
    spots = [
        (x, y)
        for y in range(paper.height())
        for x in range(paper.width())
        if paper.pixel(x, y) == wanted
    ]
    across, down = [x for x, _ in spots], [y for _, y in spots]
    return max(across) - min(across) + 1, max(down) - min(down) + 1


def test_everything_stands_on_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    paper = Document("Hand-over record", "Red Flag post", "0123 Wang", AT)
    paper.facts([("Number", "J 7"), ("Shift", "first"), ("Note", "<b>bold</b> & long " * 5)])
    paper.heading("Open calls").table(["No", "Minutes"], [["C1", "12"], ["C2", "345"]], right=[1])
    paper.note("one\ntwo").signatures(["Outgoing", "Incoming"])
    assert paper.write(file) == 1
    told = text_of(file)
    for wanted in (
        "Hand-over record", "Number", "J 7", "<b>bold</b> & long", "Open calls", "Minutes", "345",
        "one", "two", "Outgoing", "Incoming", "Red Flag post", "by 0123 Wang", "Page 1 of 1",
        f"Printed {AT.astimezone():%Y-%m-%d %H:%M}",
    ):  # fmt: skip
        assert wanted in told
    assert [place.name for place in tmp_path.iterdir()] == ["paper.pdf"]


def test_heads_and_footer_stand_on_every_page(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    rows = [[f"row-{at}", "some words " * (at % 9)] for at in range(150)]
    pages = Document("Long", "Post", "", AT).table(["Name", "What"], rows, (1, 3)).write(file)
    found = opened(file)
    assert found.pageCount() == pages > 3
    for page in range(pages):
        told = found.getAllText(page).text()
        assert "What" in told and f"Page {page + 1} of {pages}" in told
    found.close()
    told = text_of(file)
    assert all(f"row-{at}" in told for at in range(150))


def test_pictures_and_codes_have_the_width_that_was_asked_for(tmp_path: Path) -> None:
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    image.fill(QColor(0, 0, 255))
    file = tmp_path / "picture.pdf"
    Document("P").picture(image, 80, "below").write(file)
    wide, high = coloured(picture_of(file), 0xFF0000FF)
    assert wide * MM_PER_PIXEL == pytest.approx(80, abs=1)
    assert high * MM_PER_PIXEL == pytest.approx(20, abs=1)
    tall = image.scaled(100, 4000)
    assert Document("P").picture(tall, 500).write(file) <= 2  # never beyond the page
    Document("").qr("POST-1/V-7").write(file)
    wide, high = coloured(picture_of(file).copy(0, 0, 840, 1000), 0xFF000000)
    code = qr_image("POST-1/V-7")
    assert wide * MM_PER_PIXEL == pytest.approx(28 * (code.width() - 8) / code.width(), abs=1)
    assert abs(wide - high) <= 1


def test_a_code_has_its_quiet_zone_and_its_corners() -> None:
    code = qr_image("回执 红旗广场")
    black, white = 0xFF000000, 0xFFFFFFFF
    last = code.width() - 1
    edge = [code.pixel(x, y) for x in range(last + 1) for y in range(4)]
    assert set(edge) == {white}
    for corner in ((4, 4), (last - 4, 4), (4, last - 4)):
        assert code.pixel(*corner) == black
    assert code.pixel(last - 4 - 3, last - 4 - 3) in (black, white)
    assert qr_image("a") != qr_image("b")


def test_it_is_black_on_white_by_night_and_in_chinese_and_from_a_worker(
    qapp: QApplication, tmp_path: Path
) -> None:
    apply_theme(qapp, "night")
    use_language(qapp, "zh_CN")
    file = tmp_path / "夜.pdf"
    paper = Document("交接班记录", "红旗广场警务站", "王芳", AT).facts([("班次", "夜班")])
    paper.table(["编号"], [["一"]]).note("警情\u202e反转 😀")
    pages: list[int] = []
    worker = threading.Thread(target=lambda: pages.append(paper.write(file)), name="printer")
    worker.start()
    worker.join()
    assert pages == [1]
    told = text_of(file)
    assert "交接班记录" in told and "夜班" in told and "红旗广场" in told
    assert "王芳" in told and "\u202e" not in told
    drawn = picture_of(file)
    assert drawn.pixel(2, 2) == 0xFFFFFFFF
    greys = {drawn.pixelColor(x, y).lightness() for x in range(0, 840, 2) for y in range(60, 120)}
    assert min(greys) < 40  # the title is ink, not the night's light grey
    fonts = file.read_bytes()
    assert b"/FontFile" in fonts or b"/ObjStm" in fonts  # a reader needs no Chinese font


def test_a_page_break_and_an_empty_paper(tmp_path: Path) -> None:
    assert Document("").write(tmp_path / "empty.pdf") == 1
    broken = Document("A").note("first").page_break().note("second")
    assert broken.write(tmp_path / "two.pdf") == 2
    nothing = Document("A").table([], []).facts([]).signatures([]).picture(QImage())
    assert nothing.write(tmp_path / "nothing.pdf") == 1


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        Document("A").write(tmp_path / "no" / "paper.pdf")
    assert caught.value.code == "file.unwritable"
