"""The pane that a picture is seen through: another process draws behind it, enlarged and masked."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from console.videowall.model import Rect

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)
PAN = 0.15  # of what is seen


class Glass(QFrame):
    """``window_number`` is drawn into; what is larger than the pane is cut off by the pane.

    A picture with private zones counts as ``covered`` only once its form is known: before that it
    is not known where the zones are.
    """

    def __init__(self) -> None:
        super().__init__()
        # else what lies over the window while a question waits becomes a window too, and hides all
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
        _make_native(self, "black")
        self._screen = QFrame(self)
        _make_native(self._screen, "black")
        self._mask: tuple[Rect, ...] = ()
        self._covers: list[QFrame] = []
        self._size = (0, 0)
        self._zoom = 0  # place in ZOOMS
        self._middle = (0.5, 0.5)  # of the picture, in the pane's middle

    @property
    def window_number(self) -> int:
        """The number of the window that is drawn into."""
        return int(self._screen.winId())

    @property
    def zoom(self) -> float:
        """How many times the picture is enlarged."""
        return ZOOMS[self._zoom]

    @property
    def covered(self) -> bool:
        """Whether nothing private can be seen."""
        return not self._mask or self._size[0] > 0

    def cover(self, mask: tuple[Rect, ...]) -> None:
        """These parts of the picture are private."""
        if mask == self._mask:
            return
        self._mask = mask
        for old in self._covers:
            old.hide()
            old.deleteLater()
        self._covers = [_make_native(QFrame(self), "#30363d") for _ in mask]
        for one in self._covers:
            one.show()
        self._lay_out()

    def measure(self, size: tuple[int, int]) -> None:
        """The picture has this form; (0, 0) when it is not known."""
        if size != self._size:
            self._size = size
            self._lay_out()

    def settle(self, room: QRect) -> None:
        """The pane fills this room of what it stands in, and its window is there: the window system
        tells late where a window was, and then Qt moves the pane after it, out of its place."""
        if self.geometry() != room:
            self.setGeometry(room)
        handle, above = self.windowHandle(), self.nativeParentWidget()
        if handle is None or above is None or not self.isVisible():
            return
        place = QRect(self.mapTo(above, QPoint(0, 0)), self.size())
        if handle.geometry() != place:
            handle.setGeometry(place)

    def enlarge(self, steps: int, x: float = 0.5, y: float = 0.5) -> None:
        """Closer by so many steps, towards this place of the pane (shares of its sides)."""
        before = self.zoom
        self._zoom = min(max(self._zoom + steps, 0), len(ZOOMS) - 1)
        shift = 1 / before - 1 / self.zoom
        self._move_to(
            self._middle[0] + (x - 0.5) * shift,
            self._middle[1] + (y - 0.5) * shift,
        )

    def pan(self, dx: int, dy: int) -> None:
        """What is seen moves by a step."""
        step = PAN / self.zoom
        self._move_to(self._middle[0] + dx * step, self._middle[1] + dy * step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _move_to(self, x: float, y: float) -> None:
        edge = 0.5 / self.zoom
        self._middle = (min(max(x, edge), 1 - edge), min(max(y, edge), 1 - edge))
        self._lay_out()

    def _lay_out(self) -> None:
        wide, high = round(self.width() * self.zoom), round(self.height() * self.zoom)
        left = round(self.width() / 2 - self._middle[0] * wide)
        top = round(self.height() / 2 - self._middle[1] * high)
        self._screen.setGeometry(left, top, max(1, wide), max(1, high))
        for part, one in zip(self._mask, self._covers, strict=True):
            one.setGeometry(_part_of(part, self._picture_rect(left, top, wide, high)))
            one.raise_()

    def _picture_rect(self, left: int, top: int, wide: int, high: int) -> QRect:
        """Where the picture itself is: the player keeps its form and leaves bars at the sides."""
        across, down = self._size
        if not across or not down:
            return QRect(left, top, wide, high)
        scale = min(wide / across, high / down)
        w, h = round(across * scale), round(down * scale)
        return QRect(left + (wide - w) // 2, top + (high - h) // 2, w, h)


def _part_of(part: Rect, of: QRect) -> QRect:
    """The part, a point larger on each side: what is private is never short of one."""
    return QRect(
        of.left() + int(part.left * of.width()) - 1,
        of.top() + int(part.top * of.height()) - 1,
        int(part.width * of.width()) + 3,
        int(part.height * of.height()) + 3,
    )


def _make_native(one: QFrame, colour: str) -> QFrame:
    one.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
    one.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
    one.setStyleSheet(f"background: {colour}")
    return one


def pane_share(glass: QWidget, x: float, y: float) -> tuple[float, float]:
    """A place in the pane as shares of its sides."""
    return x / max(1, glass.width()), y / max(1, glass.height())
