"""Extracts that are none: the console opens, says so on the map, and advises by straight line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.core.errors import ConsoleError
from console.core.words import say
from console.dispatch.model import CallStatus
from tests.stories.hands import Hands
from tests.stories.outside import ROOT
from tests.stories.scene import Scene

WHOLE = (ROOT / "resources" / "sample_post" / "town.osm.pbf").read_bytes()
BAD = {
    "empty": b"",
    "truncated": WHOLE[: len(WHOLE) // 2],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(4000),
    "missing": None,
}
HERE, NEAR, FAR = (35.4000, 121.6000), (35.4005, 121.6005), (35.4100, 121.6100)


@pytest.mark.story
@pytest.mark.parametrize("kind", BAD)
def test_a_bad_extract_is_told_and_the_desk_goes_on(
    stage: Callable[..., Scene], hands_on: Callable[[Scene], Hands], kind: str
) -> None:
    scene = stage()
    put_extract(scene, BAD[kind])
    scene.start()
    failed = scene.post.roads.failed
    assert isinstance(failed, ConsoleError)
    hands = hands_on(scene)
    hands.sign_in()
    title, told = hands.console.map_view.state
    assert title
    assert say(failed, "zh_CN") in f"{title} {told}"
    hands.until(lambda: told in hands.words(hands.console.map_view))
    scene.plug("101", "102")
    hands.until(lambda: scene.stands("101", NEAR))
    hands.until(lambda: scene.stands("102", FAR))
    lat, lon = HERE
    call_id = scene.publish(place={"text": "文化街", "lat": lat, "lon": lon, "datum": "wgs84"})
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    hands.until(lambda: hands.picks() and hands.picks()[0].startswith("1 101 "))
    advice = hands.console.desk.steps.advice
    assert advice is not None
    assert not advice.by_road  # and the panel's head says that it is an estimate
    assert all(pick.seconds is not None for pick in advice.picks[:2])
    hands.press("1")
    hands.shows(call_id, CallStatus.ASSIGNED)
    hands.until(scene.drained)
    scene.assert_whole()


def put_extract(scene: Scene, data: bytes | None) -> None:
    """The post's extract is this file."""
    place = scene.folder / "extract.osm.pbf"
    if data is not None:
        place.write_bytes(data)
    settings = Path(scene.settings.data) / "settings.toml"
    lines = settings.read_text("utf-8").splitlines()
    changed = [f'roads_file = "{place}"' if x.startswith("roads_file") else x for x in lines]
    settings.write_text("\n".join(changed) + "\n", "utf-8")
    scene.reread()
