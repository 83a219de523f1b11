"""``bench decode`` measures both in one run."""

from __future__ import annotations

from typing import cast

import pytest

from console.cli import bench_decode


def test_it_measures_both_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_decode, "SECONDS_OF_STREAM", 200)
    told = cast(dict[str, dict[str, dict[str, float]]], bench_decode.measure())["nmea"]
    assert told["all"]["frames"] == 2000
    assert told["positions"]["frames"] == 400
    for pair in told.values():
        assert pair["frames_per_s"] > 0
        assert pair["pynmea2_frames_per_s"] > 0
        assert pair["ratio"] > 0
