"""Backups by the clock: when they are made, three generations, what fails is said and tried again."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.alarms import service as alarms
from console.alarms.model import Alarm
from console.core import audit, backup, restore
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.settings import BadSetting, Settings, parse_settings
from console.upkeep import service
from console.upkeep.model import BackupAge, BackupsChanged
from console.upkeep.service import BackupKeeper
from console.upkeep.service.generations import generations, oldest
from tests.conftest import HandClock
from tests.upkeep.conftest import somebody

HOUR = 3600.0
TECHNICIAN = somebody("technician")


class Kept:
    """A post whose backups go to ``folder`` every six hours; ``keeper`` turns when it is told to."""

    def __init__(self, database: Database, bus: EventBus, clock: HandClock, folder: Path) -> None:
        self.database, self.bus, self.clock, self.folder = database, bus, clock, folder
        self.data = database.path.parent
        self.news = 0
        bus.subscribe(BackupsChanged, lambda _: self._count())
        self.set(str(folder), 6)
        self.keeper = self.opened()

    def _count(self) -> None:
        self.news += 1

    def opened(self) -> BackupKeeper:
        """Another keeper, as after a restart."""
        return BackupKeeper(self.database, self.bus, self.clock, self.data)

    def set(self, folder: str, every_h: int) -> None:
        text = f'backup_folder = "{folder}"\nbackup_every_h = {every_h}\n'
        (self.data / "settings.toml").write_text(text, "utf-8")

    def write(self, name: str) -> None:
        with self.database.act(SYSTEM) as act:
            act.audit("draft.kept", "draft", name)

    def files(self) -> list[str]:
        return sorted(place.name for place in self.folder.iterdir())

    def acts(self, begin: str = "backup.") -> list[str]:
        with self.database.read() as connection:
            return [one.act for one in audit.lines(connection) if one.act.startswith(begin)]

    def alarms(self) -> list[Alarm]:
        with self.database.read() as connection:
            found = alarms.every_open(connection, self.clock.now())
        return [one for one in found if one.active]

    def code(self) -> str:
        trouble = self.keeper.snapshot().trouble
        return "" if trouble is None else trouble.code


@pytest.fixture
def kept(database: Database, bus: EventBus, clock: HandClock, tmp_path: Path) -> Iterator[Kept]:
    folder = tmp_path / "stick"
    folder.mkdir()
    yield Kept(database, bus, clock, folder)


def test_one_at_once_then_one_an_interval(kept: Kept, clock: HandClock) -> None:
    assert kept.keeper.snapshot().age is BackupAge.OFF  # nothing was looked at yet
    kept.keeper.turn()
    assert kept.files() == ["post-test-auto-1.backup"]
    standing = kept.keeper.snapshot()
    assert (standing.age, standing.age_s, standing.alarming) == (BackupAge.FRESH, 0.0, False)
    assert standing.last is not None and standing.last.file == kept.folder / kept.files()[0]
    clock.pass_(6 * HOUR - 1)
    kept.keeper.turn()
    assert len(kept.files()) == 1
    clock.pass_(1)
    kept.keeper.turn()
    assert kept.files() == ["post-test-auto-1.backup", "post-test-auto-2.backup"]
    assert kept.acts() == ["backup.made", "backup.made"]


def test_three_generations_the_oldest_is_replaced(kept: Kept, clock: HandClock) -> None:
    for n in range(5):
        kept.write(f"d{n}")
        clock.pass_(6 * HOUR)
        kept.keeper.turn()
        assert len(kept.files()) == min(n + 1, 3)
    found = generations(kept.database, kept.folder)
    assert [one.why for one in found] == [None, None, None]
    ends = {one.number: one.seq for one in found}
    assert sorted(ends, key=lambda n: ends[n]) == [3, 1, 2]  # 1 2 3 1 2
    assert oldest(found, kept.database.epoch).number == 3
    for one in found:
        done = restore.drill(one.file, clock, SYSTEM, None)
        assert done.checked.manifest == one.manifest


def test_the_clock_of_the_wall_has_no_say_in_which_is_oldest(kept: Kept, clock: HandClock) -> None:
    for years in (0, 10, -20, 5):
        kept.write("d")
        clock._now += timedelta(days=365 * years)
        clock.pass_(6 * HOUR)
        kept.keeper.turn()
    ends = {one.number: one.seq for one in generations(kept.database, kept.folder)}
    assert sorted(ends, key=lambda n: ends[n]) == [2, 3, 1]


def test_a_machine_that_was_off_is_late_and_not_in_time(kept: Kept, clock: HandClock) -> None:
    kept.keeper.turn()
    clock.pass_(5 * HOUR)
    again = kept.opened()
    again.turn()
    assert len(kept.files()) == 1
    clock.pass_(2 * HOUR)
    kept.opened().turn()
    assert len(kept.files()) == 2
    clock._now -= timedelta(days=400)  # the clock lost its battery: one more is cheap
    kept.opened().turn()
    assert len(kept.files()) == 3


def test_the_age_is_judged_by_the_interval(kept: Kept, clock: HandClock) -> None:
    kept.keeper.turn()
    for hours, age, alarming in (
        (8.9, BackupAge.FRESH, False),
        (0.2, BackupAge.OLD, False),
        (8.8, BackupAge.OLD, False),
        (0.2, BackupAge.STALE, True),
    ):
        clock.pass_(hours * HOUR)
        assert (kept.keeper.snapshot().age, kept.keeper.snapshot().alarming) == (age, alarming)
    clock._now -= timedelta(days=30)  # a clock that is set back makes nothing fresh
    assert kept.keeper.snapshot().age is BackupAge.STALE


def test_settings_hold_at_once(kept: Kept, clock: HandClock, tmp_path: Path) -> None:
    kept.set(str(kept.folder), 0)
    kept.keeper.turn()
    assert (kept.files(), kept.keeper.snapshot().age) == ([], BackupAge.OFF)
    kept.set(str(kept.folder), 6)
    kept.keeper.turn()
    assert len(kept.files()) == 1
    clock.pass_(2 * HOUR)
    kept.set(str(kept.folder), 2)
    kept.keeper.turn()
    assert len(kept.files()) == 2
    other = tmp_path / "other"
    other.mkdir()
    kept.set(str(other), 2)
    kept.keeper.turn()
    assert [place.name for place in other.iterdir()] == ["post-test-auto-1.backup"]
    assert kept.keeper.snapshot().last is not None
    kept.set("", 2)
    kept.keeper.turn()
    assert kept.keeper.snapshot().age is BackupAge.OFF


def test_a_backup_by_hand_counts_for_the_age_and_not_for_the_clock(
    kept: Kept, clock: HandClock
) -> None:
    kept.keeper.turn()
    clock.pass_(5 * HOUR)
    service.make_backup(kept.database, TECHNICIAN, str(kept.folder))
    kept.keeper.turn()
    assert kept.keeper.snapshot().age_s == 0.0
    standing = kept.keeper.snapshot()
    assert standing.last is not None and standing.last.by == "officer:0007"
    clock.pass_(HOUR)
    kept.keeper.turn()
    assert sum("auto" in name for name in kept.files()) == 2


def test_a_place_that_is_gone_is_told_and_comes_back(kept: Kept, clock: HandClock) -> None:
    kept.keeper.turn()
    away = kept.folder.rename(kept.folder.with_name("pulled"))
    clock.pass_(HOUR)
    gone_at = clock.now()
    kept.keeper.turn()
    standing = kept.keeper.snapshot()
    assert (kept.code(), standing.since) == ("backup.place_missing", gone_at)
    assert not standing.alarming  # none is due: said on the page, rings for nobody
    assert kept.alarms() == []
    clock.pass_(5 * HOUR)
    kept.keeper.turn()
    assert kept.keeper.snapshot().alarming
    (alarm,) = kept.alarms()
    assert alarm.kind == "backup_failed" and alarm.title.en.endswith(str(kept.folder)[-50:])
    assert kept.keeper.snapshot().since == gone_at
    again = kept.opened()  # a restart forgets neither the trouble nor its beginning
    again.turn()
    assert again.snapshot().since == gone_at
    assert len(kept.alarms()) == 1
    away.rename(kept.folder)
    clock.pass_(60)
    kept.keeper.turn()
    assert (kept.code(), kept.keeper.snapshot().since, kept.alarms()) == ("", None, [])
    assert len(kept.files()) == 2
    assert kept.acts() == ["backup.made", "backup.failed", "backup.made"]


def test_a_place_that_comes_back_before_one_is_due(kept: Kept, clock: HandClock) -> None:
    kept.keeper.turn()
    away = kept.folder.rename(kept.folder.with_name("pulled"))
    kept.keeper.turn()
    assert kept.code() == "backup.place_missing"
    away.rename(kept.folder)
    kept.keeper.turn()
    assert kept.code() == ""
    assert kept.acts() == ["backup.made", "backup.failed", "backup.place_back"]


def test_tried_again_after_a_while_that_grows(
    kept: Kept, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []

    def fails(*_: object, **__: object) -> backup.Checked:
        tries.append(clock.monotonic())
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(backup, "put_copy", fails)
        for _ in range(400):
            kept.keeper.turn()
            clock.pass_(10)
    waits = [round(b - a) for a, b in itertools.pairwise(tries)]
    assert waits == [60, 120, 240, 480, 900, 900, 900]
    assert kept.code() == "backup.disk_error"
    kept.keeper.nudge()
    kept.keeper.turn()
    assert (kept.code(), len(kept.files())) == ("", 1)
    assert kept.acts() == ["backup.failed", "backup.made"]


def test_a_damaged_generation_is_kept_aside_and_made_anew(kept: Kept, clock: HandClock) -> None:
    for _ in range(3):
        clock.pass_(6 * HOUR)
        kept.keeper.turn()
    broken = kept.folder / "post-test-auto-2.backup"
    raw = bytearray(broken.read_bytes())
    raw[5 * 4096 + 7] ^= 1
    broken.write_bytes(raw)
    clock.pass_(6 * HOUR)
    kept.keeper.turn()
    (aside,) = kept.keeper.snapshot().unreadable
    assert (kept.folder / aside).read_bytes() == bytes(raw)
    found = generations(kept.database, kept.folder)
    assert [one.why for one in found] == [None, None, None]
    assert max(found, key=lambda one: one.seq).number == 2
    assert "backup.set_aside" in kept.acts()


def test_what_is_not_ours_is_never_overwritten(kept: Kept) -> None:
    letter = kept.folder / "post-test-auto-1.backup"
    letter.write_text("dear chief")
    kept.keeper.turn()
    (aside,) = kept.keeper.snapshot().unreadable
    assert (kept.folder / aside).read_text() == "dear chief"
    assert backup.check(letter, kept.database.key).manifest.post == "post-test"


def test_a_copy_that_does_not_read_back_replaces_nothing(
    kept: Kept, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        clock.pass_(6 * HOUR)
        kept.keeper.turn()
    before = {name: (kept.folder / name).read_bytes() for name in kept.files()}
    forget = backup._forget

    def flips(place: Path) -> None:
        raw = bytearray(place.read_bytes())
        raw[9 * 4096 + 100] ^= 1  # the stick did not keep what it was given
        place.write_bytes(raw)
        forget(place)

    clock.pass_(6 * HOUR)
    with monkeypatch.context() as patched:
        patched.setattr(backup, "_forget", flips)
        kept.keeper.turn()
    assert kept.code() == "backup.copy_bad"
    assert {name: (kept.folder / name).read_bytes() for name in kept.files()} == before
    assert len(kept.alarms()) == 1
    clock.pass_(60)
    kept.keeper.turn()
    assert (kept.code(), kept.alarms()) == ("", [])


def test_a_bug_is_told_and_not_repeated_in_a_hurry(
    kept: Kept, clock: HandClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = threading.Event()

    def bug(*_: object) -> None:
        made.set()
        raise ValueError("nobody foresaw it")

    monkeypatch.setattr("console.upkeep.service.keeper.renew", bug)
    keeper = BackupKeeper(kept.database, kept.bus, kept.clock, kept.data, look_s=0.01)
    told = threading.Event()
    kept.bus.subscribe(BackupsChanged, lambda _: told.set() if keeper.snapshot().trouble else None)
    keeper.start()
    try:
        assert made.wait(10) and told.wait(10)
        made.clear()
        assert not made.wait(0.1)
    finally:
        keeper.stop()
    trouble = keeper.snapshot().trouble
    assert trouble is not None and trouble.code == "backup.lost_bug"


def test_stopped_in_the_middle_it_leaves_nothing_behind(kept: Kept) -> None:
    keeper = BackupKeeper(kept.database, kept.bus, SystemClock(), kept.data)
    copying = threading.Event()
    kept.bus.subscribe(BackupsChanged, lambda _: copying.set() if keeper.snapshot().doing else None)
    keeper.start()
    assert copying.wait(10)
    keeper.stop()
    assert all(name.endswith(".backup") for name in kept.files())
    assert kept.acts() in ([], ["backup.made"])


@pytest.mark.parametrize("told", ["-1", "169", '"6"', "true"])
def test_an_interval_that_cannot_be(tmp_path: Path, told: str) -> None:
    with pytest.raises(BadSetting, match="backup_every_h"):
        parse_settings(tmp_path, f"backup_every_h = {told}\n", {})
    found = parse_settings(tmp_path, "", {"POST_CONSOLE_BACKUP_EVERY_H": "12"})
    assert found == Settings(tmp_path, backup_every_h=12)
