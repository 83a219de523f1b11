"""The rest of the desk by key: a call taken by hand with its place by name, a status and its undo."""

from __future__ import annotations

import pytest

from console.dispatch.model import CallStatus, PlaceFlag
from console.roster import service as roster
from tests.stories.hands import Hands
from tests.stories.scene import PLACE, in_order

pytestmark = pytest.mark.story


def status_of(hands: Hands, call_sign: str) -> str:
    """The crew's status as the post has it."""
    scene = hands.scene
    with scene.post.database.read() as connection:
        unit_id = scene.units[call_sign]
        return str(roster.unit(connection, unit_id, scene.clock.now()).unit.status)


def test_a_call_at_the_counter_is_taken_by_key_and_placed_by_its_crossing(hands: Hands) -> None:
    scene, panel = hands.scene, hands.console.desk.intake.panel
    hands.press("N")
    hands.until(lambda: panel.isVisible() and panel.nature.hasFocus() and panel.nature.count())
    nature = next(
        panel.nature.itemText(at)
        for at in range(panel.nature.count())
        if panel.nature.itemData(at) == "6003"
    )
    hands.type(nature)
    hands.press("Tab")
    hands.until(panel.narrative.hasFocus)
    hands.type("邻居半夜装修,双方争吵")
    hands.press("Tab")
    hands.until(panel.place.hasFocus)
    hands.type(PLACE)
    hands.until(lambda: panel.hits.count() > 0)
    hands.press("Ctrl+Return")
    hands.until(lambda: not panel.isVisible())
    hands.until(lambda: len(hands.console.desk.queue.cards.cards) == 1)
    (card,) = hands.console.desk.queue.cards.cards
    view = scene.view(card.call.id)
    assert view is not None
    assert view.call.place_flag is PlaceFlag.FINE
    assert (view.call.place, view.call.nature) == (PLACE, "6003")
    lat, lon = scene.spot()
    assert view.call.lat == pytest.approx(lat, abs=1e-6)
    assert view.call.lon == pytest.approx(lon, abs=1e-6)
    hands.until(lambda: hands.opened == card.call.id)
    hands.press("Return")
    hands.shows(card.call.id, CallStatus.SIGNED)
    hands.until(scene.drained)
    kinds = [kind for kind, _ in scene.heard(card.call.id)]
    assert in_order(["call.received", "call.signed"], kinds)
    scene.assert_whole()


def test_a_status_given_by_mistake_is_taken_back_and_the_city_hears_both(hands: Hands) -> None:
    scene = hands.scene
    call_id = scene.publish()  # a call waits: Enter among the crews must not sign it
    hands.choose(call_id)
    was = status_of(hands, "101")
    hands.press("U")
    hands.press("Home")
    hands.press("Return")
    hands.asked()
    assert "101" in hands.words(hands.sheet)
    hands.press("7")
    hands.until(lambda: status_of(hands, "101") != was)
    hands.until(lambda: hands.offers)  # the status line says that Ctrl+Z takes it back
    hands.press("Ctrl+Z")
    hands.until(lambda: status_of(hands, "101") == was)
    assert scene.status(call_id) is CallStatus.RECEIVED
    hands.until(scene.drained)
    told = [
        payload["status"] for kind, payload in scene.heard(scene.units["101"]) if "status" in kind
    ]
    assert len(told) == 2
    assert told[-1] == was
    scene.assert_whole()
