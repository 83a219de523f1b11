"""The measurements run and give figures; short forms, with no judgement of the machine."""

from __future__ import annotations

import pytest

from console.cli import bench_intake, bench_load, bench_start
from console.cli.bench_intake import Size, deaf_address
from console.cli.parser import main


@pytest.mark.story
def test_start_is_measured_against_the_bare_window() -> None:
    found = bench_start.measure(rounds=1)
    assert 0 < found["bare_window_s"] < found["desk_s"]
    assert found["ratio"] == pytest.approx(found["desk_s"] / found["bare_window_s"], abs=0.1)
    assert found["ok"] == (found["ratio"] <= found["limit_ratio"])


@pytest.mark.story
@pytest.mark.timeout(240)
def test_intake_measures_painting_acts_and_a_full_board() -> None:
    found = bench_intake.measure(Size(6, 10, 3, 40, closed=60, assignments=90))
    painted = found["city_to_screen_ms"]
    assert painted["painted"] == painted["published"] == 6
    assert 0 < painted["p50"] <= painted["p99"] <= painted["max"]
    for one in found["act_to_saved_ms"].values():
        assert one["acts"] >= 10
        assert 0 < one["p50"] <= one["p99"]
    assert found["board_ms"]["cards"] == 40
    assert found["board_ms"]["p50"] > 0
    assert found["opened_to_advice_ms"]["p50"] > 0


@pytest.mark.story
def test_load_has_everything_moving() -> None:
    found = bench_load.measure(seconds=6.0)
    assert found["units"] == 200
    assert found["links_up"] == 30
    assert found["positions"] > 5 * 190
    assert found["frames"] > 0
    assert found["calls"] > 5
    assert found["ui_gap_ms"]["max"] >= found["ui_gap_ms"]["p999"]


def test_the_deaf_address_takes_no_connection() -> None:
    import socket
    from urllib.parse import urlsplit

    with deaf_address() as url, socket.socket() as caller:
        caller.settimeout(0.3)
        place = urlsplit(url)
        with pytest.raises(TimeoutError):
            caller.connect((place.hostname, place.port))


def test_how_long_is_said_only_to_what_runs_for_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["decode", "--seconds", "3"], ["wall", "--seconds", "0"]):
        assert main(["bench", *wrong]) == 2
        assert "load and wall" in capsys.readouterr().err
