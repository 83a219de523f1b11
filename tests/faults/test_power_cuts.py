"""Power cuts in short, with the proof that the tool sees what a weaker program would lose."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from console.core import keyfile
from tests.faults import power_cuts
from tests.faults.cut_check import judge
from tests.faults.disk import Disk, Weather
from tests.faults.disk_log import (
    Created,
    Entry,
    FolderMade,
    FolderSynced,
    Log,
    Renamed,
    Synced,
    Truncated,
    Wrote,
)
from tests.faults.recorded_day import record

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="plain files are recorded by their handles in /proc"
)
ALL, NOTHING = Weather(1, False, 0, 1.0), Weather(0, False, 0, 0.0)


def test_no_acknowledged_act_is_lost_and_the_control_loses() -> None:
    result = power_cuts.run(30, 1, acts=10, control=15)
    assert result.proven, result
    assert result.cuts == 30
    assert result.acknowledged > 30
    assert not power_cuts.Result(40, 100, 0, 0, 0).proven  # the control did not lose: void


def test_a_sync_that_never_was_is_seen(tmp_path: Path) -> None:
    chance = random.Random(2)
    day = record(tmp_path / "post", chance, 12)
    day.log.entries = [
        one
        for one in day.log.entries
        if not (isinstance(one, Synced) and one.path.endswith("-wal"))
    ]
    verdicts = list(judge(day, power_cuts.drawn(day, 15, chance), tmp_path / "bad"))
    assert sum(one.lost for one in verdicts) > 0
    bad = next(one for one in verdicts if not one.fine)  # and its disk can be looked at
    assert (tmp_path / "bad" / f"{bad.cut.at}-{bad.cut.seed}" / "verdict.txt").is_file()


def test_a_name_that_was_not_synced_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyfile, "sync", lambda folder: None)
    chance = random.Random(3)
    day = record(tmp_path / "post", chance, 5)
    verdicts = list(judge(day, power_cuts.drawn(day, 25, chance)))
    assert any(not one.fine for one in verdicts)  # the key is gone, or the mark is the old one


def cut(entries: Sequence[Entry], weather: Weather, seed: int = 1) -> dict[str, bytes]:
    disk = Disk(Log("/p/", {"/p/old": b"old"}))
    disk.go(entries)
    return disk.cut(random.Random(seed), weather)


def test_what_is_synced_stays_and_the_rest_may_go() -> None:
    made: list[Entry] = [Created("/p/a"), Wrote("/p/a", 0, b"x" * 1000)]
    assert cut([*made], NOTHING) == {"/p/old": b"old"}
    assert cut([*made], ALL) == {"/p/old": b"old", "/p/a": b"x" * 1000}
    assert cut([*made, Synced("/p/a")], NOTHING) == {"/p/old": b"old"}  # its name is not there
    named: list[Entry] = [*made, FolderSynced("/p")]
    assert len(cut(named, NOTHING)["/p/a"]) in (0, 1000)  # its size may be ahead of its bytes
    assert not cut(named, NOTHING)["/p/a"].strip(b"\0")
    whole: list[Entry] = [*made, Synced("/p/a"), FolderSynced("/p")]
    assert cut(whole, NOTHING)["/p/a"] == b"x" * 1000
    later: list[Entry] = [*whole, Wrote("/p/a", 0, b"y" * 1000), Truncated("/p/a", 10)]
    assert cut(later, NOTHING)["/p/a"] == b"x" * 1000
    assert cut(later, ALL)["/p/a"] == b"y" * 10


def test_a_write_is_torn_at_sectors_and_only_there() -> None:
    seen = set()
    for seed in range(60):
        entries = [Wrote("/p/old", 0, b"y" * 1200)]
        data = cut(entries, Weather(0.5, True, 0, 0.0), seed)["/p/old"]
        pieces = [data[at : at + 512] for at in (0, 512, 1024)]
        assert all(not piece.strip(b"y") or b"y" not in piece for piece in pieces)
        seen.add(data)
    assert len(seen) > 5


def test_a_rename_is_done_or_not() -> None:
    renamed: list[Entry] = [Created("/p/new"), Wrote("/p/new", 0, b"new"), Synced("/p/new")]
    renamed = [*renamed, Renamed("/p/new", "/p/old")]
    assert cut(renamed, NOTHING) == {"/p/old": b"old"}
    assert cut(renamed, ALL) == {"/p/old": b"new"}
    some = {tuple(cut(renamed, Weather(1, False, 0, None), n).items()) for n in range(30)}
    assert (("/p/old", b"old"),) in some
    assert (("/p/old", b"new"),) in some
    assert len(some) == 3  # the third: both names
    assert cut([*renamed, FolderSynced("/p")], NOTHING) == {"/p/old": b"new"}


def test_a_folder_without_its_name_takes_all_in_it_along() -> None:
    made: list[Entry] = [
        FolderMade("/p/f"),
        Created("/p/f/a"),
        Synced("/p/f/a"),
        FolderSynced("/p/f"),
    ]
    assert cut([*made], NOTHING) == {"/p/old": b"old"}
    assert set(cut([*made, FolderSynced("/p")], NOTHING)) == {"/p/old", "/p/f/a"}


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_five_thousand_cuts() -> None:
    root = Path(__file__).resolve().parents[2]
    tool = Path(power_cuts.__file__)
    done = subprocess.run(
        [sys.executable, str(tool), "--cuts", "5000", "--seed", "4", "--json"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=1400,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["cuts"] == 5000
    assert told["lost"] == told["corrupt"] == 0
    assert told["control_lost"] > 0
