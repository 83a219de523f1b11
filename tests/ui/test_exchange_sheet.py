"""The sheet that takes a table in, and the one that gives it out: by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.words import Words
from console.ui.background import Background
from console.ui.dialogs import Sheet
from console.ui.exchange_sheet import ExchangeSheet, export_table
from console.ui.translation import use_language

S = TypeVar("S", bound=Sheet)
COLUMNS = (
    ExchangeColumn("number", Words("编号", "Number"), required=True),
    ExchangeColumn("name", Words("名称", "Name"), required=True, most=20),
    ExchangeColumn("born", Words("生日", "Birthday"), "date"),
)
GOOD = "编号,名称,生日,产地\n" + "".join(f"N{at},=cmd|电台{at},2026-02-01,x\n" for at in range(30))
BAD = "编号,名称,生日\nN1,电台,2026-02-31\nN2,,\nN1,电台,\n"


@dataclass
class Room:
    """A room that keeps what it takes."""

    kept: list[Row] = field(default_factory=list)
    refuse: bool = False

    @property
    def exchange(self) -> Exchange:
        words = Words("器材", "items")
        return Exchange("items", words, COLUMNS, self.judge, self.take, lambda _: self.kept)

    def judge(self, _connection: object, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
        numbers = [row["number"] for _, row in rows]
        return [
            Fault(line, "number", "exchange.twice", {"value": row["number"], "first": 2})
            for line, row in rows
            if numbers.count(row["number"]) > 1
        ]

    def take(self, database: Database, actor: Actor, rows: Sequence[Row]) -> int:
        if self.refuse:
            raise Refused("people.unknown_officer", number="0009")
        self.kept = list(rows)
        return len(rows)


class Desk:
    """A window with a sheet over it, and hands."""

    def __init__(
        self, qtbot: QtBot, background: Background, database: Database, officer: Actor
    ) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.qtbot, self.background = qtbot, background
        self.database, self.officer = database, officer
        self.room = Room()
        self.told: list[int] = []

    def importing(self, path: Path | None = None) -> ExchangeSheet:
        sheet = ExchangeSheet(
            self.window, self.background, self.database, self.officer, self.room.exchange
        )
        sheet.taken.connect(self.told.append)
        sheet.ask_file(path)
        return self.shown(sheet)

    def shown(self, sheet: S) -> S:
        """The sheet has the keys."""
        self.until(lambda: sheet.isActiveWindow() and QApplication.focusWidget() is not None)
        return sheet

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10_000)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.focus(), key)

    def focus(self) -> QWidget:
        self.until(lambda: QApplication.focusWidget() is not None)
        found = QApplication.focusWidget()
        assert found is not None
        return found


@pytest.fixture
def desk(
    qtbot: QtBot, background: Background, database: Database, officer: Actor
) -> Iterator[Desk]:
    yield Desk(qtbot, background, database, officer)


def cells(sheet: ExchangeSheet, line: int) -> list[str]:
    row = sheet.preview.model.rows[line]
    return [column.text(row) for column in sheet.preview.model.columns]


def test_a_file_is_read_shown_and_taken_with_two_enters(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "good.csv"
    file.write_text(GOOD, "gb18030")
    sheet = desk.importing()
    assert sheet.yes.text() == "Read the file"
    desk.press(Qt.Key.Key_Return)
    assert "Which file" in sheet.message.text()
    desk.type(str(file))
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: sheet.yes.text() == "Take 30 rows")
    assert len(sheet.preview.model.rows) == 20
    assert cells(sheet, 0) == ["2", "N0", "=cmd|电台0", "2026-02-01"]
    assert sheet.told.text() == "30 good rows, GB18030; the first 20 are shown"
    assert sheet.notice.text.endswith("产地")
    assert not sheet.faults.isVisible()
    assert not desk.room.kept
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: desk.told == [30])
    assert len(desk.room.kept) == 30
    assert desk.room.kept[0]["name"] == "=cmd|电台0"


def test_faults_are_listed_and_nothing_can_be_taken_until_the_file_is_mended(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    use_language(qapp, "zh_CN")
    file = tmp_path / "bad.csv"
    file.write_text(BAD, "utf-8-sig")
    sheet = desk.importing(file)
    desk.until(sheet.faults.isVisible)
    told = [[c.text(row) for c in sheet.faults.model.columns] for row in sheet.faults.model.rows]
    assert told == [
        ["2", "生日", "2026-02-31 不是日期：没有这一天。"],
        ["3", "名称", "必填项为空。"],
    ]
    assert sheet.yes.text() == "先改正 2 处错误"
    assert not sheet.yes.isEnabled()
    desk.press(Qt.Key.Key_Return)
    file.write_text(BAD.replace("-31", "-28").replace("N2,,", "N2,电台,"), "utf-8")
    desk.press(Qt.Key.Key_F5)
    desk.until(lambda: [row[1].line for row in sheet.faults.model.rows] == [2, 4])
    assert {row[1].code for row in sheet.faults.model.rows} == {"exchange.twice"}
    file.write_text(BAD.replace("-31", "-28").replace("N2,,", "N2,电台,").replace("N1", "N3", 1))
    desk.press(Qt.Key.Key_F5)
    desk.until(sheet.yes.isEnabled)
    assert sheet.yes.text() == "导入 3 行"
    assert not desk.room.kept
    desk.press(Qt.Key.Key_Escape)
    desk.until(lambda: not any(one.isVisible() for one in desk.window.findChildren(Sheet)))
    assert (desk.told, desk.room.kept) == ([], [])


def test_another_path_is_read_before_it_is_taken(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("number,name\nA,a\n")
    second.write_text("number,name\nB,b\nC,c\n")
    sheet = desk.importing(first)
    desk.until(lambda: sheet.yes.text() == "Take 1 rows")
    QTest.keyClick(sheet.field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.type(f'"{second}"')
    assert sheet.yes.text() == "Read the file"
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: sheet.yes.text() == "Take 2 rows")


def test_what_cannot_be_read_or_taken_is_said_in_the_sheet(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.importing(tmp_path / "gone.csv")
    desk.until(lambda: "no such file" in sheet.message.text())
    assert sheet.field.line.property("wrong") == "yes"
    assert sheet.yes.isEnabled()
    file = tmp_path / "good.csv"
    file.write_text(GOOD, "utf-8")
    desk.room.refuse = True
    sheet.field.line.setText(str(file))
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: sheet.yes.text() == "Take 30 rows")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "0009" in sheet.message.text())
    assert sheet.isVisible()
    assert desk.told == []


def test_a_file_can_be_chosen_in_the_dialog(desk: Desk, tmp_path: Path) -> None:
    sheet = desk.importing()
    asked: list[str] = []

    def choose(_parent: QWidget, title: str, _begin: str, kinds: str) -> str:
        asked.extend((title, kinds))
        return str(tmp_path / "chosen.csv")

    sheet.field.choose = choose
    QTest.keyClick(desk.focus(), Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert sheet.field.path() == tmp_path / "chosen.csv"
    assert asked == ["Import: items", "Tables (*.csv *.xlsx)"]


def test_it_fits_a_small_window(desk: Desk) -> None:
    desk.window.resize(700, 420)
    sheet = desk.importing()
    assert sheet.width() <= 700 and sheet.height() <= 420


class TestExport:
    """``export_table``."""

    def open(self, desk: Desk, exchange: Exchange) -> Sheet:
        sheet = export_table(
            desk.window, desk.background, desk.database, desk.officer, exchange, desk.told.append
        )
        desk.shown(sheet)
        return sheet

    def test_rows_stand_in_the_file(self, desk: Desk, tmp_path: Path) -> None:
        desk.room.kept = [{"number": "=1", "name": "a", "born": None}]
        self.open(desk, desk.room.exchange)
        desk.press(Qt.Key.Key_Return)
        desk.type(str(tmp_path / "out.csv"))
        desk.press(Qt.Key.Key_Return)
        desk.until(lambda: desk.told == [1])
        text = (tmp_path / "out.csv").read_text("utf-8-sig")
        assert text.splitlines() == ["Number,Name,Birthday", "'=1,a,"]

    def test_personal_data_needs_a_reason(self, desk: Desk, tmp_path: Path) -> None:
        secret = replace(desk.room.exchange, secret=frozenset({"name"}))
        sheet = self.open(desk, secret)
        desk.type(str(tmp_path / "out.xlsx"))
        desk.press(Qt.Key.Key_Return)
        assert "reason is needed" in sheet.message.text()
        assert not (tmp_path / "out.xlsx").exists()
        desk.type("asked by the city")  # the focus is where it is missing
        desk.press(Qt.Key.Key_Return)
        desk.until(lambda: desk.told == [0])
        with desk.database.read() as connection:
            line = connection.exec_driver_sql("SELECT act, detail FROM audit_trail").one()
        assert line.act == "items.exported"
        assert "asked by the city" in line.detail

    def test_a_place_that_cannot_be_written_is_said(self, desk: Desk, tmp_path: Path) -> None:
        sheet = self.open(desk, desk.room.exchange)
        desk.type(str(tmp_path / "no" / "out.csv"))
        desk.press(Qt.Key.Key_Return)
        desk.until(lambda: "cannot be written" in sheet.message.text())
        assert sheet.yes.isEnabled()
