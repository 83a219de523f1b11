"""A bare PySide6 window with an empty QWebEngineView: the baseline that ``bench start`` starts."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> int:
    """Says ``usable`` and the moment on standard output once the empty page stands in a shown window."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    view = QWebEngineView(window)
    window.setCentralWidget(view)
    window.resize(1366, 768)

    def usable(_: bool) -> None:
        sys.stdout.write(f"usable {time.monotonic()}\n")
        sys.stdout.flush()
        QTimer.singleShot(0, app.quit)

    view.loadFinished.connect(usable)
    view.setHtml("")
    window.show()
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
