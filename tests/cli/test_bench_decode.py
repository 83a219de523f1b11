"""``bench decode`` measures both in one run."""

from __future__ import annotations

from typing import cast

import pytest

from console.cli import bench_decode
from console.cli.bench_streams import STREAMS
from console.links.service import families


def test_it_measures_both_in_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_decode, "SECONDS_OF_STREAM", 200)
    monkeypatch.setattr(bench_decode, "FRAMES", 500)
    found = bench_decode.measure()
    told = cast(dict[str, dict[str, float]], found["nmea"])
    assert told["all"]["frames"] == 2000
    assert told["positions"]["frames"] == 400
    for pair in told.values():
        assert pair["frames_per_s"] > 0
        assert pair["pynmea2_frames_per_s"] > 0
        assert pair["ratio"] > 0
    for family, (_, frames, _) in STREAMS.items():
        alone = cast(dict[str, float], found[family])
        assert alone["frames"] == 500 // frames * frames
        assert alone["frames_per_s"] > 0
        assert alone["line_rates"] > 0


def test_every_family_of_decode_is_measured() -> None:
    assert set(STREAMS) | {"nmea"} == set(families())
