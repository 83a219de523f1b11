"""Backups by the clock: a thread that makes them, tries again what failed, and says how they stand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from console.alarms import service as alarms
from console.alarms.model import NAME_CHARS, Kind, Raising
from console.core import audit
from console.core.actor import Actor
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import ConsoleError, Refused, Unavailable
from console.core.events import EventBus
from console.core.rounds import Rounds
from console.upkeep import store
from console.upkeep.model import BackupsChanged, BackupStanding, LastBackup
from console.upkeep.service.backups import backups_in, disk
from console.upkeep.service.generations import Renewed, renew
from console.upkeep.service.settings import settings_in_force

KEEPER = Actor("system", "backups")
ORIGINATOR = "backups"
LOOK_S = 20.0  # how soon a stick that was pulled out or put back is noticed
RETRY_S, RETRY_MOST_S = 60.0, 900.0
PATIENCE_S = 1800.0  # a run that takes longer is given up: the second place is too slow
FAILED = "backup.failed"  # an act of the trail; what ends it stands beside it
_TROUBLES = ("backup.made", FAILED, "backup.place_back")


class BackupKeeper:
    """From ``start`` to ``stop`` sees to it that the folder of the settings holds a backup that is
    at most one interval old.

    The settings file is read at each look, so a change holds at once; ``nudge`` makes it look and
    try now. Intervals are counted on the monotonic clock, and on the wall clock where that says
    more: a machine that slept, or was off, is late and not in time.
    """

    def __init__(
        self, database: Database, bus: EventBus, clock: Clock, data: Path, look_s: float = LOOK_S
    ) -> None:
        self._database, self._bus, self._clock, self._data = database, bus, clock, data
        self._rounds = Rounds("backups", self.turn, look_s, fell=self._fell)
        self._standing = BackupStanding()
        self._scheduled: LastBackup | None = None
        self._seen: int | None = None  # the trail's line up to which backups were looked for
        # monotonic, when this process learnt of the last good one, and of the last by the clock
        self._last_at: float | None = None
        self._scheduled_at: float | None = None
        self._failures = 0
        self._next_try = 0.0

    def start(self) -> None:
        """The thread looks."""
        self._rounds.start()

    def stop(self, timeout_s: float = 10.0) -> None:
        """The thread has ended; a backup under way was given up and has left nothing behind."""
        self._rounds.stop(timeout_s)

    def nudge(self) -> None:
        """It looks now, and tries again what failed; from any thread, at no cost."""
        self._next_try = 0.0
        self._rounds.nudge()

    def snapshot(self) -> BackupStanding:
        """How the backups stand; the age is that of this moment."""
        standing = self._standing
        return replace(standing, age_s=self._age_s(standing.last))

    def turn(self) -> None:
        """One look: settings and place as they are now, and a backup when one is due."""
        settings = settings_in_force(self._data)
        folder, every_h = settings.backup_folder, settings.backup_every_h
        if (folder, every_h) != (self._standing.folder, self._standing.every_h):
            self._begin_anew(folder, every_h)
        self._recall()
        if not self._standing.on:
            self._settle(None)
            return
        self._show(replace(self._standing, due=self._due()))
        if self._clock.monotonic() < self._next_try:
            return
        self._wait(RETRY_S)  # also after a fault that nobody foresaw
        try:
            with disk(Path(folder)):
                self._require_place()
                renewed = self._renew() if self._standing.due else None
        except ConsoleError as failed:
            if not self._rounds.ending:
                self._fail(failed)
            return
        self._failures, self._next_try = 0, 0.0
        if renewed is not None:
            self._tell_made(renewed)
        self._settle(None)

    def _fell(self, bug: Exception) -> None:
        told = Unavailable("backup.lost_bug", told=type(bug).__name__)
        since = self._standing.since or self._clock.now()
        self._show(replace(self._standing, trouble=told, since=since))

    def _begin_anew(self, folder: str, every_h: int) -> None:
        if folder != self._standing.folder:
            self._scheduled, self._seen = None, None
            self._last_at = self._scheduled_at = None
        self._failures, self._next_try = 0, 0.0
        with self._database.read() as connection:
            lines = store.last_lines(connection, _TROUBLES, 1)
        since = lines[0].at if lines and lines[0].act == FAILED else None
        kept = self._standing.last if folder == self._standing.folder else None
        self._show(BackupStanding(folder, every_h, kept, since=since))

    def _recall(self) -> None:
        """What the trail says of the last good backups in this folder, by whomever."""
        with self._database.read() as connection:
            head = audit.last(connection)
            new = backups_in(connection, self._standing.folder, self._seen or 0)
        own = None if self._seen is None else self._clock.monotonic()
        self._seen = 0 if head is None else head.seq
        by_clock = [one for one in new if one.scheduled]
        if by_clock:
            self._scheduled, self._scheduled_at = by_clock[0], own
        if new:
            self._last_at = own
            self._show(replace(self._standing, last=new[0]))

    def _age_s(self, last: LastBackup | None) -> float | None:
        if last is None:
            return None
        wall = (self._clock.now() - last.made_at).total_seconds()
        return max(wall, self._passed_s(self._last_at) or 0.0, 0.0)

    def _passed_s(self, since: float | None) -> float | None:
        return None if since is None else self._clock.monotonic() - since

    def _due(self) -> bool:
        if self._scheduled is None:
            return True
        every_s, own = self._standing.every_h * 3600.0, self._passed_s(self._scheduled_at)
        wall = (self._clock.now() - self._scheduled.made_at).total_seconds()
        if own is not None:
            return max(wall, own) >= every_s
        return wall < 0 or wall >= every_s  # made "tomorrow": a clock was wrong, one more is cheap

    def _require_place(self) -> None:
        standing = self._standing
        place = Path(standing.folder)
        if not place.is_dir():
            raise Unavailable("backup.place_missing", path=standing.folder)
        same = place.stat().st_dev == self._data.stat().st_dev
        if same and self._scheduled is not None and self._scheduled.apart:
            raise Unavailable("backup.place_not_there", path=standing.folder)
        self._show(replace(standing, same_disk=same))

    def _renew(self) -> Renewed:
        begun = self._clock.monotonic()

        def step(name: str, _share: float) -> None:
            if self._rounds.ending:
                raise Refused("backup.cancelled")
            if self._clock.monotonic() - begun > PATIENCE_S:
                minutes = round(PATIENCE_S / 60)
                raise Unavailable("backup.too_slow", path=self._standing.folder, minutes=minutes)
            if name != self._standing.doing:
                self._show(replace(self._standing, doing=name))

        try:
            return renew(self._database, Path(self._standing.folder), step)
        finally:
            self._show(replace(self._standing, doing=""))

    def _tell_made(self, renewed: Renewed) -> None:
        folder = self._standing.folder
        with self._database.act(KEEPER) as act:
            for name in renewed.aside:
                act.audit("backup.set_aside", "backup", name, folder=folder)
            act.audit(
                "backup.made", "store", self._database.post,
                file=renewed.file.name, folder=folder, rows=renewed.checked.manifest.rows,
                scheduled=True, generation=renewed.generation, apart=not self._standing.same_disk,
            )  # fmt: skip
        self._recall()
        self._show(replace(self._standing, unreadable=renewed.aside, due=False))

    def _fail(self, failed: ConsoleError) -> None:
        if self._standing.due:
            self._failures += 1
            self._wait(min(RETRY_S * 2.0 ** min(self._failures - 1, 8), RETRY_MOST_S))
        else:
            self._next_try = 0.0  # only a look: the next one is soon enough
        self._settle(failed)

    def _wait(self, wait_s: float) -> None:
        self._next_try = self._clock.monotonic() + wait_s

    def _settle(self, trouble: ConsoleError | None) -> None:
        """The standing, the trail and the list of alarms say what is wrong, and since when."""
        before = self._standing
        new = before.since is None and trouble is not None
        since = (before.since or self._clock.now()) if trouble is not None else None
        same = str(trouble) == str(before.trouble)
        self._show(replace(before, trouble=before.trouble if same else trouble, since=since))
        if new and trouble is not None:
            with self._database.act(KEEPER) as act:
                act.audit(
                    FAILED, "store", self._database.post,
                    folder=before.folder, why=trouble.code,
                )  # fmt: skip
        elif trouble is None and before.since is not None:
            self._tell_back()
        self._ring(self.snapshot().alarming)

    def _tell_back(self) -> None:
        """The trail says that the trouble is over, unless a backup that was made says so."""
        with self._database.read() as connection:
            lines = store.last_lines(connection, _TROUBLES, 1)
        if lines and lines[0].act == FAILED:
            with self._database.act(KEEPER) as act:
                act.audit("backup.place_back", "store", self._database.post)

    def _ring(self, wanted: bool) -> None:
        """The frame's list of alarms has a line for failing backups exactly while they fail."""
        with self._database.read() as connection:
            there = [
                one
                for one in alarms.every_open(connection, self._clock.now())
                if one.originator == ORIGINATOR and one.active
            ]
        if wanted and not there:
            folder = self._standing.folder
            name = folder if len(folder) <= NAME_CHARS else f"…{folder[1 - NAME_CHARS :]}"
            raising = Raising(ORIGINATOR, Kind.BACKUP_FAILED, name)
            alarms.raise_alarm(self._database, KEEPER, raising)
        elif not wanted:
            for one in there:
                alarms.clear(self._database, KEEPER, one.id)

    def _show(self, standing: BackupStanding) -> None:
        if standing != self._standing:
            self._standing = standing
            self._bus.publish(BackupsChanged())
