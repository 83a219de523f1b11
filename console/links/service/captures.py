"""The recordings that lie in the data folder: which there are, of which link, how long."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from console.links.service.recorder import FOLDER
from drivers.transport import capture

MOST = 200
_NAME = re.compile(r"(?P<link>.{1,60})-(?P<stamp>\d{8}T\d{12})\.capture")
_HEAD_CHARS = 200


@dataclass(frozen=True, slots=True)
class Capture:
    """One recording. ``link`` is the name of its link, or its id where that is no more."""

    file: Path
    link: str
    family: str
    began_at: datetime | None
    size: int


def captures(data: Path, names: Mapping[str, str]) -> list[Capture]:
    """The recordings of this data folder, the newest first. ``names``: link id → name."""
    found = [one for file in (data / FOLDER).glob("*.capture") if (one := look(file, names))]
    floor = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: one.began_at or floor, reverse=True)[:MOST]


def look(file: Path, names: Mapping[str, str]) -> Capture | None:
    """What is known of this file; None where it is no recording or cannot be read."""
    try:
        with file.open("r", encoding="ascii", errors="replace") as lines:
            head = lines.readline(_HEAD_CHARS)
        size = file.stat().st_size
    except (OSError, ValueError):
        return None
    if not head.startswith(capture.HEADER):
        return None
    family = head.partition("family=")[2].strip()[:16]
    parts = _NAME.fullmatch(file.name)
    if parts is None:
        return Capture(file, file.name, family, None, size)
    link = parts["link"]
    return Capture(file, names.get(link, link), family, _moment(parts["stamp"]), size)


def _moment(stamp: str) -> datetime | None:
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)
    except ValueError:
        return None
