"""Points in and out of a file: equal after the round trip, bad rows named, all or nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Row, judged, take
from console.core.tables_file import read_table, write_table
from console.patrol import service
from console.patrol.service.exchange import POINTS
from tests.patrol.walks import new

CHIEF = Actor("officer", "0001", frozenset({"chief"}))
DUTY = Actor("officer", "0002", frozenset({"duty_officer"}))
HEAD = "编号,名称,纬度,经度,半径（米）\n"


def given(database: Database) -> list[Row]:
    """What would be written to a file now."""
    with database.read() as connection:
        return list(POINTS.give(connection))


def empty(database: Database) -> None:
    """No point is in force any more."""
    with database.read() as connection:
        there = service.points(connection)
    for point in there:
        service.retire_point(database, CHIEF, point.id, "清空")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_what_was_given_and_taken_again_is_given_equal(
    database: Database, tmp_path: Path, ending: str
) -> None:
    days = {"active_from": date(2026, 1, 2), "active_until": date(2026, 9, 1)}
    service.add_point(database, CHIEF, new("B01", area_id="P01", times=2, radius_m=80))
    service.add_point(database, CHIEF, new("B02", 500, **days))
    before, file = given(database), tmp_path / f"points.{ending}"
    write_table(file, POINTS.columns, before)
    empty(database)
    assert given(database) == []
    table = read_table(file, POINTS.columns)
    assert table.faults == ()
    assert take(database, CHIEF, POINTS, table) == 2
    assert given(database) == before
    assert take(database, CHIEF, POINTS, table) == 0  # nothing new: nothing changed, no line
    with database.read() as connection:
        acts = [line.act for line in audit.lines(connection)]
    assert acts.count("point.add") == 4
    assert "point.change" not in acts


def test_a_known_number_is_changed_and_only_the_chief_may(
    database: Database, tmp_path: Path
) -> None:
    service.add_point(database, CHIEF, new("B01"))
    file = tmp_path / "points.csv"
    file.write_bytes((HEAD + "B01,东门,35.39,121.6,90\nB02,西门,35.38,121.6,\n").encode("gb18030"))
    table = read_table(file, POINTS.columns)
    with pytest.raises(Refused, match="not_allowed"):
        take(database, DUTY, POINTS, table)
    assert take(database, CHIEF, POINTS, table) == 2
    kept = [(r["number"], r["name"], r["radius_m"], r["dwell_s"]) for r in given(database)]
    assert kept == [("B01", "东门", 90, 60), ("B02", "西门", 30, 60)]


def test_each_bad_row_is_named_and_none_is_taken(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    rows = [
        "B01,东门,35.39,121.6,30",
        "B01,西门,35.38,121.6,30",
        "B03,南门,0,0,30",
        "B04,北门,35.4,121.6,9999",
    ]
    file.write_text(HEAD + "\n".join(rows) + "\n", "utf-8-sig")
    table = read_table(file, POINTS.columns)
    with database.read() as connection:
        table = judged(connection, POINTS, table)
    assert [(f.line, f.column, f.code) for f in table.faults] == [
        (3, "number", "patrol.number_twice"),
        (4, "lat", "patrol.bad_place"),
        (5, "radius_m", "patrol.bad_radius"),
    ]
    with pytest.raises(Refused, match="faulty"):
        take(database, CHIEF, POINTS, table)
    assert given(database) == []
