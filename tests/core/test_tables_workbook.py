"""XLSX and GeoJSON: as other programs write them, and as nobody should."""

from __future__ import annotations

import json
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from console.core.errors import Refused
from console.core.exchange import (
    ReadTable,
)
from console.core.tables_file import read_table, workbook
from tests.core.told_tables import COLUMNS, TWO, row, values


class TestWorkbook:
    """XLSX as other programs write it, and as nobody should."""

    def made(self, tmp_path: Path, lines: list[list[Any]]) -> Path:
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)  # type: ignore[union-attr]
        book.save(tmp_path / "told.xlsx")
        return tmp_path / "told.xlsx"

    def test_cells_are_taken_as_they_stand(self, tmp_path: Path) -> None:
        lines: list[list[Any]] = [
            [None],
            ["编号", "名称", "born", "count", "lat", "active"],
            [12, "=1+1", date(2026, 2, 28), 3.0, 1, True],
            [],
            [1.5, "x", "2026-02-28 00:00:00", "4", "1e3", "否"],
        ]
        table = read_table(self.made(tmp_path, lines), COLUMNS)
        assert table.encoding == "XLSX"
        assert values(table) == [
            row("12", name="=1+1", born=date(2026, 2, 28), count=3, lat=1.0, active=True),
            row("1.5", name="x", born=date(2026, 2, 28), count=4, lat=1000.0, active=False),
        ]
        assert [line for line, _ in table.rows] == [3, 5]

    def test_a_formula_is_never_worked_out(self, tmp_path: Path) -> None:
        table = read_table(
            self.made(tmp_path, [["number", "name", "count"], ["=A2", "x", "=1+1"]]), COLUMNS
        )
        (fault,) = table.faults
        assert (fault.column, fault.code) == ("count", "exchange.not_an_integer")

    @pytest.mark.parametrize("data", [b"", b"number,name\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
    def test_what_is_no_workbook(self, tmp_path: Path, data: bytes) -> None:
        file = tmp_path / "told.xlsx"
        file.write_bytes(data)
        with pytest.raises(Refused) as caught:
            read_table(file, COLUMNS)
        assert caught.value.code == "exchange.no_workbook"

    def spoiled(self, tmp_path: Path, part: str, content: bytes) -> Path:
        """A workbook with one of its parts replaced, packed as tightly as it goes."""
        good = self.made(tmp_path, [["number", "name"], ["N1", "x"]])
        bad = tmp_path / "bad.xlsx"
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, content if name == part else old.read(name))
        return bad

    def test_a_bomb_is_not_unpacked(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(workbook, "MOST_UNPACKED", 4 << 20)
        bomb = self.spoiled(tmp_path, "xl/worksheets/sheet1.xml", b" " * (5 << 20))
        assert bomb.stat().st_size < 50_000
        with pytest.raises(Refused) as caught:
            read_table(bomb, COLUMNS)
        assert caught.value.code == "exchange.too_big"

    def test_entities_do_not_grow(self, tmp_path: Path) -> None:
        laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "%s">]><a>&b;</a>' % (b"ha" * 9)
        for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
            with pytest.raises(Refused) as caught:
                read_table(self.spoiled(tmp_path, part, laughs), COLUMNS)
            assert caught.value.code == "exchange.no_workbook", part

    def test_a_cell_far_away_costs_nothing(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for at, told in enumerate(("number", "name"), start=1):
            sheet.cell(1, at, told)
        sheet.cell(2, 1, "N1")
        sheet.cell(2, 2, "x")
        sheet.cell(2, 16_000, "far")
        sheet.cell(1_000_000, 1, "far")
        book.save(tmp_path / "far.xlsx")
        began = time.perf_counter()
        table = read_table(tmp_path / "far.xlsx", COLUMNS)
        assert values(table) == [row("N1", name="x")]
        assert time.perf_counter() - began < 20


class TestPoints:
    """GeoJSON."""

    def read(self, tmp_path: Path, told: object, columns: Any = COLUMNS) -> ReadTable:
        file = tmp_path / "told.geojson"
        file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
        return read_table(file, columns)

    def feature(self, **more: Any) -> dict[str, Any]:
        geometry = {"type": "Point", "coordinates": [117.2, 39.1]}
        properties = {"编号": "N1", "name": "手电"}
        return {"type": "Feature", "geometry": geometry, "properties": properties} | more

    def test_a_place_and_its_properties(self, tmp_path: Path) -> None:
        far = self.feature(geometry=None, properties={"编号": "N2", "name": "手电", "count": 2})
        told = {"type": "FeatureCollection", "features": [self.feature(), far]}
        assert values(self.read(tmp_path, told)) == [
            row("N1", lat=39.1, lon=117.2),
            row("N2", count=2),
        ]

    @pytest.mark.parametrize(
        ("told", "code"),
        [
            ("{", "exchange.broken_json"),
            ("[" * 100_000, "exchange.broken_json"),
            ([], "exchange.no_features"),
            ({"features": [1]}, "exchange.no_point"),
            (
                {"features": [{"type": "Feature", "geometry": {"type": "Polygon"}}]},
                "exchange.no_point",
            ),
            ({"features": [{"type": "Feature", "properties": 5}]}, "exchange.no_point"),
        ],
    )
    def test_what_is_no_collection_of_points(self, tmp_path: Path, told: object, code: str) -> None:
        with pytest.raises(Refused) as caught:
            self.read(tmp_path, told)
        assert caught.value.code == code

    def test_a_bad_coordinate_is_named(self, tmp_path: Path) -> None:
        geometry = {"type": "Point", "coordinates": ["east", float("nan")]}
        told = {"type": "FeatureCollection", "features": [self.feature(geometry=geometry)]}
        faults = self.read(tmp_path, told).faults
        assert {(one.column, one.code) for one in faults} == {
            ("lat", "exchange.not_a_number"),
            ("lon", "exchange.not_a_number"),
        }

    def test_rows_without_a_place_are_no_points(self, tmp_path: Path) -> None:
        with pytest.raises(Refused) as caught:
            self.read(tmp_path, {}, TWO)
        assert caught.value.code == "exchange.ending"
