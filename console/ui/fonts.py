"""Whether this machine can draw Chinese: a bare one shows boxes, and no error says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QImage, QPainter

from console.ui.style import body_font

_NO_GLYPH = "\U0010fffd"  # the last private-use character: no font of ours has it


def draws_chinese() -> bool:
    """A Chinese character looks like neither nothing nor the missing-glyph box. Needs a QGuiApplication."""
    police = _picture("警")
    return police not in (_picture(" "), _picture(_NO_GLYPH)) and police != _picture("站")


def family_in_use() -> str:
    """The family that the platform found for the console's font stack."""
    return QFontInfo(body_font()).family()


def _picture(text: str) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(body_font())
    painter.drawText(image.rect(), Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return image
