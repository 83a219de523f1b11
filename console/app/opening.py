"""From the start of the program to the console: the engine, the libraries and the store side by side."""

from __future__ import annotations

import sys
import threading
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from console.core.errors import ConsoleError
from console.gridmap.page import kept
from console.gridmap.page.geometry import Geometry
from console.gridmap.page.palette import palette
from console.gridmap.page.port import MapPort
from console.gridmap.service import fingerprint_of
from console.settings import Settings
from console.ui.style import theme_for, tokens

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.post import Post


class Opening(QObject):
    """``opened`` once the window of this post is shown; ``failed`` when the post cannot be opened.

    The map's engine starts in processes of its own and needs the event loop of this thread; so the
    libraries are brought and the store is opened in another one meanwhile.
    """

    opened = Signal()
    failed = Signal()
    _ready = Signal()
    _recalled = Signal(object)

    def __init__(self, app: QApplication, settings: Settings, port: MapPort | None = None) -> None:
        super().__init__()
        self._app, self._settings, self._port = app, settings, port
        self._thread = threading.Thread(target=self._bring, name="opening")
        self._post: Post | None = None
        self._console: Console | None = None
        self._bug: BaseException | None = None
        self.error: ConsoleError | None = None
        self._recalled.connect(self._on_recalled, Qt.ConnectionType.QueuedConnection)
        self._ready.connect(self._on_ready, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Under way; the event loop does the rest."""
        self._thread.start()
        if self._port is None:
            self._port = MapPort()
            self._port.load()

    def stop(self) -> None:
        """The window is gone and the post is closed."""
        self._thread.join()
        if self._console is not None:
            self._console.stop()
        elif self._port is not None:
            self._port.stop()
        if self._post is not None:
            self._post.stop()

    def leave_port(self) -> MapPort | None:
        """The map's page that no console took, for the next opening; ``stop`` leaves it alone.

        The engine crashes at the application's quit when a page of its own is gone before.
        """
        if self._console is not None:
            return None
        port, self._port = self._port, None
        return port

    @property
    def console(self) -> Console:
        """The window, once ``opened``."""
        if self._console is None:
            raise RuntimeError("the console is not open")
        return self._console

    @property
    def post(self) -> Post:
        """The post, once ``opened``."""
        if self._post is None:
            raise RuntimeError("the post is not open")
        return self._post

    def _bring(self) -> None:
        try:
            self._recall()
            from console.app import console  # noqa: F401  (brought here, used in the UI thread)
            from console.app.post import Post

            post = Post(self._settings)
            post.open()
            self._post = post
        except ConsoleError as refused:
            self.error = refused
        except Exception as bug:  # noqa: BLE001  (a thread's root: told where someone listens)
            self._bug = bug
        self._ready.emit()

    def _recall(self) -> None:
        """The map's page gets the drawing of the last start before its map is made."""
        settings = self._settings
        key = kept.key_of(fingerprint_of(settings.roads_file, settings.areas_file))
        found = kept.recall(settings.cache, key) if key else None
        if found is not None:
            self._recalled.emit(found)

    def _on_recalled(self, drawing: Geometry) -> None:
        theme = theme_for(datetime.now().astimezone().hour, self._settings.theme)
        colours = {name: str(value) for name, value in asdict(tokens(theme)).items()}
        if self._port is not None:
            self._port.offer(drawing, palette(colours))

    def _on_ready(self) -> None:
        if self._post is None:
            self.failed.emit()
            if self._bug is not None:
                sys.excepthook(type(self._bug), self._bug, self._bug.__traceback__)
            return
        from console.app.console import Console

        self._console = Console(self._app, self._post, map_port=self._port)
        self._console.start()
        self.opened.emit()
