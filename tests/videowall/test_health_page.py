"""The page of camera health: rates against the bar, who fails since when, and what to do about it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from math import isnan
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.core.actor import Actor
from console.core.database import Database
from console.core.tables import audit_trail
from console.drill.keyboard import enter, press
from console.ui.background import Background
from console.ui.lamp import Shape
from console.ui.style import apply_theme
from console.ui.translation import use_language
from console.videowall import service
from console.videowall.model import Camera, CameraId, Verdict
from console.videowall.model.health import Figure, Found, Rate
from console.videowall.page import HealthPage, HealthParts
from console.videowall.page.health_sheets import GiveOutSheet, OutageSheet
from console.videowall.page.health_words import share_text
from console.videowall.service import health
from console.videowall.store import health as kept
from tests.conftest import HandClock
from tests.videowall.conftest import camera
from tests.videowall.tiles.hands import sheet_of


@dataclass
class Led:
    """Where the page led to."""

    wall: list[CameraId] = field(default_factory=list)
    map: list[CameraId] = field(default_factory=list)
    looks: list[CameraId] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    looks_at: Camera | None = None
    nudged: int = 0

    def nudge(self) -> None:
        self.nudged += 1

    def look_at(self, camera_id: CameraId) -> None:
        self.looks.append(camera_id)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "zh_CN")
    yield
    use_language(qapp, "en")


@pytest.fixture
def cameras(database: Database, officer: Actor) -> list[Camera]:
    return [
        service.add_camera(database, officer, camera(number=f"SX{n:03}", direction_deg=90.0))
        for n in range(1, 21)
    ]


@pytest.fixture
def led() -> Led:
    return Led()


@pytest.fixture
def make_page(
    database: Database,
    officer: Actor,
    background: Background,
    clock: HandClock,
    led: Led,
    qtbot: QtBot,
) -> Callable[[], HealthPage]:
    def made() -> HealthPage:
        parts = HealthParts(
            database,
            led,
            background,
            clock,
            lambda: officer,
            lambda words, _: led.told.append(words),
            led.wall.append,
            lambda one: led.map.append(one.id),
        )
        page = HealthPage(parts)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is page)
        qtbot.waitUntil(lambda: page.seen is not None and page.chart is not None)
        return page

    return made


def looked(
    database: Database, clock: HandClock, cameras: list[Camera], lost: int = 0, black: int = 0
) -> None:
    """Every camera was looked at now; the first ones were lost, the next ones black."""
    at = clock.now()
    found = [Found(one.id, at, False, "no_answer", since=at) for one in cameras[:lost]]
    found += [
        Found(one.id, at, True, verdict=Verdict.BLACK if n < black else Verdict.GOOD)
        for n, one in enumerate(cameras[lost:])
    ]
    health.note(database, found, lambda lat, lon: True)


def acts(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.act for row in connection.execute(audit_trail.select())]


def test_rates_stand_against_the_bar_and_the_list_says_who_and_since_when(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    make_page: Callable[[], HealthPage],
    qtbot: QtBot,
) -> None:
    looked(database, clock, cameras, lost=2, black=1)
    clock.pass_(3 * 3600)
    page = make_page()
    cards = page.cards.cards
    assert [cards[rate].figure.text() for rate in Rate] == [
        "100.0 %",
        "90.0 %",
        "94.4 %",
        "100.0 %",
    ]
    shapes = [cards[rate].lamp.face.shape for rate in Rate]
    assert shapes == [Shape.DOT, Shape.SQUARE, Shape.SQUARE, Shape.DOT]
    assert cards[Rate.ONLINE].note.text() == "20 台中 18 台合格"
    rows = page.table.model.rows
    assert [(row.camera.number, row.rate) for row in rows] == [
        ("SX001", Rate.ONLINE),
        ("SX002", Rate.ONLINE),
        ("SX003", Rate.INTACT),
    ]
    assert "请检查网络和供电" in page.advice.words
    looked(database, clock, cameras)
    page.news()
    qtbot.waitUntil(lambda: not page.table.model.rows)
    assert cards[Rate.ONLINE].figure.text() == "100.0 %"


def test_what_is_not_counted_yet_is_not_called_empty(
    cameras: list[Camera], led: Led, make_page: Callable[[], HealthPage]
) -> None:
    page = make_page()
    assert page.cards.cards[Rate.ONLINE].note.text() == "正在统计…"
    assert led.nudged == 1  # whoever looks has the figures soon


def test_no_data_is_a_dash_and_neither_full_nor_nought(
    cameras: list[Camera], database: Database, make_page: Callable[[], HealthPage]
) -> None:
    health.note(database, (), lambda lat, lon: True)
    page = make_page()
    card = page.cards.cards[Rate.ONLINE]
    assert (card.figure.text(), card.lamp.face.shape) == ("–", Shape.DASH)
    assert "20 台未查" in card.note.text()


def test_the_figure_is_cut_and_never_rounded_up_to_the_bar(clock: HandClock) -> None:
    one = Figure(clock.now().date(), Rate.ONLINE, 9499, 10000, 10000)
    assert share_text(one) == "94.9 %" and one.meets(95) is False


def test_keys_lead_to_the_wall_the_map_and_the_patrol(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    led: Led,
    make_page: Callable[[], HealthPage],
) -> None:
    looked(database, clock, cameras, lost=2)
    page = make_page()
    press(page, "Down")
    press(page, "Return")
    press(page, "M")
    press(page, "L")
    assert led.wall == led.map == led.looks == [cameras[1].id]
    assert "SX002" in led.told[-1]
    assert not page.right_button.isEnabled() and not page.wrong_button.isEnabled()


def test_a_position_is_checked_by_a_person(
    database: Database,
    officer: Actor,
    make_page: Callable[[], HealthPage],
    led: Led,
    qtbot: QtBot,
) -> None:
    service.add_camera(database, officer, camera(direction_deg=0.0))
    health.note(database, (), lambda lat, lon: False)
    page = make_page()
    assert [row.cause for row in page.table.model.rows] == ["outside"]
    press(page, "B")
    qtbot.waitUntil(lambda: [row.cause for row in page.table.model.rows] == ["wrong_place"])
    press(page, "G")
    qtbot.waitUntil(lambda: not page.table.model.rows)
    assert acts(database).count("camera.place_checked") == 2
    health.note(database, (), lambda lat, lon: False)  # where the map says otherwise, he decides
    page.refresh()
    card = page.cards.cards[Rate.PLACED]
    qtbot.waitUntil(lambda: card.figure.text() == "100.0 %")


def test_an_outage_is_planned_with_a_reason_and_ended(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    make_page: Callable[[], HealthPage],
    qtbot: QtBot,
) -> None:
    looked(database, clock, cameras, lost=1)
    page = make_page()
    press(page, "O")
    sheet = sheet_of(qtbot, OutageSheet)
    assert isinstance(sheet, OutageSheet)
    sheet.yes.click()
    assert sheet.isVisible()  # not without a reason
    sheet.reason.setEditText("立杆迁移")
    sheet.yes.click()
    qtbot.waitUntil(lambda: [row.rate for row in page.table.model.rows] == [None])
    (line,) = page.table.model.rows
    assert line.outage is not None and line.cause == "立杆迁移"
    assert line.outage.ends_at == clock.now() + timedelta(hours=8)
    assert page.outage_button.text().startswith("恢复检查")
    press(page, "O")
    qtbot.waitUntil(lambda: [row.rate for row in page.table.model.rows] == [Rate.ONLINE])
    assert {"camera.outage_planned", "camera.outage_ended"} <= set(acts(database))


@pytest.mark.parametrize(("what", "count"), [("failing", 2), ("figures", 8)])
def test_both_lists_are_given_out_with_a_reason(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    make_page: Callable[[], HealthPage],
    led: Led,
    qtbot: QtBot,
    tmp_path: Path,
    what: str,
    count: int,
) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    with database.act(Actor("system", "t")) as act:
        kept.put_figures(act.connection, [Figure(yesterday, rate, 19, 20, 20) for rate in Rate])
    looked(database, clock, cameras, lost=2)
    page = make_page()
    press(page, "Ctrl+E")
    sheet = sheet_of(qtbot, GiveOutSheet)
    assert isinstance(sheet, GiveOutSheet)
    file = tmp_path / "health.csv"
    sheet.what.setCurrentIndex(sheet.what.findData(what))
    enter(sheet.form.editor("path"), str(file))
    enter(sheet.form.editor("reason"), "monthly report")
    sheet.yes.click()
    qtbot.waitUntil(lambda: bool(led.told))
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert "monthly report" in rows[0][0] and "0123" in rows[0][0]
    assert len(rows) == 2 + count
    assert ("SX001" in file.read_text("utf-8-sig")) is (what == "failing")
    assert "camera_health.given_out" in acts(database)


def test_the_chart_has_a_gap_where_the_console_was_off(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    make_page: Callable[[], HealthPage],
) -> None:
    today = clock.now().date()
    days = [today - timedelta(days=ago) for ago in (20, 19, 5)]
    with database.act(Actor("system", "t")) as act:
        for day in days:
            kept.put_figures(act.connection, [Figure(day, rate, 18, 20, 20) for rate in Rate])
    looked(database, clock, cameras)
    page = make_page()
    assert page.chart is not None
    (line,) = page.chart.strips[Rate.ONLINE].plot.listDataItems()
    xs, ys = line.getData()
    drawn = {int(x): round(y) for x, y in zip(xs, ys, strict=True) if not isnan(y)}
    assert drawn == {-20: 90, -19: 90, -5: 90, 0: 100}


def test_a_low_chart_marks_the_bar_and_leaves_out_what_would_stand_on_it(
    database: Database,
    clock: HandClock,
    cameras: list[Camera],
    make_page: Callable[[], HealthPage],
    qtbot: QtBot,
) -> None:
    looked(database, clock, cameras)
    page = make_page()
    assert page.chart is not None
    strip = page.chart.strips[Rate.ONLINE]

    def marked() -> list[str]:
        return [told for level in strip.plot.getAxis("left")._tickLevels for _, told in level]

    page.resize(1200, 2400)
    qtbot.waitUntil(lambda: marked() == ["80 %", "95 %", "100 %"])
    page.resize(1200, 600)
    qtbot.waitUntil(lambda: marked() == ["80 %", "95 %"])
