"""The look of the running program: the theme in force, its scale, fonts and style sheet."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from console.ui.sheet import sheet
from console.ui.tokens import (
    BODY_PX,
    DAY,
    FIGURE_PX,
    FONT_FAMILIES,
    SCALES,
    SMALL_PX,
    TABLE_PX,
    THEMES,
    TITLE_PX,
    Tokens,
    Tone,
)

__all__ = ["Look", "Tone", "apply_theme", "look", "px", "theme_for", "tokens", "tone_colours"]


class Look(QObject):
    """The theme in force, one an application; ``changed`` follows every change of it."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("look")
        self.tokens: Tokens = DAY
        self.scale: float = 1.0


def look() -> Look:
    """The application's look; made when first asked for."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application")
    kept = vars(app).get("look")  # asked for some hundred times at every painting
    if kept is None:
        kept = vars(app)["look"] = Look(app)
    return cast(Look, kept)


def tokens(theme: str = "") -> Tokens:
    """The tokens of this theme, or of the theme in force."""
    return THEMES[theme] if theme else look().tokens


def px(length: float) -> int:
    """So many pixels at the scale in force."""
    return round(length * look().scale)


def apply_theme(app: QApplication, theme: str, scale: float = 1.0) -> None:
    """The whole application shows this theme (``day`` or ``night``) at this scale (1, 1.25, 1.5)."""
    if scale not in SCALES:
        raise ValueError(f"no such scale: {scale}")
    state = look()
    state.tokens, state.scale = THEMES[theme], scale
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, False)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateTooltip, False)
    app.setPalette(_palette(state.tokens))
    app.setFont(body_font())
    app.setStyleSheet(sheet(state.tokens, scale))
    state.changed.emit()


def theme_for(hour: int, wish: str = "auto") -> str:
    """The theme that a wish (auto, day, night) means at this local hour."""
    if wish in THEMES:
        return wish
    return "day" if 7 <= hour < 19 else "night"


def body_font(weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """14 px, the console's family."""
    return font_of(BODY_PX, weight)


def table_font() -> QFont:
    """13 px, for rows."""
    return font_of(TABLE_PX)


def small_font() -> QFont:
    """12 px, for keycaps and captions."""
    return font_of(SMALL_PX)


def title_font() -> QFont:
    """15 px, heads of panels."""
    return font_of(TITLE_PX, QFont.Weight.DemiBold)


def figure_font() -> QFont:
    """20 px, for the one figure that matters on a card."""
    return font_of(FIGURE_PX, QFont.Weight.DemiBold)


def font_of(size_px: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The console's family at this size, digits all of one width."""
    return QFont(_font(px(size_px), weight))


@lru_cache(maxsize=64)
def _font(pixels: int, weight: QFont.Weight) -> QFont:
    """Made once for each size: every card asks for three fonts at every painting."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def tone_colours(tone: Tone) -> tuple[QColor, QColor]:
    """Ink and soft ground of a tone in the theme in force."""
    now = look().tokens
    ink, soft = {
        Tone.CALM: (now.ink_soft, now.hover),
        Tone.QUIET: (now.ink_faint, now.panel),
        Tone.ACCENT: (now.accent, now.accent_soft),
        Tone.LATE: (now.late, now.late_soft),
        Tone.ALARM: (now.alarm, now.alarm_soft),
    }[tone]
    return QColor(ink), QColor(soft)


def mark(widget: QWidget, **properties: str) -> None:
    """The style sheet sees these properties of the widget, at once."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _palette(now: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, now.panel), (role.WindowText, now.ink), (role.Base, now.field),
        (role.AlternateBase, now.panel), (role.Text, now.ink), (role.Button, now.raised),
        (role.ButtonText, now.ink), (role.ToolTipBase, now.raised), (role.ToolTipText, now.ink),
        (role.PlaceholderText, now.ink_faint), (role.Highlight, now.accent_fill),
        (role.HighlightedText, now.on_accent), (role.Link, now.accent), (role.Light, now.raised),
        (role.Mid, now.line), (role.Dark, now.line_strong), (role.Shadow, now.line_strong),
        (role.Accent, now.accent_fill),
    ):  # fmt: skip
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(now.ink_faint))
    return palette
