"""What must be settled before the Qt application exists: the map's own URL scheme and engine flags."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from PySide6.QtWebEngineCore import QWebEngineUrlScheme

SCHEME = b"post"
HOST = "map"
FLAGS = "QTWEBENGINE_CHROMIUM_FLAGS"
# The page reaches the window through Qt Quick. With 200 crews moving, 1920 × 1000 and no GPU the
# UI thread's gap (p99.9) is 5 to 7 ms drawn by software, 26 to 38 ms by an emulated driver.
BACKEND = ("QT_QUICK_BACKEND", "software")
# Nothing of the map needs a graphics processor: it draws on 2D canvases.
_ALWAYS = ("--disable-gpu",)


def needs_no_sandbox() -> bool:
    """True when the effective user is root: the engine does not start there inside its sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def engine_flags() -> tuple[str, ...]:
    """The flags the engine is started with; ``doctor`` tells them."""
    return (*_ALWAYS, "--no-sandbox") if needs_no_sandbox() else _ALWAYS


def set_engine_flags(environment: MutableMapping[str, str] = os.environ) -> None:
    """The environment carries our flags, beside those that were already there. Before start."""
    environment.setdefault(*BACKEND)
    given = environment.get(FLAGS, "").split()
    environment[FLAGS] = " ".join([*given, *(f for f in engine_flags() if f not in given)])


def register_scheme() -> None:
    """``post://map/…`` is a secure scheme with a host. Before QApplication; a second call is harmless."""
    if QWebEngineUrlScheme.schemeByName(SCHEME).name() == SCHEME:
        return
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    scheme.setFlags(
        QWebEngineUrlScheme.Flag.SecureScheme
        | QWebEngineUrlScheme.Flag.CorsEnabled
        | QWebEngineUrlScheme.Flag.FetchApiAllowed
    )
    QWebEngineUrlScheme.registerScheme(scheme)
