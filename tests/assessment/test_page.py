"""The page of the figures by key: measures, groups, days, export; what nobody knows is no zero."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.assessment import service
from console.assessment.model import Grouping, Measure
from console.assessment.page.export import ExportSheet
from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from tests.assessment.conftest import DUTY, Desk, keep_calls
from tests.conftest import HandClock


@pytest.fixture
def busy(desk: Desk, database: Database, clock: HandClock, qtbot: QtBot) -> Iterator[Desk]:
    """A day with nine calls; it is not midnight meanwhile anywhere."""
    local = clock.now().astimezone()
    clock.pass_(-3600.0 * (local.hour - 1))
    keep_calls(database, clock, DUTY)
    desk.open(qtbot)
    yield desk


def test_the_table_counts_what_the_store_has(busy: Desk) -> None:
    whole = busy.rows()[0]
    assert whole[:8] == ["Whole day", "9", "3", "1", "1", "1", "1", "1"]
    assert whole[8:] == ["1", "31 s", "6:40", "6:40"]
    assert busy.page.cards.within.figure.text() == "42.9%"
    assert "3 of 7" in busy.page.cards.within.note.text()
    assert "1 not yet, 1 unknown" in busy.page.cards.missing.note.text()
    assert len(busy.page.outliers.model.rows) == 6


def test_measures_and_groups_change_by_key(busy: Desk) -> None:
    busy.press("2")
    busy.until(lambda: busy.page.seen is not None and busy.page.seen.measure is Measure.DEPART)
    assert busy.rows()[0][1:] == ["9", *["·"] * 5, "9", "·", "–", "–", "–"]
    assert busy.page.cards.within.figure.text() == "no data"
    busy.press("3")
    busy.until(lambda: busy.page.seen is not None and busy.page.seen.measure is Measure.FEEDBACK)
    busy.press("A")
    assert busy.page.grouping is Grouping.AREA
    assert [row[0] for row in busy.rows()] == ["Whole day", "No area"]
    busy.press("H")
    assert len(busy.rows()) == 9


def test_another_day_is_empty_and_says_so(busy: Desk) -> None:
    busy.press("Left")
    busy.until(lambda: busy.page.seen is not None and busy.page.seen.day < busy.page.today)
    assert busy.rows() == []
    assert busy.page.cards.calls.figure.text() == "0"
    assert busy.page.cards.p50.figure.text() == "–"
    assert busy.page.cards.within.figure.text() == "no data"
    busy.press("Right")
    busy.until(lambda: len(busy.rows()) == 9)
    assert not busy.page.after.isEnabled()
    busy.press("Left")
    busy.press("T")
    busy.until(lambda: len(busy.rows()) == 9)


def test_the_chart_stacks_what_the_table_counts(busy: Desk) -> None:
    chart = busy.page.chart
    assert chart is not None
    bars = [item.opts for item in chart.plot.getPlotItem().items]
    assert sum(sum(one["height"]) for one in bars) == 9
    assert chart.plot.getAxis("left").labelText == "Calls (number)"


def test_the_figures_are_given_out_for_a_reason(
    busy: Desk, database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "figures.csv"
    busy.press("Ctrl+E")
    busy.until(lambda: isinstance(busy.sheet, ExportSheet))
    sheet = busy.sheet
    assert isinstance(sheet, ExportSheet)
    path = sheet.form.editor("path")
    assert isinstance(path, QLineEdit)
    path.setText(str(file))
    busy.press("Return")
    assert sheet.isVisible() and not file.exists()
    reason = sheet.form.editor("reason")
    assert isinstance(reason, QLineEdit)
    reason.setText("=cmd|' /C calc'!A0")
    busy.press("Return")
    busy.until(file.exists)
    busy.until(lambda: busy.sheet is None)
    lines = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert lines[0][0].startswith("# ") and "0002" in lines[0][0] and "=cmd" in lines[0][0]
    assert lines[-1][:3] == ["Whole day", "9", "3"]
    with database.read() as connection:
        last = audit.last(connection)
    assert last is not None
    assert (last.act, last.detail["reason"]) == ("figures.given_out", "=cmd|' /C calc'!A0")


def test_a_workbook_is_written_too(busy: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "figures.xlsx"
    busy.press("Ctrl+E")
    busy.until(lambda: isinstance(busy.sheet, ExportSheet))
    assert isinstance(busy.sheet, ExportSheet)
    busy.sheet.form.fill({"path": str(file), "reason": "周通报"})
    busy.press("Return")
    busy.until(file.exists)
    rows = list(load_workbook(file)["Sheet1"].iter_rows(values_only=True))
    assert "周通报" in str(rows[0][0])
    assert rows[-1][1] == 9


def test_a_reason_and_a_right_are_needed(database: Database, clock: HandClock) -> None:
    day = clock.now().astimezone().date()
    with database.read() as connection:
        seen = service.figures_of(connection, day, Measure.SIGN, clock.now())
    with pytest.raises(Refused, match=r"assessment\.no_reason"):
        service.give_out(database, DUTY, seen, Grouping.HOUR, " \u202e ")
    technician = Actor("officer", "0003", frozenset({"technician"}))
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        service.give_out(database, technician, seen, Grouping.HOUR, "x")
    auditor = Actor("officer", "0004", frozenset({"auditor"}))
    assert service.give_out(database, auditor, seen, Grouping.HOUR, "核查").who == "0004"
