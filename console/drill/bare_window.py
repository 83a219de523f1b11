"""A bare PySide6 window with an empty QWebEngineView: the baseline that ``bench start`` starts."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> int:
    """Says ``usable`` on standard output once the empty page is loaded in a shown window."""
    app = QApplication(sys.argv)
    window = QMainWindow()
    view = QWebEngineView(window)
    window.setCentralWidget(view)
    window.resize(1366, 768)

    def usable(_: bool) -> None:
        print("usable", flush=True)  # noqa: T201  (read by the bench)
        QTimer.singleShot(0, app.quit)

    view.loadFinished.connect(usable)
    view.setHtml("")
    window.show()
    return int(app.exec())


if __name__ == "__main__":
    sys.exit(main())
