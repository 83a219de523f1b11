"""A camera carried from the list onto a tile.

Not the window system's drag and drop: a tile's window holds one of another process, which that
knows nothing of. The list keeps the pointer until it is let go, and the stage knows what is there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from console.videowall.model import Camera


class CameraDrag(QObject):
    """``dropped(camera, place)`` when a row of the list was let go somewhere else on the screen."""

    dropped = Signal(object, QPoint)

    def __init__(self, viewport: QWidget, row_at: Callable[[QPoint], Camera | None]) -> None:
        super().__init__(viewport)
        self._viewport, self._row_at = viewport, row_at
        self._camera: Camera | None = None
        self._begun = QPoint()
        self._carrying = False
        viewport.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            here = event.globalPosition().toPoint()
            if event.type() is QEvent.Type.MouseButtonPress:
                self._press(event, here)
            elif event.type() is QEvent.Type.MouseMove and self._camera is not None:
                return self._move(here)
            elif event.type() is QEvent.Type.MouseButtonRelease and self._camera is not None:
                return self._release(here)
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent, here: QPoint) -> None:
        left = event.button() is Qt.MouseButton.LeftButton
        self._camera = self._row_at(event.position().toPoint()) if left else None
        self._begun, self._carrying = here, False

    def _move(self, here: QPoint) -> bool:
        far = (here - self._begun).manhattanLength() >= QApplication.startDragDistance()
        if far and not self._carrying:
            self._carrying = True
            QApplication.setOverrideCursor(Qt.CursorShape.DragCopyCursor)
        return self._carrying  # the table does not mark rows meanwhile

    def _release(self, here: QPoint) -> bool:
        camera, carried = self._camera, self._carrying
        self._camera, self._carrying = None, False
        if not carried:
            return False
        QApplication.restoreOverrideCursor()
        if camera is not None:
            self.dropped.emit(camera, here)
        return True
