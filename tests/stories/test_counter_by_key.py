"""The counter by key: a visit recorded, its receipt printed, found again, and made a call."""

from __future__ import annotations

import pytest

from console.citizen.page import CitizenPage
from console.core import audit
from console.dispatch.model import CallStatus, PlaceFlag
from console.drill.keyboard import press
from console.drill.rounds.citizen import CitizenRound
from tests.stories.hands import Hands
from tests.stories.scene import PLACE, in_order

pytestmark = pytest.mark.story


def counter(hands: Hands) -> CitizenPage:
    """The page of the counter, open and read."""
    hands.press("F6")
    hands.until(lambda: hands.console.window.shown_page == "citizen")
    page = hands.console.window.page("citizen")
    assert isinstance(page, CitizenPage)
    hands.until(lambda: page.form.kind.count() and page.table.model.rows)
    hands.until(lambda: page.opened is not None)
    return page


def test_a_quarrel_at_the_counter_is_recorded_printed_found_and_made_a_call(hands: Hands) -> None:
    scene, page = hands.scene, counter(hands)
    before = len(page.table.model.rows)
    hands.press("N")
    hands.until(page.form.kind.hasFocus)
    hands.press("7")  # a dispute
    hands.until(page.form.asked.hasFocus)
    for text in ("与邻居因停车发生争吵,请求到场", "", "", PLACE, "张三丰", "13800138000"):
        if text:
            hands.type(text)
        hands.press("Tab")
    hands.press("Ctrl+Return")
    hands.until(lambda: len(page.table.model.rows) == before + 1)
    hands.until(lambda: page.opened is not None and page.opened.place == PLACE)
    visit = page.opened
    assert visit is not None
    assert "138****8000" in hands.words(page) and "张三丰" not in hands.words(page)

    hands.press("P")
    receipt = scene.settings.data / "receipts" / f"{visit.number}.pdf"
    hands.until(receipt.exists)
    hands.until(lambda: str(receipt) in hands.words())

    hands.press("Ctrl+F")
    hands.type("停车 争吵")
    hands.press("Return")
    hands.until(lambda: [one.id for one in page.table.model.rows] == [visit.id])
    hands.until(page.table.hasFocus)
    hands.until(lambda: page.opened is not None and page.opened.id == visit.id)

    hands.press("V")
    hands.asked()
    hands.type("核对住址")
    hands.press("Return")
    hands.until(lambda: "13800138000" in hands.words(page))

    hands.press("C")
    hands.until(lambda: page.opened is not None and page.opened.call_id is not None)
    assert page.opened is not None
    call_id = page.opened.call_id
    assert call_id is not None
    view = scene.view(call_id)
    assert view is not None
    assert (view.call.nature, view.call.source, view.call.place) == ("6003", "walk_in", PLACE)
    assert (view.call.place_flag, view.call.caller_phone) == (PlaceFlag.FINE, "138****8000")
    assert [line.text for line in view.log if line.kind == "linked"] == [visit.number]
    hands.until(lambda: view.call.number in hands.words(page))

    hands.press("F1")
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    hands.until(scene.drained)
    assert in_order(["visit.recorded"] * 2, [kind for kind, _ in scene.heard(visit.id)])
    assert in_order(["call.received", "call.signed"], [kind for kind, _ in scene.heard(call_id)])
    assert all("三丰" not in str(told) for _, told in scene.heard(visit.id))
    with scene.post.database.read() as connection:
        acts = [line.act for line in audit.lines(connection) if line.entity_id == visit.id]
    assert acts == ["visit.recorded", "visit.receipt", "visit.revealed", "visit.call"]
    scene.assert_whole()


def test_the_drills_officer_does_his_round_at_the_counter_by_himself(hands: Hands) -> None:
    page, round_ = counter(hands), CitizenRound()
    hands.until(lambda: round_.step(hands.console, press), 6.0)
    assert page.opened is not None
    receipt = hands.scene.settings.data / "receipts" / f"{page.opened.number}.pdf"
    assert receipt.exists()
