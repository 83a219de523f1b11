"""Cameras in and out as a table: round trip, datums, faults, and passwords that never leave."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.exchange import Row, judged, take
from console.core.keyfile import create_key
from console.core.tables_file import read_table, write_table
from console.videowall import service
from console.videowall.model import Rect
from console.videowall.service import CAMERAS
from tests.videowall.conftest import camera

SECRET = "Geheim-9431"


def row(**changes: object) -> Row:
    return {
        "number": "SX001",
        "name": "=cmd|' /C calc'!A0",
        "lat": 35.4,
        "lon": 121.6,
        "address": "rtsp://10.0.0.9/ch1",
        **changes,
    }


def given(database: Database) -> list[Row]:
    with database.read() as connection:
        return list(CAMERAS.give(connection))


@pytest.mark.parametrize("language", ["", "zh_CN"])
@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_a_round_trip_is_equal_and_the_file_holds_no_password(
    database: Database, officer: Actor, tmp_path: Path, keys: Path, ending: str, language: str
) -> None:
    one = camera(f"rtsp://wache:{SECRET}@10.0.0.9/ch1", direction_deg=45.5)
    service.add_camera(database, officer, one)
    service.add_camera(database, officer, camera(number="SX002", name="=1+1"))
    file = tmp_path / f"cameras.{ending}"
    write_table(file, CAMERAS.columns, given(database), language=language)
    assert SECRET.encode() not in file.read_bytes()
    assert SECRET not in json.dumps(given(database))
    other = Database(tmp_path / "b", create_key(tmp_path / "b"), SystemClock(), EventBus())
    other.create("post-b")
    other.start()
    try:
        read = read_table(file, CAMERAS.columns)
        assert read.faults == ()
        rows = [values for _, values in read.rows]
        assert CAMERAS.take(other, officer, rows) == 2
        assert given(other) == given(database)
        assert CAMERAS.take(other, officer, rows) == 0  # nothing is changed by the same again
    finally:
        other.stop()


def test_places_come_in_another_datum(database: Database, officer: Actor) -> None:
    from console.core.datum import convert

    want = (35.4, 121.6)
    for at, datum in enumerate(("gcj02", "bd09", "wgs84", "cgcs2000")):
        lat, lon = convert(*want, "wgs84", datum)
        CAMERAS.take(database, officer, [row(number=f"S{at}", lat=lat, lon=lon, datum=datum)])
    for one in given(database):
        assert (one["lat"], one["lon"]) == pytest.approx(want, abs=1e-7)
        assert one["datum"] == "wgs84"


def test_every_bad_row_is_named_and_no_word_of_it_is_a_password(database: Database) -> None:
    rows = [
        (2, row()),
        (3, row(number="SX001")),
        (4, row(number="SX003", lat=99.0)),
        (5, row(number="SX004", address=f"ftp://u:{SECRET}@h/")),
        (6, row(number="SX005", direction=400.0)),
    ]
    with database.read() as connection:
        faults = CAMERAS.judge(connection, rows)
    assert [(fault.line, fault.column, fault.code) for fault in faults] == [
        (3, "number", "videowall.number_twice"),
        (4, "lat", "videowall.bad_place"),
        (5, "address", "videowall.bad_kind"),
        (6, "direction", "videowall.bad_direction"),
    ]
    assert SECRET not in repr(faults)


def test_all_rows_or_none(database: Database, officer: Actor) -> None:
    with pytest.raises(Refused):
        CAMERAS.take(database, officer, [row(), row(number="SX002"), row(number="SX002")])
    with pytest.raises(Refused):
        CAMERAS.take(database, officer, [row(), row(number="SX002", address="nonsense")])
    assert given(database) == []


def test_a_list_taken_again_keeps_the_password(database: Database, officer: Actor) -> None:
    one = service.add_camera(database, officer, camera("rtsp://a:Geheim-9431@10.0.0.9/ch1"))
    again = [{**given(database)[0], "name": "另一个名称"}]
    assert CAMERAS.take(database, officer, again) == 1
    with database.read() as connection:
        now = service.camera(connection, one.id)
    assert now == replace(one, name="另一个名称", rev=2)


def test_what_a_camera_sees_goes_out_and_in_and_private_zones_stay(
    database: Database, officer: Actor
) -> None:
    zone = (Rect(0.1, 0.1, 0.2, 0.2),)
    one = camera(
        "rtsp://h/Streaming/Channels/101", view_deg=90.0, range_m=80.0, ptz=True, mask=zone
    )
    service.add_camera(database, officer, one)
    (given_row,) = given(database)
    assert (given_row["view"], given_row["range"], given_row["ptz"]) == (90.0, 80.0, True)
    changed = {**given_row, "range": 120.0}
    assert CAMERAS.take(database, officer, [changed]) == 1
    with database.read() as connection:
        (kept,) = service.cameras(connection)
    assert (kept.range_m, kept.view_deg, kept.ptz, kept.mask) == (120.0, 90.0, True, zone)
    assert kept.sub_address == ""
    new = row(number="SX009", address="rtsp://h/Streaming/Channels/301")
    CAMERAS.take(database, officer, [new])
    with database.read() as connection:
        taken = service.cameras(connection, "SX009")
    assert taken[0].sub_address == "rtsp://h/Streaming/Channels/302"  # as its maker has it
    with database.read() as connection:
        rows = [(2, row(view=0.0)), (3, row(number="SX002", range=9000.0))]
        found = [(fault.line, fault.column) for fault in CAMERAS.judge(connection, rows)]
    assert found == [(2, "view"), (3, "range")]


def test_an_older_list_takes_nothing_away_from_a_known_camera(
    database: Database, officer: Actor
) -> None:
    one = camera(
        "rtsp://h/a", sub_address="rtsp://h/b", view_deg=90.0, range_m=80.0,
        ptz=True, onvif="http://h/onvif", onvif_profile="main",
    )  # fmt: skip
    was = service.add_camera(database, officer, one)
    old = row(name="新名称", address="rtsp://h/a", ptz=True, view=None, onvif=None)
    assert CAMERAS.take(database, officer, [old]) == 1
    with database.read() as connection:
        now = service.camera(connection, was.id)
    assert now == replace(was, name="新名称", rev=2)


BAD = {
    "csv": "number,name,lat,lon,datum,address,onvif\r\n"
    "SX001,东门,22.540796,113.917176,gcj02,rtsp://10.0.0.1/a,http://10.0.0.1/onvif\r\n"
    "SX002,西门,north,113.9,gcj02,rtsp://10.0.0.2/a,\r\n"
    "SX003,南门,22.5,113.9,mars,rtsp://10.0.0.3/a,\r\n"
    "SX004,北门,22.5,113.9,wgs84,rtsp://10.0.0.4/a,rtsp://10.0.0.4/onvif\r\n",
    "geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [lon, lat]},
                    "properties": {"number": f"SX00{at}", "name": "门", "datum": datum,
                                   "address": "rtsp://10.0.0.1/a", "onvif": onvif},
                }
                for at, (lat, lon, datum, onvif) in enumerate(
                    [(22.540796, 113.917176, "gcj02", ""), ("north", 113.9, "gcj02", ""),
                     (22.5, 113.9, "mars", ""), (22.5, 113.9, "wgs84", "rtsp://10.0.0.4/onvif")],
                    start=1,
                )
            ],
        }
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", BAD)
def test_a_file_with_bad_rows_is_named_row_by_row_and_nothing_of_it_is_taken(
    database: Database, officer: Actor, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"cameras.{ending}"
    file.write_text(BAD[ending], encoding="utf-8")
    read = read_table(file, CAMERAS.columns)
    with database.read() as connection:
        table = judged(connection, CAMERAS, read)
    found = [(fault.line, fault.column) for fault in table.faults]
    first = 2 if ending == "csv" else 1
    assert sorted(found) == [(first + 1, "lat"), (first + 2, "datum"), (first + 3, "onvif")]
    with pytest.raises(Refused):
        take(database, officer, CAMERAS, table)
    assert given(database) == []
    CAMERAS.take(database, officer, [values for line, values in table.rows if line == first])
    (kept,) = given(database)
    assert (kept["lat"], kept["lon"]) == pytest.approx((22.543847, 113.912316), abs=2e-6)
