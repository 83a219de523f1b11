"""One family of icons (Material Design Icons), coloured from the tokens."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel

from console.ui.style import Look, look, px

_FILE = "materialdesignicons6"
_FILLS = 0.875  # of the square, as the family is drawn to be used

# our word → the drawing's name in the family
ICONS = {
    "desk": "mdi6.headset",
    "map": "mdi6.map-outline",
    "wall": "mdi6.view-grid-outline",
    "inventory": "mdi6.archive-outline",
    "roster": "mdi6.account-group-outline",
    "citizen": "mdi6.account-heart-outline",
    "patrol": "mdi6.walk",
    "links": "mdi6.lan-connect",
    "assessment": "mdi6.chart-bar",
    "aside": "mdi6.tray-alert",
    "handover": "mdi6.account-switch-outline",
    "system": "mdi6.cog-outline",
    "people": "mdi6.account-key-outline",
    "city": "mdi6.cloud-outline",
    "city_away": "mdi6.cloud-off-outline",
    "synced": "mdi6.check",
    "pending": "mdi6.tray-arrow-up",
    "alarm": "mdi6.alert-outline",
    "bell": "mdi6.bell-outline",
    "muted": "mdi6.bell-off-outline",
    "day": "mdi6.weather-sunny",
    "night": "mdi6.weather-night",
    "language": "mdi6.translate",
    "lock": "mdi6.lock-outline",
    "sign_out": "mdi6.logout",
    "menu": "mdi6.dots-vertical",
    "add": "mdi6.plus",
    "remove": "mdi6.minus",
    "edit": "mdi6.pencil-outline",
    "search": "mdi6.magnify",
    "refresh": "mdi6.refresh",
    "undo": "mdi6.undo",
    "phone": "mdi6.phone-outline",
    "walk_in": "mdi6.account-arrow-left-outline",
    "radio": "mdi6.radio-handheld",
    "camera": "mdi6.cctv",
    "car": "mdi6.car-outline",
    "motorcycle": "mdi6.motorbike",
    "bicycle": "mdi6.bicycle",
    "foot": "mdi6.walk",
    "place": "mdi6.map-marker-outline",
    "pick": "mdi6.crosshairs-gps",
    "fit": "mdi6.star-outline",
    "locked": "mdi6.lock-outline",
    "clock": "mdi6.clock-outline",
    "note": "mdi6.note-text-outline",
    "user": "mdi6.account-outline",
    "group": "mdi6.account-multiple-outline",
    "wire": "mdi6.serial-port",
    "gps": "mdi6.satellite-variant",
    "info": "mdi6.information-outline",
    "help": "mdi6.help-circle-outline",
    "close": "mdi6.close",
    "tick": "mdi6.check",
    "right": "mdi6.chevron-right",
    "left": "mdi6.chevron-left",
    "up": "mdi6.chevron-up",
    "down": "mdi6.chevron-down",
    "filter": "mdi6.filter-outline",
    "columns": "mdi6.view-column-outline",
    "export": "mdi6.export",
    "print": "mdi6.printer-outline",
    "drill": "mdi6.school-outline",
    "post": "mdi6.shield-home-outline",
    "fault": "mdi6.alert-octagon-outline",
    "log": "mdi6.text-box-outline",
    "layers": "mdi6.layers-outline",
    "ruler": "mdi6.ruler",
    "route": "mdi6.map-marker-path",
    "level": "mdi6.signal-cellular-2",
}


class _Family(QObject):
    """The family's font, loaded once an application, and the letter of each drawing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("icons")
        folder = _fonts()
        drawings = next(folder.glob(f"{_FILE}-webfont-[0-9]*.ttf"))
        number = QFontDatabase.addApplicationFont(str(drawings))
        names = QFontDatabase.applicationFontFamilies(number)
        if not names:
            raise OSError(f"the icons' font cannot be read: {folder}")
        self._name = names[0]
        charmap = next(folder.glob(f"{_FILE}-webfont-charmap-*.json"))
        self._letters: dict[str, str] = json.loads(charmap.read_text("utf-8"))

    def letter(self, name: str) -> str:
        """The letter that the font draws as this drawing."""
        return chr(int(self._letters[name.removeprefix("mdi6.")], 16))

    def font(self, side: int) -> QFont:
        """The font for a drawing in a square of this side."""
        font = QFont(self._name)
        font.setPixelSize(max(1, round(_FILLS * side)))
        return font


def _fonts() -> Path:
    """Where qtawesome's fonts lie. Not imported: it would load ten families and wrap Qt anew."""
    found = importlib.util.find_spec("qtawesome")
    if found is None or found.origin is None:
        raise OSError("the icons' fonts (qtawesome) are not installed")
    return Path(found.origin).parent / "fonts"


def _family() -> _Family:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application")
    found = app.findChild(_Family, "icons", Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else _Family(app)


class _Engine(QIconEngine):
    """Draws one letter of the family, crisp at every size."""

    def __init__(self, letter: str, colour: QColor, disabled: QColor) -> None:
        super().__init__()
        self._letter, self._colour, self._disabled = letter, colour, disabled

    def clone(self) -> QIconEngine:
        return _Engine(self._letter, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setPen(self._disabled if mode is QIcon.Mode.Disabled else self._colour)
        painter.setFont(_family().font(min(rect.width(), rect.height())))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return drawn


def icon(name: str, colour: str = "ink_soft") -> QIcon:
    """The drawing in the colour of a token of the theme in force (``ink_soft``, ``accent``, …)."""
    now = look().tokens
    letter = _family().letter(ICONS[name])
    return QIcon(_Engine(letter, QColor(getattr(now, colour)), QColor(now.ink_faint)))


class Dress(QObject):
    """Keeps a button's or a label's icon in the colour of its token through theme changes."""

    def __init__(
        self,
        target: QAbstractButton | QLabel,
        name: str,
        colour: str = "ink_soft",
        size_px: int = 18,
    ) -> None:
        super().__init__(target)
        self._target = target
        self._size_px = size_px
        self._name, self._colour = name, colour
        self._look: Look = look()
        self._look.changed.connect(self._draw)
        self._draw()

    def show(self, name: str, colour: str = "ink_soft") -> None:
        """The target shows this drawing in this colour."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self._draw()

    def _draw(self) -> None:
        drawn = icon(self._name, self._colour)
        side = px(self._size_px)
        size = QSize(side, side)
        if isinstance(self._target, QLabel):
            self._target.setPixmap(drawn.pixmap(size, self._target.devicePixelRatioF()))
        else:
            self._target.setIcon(drawn)
            self._target.setIconSize(size)


def dress(
    target: QAbstractButton | QLabel, name: str, colour: str = "ink_soft", size_px: int = 18
) -> Dress:
    """The target shows this icon, now and after every change of theme."""
    return Dress(target, name, colour, size_px)
