"""``bench search`` in small: every kind of word is found and measured."""

from __future__ import annotations

import pytest

from console.cli import bench_search


def test_each_kind_of_word_finds_what_it_should(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POST_CONSOLE_KEYS", "")
    found = bench_search.measure(calls=1200)
    page = {name: one["found"] for name, one in found["first_page"].items()}
    assert page["none"] == 0
    assert page["two characters, rare"] == page["four characters, rare"] == 1
    assert page["one character"] == page["two characters, common"] == 50
    assert page["four characters, common"] == 50
    assert 0 < page["two words"] < 50
    assert all(0 < one["p50_ms"] <= one["p99_ms"] for one in found["first_page"].values())
    assert found["plain_like_ms"] > 0
