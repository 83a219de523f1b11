"""The look: readable in both themes, the same everywhere, at every scale."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.ui import fonts, icons
from console.ui.keycap import KeyButton
from console.ui.sheet import STYLE, sheet
from console.ui.style import apply_theme, look, px, table_font, theme_for, tokens
from console.ui.tokens import SCALES, TEXT_PAIRS, THEMES, Tokens, contrast


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_every_text_is_at_least_four_and_a_half_to_one(theme: Tokens) -> None:
    for ink, ground in TEXT_PAIRS:
        ratio = contrast(getattr(theme, ink), getattr(theme, ground))
        assert ratio >= 4.5, f"{theme.name}: {ink} on {ground}: {ratio:.2f}"


def test_contrast_is_the_ratio_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#777777") == 1.0


def test_night_is_dark() -> None:
    night = THEMES["night"]
    for ground in (night.ground, night.panel, night.raised, night.field, night.bar):
        assert contrast(ground, "#000000") < 1.6


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("scale", SCALES)
def test_the_sheet_is_complete(theme: Tokens, scale: float) -> None:
    made = sheet(theme, scale)
    assert "@" not in made
    for place in re.findall(r"url\((.*?)\)", made):
        assert place.startswith(STYLE.as_posix())
        assert (STYLE / theme.name / place.rsplit("/", 1)[1]).exists()


def test_a_change_of_theme_is_told_and_reaches_the_widgets(
    qapp: QApplication, qtbot: QtBot
) -> None:
    shown = QLabel("x")
    qtbot.addWidget(shown)
    with qtbot.waitSignal(look().changed):
        apply_theme(qapp, "night", 1.25)
    shown.ensurePolished()
    assert tokens().name == "night"
    assert px(100) == 125
    assert shown.palette().windowText().color().name().upper() == THEMES["night"].ink
    with pytest.raises(ValueError, match="scale"):
        apply_theme(qapp, "day", 3.0)


def test_the_hour_chooses_the_theme_unless_the_officer_did() -> None:
    assert [theme_for(hour) for hour in (6, 7, 18, 19)] == ["night", "day", "day", "night"]
    assert theme_for(3, "day") == "day"
    assert theme_for(12, "night") == "night"


def test_digits_are_all_of_one_width(qapp: QApplication) -> None:
    metrics = QFontMetrics(table_font())
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_every_icon_is_drawn_and_takes_the_colour_of_the_theme(
    qapp: QApplication, qtbot: QtBot
) -> None:
    for name in icons.ICONS:
        assert not icons.icon(name).pixmap(18, 18).isNull(), name
    button = KeyButton("x")
    qtbot.addWidget(button)
    icons.dress(button, "lock")
    before = button.icon().pixmap(18, 18).toImage()
    apply_theme(qapp, "night")
    assert button.icon().pixmap(18, 18).toImage() != before


def test_this_machine_draws_chinese_and_the_check_can_fail(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fonts.draws_chinese(), "install fonts-noto-cjk"
    assert fonts.family_in_use()
    box = fonts._picture("\U0010fffd")
    monkeypatch.setattr(fonts, "_picture", lambda text: box)
    assert not fonts.draws_chinese()
