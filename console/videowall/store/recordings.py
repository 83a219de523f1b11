"""The tables of recordings and of the looks at them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.ids import new_id
from console.core.tables import UtcTime, metadata
from console.videowall.model import (
    CameraId,
    Cut,
    Hold,
    Looked,
    LookedAs,
    Recording,
    RecordingId,
    RecordingState,
    Why,
)

recording = sa.Table(
    "recording",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("camera_id", sa.String(36), nullable=False),
    sa.Column("camera_number", sa.String(32), nullable=False),  # as it was called then
    sa.Column("camera_name", sa.Text, nullable=False),
    sa.Column("why", sa.String(16), nullable=False),
    sa.Column("call_id", sa.String(36), nullable=True),
    sa.Column("asked_at", UtcTime, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("began_at", UtcTime, nullable=True),
    sa.Column("ended_at", UtcTime, nullable=True),
    sa.Column("cut", sa.String(16), nullable=True),
    sa.Column("size", sa.BigInteger, nullable=True),
    sa.Column("sha256", sa.String(64), nullable=True),
    sa.Column("held_at", UtcTime, nullable=True),
    sa.Column("held_by", sa.Text, nullable=True),
    sa.Column("held_reason", sa.Text, nullable=True),
    sa.Column("removed_at", UtcTime, nullable=True),
    sa.Index("recording_asked", "asked_at", "id"),
    sa.Index("recording_call", "call_id", "asked_at"),
    sa.Index("recording_state", "state", "asked_at"),
)

recording_look = sa.Table(
    "recording_look",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("recording_id", sa.String(36), nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("how", sa.String(16), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("recording_look_of", "recording_id", "at"),
)


def put(connection: sa.Connection, one: Recording) -> None:
    """The recording stands in the store, new or changed."""
    values = {
        "camera_id": one.camera_id,
        "camera_number": one.camera_number,
        "camera_name": one.camera_name,
        "why": str(one.why),
        "call_id": one.call_id,
        "asked_at": one.asked_at,
        "asked_by": one.asked_by,
        "file": one.file,
        "state": str(one.state),
        "began_at": one.began_at,
        "ended_at": one.ended_at,
        "cut": None if one.cut is None else str(one.cut),
        "size": one.size,
        "sha256": one.sha256,
        "held_at": one.hold.at if one.hold else None,
        "held_by": one.hold.by if one.hold else None,
        "held_reason": one.hold.reason if one.hold else None,
        "removed_at": one.removed_at,
    }
    changed = connection.execute(
        recording.update().where(recording.c.id == one.id).values(**values)
    )
    if changed.rowcount == 0:
        connection.execute(recording.insert().values(id=one.id, **values))


def find(connection: sa.Connection, recording_id: RecordingId) -> Recording | None:
    """The recording of this id."""
    row = connection.execute(sa.select(recording).where(recording.c.id == recording_id)).first()
    return None if row is None else _recording(row)


def window(
    connection: sa.Connection,
    text: str = "",
    after: Recording | None = None,
    limit: int | None = None,
    call_id: str | None = None,
) -> list[Recording]:
    """Recordings, the newest first: those of a call, those whose camera's number or name holds
    ``text``, those that follow ``after``."""
    table = recording.c
    chosen = sa.select(recording).order_by(table.asked_at.desc(), table.id.desc())
    if call_id is not None:
        chosen = chosen.where(table.call_id == call_id)
    if text:
        holds = table.camera_number.icontains(text, autoescape=True)
        chosen = chosen.where(holds | table.camera_name.icontains(text, autoescape=True))
    if after is not None:
        here = sa.tuple_(table.asked_at, table.id)
        chosen = chosen.where(here < (after.asked_at, after.id))
    if limit is not None:
        chosen = chosen.limit(limit)
    return [_recording(row) for row in connection.execute(chosen)]


def in_states(
    connection: sa.Connection, states: Collection[RecordingState], camera_id: CameraId | None = None
) -> list[Recording]:
    """The recordings that stand so, of one camera or of all, the oldest first."""
    names = [str(state) for state in states]
    chosen = sa.select(recording).where(recording.c.state.in_(names))
    if camera_id is not None:
        chosen = chosen.where(recording.c.camera_id == camera_id)
    rows = connection.execute(chosen.order_by(recording.c.asked_at, recording.c.id))
    return [_recording(row) for row in rows]


def kept_before(
    connection: sa.Connection, before: datetime, limit: int, after: Recording | None = None
) -> list[Recording]:
    """Recordings that were kept, are not held, and were asked for before, the oldest first."""
    table = recording.c
    ended = [str(state) for state in (RecordingState.KEPT, RecordingState.MISSING)]
    chosen = sa.select(recording).where(table.state.in_(ended), table.held_at.is_(None))
    chosen = chosen.where(table.asked_at < before).order_by(table.asked_at, table.id).limit(limit)
    if after is not None:
        chosen = chosen.where(sa.tuple_(table.asked_at, table.id) > (after.asked_at, after.id))
    return [_recording(row) for row in connection.execute(chosen)]


def add_looks(connection: sa.Connection, looks: Sequence[Looked]) -> None:
    """The looks stand in the store."""
    rows = [
        {
            "id": new_id(),
            "recording_id": one.recording_id,
            "at": one.at,
            "by": one.by,
            "how": str(one.how),
            "reason": one.reason,
        }
        for one in looks
    ]
    if rows:
        connection.execute(recording_look.insert(), rows)


def looks(connection: sa.Connection, recording_id: RecordingId) -> list[Looked]:
    """Who looked at the recording, how and why, the newest first."""
    table = recording_look.c
    chosen = sa.select(recording_look).where(table.recording_id == recording_id)
    return [
        Looked(RecordingId(row.recording_id), row.at, row.by, LookedAs(row.how), row.reason)
        for row in connection.execute(chosen.order_by(table.at.desc(), table.id.desc()))
    ]


def _recording(row: sa.Row[Any]) -> Recording:
    hold = None if row.held_at is None else Hold(row.held_at, row.held_by, row.held_reason)
    return Recording(
        id=RecordingId(row.id),
        camera_id=CameraId(row.camera_id),
        camera_number=row.camera_number,
        camera_name=row.camera_name,
        why=Why(row.why),
        call_id=row.call_id,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        file=row.file,
        state=RecordingState(row.state),
        began_at=row.began_at,
        ended_at=row.ended_at,
        cut=None if row.cut is None else Cut(row.cut),
        size=row.size,
        sha256=row.sha256,
        hold=hold,
        removed_at=row.removed_at,
    )
