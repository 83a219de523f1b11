"""``drill --unattended`` as anybody runs it on a machine without a display: the report and the pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.stories.outside import Outside

PAGES = ("desk", "map", "wall", "links", "system")
LOOKS = [(theme, size) for theme in ("day", "night") for size in ("1920x1080", "1366x768")]


@pytest.mark.story
@pytest.mark.timeout(640)
def test_the_unattended_drill_measures_itself_and_takes_its_pictures(
    outside: Outside, tmp_path: Path
) -> None:
    report, pictures = tmp_path / "r.json", tmp_path / "p"
    told = outside(
        "drill", "--unattended", "--seconds", "45", "--report", report, "--pictures", pictures,
        seconds=600,
    )  # fmt: skip
    found = json.loads(report.read_text("utf-8"))
    assert told.status == 0, (told, found["errors"])
    assert found["errors"] == []
    calls, sync = found["calls"], found["sync"]
    assert calls["received"] >= 3
    assert calls["signed"] == calls["received"]
    assert calls["closed"] >= 1
    assert calls["received"] >= calls["assigned"] >= calls["arrived"] >= calls["closed"]
    assert found["units_moved"] >= 3
    assert found["positions"] > 50
    assert found["links"]["lost"] >= 2  # a receiver and the post's radio are pulled out …
    assert found["links"]["recovered"] >= 2  # … and put back
    for kind in ("button", "sos"):  # a panic button on its board, a terminal's emergency key
        assert found["alarms"][kind] == {"raised": 1, "acknowledged": 1, "calls": 1}
    assert found["alarms"]["duress"] == {"raised": 1, "acknowledged": 0, "calls": 0}
    assert found["radio"]["sos_confirmed"] == 1
    assert found["radio"]["steps"] >= 1  # a crew's status moved its call along
    assert sync["sent"] == sync["acknowledged"] > 20
    assert (sync["pending"], sync["set_aside"]) == (0, 0)
    assert found["cameras_moving"] == 9
    assert len(found["popped"]) >= 2  # one of them past a nearer camera that looks away
    assert all(one["right"] for one in found["popped"])
    assert found["sent_back"] == 1
    assert 42 <= found["seconds"] < 65
    for name in ("city_to_screen", "act_to_saved"):
        assert 0 < found["latency_ms"][name]["p50"] <= found["latency_ms"][name]["p99"]
    assert found["ui_gap_ms"]["max"] >= found["ui_gap_ms"]["p999"] > 0
    assert found["rss_mb"]["end"] > 50
    for page in PAGES:
        for theme, size in LOOKS:
            look_at(pictures / f"{page}-{theme}-{size}.png", theme, size)
    for theme, size in (LOOKS[0], LOOKS[-1]):
        look_at(pictures / f"wall-stalled-{theme}-{size}.png", theme, size)


def look_at(file: Path, theme: str, size: str) -> None:
    """The picture has its size, is drawn upon, and is light by day and dark by night."""
    picture = QImage(str(file))
    assert f"{picture.width()}x{picture.height()}" == size, file
    spots = [
        picture.pixelColor(x, y)
        for x in range(5, picture.width(), 17)
        for y in range(5, picture.height(), 13)
    ]
    assert len({spot.rgb() for spot in spots}) > 20, f"{file} shows nothing"
    middle = sorted(spot.lightness() for spot in spots)[len(spots) // 2]
    assert middle > 150 if theme == "day" else middle < 110, f"{file}: {middle}"
