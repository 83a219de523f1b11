"""``bench drain`` in small: everything goes up, and urgent calls do not wait for it."""

from __future__ import annotations

import pytest

from console.cli import bench_drain


@pytest.mark.story
def test_the_backlog_and_the_urgent_calls_reach_the_city(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POST_CONSOLE_KEYS", "")
    found = bench_drain.measure(events=4000, urgent=3)
    assert found["events_per_s"] > 0
    assert found["bare_client_events_per_s"] > 0
    assert found["ratio"] == pytest.approx(
        found["events_per_s"] / found["bare_client_events_per_s"], rel=0.05
    )
    assert found["urgent"]["calls"] == 3
    assert 0 < found["urgent"]["p50_s"] <= found["urgent"]["p99_s"]
