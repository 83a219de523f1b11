"""Camera health by key: a lost camera is found in the list, on the wall and on the map, and mended."""

from __future__ import annotations

import pytest

from console.app.rooms.wall import wall_page
from console.videowall import service
from console.videowall.model import Verdict
from console.videowall.model.health import Found, Rate
from console.videowall.page import HealthPage, WallRoom
from console.videowall.service import health
from tests.stories.hands import Hands

pytestmark = pytest.mark.story


def health_of(hands: Hands) -> HealthPage:
    hands.press("F3")
    hands.press("Ctrl+H")
    room = hands.console.window.page("wall")
    assert isinstance(room, WallRoom)
    page = room.view(HealthPage)
    assert isinstance(page, HealthPage)
    hands.until(lambda: page.seen is not None and page.isVisible())
    return page


def test_a_lost_camera_is_found_and_its_line_ends_when_it_is_back(hands: Hands) -> None:
    post = hands.scene.post
    with post.database.read() as connection:
        cameras = service.cameras(connection)

    def ground(lat: float, lon: float) -> bool | None:
        return post.roads.area_of(lat, lon) is not None

    hands.until(lambda: post.roads.areas)
    now = post.clock.now()
    found = [Found(one.id, now, True, verdict=Verdict.GOOD) for one in cameras]
    health.note(post.database, found, ground)
    page = health_of(hands)
    hands.until(lambda: page.cards.cards[Rate.ONLINE].figure.text() == "100.0 %")
    assert (
        page.cards.cards[Rate.REGISTERED].figure.text() == "93.7 %"
    )  # one looks nobody knows where
    lost = cameras[4]
    health.note(post.database, [Found(lost.id, now, False, "no_answer", since=now)], ground)
    row = f"{lost.id}:{Rate.ONLINE}"
    hands.until(lambda: row in [line.key for line in page.table.model.rows])
    page.table.choose(row)
    hands.press("Return")
    wall = wall_page(hands.console)
    assert wall is not None
    hands.until(lambda: wall.shown_camera is not None and wall.shown_camera.id == lost.id)
    hands.until(lambda: wall.tile.living)  # it is back: what the wall shows mends it
    hands.until(lambda: _failing(hands) == [Rate.REGISTERED])
    page = health_of(hands)
    hands.until(lambda: row not in [line.key for line in page.table.model.rows])
    with post.database.read() as connection:
        (fault,) = health.faults_of(connection, lost.id)
    assert fault.rate is Rate.ONLINE and fault.until is not None


def _failing(hands: Hands) -> list[Rate]:
    with hands.scene.post.database.read() as connection:
        return [row.fault.rate for row in health.failing(connection)]
