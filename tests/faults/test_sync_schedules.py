"""Schedules of trouble lose nothing, and a city or a post with a planted fault is found out."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.drill.city import ledger
from console.sync.model import answer
from console.sync.service import sender
from tests.faults import sync_schedules
from tests.faults.sync_plan import Step, plan
from tests.faults.sync_schedules import Stage, cut_down, play_some, run, stage
from tests.faults.sync_world import World

LANE_2, FEED = 2, 4  # as sync_plan.PARTS numbers them
TELL, TURN, TURN_FEED = Step("tell", 2, 2), Step("turn", LANE_2), Step("turn", FEED)


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    """Where schedules are played."""
    with stage() as found:
        yield found


def test_some_schedules_lose_nothing(on: Stage) -> None:
    for seed in range(700, 708):
        verdict, _ = on.play(seed, plan(seed))
        assert verdict.well, (seed, verdict)


@pytest.mark.parametrize("seed", [75, 408, 1287, 2022, 5593, 5618])
def test_what_long_runs_have_found_stays_mended(on: Stage, seed: int) -> None:
    """Two refused in a row, a clone, a line across lanes, a city restored behind what it refused."""
    verdict, _ = on.play(seed, plan(seed))
    assert verdict.well, verdict


def test_a_seed_is_played_again_exactly(on: Stage) -> None:
    first, again = on.play(41, plan(41)), on.play(41, plan(41))
    assert first == again
    assert on.play(42, plan(42))[1] != first[1]


def test_a_restored_city_without_what_was_cleared_here_is_gone_round(on: Stage) -> None:
    backed_up = [TELL, TURN, Step("city_backs_up")]
    cleared = [TELL, TELL, TURN, Step("archive"), Step("post_restarts"), TELL, TURN]
    verdict, _ = on.play(1, [*backed_up, *cleared, Step("city_restored"), TELL, TURN_FEED, TURN])
    assert verdict.well, verdict


def test_a_clone_is_found_and_both_go_on(on: Stage) -> None:
    steps = [TELL, TURN, Step("clone"), TELL, TURN, Step("other", 1), TELL, TELL, TURN]
    verdict, _ = on.play(1, steps)
    assert verdict.well, verdict
    assert verdict.events == 1 + 1 + 1 + 2


def forgetful(world: World) -> None:
    """This city's high-water mark moves on, but what it acknowledged is not kept."""
    take = world.city.store.take

    def taken(key: ledger.LaneKey, events: list[dict[str, Any]]) -> ledger.Ack:
        told = take(key, events)
        with world.city.store.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM event WHERE seq = ?", (told.ack_through,))
        return told

    world.city.store.take = taken  # type: ignore[method-assign, assignment]


def test_a_city_that_acknowledges_what_it_does_not_keep_is_found(on: Stage) -> None:
    steps = [TURN_FEED, TELL, Step("ack_lost", LANE_2), TURN]
    try:
        verdict, _ = on.play(1, steps, forgetful)
        assert verdict.lost and verdict.diverged
        assert cut_down(on, 1, steps, forgetful) == [TELL]
    finally:
        on.mend()


def test_a_city_that_forgets_its_high_water_mark_is_found(on: Stage) -> None:
    def confused(world: World) -> None:
        """It says that it has nothing yet, and takes what it has once more."""

        def state(post: str, epoch: str) -> dict[str, Any]:
            with world.city.store.engine.begin() as connection:
                connection.exec_driver_sql("UPDATE lane SET high_water = 0, head_hash = '0'")
                connection.exec_driver_sql("UPDATE event SET seq = seq + 1000, event_id = NULL")
            none = dict.fromkeys("0123", 0)
            return {"server_epoch": "c" * 16, "high_water": none, "archived_through": none}

        world.city.store.state = state  # type: ignore[method-assign]

    try:
        verdict, _ = on.play(1, [TELL, TURN, TURN_FEED], confused)
        assert not verdict.well
    finally:
        on.mend()


def test_a_city_without_memory_of_event_ids_is_found(
    on: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "_seen", lambda *_: {})
    steps = [TELL, Step("post_backs_up"), TURN, Step("post_restored"), TURN]
    verdict, _ = on.play(1, steps)
    assert verdict.duplicated


def test_a_post_that_trusts_its_own_mark_is_found(
    on: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting(
        state: object, lane: int, acked: int, last: int, current: bool
    ) -> answer.Meeting | answer.Later | answer.ProtocolAlarm:
        met = answer.meet(state, lane, acked, last, current)
        if isinstance(met, answer.Meeting):
            return replace(met, acked_through=acked)
        return met

    monkeypatch.setattr(sender, "meet", trusting)
    verdict, _ = on.play(
        1, [Step("city_backs_up"), TELL, TURN, TURN_FEED, Step("city_restored"), TURN_FEED]
    )
    assert verdict.lost


def test_what_goes_wrong_is_told_with_its_seed_and_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_schedules, "plan", lambda _seed: [TURN_FEED, TELL, TURN])
    result = play_some([17], forgetful)
    assert not result.well and result.lost
    [failure] = result.failures
    assert failure["seed"] == 17
    assert failure["steps"] == [str(TELL)]
    assert failure["lost"]


def test_the_tool_speaks_json() -> None:
    tool = Path(__file__).with_name("sync_schedules.py")
    told = subprocess.run(
        [sys.executable, str(tool), "--schedules", "2", "--seed", "5", "--json"],
        capture_output=True,
        check=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        env={"PATH": "/usr/bin:/bin"},
    )
    found = json.loads(told.stdout)
    assert found["schedules"] == 2 and found["events"] > 0
    assert found["lost"] == found["duplicated"] == found["diverged"] == 0
    assert b"seeds 5 to 6" in told.stderr


@pytest.mark.long
@pytest.mark.timeout(2400)
def test_many_schedules_lose_nothing() -> None:
    result = run(8000, processes=2)
    assert result.well, result.failures
    assert result.schedules == 8000
