"""The corruption tool finds what it plants, and bites when the program is blind."""

from __future__ import annotations

import pytest

from tests.faults import corruption


def test_every_flip_and_cut_is_found_and_named() -> None:
    result = corruption.run(15, seed=20261122, children=0)
    assert result.good, result
    assert result.harmless_passed == 3


def test_the_tool_bites(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corruption.Bench, "told", lambda *_: ())
    result = corruption.run(3, seed=1, children=0)
    assert not result.good
    assert result.missed == 4 and result.named == 0


@pytest.mark.long
@pytest.mark.timeout(900)
def test_four_hundred_flips_are_found_and_named() -> None:
    result = corruption.run(400, seed=400, children=6)
    assert result.good, result
    assert result.by_command_line == 6
