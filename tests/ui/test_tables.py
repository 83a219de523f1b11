"""Tables: read window after window by key, never while painting, and honest when empty."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.errors import Unavailable
from console.ui.background import Background
from console.ui.lamp import LampFace, Shape
from console.ui.style import Tone, apply_theme
from console.ui.tables import Column, RowTable
from console.ui.tokens import ROW_PX

Row = tuple[int, str]
COLUMNS = [
    Column[Row]("No", lambda row: str(row[0]), 60, right=True),
    Column[Row]("Place", lambda row: row[1], tone=lambda row: Tone.LATE),
    Column[Row](
        "State", lambda row: "on", 80, face=lambda row: LampFace(Shape.DOT, Tone.CALM, "on")
    ),
]


class Store:
    """A page function that remembers what it was asked."""

    def __init__(self, count: int) -> None:
        self.rows: list[Row] = [(n, f"place {n}") for n in range(count)]
        self.asked: list[tuple[int | None, int]] = []
        self.threads: set[str] = set()
        self.broken = False

    def page(self, after: Row | None, limit: int) -> Sequence[Row]:
        self.asked.append((after[0] if after else None, limit))
        self.threads.add(threading.current_thread().name)
        if self.broken:
            raise Unavailable("store.busy")
        start = after[0] + 1 if after else 0
        return [row for row in self.rows if row[0] >= start][:limit]


def shown(qtbot: QtBot, background: Background, store: Store) -> RowTable[Row]:
    table = RowTable(COLUMNS, lambda row: row[0], background, store.page, ("Nothing", "Add one"))
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    table.refresh()
    qtbot.waitUntil(lambda: table.freshness.text().startswith("As of"))
    return table


def test_rows_are_read_by_key_in_windows_off_the_ui_thread(
    qtbot: QtBot, background: Background
) -> None:
    store = Store(1000)
    table = shown(qtbot, background, store)
    assert len(table.model.rows) == 200
    bar = table.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    qtbot.waitUntil(lambda: len(table.model.rows) == 400)
    assert store.asked == [(None, 200), (199, 200)]
    assert all(name.startswith("background-") for name in store.threads)
    table.view.viewport().repaint()
    assert len(store.asked) == 2


def test_a_refresh_keeps_the_choice_and_the_place(qtbot: QtBot, background: Background) -> None:
    store = Store(150)
    table = shown(qtbot, background, store)
    assert table.choose(77)
    place = table.view.verticalScrollBar().value()
    store.rows.insert(0, (-1, "new"))
    store.rows[78] = (77, "changed")
    table.refresh()
    qtbot.waitUntil(lambda: len(table.model.rows) == 150 and table.model.rows[77][1] == "changed")
    chosen = table.chosen_row()
    assert chosen is not None and chosen == (77, "changed")
    assert table.view.verticalScrollBar().value() == place
    assert not table.choose(9999)


def test_rows_of_the_same_keys_change_in_place(qtbot: QtBot, background: Background) -> None:
    table = shown(qtbot, background, Store(3))
    with qtbot.assertNotEmitted(table.model.modelReset):
        with qtbot.waitSignal(table.model.dataChanged) as changed:
            table.show_rows([(0, "place 0"), (1, "other"), (2, "place 2")])
    assert changed.args[0].row() == 1


def test_an_empty_table_says_what_it_means_and_a_failed_one_since_when(
    qtbot: QtBot, background: Background
) -> None:
    store = Store(0)
    table = shown(qtbot, background, store)
    assert table._empty.isVisible()
    store.broken = True
    table.refresh()
    qtbot.waitUntil(lambda: table.freshness.text().startswith("Not renewed"))
    assert table.freshness.property("tone") == "late"
    store.broken, store.rows = False, [(0, "there")]
    table.refresh()
    qtbot.waitUntil(lambda: len(table.model.rows) == 1)
    assert not table._empty.isVisible()


def test_rows_are_of_the_house_height_and_draw_lamps(qtbot: QtBot, background: Background) -> None:
    table = shown(qtbot, background, Store(5))
    assert table.view.rowHeight(0) == ROW_PX
    picture = table.view.grab().toImage()
    assert picture.width() > 0
    index = table.model.index(0, 0)
    assert (
        table.model.data(index, int(Qt.ItemDataRole.TextAlignmentRole))
        & Qt.AlignmentFlag.AlignRight
    )


def test_enter_opens_and_choosing_is_told(qtbot: QtBot, background: Background) -> None:
    table = shown(qtbot, background, Store(5))
    with qtbot.waitSignal(table.chosen) as chosen:
        table.choose(3)
    assert chosen.args == [(3, "place 3")]
    table.view.setFocus()
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table.view, Qt.Key.Key_Return)
    assert opened.args == [(3, "place 3")]


def test_the_whole_row_under_the_pointer_is_marked(qtbot: QtBot, background: Background) -> None:
    table = shown(qtbot, background, Store(5))
    view = table.view
    plain = view.grab().toImage()
    spot = view.visualRect(table.model.index(2, 0)).center()

    def points() -> bool:
        QTest.mouseMove(view.viewport(), spot + QPoint(1, 0))
        QTest.mouseMove(view.viewport(), spot)
        return view.hovered == 2

    qtbot.waitUntil(points)
    marked = view.grab().toImage()
    top = view.horizontalHeader().height()
    for at in range(3):
        place = view.visualRect(table.model.index(2, at)).topRight()
        pixel = (place.x() - 2, place.y() + top + 2)
        assert marked.pixelColor(*pixel) != plain.pixelColor(*pixel), f"column {at}"
    assert table.row_at(spot) == (2, "place 2")


def test_a_column_that_fails_leaves_its_cell_empty_and_the_process_alive(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: bugs.append(str(error)))

    def broken(row: Row) -> str:
        raise LookupError(f"row {row[0]}")

    columns = [COLUMNS[0], Column[Row]("Broken", broken), COLUMNS[2]]
    table = RowTable(columns, lambda row: row[0])
    qtbot.addWidget(table)
    table.show_rows([(7, "seven")])
    model = table.model
    assert model.data(model.index(0, 1)) is None
    assert bugs == ["row 7"]
    assert model.data(model.index(0, 0)) == "7"
    table.resize(400, 200)
    table.grab()
    assert bugs[-1] == "row 7" and len(bugs) > 1, "painting met it too, and went on"


def test_a_cell_is_painted_anew_when_its_text_or_the_theme_changes(
    qtbot: QtBot, background: Background
) -> None:
    table = shown(qtbot, background, Store(1))
    first = table.view.grab().toImage()
    assert table.view.grab().toImage() == first
    table.show_rows([(0, "elsewhere")])
    second = table.view.grab().toImage()
    assert second != first
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        apply_theme(app, "night")
        assert table.view.grab().toImage() != second
    finally:
        apply_theme(app, "day")
