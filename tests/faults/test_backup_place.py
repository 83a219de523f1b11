"""The second place of the backups fails on a real small disk: full, read-only, pulled out mid-copy;
and a console that is killed again and again while it makes them leaves at least two good ones."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.core import backup
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.errors import Refused
from console.core.whole_file import sync
from console.upkeep.service.generations import renew
from tests.conftest import HandClock
from tests.faults.test_store_full_disk import _MAY_MOUNT

ROOT = Path(__file__).resolve().parents[2]
# In a mount namespace of its own, on a file system of a few MB.
_CHILD = """
import json, os, subprocess, sys
from pathlib import Path
from console.alarms import service as alarms
from console.core import audit, backup
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.core.tables import draft
from console.upkeep.service import BackupKeeper
from console.upkeep.service.generations import generations

home, stick, told = Path(sys.argv[1]), Path(sys.argv[2]), {}
clock, bus = SystemClock(), EventBus()
database = Database(home / "post", create_key(home / "post"), clock, bus)
database.create("post-test")
database.start()
(home / "post" / "settings.toml").write_text(f'backup_folder = "{stick}"\\nbackup_every_h = 1\\n')
keeper = BackupKeeper(database, bus, clock, home / "post")
keeper._due = lambda: True  # at each turn

def mount(*how):
    subprocess.run(["mount", *how, str(stick)], check=True)

def plug(size):
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs")

def pull():
    subprocess.run(["umount", "-l", str(stick)], check=True)

def turn(name):
    keeper.nudge()
    keeper.turn()
    standing = keeper.snapshot()
    with database.read() as connection:
        rung = [a.kind for a in alarms.every_open(connection, clock.now()) if a.active]
        whole = audit.first_fault(connection) is None
    good = [g.number for g in generations(database, stick) if g.manifest] if stick.is_dir() else []
    told[name] = {
        "code": standing.trouble.code if standing.trouble else "", "alarms": rung, "good": good,
        "parts": len(list(stick.glob(".*"))), "whole": whole,
        "since": str(standing.since) if standing.since else "",
    }

plug("16m"); turn("first"); turn("second"); turn("third"); turn("fourth")
mount("-o", "remount,ro"); turn("read-only"); turn("read-only still")
mount("-o", "remount,rw"); turn("writable again")
ballast = stick / "ballast"
out = os.open(ballast, os.O_WRONLY | os.O_CREAT)
try:
    while True:
        os.write(out, b"x" * 65536)
except OSError:
    os.close(out)
turn("full")
with ballast.open("r+b") as left:  # room for half a copy: it fills up in the middle
    left.truncate(ballast.stat().st_size - database.path.stat().st_size // 2)
import console.upkeep.service.generations as generations_module
enough = generations_module.ROOM_MORE
generations_module.ROOM_MORE = 0.0
turn("full in the middle")
generations_module.ROOM_MORE = enough
ballast.unlink(); turn("room again")

sync, pulled = backup.sync, []
def pulls(place):
    if place.name.endswith(".part") and not pulled:
        pulled.append(place)
        pull()
    sync(place)
backup.sync = pulls
turn("pulled in the middle")
backup.sync = sync
turn("away")
plug("16m"); turn("another stick")
database.stop()
print(json.dumps(told))
"""


@pytest.mark.skipif(not _MAY_MOUNT, reason="this machine does not let us mount a small disk")
def test_a_second_place_that_fails_is_said_and_tried_again(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    script = tmp_path / "child.py"
    script.write_text(_CHILD, "utf-8")
    child = subprocess.run(
        ["unshare", "-rm", sys.executable, str(script), str(tmp_path), str(stick)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "POST_CONSOLE_KEYS": str(tmp_path / "keys")},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    told: dict[str, Any] = json.loads(child.stdout)
    codes = {name: found["code"] for name, found in told.items()}
    assert codes == {
        "first": "",
        "second": "",
        "third": "",
        "fourth": "",
        "read-only": "backup.disk_error",
        "read-only still": "backup.disk_error",
        "writable again": "",
        "full": "backup.disk_full",
        "full in the middle": "backup.disk_full",
        "room again": "",
        "pulled in the middle": "backup.disk_error",
        "away": "backup.place_not_there",  # the folder is there, on the post's own disk
        "another stick": "",
    }
    for name, found in told.items():
        assert found["whole"], name
        assert found["alarms"] == (["backup_failed"] if found["code"] else []), name
        assert bool(found["since"]) == bool(found["code"]), name
        assert found["parts"] == 0, name
    assert told["read-only"]["since"] == told["read-only still"]["since"]
    kept = ("fourth", "read-only", "writable again", "full", "full in the middle", "room again")
    assert all(told[name]["good"] == [1, 2, 3] for name in kept)
    assert told["away"]["good"] == []  # nothing was written beside the data


_KILLED = """
import sys
from pathlib import Path
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import read_key
from console.core import backup
from console.upkeep.service.generations import renew

post, stick = Path(sys.argv[1]), Path(sys.argv[2])
database = Database(post, read_key(post), SystemClock(), EventBus())
database.start()
print("begun", flush=True)
while True:
    with database.act(SYSTEM) as act:
        act.audit("draft.kept", "draft", "x")
    renew(database, stick, backup.no_step)
    print("made", flush=True)
"""


def good(database: Database, stick: Path) -> int:
    """How many of the generations that lie there are whole."""
    count = 0
    for file in stick.glob("*-auto-*.backup"):
        try:
            backup.check(file, database.key)
        except Refused:
            continue
        count += 1
    return count


def kills(database: Database, stick: Path, cycles: int, seed: int) -> int:
    """Kills the maker of backups so often at a random moment; returns how many it had made."""
    chance, made = random.Random(seed), 0
    for _ in range(cycles):
        child = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(database.path.parent), str(stick)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == "begun\n"
            wanted = chance.randint(0, 2)
            for _ in range(wanted):
                assert child.stdout.readline() == "made\n"
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(chance.uniform(0.0, 0.15))
        finally:
            child.kill()
            child.communicate()
        made += wanted
        assert good(database, stick) >= min(made, 2), f"seed {seed}"
    return made


def test_killed_while_making_them_leaves_good_ones(database: Database, tmp_path: Path) -> None:
    _kill(database, tmp_path, 2)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_sixty_times_leaves_good_ones(database: Database, tmp_path: Path) -> None:
    _kill(database, tmp_path, 60)


def _kill(database: Database, tmp_path: Path, cycles: int) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    kills(database, stick, cycles, seed=random.randrange(1 << 30))
    renew(database, stick, backup.no_step)
    assert len(list(stick.iterdir())) == good(database, stick)  # and no remains


def test_a_cut_at_any_moment_leaves_two(
    database: Database, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every step of a run: what lies there, with what was not synced yet torn or gone."""
    stick = tmp_path / "stick"
    stick.mkdir()
    photos: list[Path] = []
    synced: set[int] = set()
    replace_ = Path.replace

    def photo(*_: object) -> None:
        """The folder as a power cut would leave it: what was not synced is torn at random."""
        place = tmp_path / f"cut{len(photos)}"
        shutil.copytree(stick, place)
        for file in place.iterdir():
            original = stick / file.name
            if original.stat().st_ino not in synced:
                raw = file.read_bytes()
                file.write_bytes(raw[: len(raw) // 2] + bytes(len(raw) - len(raw) // 2))
        photos.append(place)

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def act(place: Path, *more: Any) -> Any:
            photo()
            done = work(place, *more)
            if work is sync and place.is_file():
                synced.add(place.stat().st_ino)
            photo()
            return done

        return act

    monkeypatch.setattr(backup, "sync", watched(sync))
    monkeypatch.setattr(Path, "replace", watched(replace_))
    for n in range(4):
        with database.act(SYSTEM) as act:
            act.audit("draft.kept", "draft", str(n))
        photos.clear()
        renew(database, stick, photo)
        assert len(photos) > 8
        for place in photos:
            assert good(database, place) >= min(n, 2)
            shutil.rmtree(place)
