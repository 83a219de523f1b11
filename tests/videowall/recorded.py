"""A wall in the test's hand, and recordings made with it as the player makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.tables import audit_trail
from console.videowall import service
from console.videowall.model import CameraId, Picture, Recorded, Recording, RecordingId, Why
from console.videowall.service import recordings as acts
from console.videowall.service.recorder import Recorder
from tests.videowall.films import write_film

DUTY = Actor("officer", "0102", frozenset({"duty_officer"}))
TECHNICIAN = Actor("officer", "0105", frozenset({"technician"}))
NEVER_S = 3600.0


class HandWall:
    """A wall that shows what the test says and records when the test says so."""

    def __init__(self) -> None:
        self.shown: dict[str, Picture] = {}
        self.asked: dict[str, Path] = {}
        self.stopped: list[str] = []
        self.before_s = 0.0
        self.on_stop: Callable[[str], None] = lambda _: None

    def pictures(self) -> Mapping[str, Picture]:
        return dict(self.shown)

    def record(self, tile: str, recording_id: str, file: Path, before_s: float = 60.0) -> None:
        if tile not in self.shown:
            raise Refused("videowall.not_shown")
        self.asked[recording_id], self.before_s = file, before_s

    def stop_record(self, recording_id: str) -> None:
        self.stopped.append(recording_id)
        self.on_stop(recording_id)


def ids(database: Database) -> list[CameraId]:
    with database.read() as connection:
        return [one.id for one in service.cameras(connection)]


def kept(database: Database, recording_id: str) -> Recording:
    with database.read() as connection:
        return acts.recording(connection, RecordingId(recording_id))


def recorded(
    database: Database, recorder: Recorder, seconds: float = 2.0, call: str | None = None
) -> Recording:
    """A recording that was begun, written, ended and entered."""
    one = recorder.begin(DUTY, ids(database)[0], Why.CALL if call else Why.DEMAND, call)
    file = write_film(acts.file_of(database, one), seconds)
    recorder.end(DUTY, one.id)
    ended = one.asked_at + timedelta(seconds=seconds - 1)
    began = ended - timedelta(seconds=seconds)
    recorder.hear(Recorded(one.id, file, began, ended, 30, file.stat().st_size))
    recorder._turn()
    return kept(database, one.id)


def trail(database: Database) -> list[tuple[str, dict[str, object]]]:
    with database.read() as connection:
        rows = connection.execute(audit_trail.select().order_by(audit_trail.c.seq)).all()
        assert audit.first_fault(connection) is None
    return [(row.act, row.detail) for row in rows if row.act.startswith("recording.")]
