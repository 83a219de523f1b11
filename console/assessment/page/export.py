"""The sheet that gives the figures out as a table: where to, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from console.assessment import service
from console.assessment.model import Figures, Grouping
from console.assessment.page.parts import PageParts
from console.assessment.page.words import measure_words, table_of
from console.core.errors import ConsoleError
from console.core.exchange import ExchangeColumn
from console.core.words import Words
from console.ui.dialogs import Question, Sheet
from console.ui.forms import Form
from console.ui.style import Tone
from console.ui.words import say_refusal

translate = QCoreApplication.translate


class ExportSheet(Sheet):
    """Asks for a file and a reason; the file is written by a worker, after the trail knows of it."""

    def __init__(
        self,
        parent: QWidget,
        parts: PageParts,
        seen: Figures,
        grouping: Grouping,
        areas: Mapping[str, Words],
    ) -> None:
        super().__init__(
            parent,
            Question(
                translate("Figures", "Export the figures"),
                translate(
                    "Figures",
                    "As CSV or XLSX, by the file's ending. Who, when and why stand in the table, and in the audit trail.",
                ),
                translate("Figures", "Export"),
            ),
        )
        self._parts, self._seen, self._grouping, self._areas = parts, seen, grouping, areas
        self.form = Form()
        name = f"figures-{seen.measure}-{seen.day:%Y%m%d}.xlsx"
        self.form.add("path", translate("Figures", "File"), QLineEdit(), required=True)
        self.form.add("reason", translate("Figures", "What for"), QLineEdit(), required=True)
        self.form.fill({"path": str(Path.home() / name)})
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._answer)
        self.open()
        self.form.editor("reason").setFocus()

    def _answer(self) -> None:
        told = self.form.values()
        self.say("")
        if self.form.missing():
            return
        parts, actor = self._parts, self._parts.actor()
        title = f"{measure_words(self._seen.measure)} {self._seen.day:%Y-%m-%d}"
        heads, rows = table_of(self._seen, self._grouping, self._areas)
        self.yes.setEnabled(False)

        def work() -> Path:
            given = service.give_out(
                parts.database, actor, self._seen, self._grouping, told["reason"]
            )
            from console.core.tables_file import write_table  # openpyxl: not before it is needed

            columns = [ExchangeColumn(head, Words(head, head)) for head in heads]
            table = [dict(zip(heads, row, strict=True)) for row in rows]
            path = Path(told["path"]).expanduser()
            write_table(path, columns, table, f"{title}  {_watermark(given)}")
            return path

        parts.background.act(work, self._done, self._failed, self)

    def _done(self, path: Path) -> None:
        self.accept()
        told = translate("Figures", "The figures stand in {path}.").format(path=path)
        self._parts.say(told, Tone.CALM)

    def _failed(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        if not (isinstance(error, ConsoleError) and self.form.say_refused(error)):
            self.say(say_refusal(error))


def _watermark(given: service.GivenOut) -> str:
    told: dict[str, Any] = {
        "who": given.who,
        "time": f"{given.at.astimezone():%Y-%m-%d %H:%M:%S}",
        "why": given.reason,
    }
    return translate("Figures", "Exported by {who} at {time} for: {why}").format(**told)
