"""The advice on the sample town's real road graph, and the ground as its roads tell it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.actor import CITY
from console.dispatch import service
from console.dispatch.model import PlaceFlag
from console.gridmap.model import Place
from console.gridmap.service import Roads
from console.roster.model import TravelMode
from tests.dispatch.desk import Desk

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample_post"


@pytest.fixture
def roads(tmp_path: Path) -> Iterator[Roads]:
    found = Roads(SAMPLE / "town.osm.pbf", SAMPLE / "areas.geojson", tmp_path / "cache")
    found.start()
    assert found.wait(60)
    assert found.ready, found.failed
    yield found
    found.stop()


def town_places(roads: Roads, count: int) -> list[tuple[float, float]]:
    points = [point for _, _, line in roads.graph().ways() for point in line]
    return random.Random(7).sample(points, count)


def test_twelve_crews_on_real_roads_are_sorted_by_the_graphs_own_times(
    desk: Desk, roads: Roads
) -> None:
    ground = service.RoadsGround(roads)
    *stands, scene = town_places(roads, 13)
    modes = list(TravelMode)
    for index, stand in enumerate(stands):
        desk.add(f"巡{index:02}", stand, mode=modes[index % len(modes)])
    place = {"text": "现场", "lat": scene[0], "lon": scene[1], "datum": "wgs84"}
    message = desk.message(place=place)
    with desk.database.act(CITY) as act:
        service.call_created(act, message, ground)
    with desk.database.read() as connection:
        service.recommend(connection, message["call_id"], desk.clock.now(), ground.router())
        begun = time.perf_counter()
        found = service.recommend(connection, message["call_id"], desk.clock.now(), ground.router())
        spent_s = time.perf_counter() - begun
    assert found.by_road
    assert len(found.picks) >= 3
    seconds = [pick.seconds for pick in found.picks if pick.seconds is not None]
    assert seconds == sorted(seconds)
    best = found.picks[0]
    stand_of = desk.unit(best.unit_id).whereabouts
    assert stand_of is not None
    (way,) = roads.graph().travel(
        Place(*scene), [Place(stand_of.lat, stand_of.lon)], str(best.mode)
    )
    assert best.seconds == pytest.approx(way.seconds)
    assert spent_s < 0.15
    assert len(found.picks) + len(found.gaps) + found.more == 12


def test_a_place_off_the_extract_is_flagged_and_one_in_an_area_gets_its_zone(
    desk: Desk, roads: Roads
) -> None:
    ground = service.RoadsGround(roads)
    area = roads.areas[0]
    lat = sum(p[0] for p in area.ring[:-1]) / (len(area.ring) - 1)
    lon = sum(p[1] for p in area.ring[:-1]) / (len(area.ring) - 1)
    for text, point in (("区内", (lat, lon)), ("区外", (lat + 5, lon))):
        place = {"text": text, "lat": point[0], "lon": point[1], "datum": "wgs84"}
        with desk.database.act(CITY) as act:
            service.call_created(act, desk.message(place=place), ground)
    with desk.database.read() as connection:
        cards = service.board(connection, desk.clock.now())
    calls = {card.call.place: card.call for card in cards}
    assert calls["区内"].area_id == area.id
    assert calls["区内"].zone == {1: "core", 3: "crowded", 5: "general"}[area.minutes]
    assert calls["区外"].place_flag is PlaceFlag.OUTSIDE


def test_before_the_roads_are_loaded_nothing_is_outside_and_nothing_by_road(desk: Desk) -> None:
    ground = service.RoadsGround(Roads(SAMPLE / "town.osm.pbf"))
    assert ground.covers(-80.0, 10.0) is None
    assert ground.router() is None
