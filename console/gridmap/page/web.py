"""The engine's side of the map, hardened: our scheme only, nothing kept, nothing opened, nothing asked."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlSchemeHandler,
)

from console.gridmap.page.engine import HOST, SCHEME

log = logging.getLogger(__name__)

RESOURCES = Path(__file__).resolve().parents[3] / "resources" / "map"
HOME = QUrl(f"{SCHEME.decode()}://{HOST}/index.html")
GEOMETRY = "geometry.json"
CHANNEL = "qwebchannel.js"
KINDS = {".html": b"text/html", ".js": b"text/javascript", ".css": b"text/css"}

_Attribute = QWebEngineSettings.WebAttribute
OFF = (
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalStorageEnabled,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.JavascriptCanPaste,
    _Attribute.PluginsEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.ErrorPageEnabled,
    _Attribute.LinksIncludedInFocusChain,
)


def served(folder: Path = RESOURCES) -> dict[str, Path]:
    """What the page may ask for by name: exactly the files of our map folder."""
    return {
        file.relative_to(folder).as_posix(): file
        for file in folder.rglob("*")
        if file.suffix in KINDS
    }


class MapFiles(QWebEngineUrlSchemeHandler):
    """Answers ``post://map/…``: our files, Qt's channel script, and the geometry it was given."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._files = served()
        self.geometry = b""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        name = job.requestUrl().path().lstrip("/")
        if job.requestUrl().host() != HOST or job.requestMethod().data() != b"GET":
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        body = self._body(name)
        if body is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        buffer = QBuffer(job)
        buffer.setData(QByteArray(body))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        kind = b"application/json" if name == GEOMETRY else KINDS[Path(name).suffix]
        job.reply(QByteArray(kind), buffer)

    def _body(self, name: str) -> bytes | None:
        if name == GEOMETRY:
            return self.geometry
        if name == CHANNEL:
            script = QFile(":/qtwebchannel/qwebchannel.js")
            script.open(QIODevice.OpenModeFlag.ReadOnly)
            return bytes(script.readAll().data())
        file = self._files.get(name)
        return None if file is None else file.read_bytes()


class OnlyOurs(QWebEngineUrlRequestInterceptor):
    """Every request that does not go to our own scheme is blocked."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() != SCHEME.decode():
            log.warning("the map asked for %s", info.requestUrl().toString()[:200])
            info.block(True)


class MapWebPage(QWebEnginePage):
    """A page that stays where it is: no other address, window, dialog, file, permission or download."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        for attribute in OFF:
            self.settings().setAttribute(attribute, False)
        self.permissionRequested.connect(_deny)
        self.fullScreenRequested.connect(_stay)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main_frame: bool
    ) -> bool:
        return main_frame and url == HOME

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        return None

    def chooseFiles(self, *_: object) -> list[str]:
        return []

    def javaScriptAlert(self, origin: QUrl | str, msg: str) -> None:
        log.warning("the map page tried to speak: %s", msg[:200])

    def javaScriptConfirm(self, origin: QUrl | str, msg: str) -> bool:
        return False

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        line: int,
        place: str,
    ) -> None:
        log.warning("map page: %s (%s:%d)", message[:500], place[-60:], line)


def off_the_record(parent: QObject | None) -> tuple[QWebEngineProfile, MapFiles]:
    """A profile that keeps nothing, speaks only our scheme, and refuses every download."""
    profile = QWebEngineProfile(parent)
    files = MapFiles(profile)
    profile.installUrlSchemeHandler(QByteArray(SCHEME), files)
    profile.setUrlRequestInterceptor(OnlyOurs(profile))
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setSpellCheckEnabled(False)
    profile.downloadRequested.connect(_refuse)
    return profile, files


def _deny(permission: QWebEnginePermission) -> None:
    permission.deny()


def _stay(request: QWebEngineFullScreenRequest) -> None:
    request.reject()


def _refuse(download: QWebEngineDownloadRequest) -> None:
    download.cancel()


class CrashGuard:
    """Says whether a page that died may be loaded again: at most ``most`` times in ``within_s``."""

    def __init__(self, now: Callable[[], float], most: int = 3, within_s: float = 60.0) -> None:
        self._now, self._most, self._within_s = now, most, within_s
        self._deaths: list[float] = []

    def may_reload(self) -> bool:
        """One more death is counted."""
        moment = self._now()
        self._deaths = [d for d in self._deaths if moment - d < self._within_s] + [moment]
        return len(self._deaths) <= self._most

    def forgive(self) -> None:
        """The officer asks for another try: the count starts anew."""
        self._deaths.clear()
