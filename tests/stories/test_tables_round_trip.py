"""Every room's table leaves the sample post and is taken by an empty one, which gives it equal."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from console.app.set_up import set_up_post
from console.cli.parser import main
from console.drill.sample_post import make_sample_post
from console.settings import CityRoad

pytestmark = pytest.mark.story
KINDS = ("officers", "items", "roster", "visits", "cameras", "points")  # as one follows the other


def cells(file: Path) -> list[list[object]]:
    """What stands in the table, whatever the file around it says."""
    if file.suffix == ".xlsx":
        sheet = openpyxl.load_workbook(file).active
        assert sheet is not None
        return [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [[file.read_text("utf-8-sig")]]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_one_post_gives_an_empty_one_takes_and_gives_equal(
    tmp_path: Path, keys: Path, ending: str
) -> None:
    full, empty = tmp_path / "full", tmp_path / "empty"
    full.mkdir()
    make_sample_post(full, CityRoad(), "zh_CN")
    set_up_post(empty, "empty-post")
    for kind in KINDS:
        first, second = (tmp_path / f"{kind}-{name}.{ending}" for name in ("first", "second"))
        assert main(["export", kind, str(first), "--data", str(full)]) == 0, kind
        assert main(["import", kind, str(first), "--data", str(empty)]) == 0, kind
        assert main(["export", kind, str(second), "--data", str(empty)]) == 0, kind
        given = cells(first)
        assert cells(second) == given, kind
        assert len(given) > 1 or len(str(given[0][0])) > 200, f"{kind}: nothing was given"
