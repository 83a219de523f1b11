"""The fault matrix in its short and its long form, and the proof that it finds what is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.core import commit, database
from console.core.outbox import Lane
from tests.faults import act_faults, acts
from tests.faults.acts import TEN, ScriptedAct, World
from tests.faults.matrix import Result

DISK = ("disk_full", "write_error", "sync_error")


@pytest.fixture(autouse=True)
def own_keys(keys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool keeps keys and quick secrets of its own; both are put back."""
    from console.people.service import secret

    monkeypatch.setattr(secret, "HASHER", secret.HASHER)


def once(every: int, *kinds: str, act: ScriptedAct = TEN[0]) -> Result:
    return act_faults.run(every, kinds, (act,))


def test_a_call_meets_every_fault_and_nothing_is_half() -> None:
    found = once(8, *DISK, act=TEN[0])
    assert found.clean and found.points >= 8, found
    assert found.refused >= 4


def test_memory_runs_out_and_nothing_is_half() -> None:
    found = once(150, "python_memory", act=TEN[6])
    assert found.clean and found.points >= 4, found


def test_an_act_in_two_transactions_is_found() -> None:
    def twice(world: World, _: object) -> None:
        for n in range(2):
            with world.database.act(acts.OFFICER) as act:
                act.audit("drill.written", "drill", str(n))
                act.tell_city(Lane.DAILY, "drill", "d", "drill.written", 1, {"n": n})

    planted = ScriptedAct("twice", lambda world: None, twice, lambda *_: True)
    found = once(8, "disk_full", act=planted)
    assert found.half and not found.clean


def test_a_commit_that_is_believed_without_its_sync_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(commit, "_take_back", lambda raw, failed: None)
    found = once(1, "sync_error")
    assert found.half and "after a power cut" in found.found[0]


def test_words_that_do_not_fit_the_trouble_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "sorted_error", lambda failed: failed)
    assert once(4, "write_error").unclear


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_ten_acts_meet_every_fault() -> None:
    found = act_faults.run(25)
    assert found.clean, found
    assert found.acts == 10 and found.points >= 1500 and len(found.kinds) == 6
