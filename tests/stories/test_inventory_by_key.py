"""Equipment by key: labels scanned, two items issued, one taken back, and the city hears of it."""

from __future__ import annotations

import pytest

from console.inventory import service as inventory
from console.inventory.model import Custody, Issued
from console.inventory.page import InventoryPage
from tests.stories.hands import Hands

pytestmark = pytest.mark.story
RADIO, CAMERA = "ZB012-05", "ZB020-05"


def held(hands: Hands) -> dict[str, Issued]:
    """Who has what, by number."""
    scene = hands.scene
    with scene.post.database.read() as connection:
        return {one.item_number: one for one in inventory.issued(connection, scene.clock.now())}


def scan(hands: Hands, page: InventoryPage, number: str) -> None:
    """A scanner types the label and presses Enter."""
    hands.press("Ctrl+F")
    hands.type(number)
    hands.press("Return")
    hands.until(lambda: number in [one.number for one in page.marked.values()])


def test_a_radio_and_a_camera_go_out_by_their_labels_and_the_radio_comes_back(
    hands: Hands,
) -> None:
    scene = hands.scene
    hands.press("F4")
    page = hands.console.window.page("inventory")
    assert isinstance(page, InventoryPage)
    hands.until(lambda: page.table.model.rows and page.seen)
    assert page.table.view.hasFocus()
    before = set(held(hands))
    scan(hands, page, RADIO)
    scan(hands, page, CAMERA)
    hands.until(lambda: page.panel.item is not None and page.panel.item.number == CAMERA)
    hands.press("Down")
    hands.press("I")
    hands.asked()
    assert f"{RADIO} 对讲机" in hands.words(hands.sheet)
    hands.type("zlh")  # 张丽华, by her initials
    hands.press("Return")
    hands.until(lambda: hands.sheet is None and {RADIO, CAMERA} <= set(held(hands)))
    radio, camera = held(hands)[RADIO], held(hands)[CAMERA]
    assert (radio.holder_number, radio.holder_name) == ("0103", "张丽华")
    assert radio.issued_at == camera.issued_at and radio.due_at == camera.due_at
    hands.until(lambda: "张丽华" in page.panel.told.text() and not page.marked)

    scan(hands, page, RADIO)
    hands.press("Down")
    hands.press("R")
    hands.asked()
    hands.press("2")  # worn
    hands.until(lambda: RADIO not in held(hands))
    assert set(held(hands)) == before | {CAMERA}
    with scene.post.database.read() as connection:
        lines = inventory.history(connection, radio.item_id)
    assert [line.kind for line in lines[:2]] == [Custody.RETURNED, Custody.ISSUED]
    hands.until(scene.drained)
    told = [(kind, told.get("to") or told["from"]) for kind, told in scene.heard(radio.item_id)]
    assert told == [("item.issued", "0103"), ("item.returned", "0103")]
    scene.assert_whole()
