"""The sheets of camera health: a planned outage, and what is given out as a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.moments import moment_text
from console.ui.style import Tone
from console.videowall.model import Camera
from console.videowall.model.health import NOTE_CHARS
from console.videowall.page.health_parts import HealthParts, Seen
from console.videowall.page.health_words import failing_table, figures_table
from console.videowall.service import health

translate = QCoreApplication.translate
HOURS = (1, 2, 4, 8, 24, 72, 168, 720)
DAY_H = 24


class OutageSheet(FormSheet):
    """Asks until when and why; ``save(until, reason)`` when both are there."""

    def __init__(
        self,
        parent: QWidget,
        camera: Camera,
        now: datetime,
        save: Callable[[datetime, str], None],
    ) -> None:
        told = translate(
            "CameraHealth",
            "Until then it counts neither as online nor as failing, no patrol looks at it and no alarm is raised. It ends by itself.",
        )
        asked = translate("CameraHealth", "Plan an outage of {camera}?").format(
            camera=f"{camera.number} {camera.name}"
        )
        super().__init__(parent, Question(asked, told, translate("CameraHealth", "Plan")))
        self._now, self._save = now, save
        self.until, self.reason = QComboBox(), QComboBox()
        for hours in HOURS:
            end = moment_text(now + timedelta(hours=hours), now)
            self.until.addItem(f"{end}  ({_length(hours)})", hours)
        self.until.setCurrentIndex(HOURS.index(8))
        self.reason.setEditable(True)
        self.reason.addItems(usual_reasons())
        self.reason.setCurrentIndex(-1)
        line = self.reason.lineEdit()
        assert line is not None
        line.setMaxLength(NOTE_CHARS)
        line.setPlaceholderText(
            translate("CameraHealth", "arrows choose a usual one, or write your own")
        )
        self.form.add("reason", translate("CameraHealth", "Reason"), self.reason, required=True)
        self.form.add("until", translate("CameraHealth", "Until"), self.until)
        self.filled.connect(self._on_filled)
        self.open()
        self.reason.setFocus()

    def _on_filled(self) -> None:
        values = self.form.values()
        until = self._now + timedelta(hours=int(values["until"]))
        self._save(until, str(values["reason"]))


class GiveOutSheet(FormSheet):
    """Asks what, where to and what for; the file is written by a worker, after the trail knows."""

    def __init__(self, parent: QWidget, parts: HealthParts, seen: Seen) -> None:
        question = Question(
            translate("CameraHealth", "Export camera health"),
            translate(
                "CameraHealth",
                "As CSV or XLSX, by the file's ending. Who, when and why stand in the table, and in the audit trail.",
            ),
            translate("CameraHealth", "Export"),
        )
        super().__init__(parent, question)
        self._parts, self._seen = parts, seen
        self.what = QComboBox()
        self.what.addItem(translate("CameraHealth", "Cameras that fail, now"), "failing")
        self.what.addItem(translate("CameraHealth", "Figures of the last 30 days"), "figures")
        self.form.add("what", translate("CameraHealth", "What"), self.what)
        self.form.add("path", translate("CameraHealth", "File"), QLineEdit(), required=True)
        self.form.add("reason", translate("CameraHealth", "What for"), QLineEdit(), required=True)
        name = f"camera-health-{seen.today:%Y%m%d}.csv"
        self.form.fill({"path": str(Path.home() / name)})
        self.filled.connect(self._on_filled)
        self.open()
        self.form.editor("reason").setFocus()

    def _on_filled(self) -> None:
        told, parts, actor = self.form.values(), self._parts, self._parts.actor()
        what = str(told["what"])
        make = failing_table if what == "failing" else figures_table
        title = self.what.currentText()
        columns, rows = make(self._seen)
        self.yes.setEnabled(False)

        def work() -> Path:
            given = health.give_out(parts.database, actor, what, told["reason"])
            from console.core.tables_file import write_table  # not before it is needed

            path = Path(told["path"]).expanduser()
            write_table(path, columns, rows, f"{title}  {_watermark(given)}")
            return path

        parts.background.act(work, self._done, self.refused, self)

    def _done(self, path: Path) -> None:
        self.accept()
        words = translate("CameraHealth", "Exported to {path}.").format(path=path)
        self._parts.say(words, Tone.CALM)


def usual_reasons() -> list[str]:
    """Why cameras are off on most days."""
    return [
        translate("CameraHealth", "works on the mast or the line"),
        translate("CameraHealth", "camera under repair"),
        translate("CameraHealth", "camera is being moved"),
        translate("CameraHealth", "power cut that was announced"),
    ]


def _length(hours: int) -> str:
    if hours < DAY_H:
        return translate("CameraHealth", "{n} h").format(n=hours)
    return translate("CameraHealth", "{n} d").format(n=hours // DAY_H)


def _watermark(given: health.GivenOut) -> str:
    return translate("CameraHealth", "Exported by {who} at {time} for: {why}").format(
        who=given.who, time=f"{given.at.astimezone():%Y-%m-%d %H:%M:%S}", why=given.reason
    )
