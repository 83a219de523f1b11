"""A table taken in from a file, shown before anything is kept; and one given out to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.core.actor import Actor
from console.core.database import Database
from console.core.exchange import (
    Exchange,
    ExchangeColumn,
    Fault,
    ReadTable,
    Row,
    column_words,
    judged,
    say_what,
    take,
)
from console.core.tables_file import give_table, read_table
from console.core.tables_file.cell import written
from console.core.text import shown
from console.ui.background import Asked, Background
from console.ui.dialogs import Question, Sheet
from console.ui.file_field import FileField, choose_open, choose_save
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, label
from console.ui.style import Tone, mark, px
from console.ui.tables import Column, RowTable
from console.ui.words import language, pick, say_refusal

translate = QCoreApplication.translate

PREVIEW_ROWS = 20
CELL_CHARS = 80
WIDE, HIGH, EDGE = 940, 560, 40
Line = tuple[int, Row]


class ExchangeSheet(Sheet):
    """Enter reads the file, shows its first rows and every fault; Enter again takes all rows.

    ``taken`` tells how many rows changed anything. Nothing is kept while there is a fault.
    """

    taken = Signal(int)

    def __init__(
        self,
        parent: QWidget,
        background: Background,
        database: Database,
        actor: Actor,
        exchange: Exchange,
    ) -> None:
        title = translate("Exchange", "Import: {kind}").format(kind=pick(exchange.words))
        super().__init__(parent, Question(title, yes=translate("Exchange", "Read the file")))
        self._background, self._database = background, database
        self._actor, self._exchange = actor, exchange
        self._asked: Asked | None = None
        self._read_from: Path | None = None
        self._busy = False
        self.table: ReadTable | None = None
        self.field = FileField(title, exchange.endings, choose_open)
        self.told = label("", "soft", wrap=True)
        self.notice = Notice()
        self.preview = self._preview()
        self.faults = self._fault_list()
        self.again = KeyButton(translate("Exchange", "Read again"), "F5")
        self.answers.insertWidget(0, self.again)
        for widget in (self.field, self.told, self.notice):
            self.body.addWidget(widget)
        self.body.addWidget(self.preview, 3)
        self.body.addWidget(self.faults, 2)
        room = parent.window().size()
        self.setFixedWidth(min(px(WIDE), max(px(420), room.width() - px(EDGE))))
        self.setFixedHeight(min(px(HIGH), max(px(320), room.height() - px(EDGE))))
        self.field.changed.connect(self._allow)
        self.again.clicked.connect(self._read)
        self.yes.clicked.connect(self._on_yes)
        self._show(None)

    def ask_file(self, path: Path | None = None) -> None:
        """The sheet is open; a path that is given is read at once."""
        self.open()
        self.field.setFocus()
        if path is not None:
            self.field.line.setText(str(path))
            self._read()

    def _on_yes(self) -> None:
        if self._fits():
            self._take()
        else:
            self._read()

    def _read(self) -> None:
        path = self.field.path()
        if path is None:
            self._say(translate("Exchange", "Which file? Type its path, or browse for it."))
            return
        exchange, database = self._exchange, self._database

        def work() -> ReadTable:
            table = read_table(path, exchange.columns)
            with database.read() as connection:
                return judged(connection, exchange, table)

        def then(table: ReadTable) -> None:
            self._busy = False
            self._read_from = path
            self._show(table)

        self._begin()
        if self._asked is not None:
            self._asked.drop()
        self._asked = self._background.ask(work, then, self._failed, self)

    def _take(self) -> None:
        database, actor, exchange, table = self._database, self._actor, self._exchange, self.table
        if table is None:
            return
        rows = table

        def then(changed: int) -> None:
            self._busy = False
            self.accept()
            self.taken.emit(changed)

        self._begin()
        self._background.act(
            lambda: take(database, actor, exchange, rows), then, self._failed, self
        )

    def _begin(self) -> None:
        self._say("")
        self._busy = True
        self._allow()

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._read_from = None
        self._show(None)
        self._say(say_refusal(error))

    def _say(self, message: str) -> None:
        self.say(message)
        mark(self.field.line, wrong="yes" if message else "")

    def _show(self, table: ReadTable | None) -> None:
        """The sheet shows this table, or that none was read yet."""
        self.table = table
        faults = table.faults if table is not None else ()
        self.preview.show_rows(table.rows[:PREVIEW_ROWS] if table is not None else ())
        self.faults.show_rows(list(enumerate(faults)))
        self.faults.setVisible(bool(faults))
        self.told.setText(_summary(table))
        if table is not None:
            self.preview.set_empty(translate("Exchange", "The file has no good row"))
        if table is not None and table.faults:
            words = translate(
                "Exchange", "{count} faults: nothing can be taken until the file is mended."
            )
            self.notice.say(words.format(count=table.fault_count), "alarm")
        elif table is not None and table.ignored:
            words = translate("Exchange", "Columns that are not known are left out: {names}")
            self.notice.say(
                words.format(names=shown(translate("Exchange", ", ").join(table.ignored), 200)),
                "late",
            )
        else:
            self.notice.say("")
        self._allow()

    def _fits(self) -> bool:
        """What is shown is what the path names."""
        return self.table is not None and self.field.path() == self._read_from

    def _allow(self) -> None:
        fits = self._fits()
        rows = len(self.table.rows) if self.table is not None else 0
        faulty = self.table is not None and self.table.fault_count > 0
        if fits and self.table is not None and faulty:
            words = translate("Exchange", "Mend {count} faults first")
            self.yes.setText(words.format(count=self.table.fault_count))
        elif fits:
            self.yes.setText(translate("Exchange", "Take {count} rows").format(count=rows))
        else:
            self.yes.setText(translate("Exchange", "Read the file"))
        self.yes.setEnabled(not self._busy and not (fits and (faulty or not rows)))
        self.again.setEnabled(not self._busy and self._read_from is not None)
        self.yes.updateGeometry()

    def _preview(self) -> RowTable[Line]:
        columns: list[Column[Line]] = [
            Column(translate("Exchange", "Line"), lambda line: str(line[0]), 56, right=True)
        ]
        for one in self._exchange.columns:
            columns.append(Column(pick(one.words), _cell_of(one), 128))
        made: RowTable[Line] = RowTable(
            columns,
            lambda line: line[0],
            empty=(
                translate("Exchange", "Nothing was read yet"),
                translate(
                    "Exchange", "The first rows of the file stand here before they are taken."
                ),
            ),
        )
        made.freshness.hide()
        return made

    def _fault_list(self) -> RowTable[tuple[int, Fault]]:
        columns = self._exchange.columns
        tongue = language()
        made: RowTable[tuple[int, Fault]] = RowTable(
            [
                Column(translate("Exchange", "Line"), lambda row: str(row[1].line), 56, right=True),
                Column(
                    translate("Exchange", "Column"),
                    lambda row: column_words(columns, row[1].column).pick(tongue),
                    128,
                ),
                Column(
                    translate("Exchange", "What is wrong"),
                    lambda row: say_what(row[1], tongue),
                    tone=lambda _row: Tone.ALARM,
                ),
            ],
            lambda row: row[0],
        )
        made.freshness.hide()
        return made


def export_table(
    parent: QWidget,
    background: Background,
    database: Database,
    actor: Actor,
    exchange: Exchange,
    done: Callable[[int], None] | None = None,
) -> Sheet:
    """Asks for a file, and for a reason where columns are secret; then all rows stand in it.

    ``done`` gets their number. Returns the open sheet.
    """
    title = translate("Exchange", "Export: {kind}").format(kind=pick(exchange.words))
    sheet = Sheet(parent, Question(title, yes=translate("Exchange", "Export")))
    sheet.setFixedWidth(min(px(620), max(px(420), parent.window().width() - px(EDGE))))
    field = FileField(title, exchange.endings, choose_save)
    reason = QLineEdit()
    reason.setPlaceholderText(translate("Exchange", "Reason (it holds personal data)"))
    reason.setVisible(bool(exchange.secret))
    sheet.body.addWidget(field)
    sheet.body.addWidget(reason)
    tongue = language()

    def failed(error: Exception) -> None:
        sheet.yes.setEnabled(True)
        sheet.say(say_refusal(error))

    def then(rows: int) -> None:
        sheet.accept()
        if done is not None:
            done(rows)

    def answer() -> None:
        path, why = field.path(), reason.text().strip()
        if path is None:
            sheet.say(translate("Exchange", "Which file? Type its path, or browse for it."))
            field.setFocus()
            return
        if exchange.secret and not why:
            sheet.say(translate("Exchange", "A reason is needed: the table holds personal data."))
            reason.setFocus()
            return
        sheet.say("")
        sheet.yes.setEnabled(False)
        background.act(
            lambda: give_table(database, actor, exchange, path, why, tongue), then, failed, sheet
        )

    sheet.yes.clicked.connect(answer)
    sheet.open()
    field.setFocus()
    return sheet


def _cell_of(column: ExchangeColumn) -> Callable[[Line], str]:
    tongue = language()

    def text(line: Line) -> str:
        told = str(written(column, line[1].get(column.name), tongue))
        return shown(told.replace("\n", " "), CELL_CHARS)

    return text


def _summary(table: ReadTable | None) -> str:
    if table is None:
        return ""
    rows = len(table.rows)
    told = translate("Exchange", "{rows} good rows, {encoding}").format(
        rows=rows, encoding=table.encoding
    )
    if rows <= PREVIEW_ROWS:
        return told
    return translate("Exchange", "{told}; the first {count} are shown").format(
        told=told, count=PREVIEW_ROWS
    )
