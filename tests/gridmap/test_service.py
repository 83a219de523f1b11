"""The post's roads: loading in a thread, bad files, the cache, areas, finding places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from console.core.errors import ConsoleError, Refused, Unavailable
from console.core.events import EventBus
from console.core.words import catalogue, say
from console.gridmap.model import Place
from console.gridmap.routing import RoadGraph, graph
from console.gridmap.service import Roads, RoadsFailed, RoadsLoaded
from console.gridmap.store import read_areas

ROOT = Path(__file__).resolve().parents[2]
TOWN = ROOT / "resources/sample_post/town.osm.pbf"
AREAS = ROOT / "resources/sample_post/areas.geojson"
REAL = ROOT / "tests/data/town.osm.pbf"


@pytest.fixture(scope="module")
def roads() -> Iterator[Roads]:
    town = Roads(TOWN, AREAS)
    town.start()
    assert town.wait(30)
    town.stop()
    yield town


def _load(file: Path | str, areas: Path | str = "") -> tuple[Roads, list[object]]:
    bus = EventBus()
    heard: list[object] = []
    bus.subscribe(RoadsLoaded, heard.append)
    bus.subscribe(RoadsFailed, heard.append)
    town = Roads(file, areas, bus=bus)
    town.start()
    assert town.wait(30)
    town.stop()
    return town, heard


def test_loading_says_so_until_it_is_done(roads: Roads) -> None:
    waiting = Roads(TOWN)
    assert not waiting.ready
    with pytest.raises(Unavailable, match="roads_loading"):
        waiting.graph()
    assert roads.ready
    assert roads.failed is None
    assert roads.graph() is roads.graph()


def test_it_is_told_when_loading_is_done() -> None:
    town, heard = _load(TOWN, AREAS)
    assert heard == [RoadsLoaded()]
    assert len(town.areas) == 8


def _bad_files(folder: Path) -> dict[str, Path | str]:
    whole = REAL.read_bytes()
    files: dict[str, Path | str] = {
        "roads_not_set": "",
        "roads_missing": folder / "none.osm.pbf",
        "roads_empty": folder / "empty.osm.pbf",
    }
    (folder / "empty.osm.pbf").write_bytes(b"")
    for name, content in {
        "half": whole[: len(whole) // 2],
        "tail": whole[:-3],
        "text": b"<html>not a map</html>\n" * 50,
        "zeros": bytes(4096),
        "flipped": whole[:2000] + bytes(200) + whole[2200:],
        "head": whole[:7],
    }.items():
        file = folder / f"{name}.osm.pbf"
        file.write_bytes(content)
        files[f"roads_unreadable {name}"] = file
    return files


def test_every_bad_extract_has_one_plain_line(tmp_path: Path) -> None:
    for told, file in _bad_files(tmp_path).items():
        town, heard = _load(file)
        code = f"gridmap.{told.split()[0]}"
        assert isinstance(town.failed, Refused), told
        assert town.failed.code == code, told
        assert heard == [RoadsFailed(town.failed)]
        with pytest.raises(Refused):
            town.graph()
        for language in ("zh_CN", "en"):
            line = say(town.failed, language)
            assert "\n" not in line
            assert "{" not in line
            assert str(file) in line


def test_an_extract_without_roads(tmp_path: Path) -> None:
    import osmium

    file = tmp_path / "no_roads.osm.pbf"
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        writer.add_node(osmium.osm.mutable.Node(id=1, location=(117.0, 35.0)))
    with pytest.raises(Refused, match="roads_none"):
        RoadGraph.load(file)


def test_the_cache_gives_the_same_graph_without_reading_the_extract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = RoadGraph.load(TOWN, tmp_path / "cache")
    kept = list((tmp_path / "cache").iterdir())
    assert [file.suffix for file in kept] == [".npz"]
    with np.load(kept[0], allow_pickle=False) as arrays:
        assert "kmh" in arrays

    def never(path: Path) -> Any:
        raise AssertionError(f"{path} was read")

    monkeypatch.setattr(graph, "read_extract", never)
    again = RoadGraph.load(TOWN, tmp_path / "cache")
    start, to = Place(35.405, 121.59), Place(35.395, 121.61)
    assert again.travel(to, [start], "car") == fresh.travel(to, [start], "car")
    assert list(again.ways()) == list(fresh.ways())
    assert list(again.shapes()) == list(fresh.shapes())
    assert again.labels() == fresh.labels()
    assert again.streets("rml") == fresh.streets("rml")


@pytest.mark.parametrize("damage", ["noise", "cut", "other", "older"])
def test_a_damaged_or_strange_cache_is_made_anew(tmp_path: Path, damage: str) -> None:
    wanted = list(RoadGraph.load(TOWN, tmp_path).ways())
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    if damage == "noise":
        file.write_bytes(b"\x80\x04not arrays")
    elif damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    else:
        with np.load(file, allow_pickle=False) as kept:
            arrays = dict(kept)
        arrays["digest" if damage == "other" else "format"] = np.array(
            "0" * 64 if damage == "other" else 0
        )
        np.savez(file, **arrays)
    assert list(RoadGraph.load(TOWN, tmp_path).ways()) == wanted
    assert len(file.read_bytes()) == len(whole)


def test_a_cache_that_cannot_be_written_costs_nothing_else(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    assert list(RoadGraph.load(TOWN, blocked / "cache").ways())


@pytest.mark.parametrize(
    ("text", "how", "label"),
    [
        ("人民路与青年路", "crossing", "人民路与青年路"),
        ("青年路和人民路交叉口", "crossing", "青年路与人民路"),
        ("文化街/解放路", "crossing", "文化街与解放路"),
        ("人民路", "street", "人民路"),
        ("rml", "street", "人民路"),
        ("解放", "street", "解放路"),
        ("人民公园", "landmark", "人民公园"),
        ("汽车站", "landmark", "青禾汽车站"),
        ("N51C", "grid", "N51C"),
        ("n51c21", "grid", "N51C21"),
        ("35.4, 121.6", "coordinates", "35.400000,121.600000"),
        ("35.4,121.6", "coordinates", "35.400000,121.600000"),
    ],
)
def test_find_place(roads: Roads, text: str, how: str, label: str) -> None:
    hit = roads.find_place(text)[0]
    assert (hit.how, hit.label) == (how, label)
    Place(hit.lat, hit.lon)


def test_a_crossing_lies_on_both_streets(roads: Roads) -> None:
    hit = roads.find_place("人民路与青年路")[0]
    lines: dict[str, list[tuple[float, float]]] = {"人民路": [], "青年路": []}
    for _, name, line in roads.graph().ways():
        if name in lines:
            lines[name] += line
    assert (hit.lat, hit.lon) in lines["人民路"]
    assert (hit.lat, hit.lon) in lines["青年路"]


@pytest.mark.parametrize("text", ["", "   ", "没有这条街", "<b>${x}</b>", "人民路与没有这条街"])
def test_what_is_not_there_gives_no_sure_hit(roads: Roads, text: str) -> None:
    assert not [hit for hit in roads.find_place(text) if hit.how in ("crossing", "street")]


@pytest.mark.parametrize("text", ["95,117", "35,181", "35", "1,2,3", "--,1"])
def test_impossible_coordinates_are_refused(roads: Roads, text: str) -> None:
    with pytest.raises(Refused):
        roads.find_place(text)


def test_areas_cover_the_town_once_and_cells_cover_their_areas(roads: Roads) -> None:
    assert len(roads.areas) == 8
    assert sum(len(area.cells) for area in roads.areas) == 48
    assert {area.minutes for area in roads.areas} == {1, 3, 5}
    streets = [point for _, name, line in roads.graph().ways() if name for point in line]
    outside = 0
    for lat, lon in streets[::7]:
        area, cell = roads.area_of(lat, lon), roads.cell_of(lat, lon)
        if area is None:
            outside += 1
            continue
        assert cell is not None
        assert cell.id.startswith(area.id)
    assert outside < len(streets[::7]) / 20  # the four roads out of town
    assert roads.area_of(35.0, 121.0) is None


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda told: told.pop("features"), "areas_unreadable"),
        (lambda told: told["features"][0]["properties"].pop("id"), "areas_unreadable"),
        (lambda told: told["features"][0]["properties"].update(minutes=4), "areas_unreadable"),
        (lambda told: told["features"][0]["geometry"].update(type="Point"), "areas_unreadable"),
        (lambda told: told["features"][0]["geometry"].update(coordinates=[[]]), "areas_unreadable"),
        (lambda told: told["features"].append(told["features"][0]), "areas_twice"),
    ],
)
def test_bad_areas_are_refused(tmp_path: Path, spoil: Any, code: str) -> None:
    told = json.loads(AREAS.read_text("utf-8"))
    spoil(told)
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps(told), "utf-8")
    with pytest.raises(Refused, match=code):
        read_areas(file)


def test_bad_areas_do_not_take_the_roads_away(tmp_path: Path) -> None:
    file = tmp_path / "areas.geojson"
    file.write_text("[]", "utf-8")
    town, heard = _load(TOWN, file)
    assert town.ready
    assert town.areas == ()
    assert isinstance(town.failed, ConsoleError)
    assert heard == [RoadsFailed(town.failed), RoadsLoaded()]
    missing, _ = _load(TOWN, tmp_path / "none.geojson")
    assert missing.failed is not None
    assert missing.failed.code == "gridmap.areas_missing"


def test_every_refusal_of_the_room_has_words() -> None:
    import re

    codes = set()
    for file in [*(ROOT / "console/gridmap").rglob("*.py"), *(ROOT / "console/cli").glob("*.py")]:
        codes |= set(re.findall(r'"(gridmap\.[a-z_]+)"', file.read_text("utf-8")))
    assert codes
    assert codes <= set(catalogue())


@pytest.mark.parametrize("cached", [True, False])
def test_a_country_is_refused_before_it_is_read(tmp_path: Path, cached: bool) -> None:
    country = tmp_path / "country.osm.pbf"
    with country.open("wb") as file:
        file.truncate(3 * 2**30)  # sparse: nothing of it is on the disk
    with pytest.raises(Refused, match="roads_too_large") as refused:
        RoadGraph.load(country, tmp_path / "cache" if cached else None)
    assert "3072 MiB" in say(refused.value, "en") and "32 MiB" in say(refused.value, "zh_CN")
