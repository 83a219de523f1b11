"""``routes``, ``reach`` and ``convert`` as a technician uses them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from console.cli.bench_routes import measure
from console.cli.parser import main

ROOT = Path(__file__).resolve().parents[2]
TOWN = str(ROOT / "tests/data/town.osm.pbf")
START, TO = "60.525,26.94", "60.53,26.95"

Printed = pytest.CaptureFixture[str]


def _run(capsys: Printed, *words: str) -> Any:
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return json.loads(out) if out.startswith("{") else out.strip()


def _refused(capsys: Printed, *words: str, status: int = 1) -> str:
    try:
        found = main(words)
    except SystemExit as left:
        found = int(left.code or 0)
    assert found == status
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    if status == 1:
        assert err.strip()
        assert "\n" not in err.strip()
    return err


def test_routes(capsys: Printed) -> None:
    told = _run(
        capsys, "routes", "--roads", TOWN, "--to", TO, "--from", START,
        "--from", "60.535,26.96", "--from", "-33.8,151.2", "--repeat", "20",
    )  # fmt: skip
    assert list(told) == ["seconds", "metres", "load_ms", "query_ms"]
    assert told["seconds"][0] > 0
    assert told["metres"][0] > 700
    assert told["seconds"][2] is None
    assert told["metres"][2] is None
    assert 0 < told["query_ms"] < 1000
    assert told["load_ms"] > 0


def test_routes_by_profile(capsys: Printed) -> None:
    words = ("routes", "--roads", TOWN, "--to", TO, "--from", START)
    car, foot = (_run(capsys, *words, "--profile", p) for p in ("car", "foot"))
    assert foot["seconds"][0] > 2 * car["seconds"][0]
    assert foot["metres"][0] / foot["seconds"][0] == pytest.approx(5 / 3.6, rel=0.3)


def test_reach(capsys: Printed) -> None:
    told = _run(capsys, "reach", "--roads", TOWN, "--from", TO, "--seconds", "60,180,300")
    assert told["type"] == "FeatureCollection"
    assert [f["properties"]["seconds"] for f in told["features"]] == [60, 180, 300]
    shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in told["features"]]
    assert all(shape.is_valid for shape in shapes)
    assert shapes[2].covers(shapes[1])
    assert shapes[1].covers(shapes[0])
    west, south, east, north = shapes[0].bounds
    assert west < 26.95 < east
    assert south < 60.53 < north
    assert told["query_ms"] > 0


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("--from wgs84 --to gcj02 31.1774276,121.5272106", "31.175303984,121.531541859"),
        ("--from wgs84 --to bd09 35.405185,117.003743", "35.411240717,117.015875751"),
        (
            "--from gcj02 --to wgs84 31.17530398364597,121.531541859215",
            "31.177427600,121.527210600",
        ),
        ("--from wgs84 --to cgcs2000 35.4,117", "35.400000000,117.000000000"),
        ("--from wgs84 --to gcj02 -33.8,151.2", "-33.800000000,151.200000000"),
        ("--from wgs84 --to gcj02 -.5,-.5", "-0.500000000,-0.500000000"),
        ("--from bd09 --to bd09 -0.0000000001,0", "0.000000000,0.000000000"),
        ("--from wgs84 --to bdgrid --level 6 39.99316111,116.31260278", "N50J47539B82"),
        ("--from cgcs2000 --to bdgrid --level 1 -39.99316111,116.31260278", "S50J"),
        ("--from bdgrid --to wgs84 N50J", "38.000000000,117.000000000"),
        ("--from bdgrid --to bdgrid --level 4 N50J47539B82", "N50J47539"),
        ("--from gcj02 --to bdgrid --level 5 31.17530398364597,121.531541859215", None),
    ],
)
def test_convert(capsys: Printed, words: str, printed: str | None) -> None:
    found = _run(capsys, "convert", *words.split())
    if printed is None:
        args = ("convert", "--from", "wgs84", "--to", "bdgrid", "--level", "5")
        printed = _run(capsys, *args, "31.1774276,121.5272106")
    assert found == printed


def test_a_code_s_place_has_that_code(capsys: Printed) -> None:
    for level in range(1, 11):
        there = ("convert", "--from", "wgs84", "--to", "bdgrid", "--level", str(level))
        code = _run(capsys, *there, "39.99316111,116.31260278")
        middle = _run(capsys, "convert", "--from", "bdgrid", "--to", "wgs84", code)
        assert _run(capsys, *there, middle) == code


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("convert --from wgs84 --to gcj02 95,117", 1),
        ("convert --from wgs84 --to gcj02 35,181", 1),
        ("convert --from wgs84 --to gcj02 hello", 1),
        ("convert --from wgs84 --to gcj02 nan,inf", 1),
        ("convert --from wgs84 --to bdgrid --level 11 35,117", 1),
        ("convert --from wgs84 --to bdgrid --level 0 35,117", 1),
        ("convert --from wgs84 --to bdgrid --level 4 89,117", 1),
        ("convert --from bdgrid --to wgs84 N99X", 1),
        ("convert --from beijing54 --to wgs84 35,117", 2),
        ("convert --from wgs84 35,117", 2),
        ("convert --from wgs84 --to gcj02 --level five 35,117", 2),
        ("reach --roads TOWN --from 60.53,26.95 --seconds 0", 1),
        ("reach --roads TOWN --from 60.53,26.95 --seconds=-60", 1),
        ("reach --roads TOWN --from 60.53,26.95 --seconds 60,nan", 1),
        ("reach --roads TOWN --from 60.53,26.95 --seconds sixty", 2),
        ("reach --roads TOWN --from 35,117 --seconds 60", 1),
        ("routes --roads TOWN --to 60.53,26.95 --from 91,26.94", 1),
        ("routes --roads TOWN --to 60.53,26.95 --from here", 2),
        ("routes --roads TOWN --to 60.53,26.95", 2),
        ("routes --roads TOWN --to 60.53,26.95 --from 60.5,26.9 --repeat 0", 1),
        ("routes --roads TOWN --to 60.53,26.95 --from 60.5,26.9 --profile boat", 2),
    ],
)
def test_what_cannot_be_is_said(capsys: Printed, words: str, status: int) -> None:
    _refused(capsys, *words.replace("TOWN", TOWN).split(), status=status)


@pytest.mark.parametrize("verb", ["routes", "reach"])
def test_a_bad_extract_is_one_plain_line(capsys: Printed, tmp_path: Path, verb: str) -> None:
    whole = Path(TOWN).read_bytes()
    for content in (b"", whole[: len(whole) // 2], whole[:-1], b"<osm/>", bytes(5000)):
        file = tmp_path / "bad.osm.pbf"
        file.write_bytes(content)
        asked = ("--to", TO, "--from", START) if verb == "routes" else ("--from", TO)
        more = ("--seconds", "60") if verb == "reach" else ()
        line = _refused(capsys, verb, "--lang", "en", "--roads", str(file), *asked, *more)
        assert str(file) in line


def test_the_measurement_measures() -> None:
    told = measure()
    assert told["load_ms"] < 2000
    assert told["cached_load_ms"] < told["load_ms"]
    assert told["crews"] == 12
    for profile in ("car", "motorcycle", "bicycle", "foot"):
        assert 0 < told["query_ms"][profile]["p50"] < 5
        assert told["share_with_a_way"][profile] > 0.5
