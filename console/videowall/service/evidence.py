"""Recordings given out: a folder with the films, what they are, and sums to check them by."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.whole_file import sync
from console.core.words import why as told_why
from console.people.model import Right, require
from console.videowall.model import LookedAs, Moment, Recording, RecordingId, checked_reason
from console.videowall.service import recordings as acts
from console.videowall.service.film import PIECE, sum_of

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
MOST = 200


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What is given out, into a new folder inside ``folder``, and why.

    ``timeline`` is what the call's log says, where the films belong to one call.
    """

    recordings: tuple[RecordingId, ...]
    folder: Path
    reason: str
    timeline: tuple[Moment, ...] = ()


def export(database: Database, actor: Actor, order: ExportOrder) -> Path:
    """The films stand in a new folder with a manifest and their sums. A leader's act, logged.

    Each film is checked against the sum that was kept when it was recorded: Refused, and nothing
    given out, where one differs. Films are given out as they were recorded, without masks.
    """
    require(actor, Right.CHECK_CALLS)
    reason = checked_reason(order.reason)
    wanted = list(dict.fromkeys(order.recordings))
    if not 1 <= len(wanted) <= MOST:
        raise Refused("videowall.bad_export", most=MOST)
    with database.read() as connection:
        found = [acts.recording(connection, one) for one in wanted]
    files = [acts.require_file(database, one) for one in found]
    at = database.clock.now()
    place = _place(order.folder, at)
    part = place.with_name(f".{place.name}.part")
    try:
        _require_room(order.folder, found)
        part.mkdir(mode=0o700)
        names = [
            _copied(one, file, part, n)
            for n, (one, file) in enumerate(zip(found, files, strict=True), 1)
        ]
        head = {
            "post": database.post,
            "exported_at": to_text(at),
            "exported_by": str(actor),
            "reason": reason,
            "masks": "none: the films are the originals",
        }
        told = manifest(head, list(zip(found, names, strict=True)), order.timeline)
        _write(part / MANIFEST, told)
        sums = [f"{one.sha256}  {name}" for one, name in zip(found, names, strict=True)]
        sums.append(f"{hashlib.sha256(told).hexdigest()}  {MANIFEST}")
        _write(part / SUMS, ("\n".join(sums) + "\n").encode())
        _log(database, actor, found, (reason, place.name, hashlib.sha256(told).hexdigest()))
        part.replace(place)  # nobody has them before the log says so
        sync(place.parent)
    except OSError as failed:
        raise Unavailable("file.unwritable", path=str(place), told=told_why(failed)) from failed
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return place


def manifest(
    head: dict[str, Any], films: Sequence[tuple[Recording, str]], timeline: Sequence[Moment]
) -> bytes:
    """What the folder holds, as JSON: who, when, why, each film, and the call's timeline."""
    body = head | {
        "films": [
            {
                "file": name,
                "recording": one.id,
                "camera": {
                    "id": one.camera_id,
                    "number": one.camera_number,
                    "name": one.camera_name,
                },
                "began_at": one.began_at and to_text(one.began_at),
                "ended_at": one.ended_at and to_text(one.ended_at),
                "bytes": one.size,
                "sha256": one.sha256,
                "why": str(one.why),
                "call": one.call_id,
                "asked_at": to_text(one.asked_at),
                "asked_by": one.asked_by,
                "cut": one.cut and str(one.cut),
                "held": one.hold is not None,
            }
            for one, name in films
        ],
        "timeline": [{"at": to_text(line.at), "words": line.words} for line in timeline],
    }
    return (json.dumps(body, ensure_ascii=False, indent=2) + "\n").encode()


def require_unaltered(database: Database, one: Recording) -> None:
    """The film has the sum that was kept when it was recorded. Refused where it differs."""
    if sum_of(acts.require_file(database, one))[1] != one.sha256:
        raise Refused("videowall.file_altered", number=one.camera_number)


def _place(folder: Path, at: datetime) -> Path:
    if not folder.is_dir():
        raise Refused("videowall.no_folder", field="folder", path=str(folder))
    name = f"recordings-{at.astimezone():%Y%m%d-%H%M%S}"
    number = 1
    while (place := folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return place


def _require_room(folder: Path, found: Sequence[Recording]) -> None:
    needed = sum(one.size or 0 for one in found) + (1 << 20)
    if shutil.disk_usage(folder).free < needed:
        raise Refused("videowall.no_room", megabytes=-(-needed // 1_000_000))


def _copied(one: Recording, file: Path, part: Path, number: int) -> str:
    """The film's copy stands on the disk; its name. Refused when it is not what was recorded."""
    camera = re.sub(r"[^A-Za-z0-9-]+", "-", one.camera_number).strip("-") or "camera"
    began = one.began_at or one.asked_at
    name = f"{number:02d}_{camera}_{began.astimezone():%Y%m%d-%H%M%S}.mp4"
    told = hashlib.sha256()
    with file.open("rb") as came, (part / name).open("xb") as out:
        while piece := came.read(PIECE):
            told.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if told.hexdigest() != one.sha256:
        raise Refused("videowall.file_altered", number=one.camera_number)
    return name


def _write(file: Path, data: bytes) -> None:
    with file.open("xb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def _log(
    database: Database, actor: Actor, found: Sequence[Recording], told: tuple[str, str, str]
) -> None:
    with database.act(actor) as act:
        acts.note_looks(act, found, LookedAs.EXPORT, told[0])
        act.audit(
            "recording.export", "recording", found[0].id, reason=told[0], folder=told[1],
            manifest_sha256=told[2], recordings=[one.id for one in found],
        )  # fmt: skip
