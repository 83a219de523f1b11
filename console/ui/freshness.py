"""When a panel's content was last true: an empty list never looks like "nothing happens"."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from console.ui.moments import age_text, clock_text
from console.ui.style import mark

translate = QCoreApplication.translate

OLD_S = 60.0


class FreshnessLine(QLabel):
    """Says since when its panel is true; amber when that is long ago or the last reading failed."""

    def __init__(self, parent: QWidget | None = None, old_s: float = OLD_S) -> None:
        super().__init__(parent)
        self.setProperty("role", "small")
        self._old_s = old_s
        self._fresh_at: datetime | None = None
        self._failed = ""
        self._timer = QTimer(self)
        self._timer.setInterval(5000)
        self._timer.timeout.connect(self.tell)
        self._timer.start()
        self.tell()

    def fresh(self, at: datetime | None = None) -> None:
        """The panel was true at this moment (now when not given)."""
        self._fresh_at, self._failed = at or datetime.now(UTC), ""
        self.tell()

    def failed(self, reason: str) -> None:
        """The panel could not be read just now."""
        self._failed = reason
        self.tell()

    def tell(self) -> None:
        """The line says how things stand now."""
        text, tone = self._words()
        if text != self.text():
            self.setText(text)
            self.setToolTip(self._failed)
        if tone != self.property("tone"):
            mark(self, tone=tone)

    def _words(self) -> tuple[str, str]:
        if self._failed and self._fresh_at is None:
            return translate("Freshness", "Not read yet: {reason}").format(
                reason=self._failed
            ), "late"
        if self._failed:
            return translate("Freshness", "Not renewed, shown as of {time}: {reason}").format(
                time=clock_text(self._fresh_at), reason=self._failed
            ), "late"
        if self._fresh_at is None:
            return translate("Freshness", "Being read …"), ""
        age_s = (datetime.now(UTC) - self._fresh_at).total_seconds()
        if age_s > self._old_s:
            return translate("Freshness", "As of {time}, {age} ago").format(
                time=clock_text(self._fresh_at), age=age_text(age_s)
            ), "late"
        return translate("Freshness", "As of {time}").format(time=clock_text(self._fresh_at)), ""
