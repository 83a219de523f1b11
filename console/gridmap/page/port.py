"""The page and the way to it: loads it, reloads it when its process dies, carries orders and news."""

from __future__ import annotations

import logging
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from console.gridmap.page.channel import Down, Up
from console.gridmap.page.geometry import Geometry
from console.gridmap.page.palette import DAY, Palette
from console.gridmap.page.web import HOME, CrashGuard, MapWebPage, off_the_record

log = logging.getLogger(__name__)

GATHER_MS = 5  # a map on a page that stands gets its first markers in one batch, with one fit
OFFERED = 1  # the version of the drawing that the page was given ahead


class MapPort(QObject):
    """The one page of a map. ``ready`` comes whenever it starts from nothing and must be told all.

    May be made and loaded before its map: the engine starts in processes of its own meanwhile.
    """

    ready = Signal()
    gave_up = Signal()

    def __init__(self, host: QWidget | None = None) -> None:
        super().__init__(host)
        self.web = QWebEngineView(host)  # before the profile: it must be gone first
        self._profile, self.files = off_the_record(host)
        self.page = MapWebPage(self._profile, self.web)
        self.web.setPage(self.page)
        self.web.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.web.setAcceptDrops(False)
        self.page.renderProcessTerminated.connect(self._on_died)
        self.up = Up(self)
        channel = QWebChannel(self.page)
        channel.registerObject("up", self.up)
        self.page.setWebChannel(channel)
        self._down = Down(self.page.runJavaScript, self)
        self.up.page_ready.connect(self._on_ready)
        self._guard = CrashGuard(time.monotonic)
        self._dead = False
        self.offered: Geometry | None = None
        self.colours: Palette = DAY
        self._alone = True
        self.loading = False
        self.standing = False

    def adopt(self, host: QWidget) -> None:
        """The host owns page, view and profile, as if they had been made for it."""
        self._alone = False
        for part in (self, self.web, self._profile):  # gone in this order: see ``stop``
            part.setParent(host)
        if self.standing:
            self._down.close()
            QTimer.singleShot(GATHER_MS, self, self._on_ready)

    def offer(self, drawing: Geometry, colours: Palette) -> None:
        """What the map will begin with: the page takes it up while its map is not yet made."""
        if self._alone:
            self.offered, self.colours = drawing, colours
            self.files.geometry = drawing.body
            self._send_offer()

    @property
    def batches(self) -> int:
        """How many batches of orders the page was sent."""
        return self._down.batches

    def load(self) -> None:
        """The page is loaded anew; ``ready`` follows."""
        self._down.close()
        self._dead = False
        self.loading, self.standing = True, False
        self.page.load(HOME)

    def stop(self) -> None:
        """Page, view and profile are gone, in the one order of which the engine does not warn.

        A view without its page would make itself another one.
        """
        self._down.close()
        for part in (self.page, self.web, self._profile):
            if isValid(part):
                delete(part)

    def order(self, key: str, *order: object) -> None:
        """The page will be told, unless it is away: then ``ready`` comes and everything is told."""
        self._down.order(key, *order)

    def revive(self) -> bool:
        """One more try after too many crashes; False when there was nothing to revive."""
        if not self._dead:
            return False
        self._guard.forgive()
        self.load()
        return True

    def _on_ready(self) -> None:
        self._down.close()  # what waited is told again, with all the rest
        self.standing = True
        self.ready.emit()
        if self._alone:
            self._send_offer()
        self._down.open()

    def _send_offer(self) -> None:
        if self.offered is not None:
            self._down.order("ahead", "ahead", OFFERED, self.colours)

    def _on_died(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        log.error("the map's drawing process ended: %s, %d", status.name, code)
        self._down.close()
        if self._guard.may_reload():
            QTimer.singleShot(0, self, self.load)
            return
        self._dead = True
        self.gave_up.emit()
