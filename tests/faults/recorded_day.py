"""A day of work with every write and sync of it recorded, and what was acknowledged when."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

from console.app.set_up import set_up_post
from console.core import backup
from console.core.database import Database
from console.core.engine import SETTINGS
from console.core.events import EventBus
from console.core.keyfile import read_key
from tests.faults import vfs
from tests.faults.day import Day, DayClock, staffed
from tests.faults.disk_log import Log, Noted
from tests.faults.files_watch import recording_files

POST, FULL = "post-1", 2
_LOOK = "SELECT count(*) FROM audit_trail"


@dataclass(frozen=True, slots=True)
class Told:
    """So many acts were acknowledged; what the store and the other files hold since."""

    acts: int
    state: str
    files: dict[str, str] = field(default_factory=dict)  # below the place → SHA-256


@dataclass
class Recorded:
    """A log, the moments in it when something was acknowledged, and the clock at its end."""

    log: Log
    clock: DayClock

    def told(self) -> list[tuple[int, Told]]:
        """Where in the log which acknowledgement stands, in order."""
        return [
            (at, entry.note)
            for at, entry in enumerate(self.log.entries)
            if isinstance(entry, Noted) and isinstance(entry.note, Told)
        ]


def record(place: Path, chance: random.Random, acts: int, *, synchronous: int = FULL) -> Recorded:
    """A post is set up in ``place`` and does so many acts, in a few sessions."""
    (place / "papers").mkdir(parents=True)
    clock, states = DayClock(), [""]

    def fill(database: Database) -> None:
        staffed(database)
        states.append(state_of(database))

    with at_place(place), patch.dict(SETTINGS, synchronous=synchronous), _watching(place) as log:
        set_up_post(place / "post", POST, fill)
        told = Told(0, states[-1])
        log.note(told)
        _work(place, clock, chance, log, told, acts)
    return Recorded(log, clock)


def record_on(place: Path, chance: random.Random, acts: int, found: Told, at: datetime) -> Recorded:
    """The post in ``place``, as a power cut left it, is started and does so many acts more."""
    clock = DayClock(at)
    with at_place(place), _watching(place) as log:
        log.note(found)
        _work(place, clock, chance, log, found, acts)
    return Recorded(log, clock)


@contextmanager
def at_place(place: Path) -> Iterator[None]:
    """The post of this place finds its key there."""
    with patch.dict(os.environ, POST_CONSOLE_KEYS=str(place / "config" / "keys")):
        yield


def state_of(database: Database) -> str:
    """A digest of every row of every table."""
    with database.read() as connection:
        told = sorted(
            (name, one.rows, one.digest) for name, one in backup.digests(connection).items()
        )
    return hashlib.sha256(repr(told).encode("ascii")).hexdigest()


def sha256_of(file: Path) -> str:
    """The SHA-256 of what the file holds."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@contextmanager
def _watching(place: Path) -> Iterator[Log]:
    with vfs.recording(f"{place}/") as log, recording_files(log):
        yield log


def _work(
    place: Path, clock: DayClock, chance: random.Random, log: Log, told: Told, acts: int
) -> None:
    last = told.acts + acts
    while told.acts < last:
        database = Database(place / "post", read_key(place / "post"), clock, EventBus())
        database.start()
        try:
            day = Day(database, clock, chance, place / "papers")
            upto = min(last, told.acts + chance.randint(5, max(6, acts)))
            with ExitStack() as looking:
                while told.acts < upto:
                    told = _one_act(place, day, database, told)
                    log.note(told)
                    if chance.random() < 0.1:  # somebody looks for a while: checkpoints must wait
                        looking.close()
                    elif chance.random() < 0.1:
                        looking.enter_context(database.read()).exec_driver_sql(_LOOK).all()
        finally:
            database.stop()


def _one_act(place: Path, day: Day, database: Database, told: Told) -> Told:
    file = day.act()
    files = dict(told.files)
    if file is not None:
        files[str(file.relative_to(place))] = sha256_of(file)
    return Told(told.acts + 1, state_of(database), files)
