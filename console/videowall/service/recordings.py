"""Acts on recordings: begun, ended, held, released, looked at for a reason, removed at their term."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from console.core import reference
from console.core.actor import SYSTEM, Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused, Unavailable
from console.core.ids import new_id
from console.core.whole_file import make_folder
from console.core.words import why as told_why
from console.people.model import Right, require
from console.videowall import store as cameras
from console.videowall.model import (
    MOST_TOGETHER,
    CameraId,
    Hold,
    KeepingRule,
    Looked,
    LookedAs,
    Recording,
    RecordingId,
    RecordingsChanged,
    RecordingState,
    Rect,
    Why,
    checked_reason,
)
from console.videowall.store import recordings as store

KIND = "recordings"
FOLDER = "recordings"
AT_ONCE = 200  # recordings an act, so that no officer waits for a year's worth
log = logging.getLogger(__name__)


def rule(connection: sa.Connection, now: datetime) -> KeepingRule:
    """LookedAs long the post keeps recordings, and how much room it leaves."""
    return KeepingRule.of(reference.current(connection, KIND, now))


def recordings(
    connection: sa.Connection,
    text: str = "",
    after: Recording | None = None,
    limit: int | None = None,
    call_id: str | None = None,
) -> list[Recording]:
    """Recordings, the newest first; of a call, or of cameras whose number or name holds ``text``."""
    return store.window(connection, text, after, limit, call_id)


def recording(connection: sa.Connection, recording_id: RecordingId) -> Recording:
    """The recording of this id. Refused when it is not there."""
    found = store.find(connection, recording_id)
    if found is None:
        raise Refused("videowall.no_recording", recording=recording_id)
    return found


def looks(connection: sa.Connection, recording_id: RecordingId) -> list[Looked]:
    """Who looked at the recording, how and why, the newest first."""
    return store.looks(connection, recording_id)


def file_of(database: Database, one: Recording) -> Path:
    """Where the recording lies: in the post's data folder, for its own user alone."""
    return database.path.parent / FOLDER / one.file


def masks_of(database: Database, films: Sequence[Recording]) -> tuple[tuple[Rect, ...], ...]:
    """The private zones of each film's camera as they are today; they hide what is seen of it."""
    with database.read() as connection:
        found = [cameras.find(connection, one.camera_id) for one in films]
    return tuple(() if camera is None else camera.mask for camera in found)


def begin(
    database: Database, actor: Actor, camera_id: CameraId, why: Why, call_id: str | None = None
) -> Recording:
    """A recording of this camera is entered, and there is a folder for it.

    Refused while the camera is being recorded, and where the disk has no room to spare.
    """
    require(actor, Right.TAKE_CALLS)
    with database.read() as connection:
        now = rule(connection, database.clock.now())
    folder = database.path.parent / FOLDER
    _make(folder)
    if shutil.disk_usage(folder).free < now.free_bytes:
        raise Refused("videowall.no_room", megabytes=now.free_bytes // 1_000_000)
    with database.act(actor) as act:
        camera = cameras.find(act.connection, camera_id)
        if camera is None:
            raise Refused("videowall.unknown", camera=camera_id)
        if store.in_states(act.connection, [RecordingState.RUNNING], camera_id):
            raise Refused("videowall.already_recording", number=camera.number)
        made = RecordingId(new_id())
        one = Recording(
            made, camera.id, camera.number, camera.name, why, call_id,
            act.at, str(actor), f"{act.at:%Y-%m}/{made}.mp4",
        )  # fmt: skip
        store.put(act.connection, one)
        _note(act, "recording.begin", one, why=str(why), call=call_id)
    _make(file_of(database, one).parent)
    return one


def end(database: Database, actor: Actor, recording_id: RecordingId) -> Recording:
    """The trail says who ended the recording. Refused when it does not run."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        one = recording(act.connection, recording_id)
        if one.state is not RecordingState.RUNNING:
            raise Refused("videowall.not_recording", number=one.camera_number)
        _note(act, "recording.end", one)
    return one


def settled(database: Database, was: Recording, one: Recording) -> None:
    """The recording stands as it ended: kept with times, size and sum, or failed."""
    with database.act(SYSTEM) as act:
        if recording(act.connection, was.id).state is not RecordingState.RUNNING:
            return  # told twice
        store.put(act.connection, one)
        detail = {
            "began_at": one.began_at and to_text(one.began_at),
            "ended_at": one.ended_at and to_text(one.ended_at),
            "cut": one.cut and str(one.cut),
            "size": one.size,
            "sha256": one.sha256,
            "call": one.call_id,
        }
        _note(act, f"recording.{one.state}", one, **detail)


def hold(database: Database, actor: Actor, recording_id: RecordingId, reason: str) -> Recording:
    """The recording is evidence: it stays until it is released, whatever the rule says."""
    require(actor, Right.TAKE_CALLS)
    reason = checked_reason(reason)
    with database.act(actor) as act:
        one = recording(act.connection, recording_id)
        if one.state is RecordingState.REMOVED or one.state is RecordingState.FAILED:
            raise Refused("videowall.nothing_kept", number=one.camera_number)
        if one.hold is not None:
            raise Refused("videowall.held_already", who=one.hold.by.rpartition(":")[2])
        one = replace(one, hold=Hold(act.at, str(actor), reason))
        store.put(act.connection, one)
        _note(act, "recording.hold", one, reason=reason)
    return one


def release(database: Database, actor: Actor, recording_id: RecordingId, reason: str) -> Recording:
    """The recording is evidence no longer: from here the rule counts. A leader's act."""
    require(actor, Right.CHECK_CALLS)
    reason = checked_reason(reason)
    with database.act(actor) as act:
        one = recording(act.connection, recording_id)
        if one.hold is None:
            raise Refused("videowall.not_held", number=one.camera_number)
        was = one.hold
        one = replace(one, hold=None)
        store.put(act.connection, one)
        _note(act, "recording.release", one, reason=reason, held_by=was.by, held_for=was.reason)
    return one


def play(database: Database, actor: Actor, recording_id: RecordingId, reason: str) -> Recording:
    """The look at one recording is logged with its reason, and its file is there to be played."""
    return play_together(database, actor, [recording_id], reason)[0]


def play_together(
    database: Database, actor: Actor, recording_ids: Sequence[RecordingId], reason: str
) -> list[Recording]:
    """The look at up to four recordings is logged with its reason, and their files are there."""
    require(actor, Right.TAKE_CALLS)
    reason = checked_reason(reason)
    wanted = list(dict.fromkeys(recording_ids))
    if not 1 <= len(wanted) <= MOST_TOGETHER:
        raise Refused("videowall.too_many_together", most=MOST_TOGETHER)
    with database.read() as connection:
        found = [recording(connection, one) for one in wanted]
    for one in found:
        require_file(database, one)
    how = LookedAs.PLAY if len(found) == 1 else LookedAs.TOGETHER
    with database.act(actor) as act:
        note_looks(act, found, how, reason)
    return found


def note_looks(act: Act, found: Sequence[Recording], how: LookedAs, reason: str) -> None:
    """The looks stand in the list of looks and in the trail."""
    store.add_looks(
        act.connection, [Looked(one.id, act.at, str(act.actor), how, reason) for one in found]
    )
    for one in found:
        _note(act, "recording.look", one, how=str(how), reason=reason)


def require_file(database: Database, one: Recording) -> Path:
    """The file of a kept recording, whole in length. Refused where there is none."""
    if one.state is not RecordingState.KEPT:
        raise Refused("videowall.nothing_kept", number=one.camera_number)
    file = file_of(database, one)
    try:
        size = file.stat().st_size
    except OSError as failed:
        raise Refused("videowall.file_gone", number=one.camera_number) from failed
    if size != one.size:
        raise Refused("videowall.file_altered", number=one.camera_number)
    return file


def sweep(database: Database, now: datetime) -> int:
    """What has come to the end of its term is removed, unless held; returns how many.

    The row goes on saying that there was one. What is kept without its file is said to be missing.
    """
    with database.read() as connection:
        keeping = rule(connection, now)
    _look_for_missing(database)
    count = 0
    while removed := _remove_due(database, keeping, now):
        for one in removed:
            _unlink(file_of(database, one))
        count += len(removed)
    _clear_removed(database)
    return count


def _remove_due(database: Database, keeping: KeepingRule, now: datetime) -> list[Recording]:
    before = now - timedelta(days=min(keeping.keep_days, keeping.call_days))
    with database.read() as connection:
        if not _due(connection, keeping, (before, now)):
            return []  # no act where nothing is due
    with database.act(SYSTEM) as act:
        due = _due(act.connection, keeping, (before, now))
        for one in due:
            gone = replace(one, state=RecordingState.REMOVED, removed_at=act.at)
            store.put(act.connection, gone)
            _note(act, "recording.removed", gone, sha256=one.sha256, call=one.call_id)
    return due


def _due(
    connection: sa.Connection, keeping: KeepingRule, times: tuple[datetime, datetime]
) -> list[Recording]:
    """At most so many recordings whose term has ended; those with a longer one do not hide them."""
    found: list[Recording] = []
    after: Recording | None = None
    while bite := store.kept_before(connection, times[0], AT_ONCE, after):
        found += [one for one in bite if (end := keeping.due_at(one)) and end <= times[1]]
        if len(found) >= AT_ONCE or len(bite) < AT_ONCE:
            break
        after = bite[-1]
    return found[:AT_ONCE]


def _look_for_missing(database: Database) -> None:
    """A kept recording without its file says so, and one whose file came back (a restore) too."""
    with database.read() as connection:
        known = store.in_states(connection, [RecordingState.KEPT, RecordingState.MISSING])
    turned: list[tuple[RecordingId, RecordingState]] = []
    for one in known:
        there = file_of(database, one).exists()
        state = RecordingState.KEPT if there else RecordingState.MISSING
        if state is not one.state:
            turned.append((one.id, state))
    if not turned:
        return
    with database.act(SYSTEM) as act:
        for recording_id, state in turned:
            one = replace(recording(act.connection, recording_id), state=state)
            store.put(act.connection, one)
            name = "recording.missing" if state is RecordingState.MISSING else "recording.found"
            _note(act, name, one, sha256=one.sha256)


def _clear_removed(database: Database) -> None:
    """A file whose removal was written and then interrupted is gone as well."""
    with database.read() as connection:
        for file in (database.path.parent / FOLDER).glob("*/*.mp4"):
            one = store.find(connection, RecordingId(file.stem))
            if one is not None and one.state is RecordingState.REMOVED:
                _unlink(file)


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as failed:
        log.warning("a recording at its term cannot be removed: %s", failed.strerror)


def _make(folder: Path) -> None:
    try:
        make_folder(folder, 0o700)
    except OSError as failed:
        raise Unavailable("file.unwritable", path=str(folder), told=told_why(failed)) from failed


def _note(act: Act, name: str, one: Recording, **detail: object) -> None:
    act.audit(name, "recording", one.id, camera=one.camera_number, **detail)
    act.announce(RecordingsChanged(one.id, one.call_id))
