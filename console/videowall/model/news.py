"""What the player tells of its own accord: recordings, single pictures, what pictures look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from console.videowall.model.picture import Verdict


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recording stands whole in ``file``.

    ``cause`` tells why it ended by itself: ``hidden`` (the tile shows it no longer), ``changed``
    (the camera sends another size or coding), ``stopped``; empty when it was told to end.
    """

    recording_id: str
    file: Path
    began_at: datetime
    ended_at: datetime
    packets: int
    bytes: int
    cause: str = ""


@dataclass(frozen=True, slots=True)
class RecordFailed:
    """Nothing more is written; what the file holds until then can be played.

    ``cause``: ``disk_full``, ``cannot_write``, ``no_picture``, ``coding`` (no MP4 carries it),
    ``slow_disk`` or ``player_lost``.
    """

    recording_id: str
    cause: str


@dataclass(frozen=True, slots=True)
class Judged:
    """The camera's pictures look so from now on; told at the first look and at every change."""

    camera_id: str
    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Snapped:
    """The picture that stood on the tile is in ``file``; ``cause`` says why it is not."""

    tile: str
    file: Path
    cause: str = ""


WallNews: TypeAlias = Recorded | RecordFailed | Judged | Snapped
