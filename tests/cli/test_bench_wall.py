"""``bench wall`` shows nine streams three ways, and its figures have the agreed form."""

from __future__ import annotations

from typing import Any

import pytest

from console.cli import bench_wall

pytestmark = [pytest.mark.window, pytest.mark.timeout(240)]


def measured(seconds: float) -> dict[str, Any]:
    """The figures, of nine streams that were seen by each of the three."""
    told = bench_wall.measure(seconds)
    assert {"tiles", "cpu_s", "rss_mb", "seconds"} <= set(told)
    assert len({tile["url"] for tile in told["tiles"]}) == 9
    for tile in told["tiles"]:
        assert set(tile) == {"url", "shown", "lost", "first_picture_s"}
        assert tile["shown"] > 0 < tile["first_picture_s"]
    assert told["bare"]["shown"] == told["qt"]["shown"] == 9
    assert told["cpu_s"] > 0 < told["rss_mb"]
    return told


def test_nine_streams_are_shown_three_ways() -> None:
    measured(1.0)


@pytest.mark.long
def test_none_is_lost_and_the_ratios_hold() -> None:
    told = measured(5.0)
    assert [tile["lost"] for tile in told["tiles"]] == [0] * 9
    assert told["cpu_to_bare"] <= bench_wall.LIMIT_BARE
    assert told["cpu_to_qt"] <= bench_wall.LIMIT_QT
