"""Patrol by key: a crew drives to a point, the list says so, the map shows it, the city hears it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.drill.city.city import SAMPLE_POST
from console.patrol.page import PatrolPage
from tests.stories.hands import Hands

pytestmark = pytest.mark.story

STAY_S = timedelta(seconds=12)


def page_of(hands: Hands) -> PatrolPage:
    """The page, once it was opened by its key."""
    found = hands.console.window.page("patrol")
    assert isinstance(found, PatrolPage)
    return found


def test_a_point_is_reached_from_bytes_seen_on_the_map_and_reported(hands: Hands) -> None:
    scene = hands.scene
    scene.plug("101")
    hands.press("F7")
    hands.until(lambda: hands.console.window.shown_page == "patrol")
    page = page_of(hands)
    hands.until(lambda: page.table.model.rows)
    assert page.progress.text() == "已到 0/12"
    assert page.table.model.rows[0].point.number == "B01"
    told = page.table.model.rows[0].point.told
    begun = scene.clock.now()
    place = (told.lat, told.lon)

    def stood_long_enough() -> bool:
        scene.stands("101", place)
        at = scene.clock.now()
        scene.receivers["101"].place(*place, 0.0, 0.0, at)
        return at - begun > STAY_S and page.progress.text() == "已到 1/12"

    hands.until(stood_long_enough, 30)
    assert "B01" not in [row.point.number for row in page.table.model.rows]
    hands.press("A")
    hands.until(lambda: page.table.model.rows[0].point.number == "B01")
    hands.press("Up")
    hands.until(lambda: "101" in [one.call_sign for one in page.story.table.model.rows])
    hands.press("M")
    hands.until(lambda: hands.console.window.shown_page == "map")
    hands.press("F7")
    hands.press("R")
    hands.until(lambda: coverage(hands))
    assert coverage(hands)["P02"] == {"due": 4, "met": 1}
    hands.until(scene.drained)
    scene.assert_whole()


def coverage(hands: Hands) -> dict[str, object]:
    """What the city was told of the points, by area."""
    scene = hands.scene
    return {
        record.event["payload"]["area_id"]: record.event["payload"]["points"]
        for record in scene.city.events(SAMPLE_POST)
        if record.event["kind"] == "coverage.reported"
    }
