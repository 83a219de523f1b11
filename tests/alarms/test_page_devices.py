"""The alarms page: devices on their inputs and in test mode, alerts verified, the nearest camera."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.alarms import service
from console.alarms.model import Device, InputPlace, Kind, Raising, Step
from console.alarms.page.device_sheet import DeviceSheet, DeviceTestSheet
from console.alarms.page.verify_sheet import VerifySheet
from console.alarms.page.words import state_face
from console.core.actor import SYSTEM, Actor
from console.core.clock import to_text
from console.ui.style import apply_theme
from console.ui.translation import use_language
from tests.alarms.page_bench import Bench, texts


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "day")
    use_language(qapp, "en")
    yield
    use_language(qapp, "en")


def devices(bench: Bench) -> list[Device]:
    with bench.database.read() as connection:
        return service.devices(connection)


def names(bench: Bench) -> list[str]:
    return [row.device.name for row in bench.page.devices.table.model.rows]


def test_a_technician_sets_a_device_up_on_its_input(bench: Bench) -> None:
    bench.press("4")
    bench.until(lambda: "No device is set up yet" in texts(bench.page))
    bench.press("N", bench.page.devices.table.view)
    sheet = bench.sheet()
    assert isinstance(sheet, DeviceSheet)
    sheet.form.fill({"name": "Pillar", "kind": "button", "place": "corner", "link": "l1",
                     "unit": "7", "number": "x", "closed": False, "lat": "35.4", "lon": "121.6"})  # fmt: skip
    sheet.yes.click()
    bench.until(lambda: "1 to 2000" in texts(sheet))  # said at the field, and the sheet stays
    sheet.form.fill({"number": "3"})
    sheet.yes.click()
    bench.until(lambda: names(bench) == ["Pillar"])
    (made,) = devices(bench)
    assert made.input == InputPlace("l1", 7, 3, False)
    assert (made.lat, made.lon) == (35.4, 121.6)
    model = bench.page.devices.table.model
    shown = [model.data(model.index(0, at)) for at in range(model.columnCount())]
    assert shown == ["In earnest", "Pillar", "help button", "corner", "报警柱采集板",
                     "board 7 · input 3 · NO"]  # fmt: skip


def test_test_mode_begins_with_an_end_and_is_ended_by_the_same_key(bench: Bench) -> None:
    service.keep_device(bench.database, SYSTEM, Device("", "Pillar"))
    bench.press("4")
    bench.until(lambda: names(bench) == ["Pillar"])
    table = bench.page.devices.table
    bench.press("T", table.view)
    sheet = bench.sheet()
    assert isinstance(sheet, DeviceTestSheet)
    sheet.yes.click()
    bench.until(lambda: devices(bench)[0].test_until is not None)
    end = devices(bench)[0].test_until
    assert end is not None
    left = end - bench.database.clock.now()
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    bench.until(lambda: bench.page.devices.test_button.text() == "End the test")
    assert "Test until" in str(table.model.data(table.model.index(0, 0)))
    bench.press("T", table.view)
    bench.until(lambda: devices(bench)[0].test_until is None)
    bench.until(lambda: bench.told[-1] == "In earnest again: Pillar")


def test_a_device_is_removed_after_a_question_and_the_lists_come_back(bench: Bench) -> None:
    service.keep_device(bench.database, SYSTEM, Device("", "Pillar"))
    bench.press("4")
    bench.until(lambda: names(bench) == ["Pillar"])
    bench.press("Delete", bench.page.devices.table.view)
    sheet = bench.sheet()
    sheet.yes.click()
    bench.until(lambda: devices(bench) == [])
    bench.until(lambda: names(bench) == [])
    bench.press("1", bench.page.devices.table.view)
    bench.until(bench.page.table.isVisible)


def test_the_nearest_camera_is_named_and_looked_through_with_one_key(bench: Bench) -> None:
    alarm_id = service.raise_alarm(
        bench.database, SYSTEM, Raising("device:1", Kind.BUTTON, "Pillar", "corner", 35.4, 121.6)
    )
    bench.page.refresh()
    bench.choose(alarm_id)
    assert "03 文化街口, 42 m away" in texts(bench.page.chosen)
    bench.press("P")
    assert bench.shown == ["camera c1"]
    nowhere = service.raise_alarm(bench.database, SYSTEM, Raising("link:1", Kind.LINK_LOST, "403"))
    bench.page.refresh()
    bench.choose(nowhere)
    assert not bench.page.chosen.camera.isVisible()


def test_a_test_is_shown_as_one_and_asks_for_nothing(bench: Bench) -> None:
    made = service.keep_device(bench.database, SYSTEM, Device("", "Pillar"))
    end = bench.database.clock.now() + timedelta(minutes=5)
    service.begin_test(bench.database, SYSTEM, made.id, end)
    alarm_id = service.press(bench.database, SYSTEM, made.id)
    bench.page.refresh()
    bench.choose(alarm_id)
    assert "(test)" in bench.page.chosen.heading.text()
    assert "in test mode" in texts(bench.page.chosen)
    assert not bench.page.chosen.acknowledge.isEnabled()
    assert not bench.page.chosen.call.isEnabled()


def test_nobody_answering_is_said(bench: Bench) -> None:
    alarm_id = service.raise_alarm(bench.database, SYSTEM, Raising("sos:l1:1", Kind.SOS, "403"))
    service.escalate(bench.database, SYSTEM, alarm_id, Step.CHIEF, 60)
    bench.page.refresh()
    bench.choose(alarm_id)
    assert state_face(bench.alarm(alarm_id), bench.database.clock.now()).word == "Nobody answers"
    assert "tell the chief" in texts(bench.page.chosen)


def alert(bench: Bench, **more: Any) -> str:
    now = bench.database.clock.now()
    payload = {
        "alert_id": "a1", "source": "plate", "place": {"text": "crossing"}, "confidence": 0.87,
        "seen_at": to_text(now), "expires_at": to_text(now + timedelta(minutes=5)),
        "plate": "A12345",
    } | more  # fmt: skip
    with bench.database.act(Actor("city", "city")) as act:
        service.alert_raised(act, payload)
    with bench.database.read() as connection:
        (found,) = service.open_alarms(connection, now)
    return found.id


def test_an_alert_is_looked_at_verified_and_only_then_a_call(bench: Bench) -> None:
    alarm_id = alert(bench)
    bench.page.refresh()
    bench.choose(alarm_id)
    chosen = bench.page.chosen
    assert "not yet; nobody is sent before" in texts(chosen)
    assert "A12345" not in texts(bench.page)  # that is for who looks, and looking is on record
    assert not chosen.call.isEnabled()
    bench.press("V")
    sheet = bench.sheet()
    assert isinstance(sheet, VerifySheet)
    assert "A12345" in texts(sheet)
    with bench.database.read() as connection:
        assert next(line.kind for line in service.log_lines(connection, alarm_id)) == "looked"
    sheet.yes.click()
    assert "Needed" in texts(sheet)
    sheet.outcome.setCurrentIndex(0)
    QTest.keyClicks(sheet.note, "seen by camera 3")
    sheet.yes.click()
    bench.until(lambda: "it is so" in texts(chosen))
    bench.until(chosen.call.isEnabled)
    bench.until(lambda: not chosen.verify.isEnabled())


def test_enter_acknowledges_an_alert_and_then_verifies_it(bench: Bench) -> None:
    alarm_id = alert(bench)
    bench.page.refresh()
    bench.choose(alarm_id)
    bench.press("Return")
    bench.until(lambda: bench.alarm(alarm_id).acknowledged)
    bench.choose(alarm_id)
    bench.press("Return")
    sheet = bench.sheet()
    assert isinstance(sheet, VerifySheet)
    sheet.reject()
