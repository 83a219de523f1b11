"""A tile as small as nine of them at 1366×768 still says how old its picture is, and shows the last one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from console.ui.lamp import LampFace, Shape
from console.ui.style import Tone, look, px
from console.videowall.page.box import Head
from console.videowall.page.tile import Plate

pytestmark = pytest.mark.window
LIVE = LampFace(Shape.DOT, Tone.CALM, "实时")


@pytest.mark.parametrize(
    ("wide", "told"),
    [(400, "实时 <1 秒"), (165, "<1 秒"), (90, "")],
    ids=["wide", "nine", "tiny"],
)
def test_the_word_goes_before_the_age(qtbot: QtBot, wide: int, told: str) -> None:
    head = Head()
    qtbot.addWidget(head)
    head.resize(px(wide), head.sizeHint().height())
    head.say("SX001 人民路解放路路口", LIVE, "<1 秒", False)
    assert head.told == told


@pytest.mark.parametrize(("wide", "high"), [(163, 125), (800, 450)], ids=["nine", "one"])
def test_the_last_picture_is_seen_behind_the_words(qtbot: QtBot, wide: int, high: int) -> None:
    plate = Plate()
    qtbot.addWidget(plate)
    plate.resize(px(wide), px(high))
    last = QImage(plate.size(), QImage.Format.Format_Grayscale8)
    last.fill(Qt.GlobalColor.white)
    plate.say("画面停止 · 7 秒前", "这是最后一帧画面；恢复后自动续播。", last)
    seen = plate.grab().toImage()
    ground = QColor(look().tokens.bar).rgb()
    dots = [(x, y) for x in range(0, plate.width(), 3) for y in range(0, plate.height(), 3)]
    covered = sum(seen.pixel(x, y) == ground for x, y in dots)
    assert 0 < covered < 0.4 * len(dots)
