"""kill -9 amid the acts of a whole post; and the tool that does it would notice a loss."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from console.core.database import Database
from tests.faults import census, kill_cycles
from tests.faults.census import Marks
from tests.faults.deeds import CounterWorker, DeskWorker, StoreWorker, Worker
from tests.faults.post_process import make_rooms
from tests.faults.verdict import Told, Verdict, judge


def test_nothing_acknowledged_is_lost_in_six_kills(tmp_path: Path) -> None:
    result = kill_cycles.run(tmp_path, 6, seed=4)
    assert (result.lost, result.duplicated, result.half) == (0, 0, 0)
    assert result.good


def test_a_post_that_acknowledges_too_early_is_caught(tmp_path: Path) -> None:
    assert kill_cycles.run(tmp_path, 4, seed=4, rash=True).lost > 0


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_nothing_acknowledged_is_lost_in_a_thousand_kills(tmp_path: Path) -> None:
    result = kill_cycles.run(tmp_path, 1000, seed=4)
    assert (result.lost, result.duplicated, result.half) == (0, 0, 0)
    assert result.good


class Tried:
    """A store in which every worker has done a round, and what they said."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.told = Told()
        make_rooms(database)
        self.since = self._look(Marks()).marks
        for kind in (DeskWorker, CounterWorker, StoreWorker):
            worker: Worker = kind(database, self.told.hear)
            for _ in range(9):
                worker.turn()

    def verdict(self, spoil: str = "") -> Verdict:
        """What is found when the rows are spoiled so; they are whole again afterwards."""
        return judge(self._look(self.since, spoil), self.told)

    def _look(self, since: Marks, spoil: str = "") -> census.Found:
        with self.database.engine.connect() as connection:
            if spoil:
                assert connection.exec_driver_sql(spoil).rowcount != 0, spoil
            return census.take(connection, self.database.epoch, since)


@pytest.fixture
def tried(database: Database) -> Tried:
    return Tried(database)


def test_all_rooms_acts_are_counted_and_any_half_of_one_is_found(tried: Tried) -> None:
    assert tried.verdict() == Verdict()
    kinds = Counter(kind for deed in tried.told.did for kind, _ in deed)
    assert set(kinds) == set(census.TOLD_AS)
    for spoil in (
        "DELETE FROM call_log WHERE seq = (SELECT max(seq) FROM call_log)",
        "DELETE FROM audit_trail WHERE seq = (SELECT max(seq) FROM audit_trail)",
        "DELETE FROM outbox WHERE lane = 0 AND seq = (SELECT max(seq) FROM outbox WHERE lane = 0)",
        "UPDATE call SET rev = rev - 1",
        "UPDATE unit SET status = 'staged'",
        "UPDATE assignment SET arrived_at = NULL",
        "UPDATE item SET holder_number = '0999'",
        "UPDATE visit SET rev = rev + 1",
        "UPDATE audit_trail SET actor = 'officer:0999' WHERE seq = 40",
    ):
        assert tried.verdict(spoil).half > 0, spoil
    assert tried.verdict() == Verdict()


def test_what_is_gone_and_what_is_there_twice_is_found(tried: Tried) -> None:
    did = list(tried.told.did)
    tried.told.did = [*did, [("visit.recorded", "never-written")]]
    assert tried.verdict().lost == 1
    tried.told.did = did[:-1]
    assert tried.verdict().duplicated > 0
    departed = next(deed for deed in did if deed[0][0] == "call.departed" and len(deed) == 2)
    tried.told.did = [deed for deed in did if deed is not departed]
    tried.told.lost_sight = [departed, [("visit.recorded", "")]]
    assert tried.verdict() == Verdict(done=[departed])  # under way when killed: there, or not
    tried.told.lost_sight = [[departed[0], ("unit.status", "another")]]
    assert tried.verdict().half == 1  # but never in part
