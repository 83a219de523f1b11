"""What the city refuses, by key: found on its page, put right, sent again, discarded with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from console.core.audit import lines
from console.core.outbox import Lane
from console.core.tables import outbox
from console.drill.city.city import SAMPLE_POST
from console.sync.model.kind import kind_words
from console.sync.page import AsidePage
from console.sync.page.edit_sheet import EditSheet
from console.ui.lamp import Shape
from console.ui.words import pick
from tests.stories.hands import Hands
from tests.stories.scene import Scene

pytestmark = pytest.mark.story
CHIEF = "0101"


@pytest.fixture
def chief(scene: Scene, hands_on: Callable[[Scene], Hands]) -> Hands:
    """The hands of somebody who may settle what was set aside."""
    made = hands_on(scene)
    made.sign_in(CHIEF)
    return made


def report(hands: Hands, call_id: str, text: str, rev: int, **more: Any) -> None:
    """The call's crew reports; with a member that the contract does not know as such, it is refused."""
    payload = {"text": text, "at": "2026-11-21T10:02:11.004Z", "first": False, **more}
    with hands.scene.post.database.act(hands.scene.sign_in(CHIEF)) as act:
        act.tell_city(Lane.URGENT, "call", call_id, "call.feedback", rev, payload)


def states(hands: Hands, call_id: str) -> list[tuple[int, str]]:
    """Revision and state of each feedback of this call, in the order of writing."""
    with hands.scene.post.database.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.rev, outbox.c.state)
            .where(outbox.c.entity_id == call_id, outbox.c.kind == "call.feedback")
            .order_by(sa.text("rowid"))
        )
        return [(row.rev, row.state) for row in rows]


def page(hands: Hands) -> AsidePage:
    """The page, shown by its key."""
    hands.press("Ctrl+3")
    found = hands.console.window.page("aside")
    assert isinstance(found, AsidePage)
    return found


def told(shown: AsidePage) -> bool:
    """One row is chosen and its facts stand at the right."""
    row = shown.table.chosen_row()
    return row is not None and shown.chosen.heading.text() == told_kind(row.kind)


def ready(shown: AsidePage) -> bool:
    """The same, and it may be discarded now."""
    return told(shown) and shown.chosen.discard.isVisible() and shown.chosen.discard.isEnabled()


def has_rows(shown: AsidePage, count: int) -> bool:
    """So many rows stand in the list."""
    return len(shown.table.model.rows) == count


def told_kind(kind: str) -> str:
    """What the page calls a kind."""
    return pick(kind_words(kind))


def heard(hands: Hands, call_id: str) -> list[str]:
    """The texts of this call's feedback that the city has taken, in order."""
    return [
        record.event["payload"]["text"]
        for record in hands.scene.city.events(SAMPLE_POST)
        if record.event["entity_id"] == call_id
        and record.event["kind"] == "call.feedback"
        and record.outcome == "applied"
    ]


def test_a_refused_report_is_put_right_and_what_waited_follows(chief: Hands) -> None:
    hands = chief
    scene, road = hands.scene, hands.scene.post.road
    call_id, other = scene.take_by_hand("门前争吵"), scene.take_by_hand("丢失钱包")
    hands.until(scene.drained)
    report(hands, call_id, "已到场", 50, first="yes")  # no boolean
    hands.until(lambda: road.snapshot().set_aside == 1)
    report(hands, call_id, "双方已分开", 51)
    report(hands, call_id, "调解完毕", 52)
    report(hands, other, "另一警单照常上报", 50)
    hands.until(lambda: heard(hands, other) == ["另一警单照常上报"])
    assert heard(hands, call_id) == []
    assert states(hands, call_id) == [(50, "set_aside"), (51, "waiting"), (52, "waiting")]

    shown = page(hands)
    hands.until(lambda: len(shown.chosen.behind.model.rows) == 2)
    assert "不符合约定的格式" in hands.words(shown)
    number = scene.view(call_id)
    assert number is not None and number.call.number in hands.words(shown)
    hands.until(shown.chosen.edit.isEnabled)
    hands.press("E")
    hands.asked()
    sheet = hands.sheet
    assert isinstance(sheet, EditSheet)
    sheet.form.editor("first").setFocus()
    hands.press("Down")  # from no choice to yes
    hands.press("Ctrl+Return")
    hands.until(lambda: heard(hands, call_id) == ["已到场", "双方已分开", "调解完毕"])
    hands.until(lambda: road.snapshot().set_aside == 0 and not shown.table.model.rows)
    settled = [(50, "superseded"), (51, "acknowledged"), (52, "acknowledged"), (50, "acknowledged")]
    hands.until(lambda: states(hands, call_id) == settled)
    with scene.post.database.read() as connection:
        (line,) = [one for one in lines(connection) if one.act == "sync.edited"]
    assert line.detail["changed"] == ["first"] and line.actor == f"officer:{CHIEF}"


def test_discarding_lets_the_rest_go_and_what_the_city_sent_can_be_discarded(chief: Hands) -> None:
    hands, scene = chief, chief.scene
    road, call_id = scene.post.road, scene.take_by_hand("门前争吵")
    hands.until(scene.drained)
    scene.publish(how={"checked": False}, nature=17)
    hands.until(lambda: road.snapshot().quarantined == 1)
    report(hands, call_id, "无效", 50, first="yes")
    hands.until(lambda: road.snapshot().set_aside == 1)
    report(hands, call_id, "双方已分开", 51)
    shown = page(hands)
    hands.until(lambda: len(shown.table.model.rows) == 2)
    for left in (1, 0):
        hands.until(lambda: ready(shown))
        hands.press("D")
        hands.asked()
        hands.press("Ctrl+Return")  # no reason yet
        assert hands.sheet is not None
        hands.type("市局已知悉")
        hands.press("Ctrl+Return")
        hands.until(partial(has_rows, shown, left))
    hands.until(lambda: heard(hands, call_id) == ["双方已分开"])
    hands.until(lambda: states(hands, call_id) == [(50, "discarded"), (51, "acknowledged")])
    with scene.post.database.read() as connection:
        reasons = {one.act: one.detail.get("reason") for one in lines(connection)}
    assert reasons["sync.discarded"] == reasons["sync.item_discarded"] == "市局已知悉"
    hands.press("C")  # nothing is chosen: nothing happens
    assert hands.console.window.shown_page == "aside"


def test_the_lamp_leads_to_the_page_and_a_duty_officer_may_only_look(hands: Hands) -> None:
    scene, call_id = hands.scene, hands.scene.take_by_hand("门前争吵")
    report(hands, call_id, "已到场", 50, first="yes")
    hands.until(lambda: scene.post.road.snapshot().set_aside == 1)
    top = hands.console.window.top
    hands.until(lambda: top.sync.face.shape is Shape.SQUARE)
    top.sync.pressed.emit()
    shown = hands.console.window.page("aside")
    assert isinstance(shown, AsidePage)
    hands.until(lambda: told(shown))
    assert not shown.chosen.retry.isEnabled() and not shown.chosen.discard.isEnabled()
    hands.press("D")
    assert hands.sheet is None
    hands.press("C")
    hands.until(lambda: hands.opened == call_id and hands.console.window.shown_page == "desk")
