"""What an event brings onto the wall: the post's rule, the cameras near its place, and a look back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.people.model import Right, require
from console.videowall import store
from console.videowall.model import (
    CameraId,
    LookedAs,
    PopUpRule,
    RecordingId,
    RecordingState,
    Rect,
    Sight,
    checked_reason,
    nearest,
)
from console.videowall.service.film import length_s
from console.videowall.service.recordings import file_of, masks_of, note_looks, recording

KIND = "pop_ups"


def pop_up_rule(connection: sa.Connection, now: datetime) -> PopUpRule:
    """For what cameras come up by themselves at this post, and how many."""
    return PopUpRule.of(reference.current(connection, KIND, now))


def sights_of(
    connection: sa.Connection, rule: PopUpRule, lat: float | None, lon: float | None, own: str = ""
) -> tuple[Sight, ...]:
    """The cameras that show this place, as the rule wants them; the event's ``own`` one first."""
    first = store.find(connection, CameraId(own)) if own else None
    found = [] if first is None else [Sight(first, 0.0, True)]
    if lat is not None and lon is not None:
        near = nearest(store.window(connection), lat, lon, rule.cameras + 1, rule.within_m)
        found += [one for one in near if first is None or one.camera.id != first.id]
    return tuple(found[: rule.cameras])


@dataclass(frozen=True, slots=True)
class LookBack:
    """A recording that still runs, as it can be played: ``before_s`` of it lie before it was asked
    for; ``mask`` are its camera's private zones."""

    file: Path
    before_s: float
    mask: tuple[Rect, ...]


def look_back(database: Database, actor: Actor, recording_id: RecordingId, reason: str) -> LookBack:
    """The look at what was recorded before the event is logged with its reason, and can be played
    while the recording goes on. Refused where nothing was seen before."""
    require(actor, Right.TAKE_CALLS)
    reason = checked_reason(reason)
    with database.read() as connection:
        one = recording(connection, recording_id)
    if one.state is not RecordingState.RUNNING:
        raise Refused("videowall.not_recording", number=one.camera_number)
    before = before_s(database, recording_id)
    if not before:
        raise Refused("videowall.nothing_before", number=one.camera_number)
    with database.act(actor) as act:
        note_looks(act, [one], LookedAs.PLAY, reason)
    return LookBack(file_of(database, one), before, masks_of(database, [one])[0])


def before_s(database: Database, recording_id: RecordingId) -> float | None:
    """How many seconds from before it was asked for the running recording holds; None: not known
    before its first whole second is written."""
    with database.read() as connection:
        one = recording(connection, recording_id)
    length = length_s(file_of(database, one))
    since = (database.clock.now() - one.asked_at).total_seconds()
    return max(0.0, length - since) if length > 0 else None
