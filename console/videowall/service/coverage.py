"""The coverage log: what was truly seen by whom, and what is to be watched again when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.core.ids import new_id
from console.people.model import Right, require
from console.videowall import store
from console.videowall.model import (
    CameraId,
    Due,
    How,
    LayoutsChanged,
    Rounds,
    Tier,
    Watch,
    checked_rounds,
    dues,
)
from console.videowall.model.tiers import LEAST_WATCH_S
from console.videowall.store import layouts as kept

KIND = "video_patrol"
GAP_S = 5.0  # not seen for so long: the next look is a line of its own
WRITTEN_EVERY_S = 60.0  # a look that goes on is in the log up to so long ago


def rounds(connection: sa.Connection, now: datetime) -> Rounds:
    """How often the cameras of each tier are to be watched at this post."""
    return Rounds.of(reference.current(connection, KIND, now))


def change_rounds(database: Database, actor: Actor, wanted: Rounds) -> Rounds:
    """The tiers are watched so often from now on."""
    require(actor, Right.EDIT_REFERENCE)
    made = checked_rounds(wanted)
    with database.act(actor) as act:
        table = {
            "revisit_minutes": {str(int(tier)): made.revisit_min[tier] for tier in Tier},
            "dwell_s": made.dwell_s,
        }
        version = reference.put(act.connection, KIND, act.at, table)
        act.audit("reference.change", "reference", KIND, version=version, changed=table)
        act.announce(LayoutsChanged())
    return made


def waiting(connection: sa.Connection, now: datetime) -> list[Due]:
    """Every camera with when it was watched last; the one that waits longest is first."""
    return dues(store.window(connection), kept.watched(connection), rounds(connection, now), now)


def watches(
    connection: sa.Connection, after: Watch | None, limit: int, camera_id: CameraId | None = None
) -> list[Watch]:
    """The log of who watched what, the newest first, from the line after ``after`` on."""
    key = None if after is None else (after.began_at, after.id)
    return kept.watches(connection, key, limit, camera_id)


def cover(database: Database, actor: Actor, seen: Sequence[Watch]) -> None:
    """These lines stand in the coverage log."""
    if not seen:
        return
    with database.act(actor) as act:
        for one in seen:
            kept.put_watch(act.connection, one)
        told = [[one.camera_id, str(one.how), round(one.seconds)] for one in seen]
        act.audit("camera.watched", "camera", seen[0].camera_id, watches=told)


class Watching:
    """Makes lines of what is seen now and now: ``see`` at each look, ``take`` what is to be kept.

    Only living pictures count. Called by one thread.
    """

    def __init__(self) -> None:
        self._open: dict[CameraId, Watch] = {}
        self._written: dict[str, datetime] = {}
        self._done: list[Watch] = []

    def see(self, now: datetime, officer: str, seen: Mapping[CameraId, How]) -> None:
        """At this moment these cameras' living pictures are on the wall before this officer."""
        for camera_id, how in seen.items():
            one = self._open.get(camera_id)
            if one is not None and (one.officer, one.how) != (officer, how):
                self._close(one)
                one = None
            if one is not None and not timedelta(0) <= now - one.ended_at <= timedelta(
                seconds=GAP_S
            ):
                self._close(one)  # the machine slept, or its clock was put
                one = None
            if one is None:
                one = Watch(new_id(), camera_id, officer, how, now, now)
            self._open[camera_id] = replace(one, ended_at=now)
        for camera_id, one in list(self._open.items()):
            if camera_id not in seen and (now - one.ended_at).total_seconds() > GAP_S:
                self._close(one)

    def take(self, now: datetime) -> list[Watch]:
        """What is to be written: looks that have ended, and those not written for a minute."""
        ready, self._done = self._done, []
        for one in self._open.values():
            written = self._written.get(one.id, one.began_at)
            if (now - written).total_seconds() >= WRITTEN_EVERY_S:
                self._written[one.id] = now
                ready.append(one)
        return ready

    def end(self) -> list[Watch]:
        """Nobody looks any more; what is to be written of it."""
        for one in list(self._open.values()):
            self._close(one)
        ready, self._done = self._done, []
        return ready

    def _close(self, one: Watch) -> None:
        self._open.pop(one.camera_id, None)
        self._written.pop(one.id, None)
        if one.seconds >= LEAST_WATCH_S:
            self._done.append(one)
