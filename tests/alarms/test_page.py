"""The alarms page through its real widgets: lists, keys, sheets, and the call it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.alarms import model, service
from console.alarms.model import Kind, Raising
from console.alarms.page.shelve_sheet import ShelveSheet
from console.alarms.page.words import narrative, state_face, what_text
from console.core import reference
from console.core.actor import Actor
from console.core.clock import SystemClock
from console.ui.choice import ChoiceSheet
from console.ui.lamp import Shape
from console.ui.style import Tone, apply_theme
from console.ui.translation import use_language
from tests.alarms.page_bench import Bench, texts

WATCH = Actor("system", "alarms")
LOST = Raising("link:1", Kind.LINK_LOST, "403 GNSS")
PRESS = Raising("device:1", Kind.BUTTON, "文化街报警柱", "文化街与解放路", 35.4, 121.6, "simulated")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


def test_no_alarm_says_what_is_watched(bench: Bench) -> None:
    assert "No alarm is open" in texts(bench.page)
    assert "are watched all the time" in texts(bench.page)
    assert not bench.page.chosen.acknowledge.isVisible()


def test_the_most_urgent_stands_first_and_is_chosen(bench: Bench) -> None:
    service.raise_alarm(bench.database, WATCH, LOST)
    service.raise_alarm(bench.database, WATCH, PRESS)
    bench.page.refresh()
    bench.until(lambda: bench.rows() == ["文化街报警柱", "403 GNSS"])
    bench.until(lambda: bench.page.table.chosen_row() is not None)
    model = bench.page.table.model
    shown = [model.data(model.index(0, at)) for at in range(model.columnCount())]
    assert shown[:4] == [
        "Not acknowledged", "P1", "help button: 文化街报警柱 (simulated)", "文化街与解放路",
    ]  # fmt: skip
    assert shown[5:] == ["1", "–"]
    bench.until(lambda: "simulated input" in log_text(bench))


def log_text(bench: Bench) -> str:
    log = bench.page.chosen.log.model
    return "\n".join(str(log.data(log.index(at, 1))) for at in range(log.rowCount()))


@pytest.mark.parametrize("key", ["A", "Space", "Return"])
def test_one_key_acknowledges(bench: Bench, key: str, officer: Actor) -> None:
    alarm_id = service.raise_alarm(bench.database, WATCH, LOST)
    bench.page.refresh()
    bench.choose(alarm_id)
    bench.press(key)
    bench.until(lambda: bench.alarm(alarm_id).acknowledged_by == officer.name)
    bench.until(lambda: not bench.page.chosen.acknowledge.isEnabled())
    assert bench.told == ["Acknowledged: link lost: 403 GNSS"]
    bench.until(lambda: "acknowledged" in log_text(bench))


def test_a_button_becomes_a_call_with_one_key_and_enter_shows_it(bench: Bench) -> None:
    alarm_id = service.raise_alarm(bench.database, WATCH, PRESS)
    bench.page.refresh()
    bench.choose(alarm_id)
    bench.press("C")
    bench.until(lambda: bench.calls == [(alarm_id, "8001")])
    bench.until(lambda: bench.page.chosen.call.text() == "Show its call")
    assert "JQ0007" in bench.told[-1]
    bench.press("Return")
    bench.until(lambda: bench.shown == ["call-1"])
    assert bench.calls == [(alarm_id, "8001")]


def test_another_alarm_asks_what_call_it_becomes(bench: Bench) -> None:
    alarm_id = service.raise_alarm(bench.database, WATCH, LOST)
    bench.page.refresh()
    bench.choose(alarm_id)
    bench.press("C")
    sheet = bench.sheet()
    assert isinstance(sheet, ChoiceSheet)
    bench.press("1", sheet.list)
    bench.until(lambda: bench.calls == [(alarm_id, "8003")])


def test_an_alarm_is_shelved_with_a_reason_and_taken_off_again(bench: Bench) -> None:
    alarm_id = service.raise_alarm(bench.database, WATCH, LOST)
    bench.page.refresh()
    bench.choose(alarm_id)
    bench.press("S")
    sheet = bench.sheet()
    assert isinstance(sheet, ShelveSheet)
    sheet.yes.click()
    assert "Needed" in texts(sheet)
    QTest.keyClicks(sheet.reason, "repair")
    sheet.yes.click()
    bench.until(lambda: bench.alarm(alarm_id).shelf is not None)
    shelf = bench.alarm(alarm_id).shelf
    assert shelf is not None
    assert shelf.reason == "repair"
    assert timedelta(minutes=59) < shelf.until - shelf.since <= timedelta(minutes=60)
    bench.until(lambda: bench.rows() == [])
    bench.press("2")
    bench.until(lambda: bench.rows() == ["403 GNSS"])
    bench.choose(alarm_id)
    assert bench.page.chosen.shelve.text() == "Off the shelf"
    assert "repair" in texts(bench.page.chosen)
    bench.press("S")
    bench.until(lambda: bench.alarm(alarm_id).shelf is None)
    bench.until(lambda: bench.rows() == [])
    bench.press("1")
    bench.until(lambda: bench.rows() == ["403 GNSS"])


def test_cleared_by_hand_with_words_where_the_kind_allows(bench: Bench) -> None:
    lost = service.raise_alarm(bench.database, WATCH, LOST)
    pressed = service.raise_alarm(bench.database, WATCH, PRESS)
    bench.page.refresh()
    bench.choose(lost)
    assert not bench.page.chosen.clear.isEnabled()
    bench.choose(pressed)
    bench.press("L")
    sheet = bench.sheet()
    QTest.keyClicks(sheet.focusWidget(), "a child played")
    sheet.yes.click()
    bench.until(lambda: bench.alarm(pressed).state(bench.database.clock.now()) == "over")
    bench.until(lambda: bench.rows() == ["403 GNSS"])
    bench.until(lambda: chosen_name(bench) == "403 GNSS")
    bench.press("3")
    bench.until(lambda: bench.rows() == ["文化街报警柱", "403 GNSS"])
    bench.choose(pressed)
    assert "a child played" in log_text(bench)


def chosen_name(bench: Bench) -> str:
    row = bench.page.table.chosen_row()
    return "" if row is None else row.name


def test_a_button_is_pressed_as_a_test(bench: Bench, officer: Actor) -> None:
    bench.press("T")
    bench.until(lambda: "No help button is set up yet" in texts(bench.page))
    service.add_device(bench.database, officer, "Pillar", "corner", (35.4, 121.6))
    bench.press("T")
    sheet = bench.sheet()
    assert "simulated" in texts(sheet)
    sheet.yes.click()
    bench.until(lambda: bench.rows() == ["Pillar"])
    assert bench.page.table.model.rows[0].how == "simulated"


def test_what_is_refused_is_told_on_the_page(bench: Bench) -> None:
    alarm_id = service.raise_alarm(bench.database, WATCH, LOST)
    bench.page.refresh()
    bench.choose(alarm_id)
    service.acknowledge(bench.database, WATCH, alarm_id)  # somebody else was quicker
    bench.press("A")
    bench.until(lambda: "has acknowledged this alarm already" in bench.page.notice.text)


def test_hostile_names_are_plain_text(bench: Bench) -> None:
    hostile = replace(PRESS, name="<b>x</b>🚨\u202e" + "长" * 300, originator="device:9")
    alarm_id = service.raise_alarm(bench.database, WATCH, hostile)
    bench.page.refresh()
    bench.choose(alarm_id)
    assert "<b>x</b>🚨长" in bench.page.chosen.heading.text()
    assert bench.page.chosen.heading.textFormat() is Qt.TextFormat.PlainText
    assert "\u202e" not in bench.page.chosen.heading.text()


def test_every_state_has_its_own_shape() -> None:
    now = SystemClock().now()
    table = model.read_kinds(reference.shipped("alarm_kinds"))
    ringing = model.begin("a", PRESS, table.of("button"), now)
    active = model.acknowledge(ringing, "0102", now)
    shelf = model.Shelf(now, now + timedelta(hours=1), "0102", "x")
    states = [
        ringing, active, model.clear(ringing, now), model.clear(active, now),
        model.shelve(ringing, shelf, table),
    ]  # fmt: skip
    shapes = [state_face(one, now).shape for one in states]
    assert len(set(shapes)) == 5
    assert shapes[0] is Shape.SQUARE
    assert state_face(ringing, now).tone is Tone.ALARM
    again = model.repeat(ringing, PRESS, table.of("button"), now)
    assert "2 times" in narrative(again)
    assert what_text(again) in narrative(again)
