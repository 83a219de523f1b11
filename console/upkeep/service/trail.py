"""The audit trail looked at, verified and taken out; each by right."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

import sqlalchemy as sa

from console.core import audit
from console.core.actor import Actor
from console.core.audit import AuditFault, AuditLine
from console.core.canonical import canonical
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.words import Words
from console.people.model import Right, require
from console.upkeep import store
from console.upkeep.model import TrailFilter

FAULTS = {
    "gap": Words("缺少记录", "a record is missing"),
    "chain": Words("与前一条不相接", "it does not follow the one before"),
    "hash": Words("内容被改动", "its content was changed"),
    "unreadable": Words("内容无法读懂", "its content cannot be read"),
}
ENDINGS = (".csv", ".jsonl")
_FIELDS = ("seq", "at", "actor", "act", "entity", "entity_id", "detail", "prev", "hash")
# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def open_trail(database: Database, actor: Actor) -> None:
    """The trail says that this actor looks at it. Refused without the right."""
    require(actor, Right.READ_AUDIT)
    with database.act(actor) as act:
        act.audit("audit.opened", "audit", database.post)


def trail_page(
    connection: sa.Connection,
    actor: Actor,
    wanted: TrailFilter,
    after: AuditLine | None,
    limit: int,
) -> Sequence[AuditLine]:
    """The lines older than line ``after`` (the newest, when None), newest first. By right."""
    require(actor, Right.READ_AUDIT)
    return store.newest(connection, wanted, after.seq if after else None, limit)


def verify_trail(connection: sa.Connection, actor: Actor) -> AuditLine | None:
    """Every line holds; returns the last one. Refused at the first bad one, and without the right.

    Refused too, in other words, where lines were lost and a salvage has named them.
    """
    require(actor, Right.READ_AUDIT)
    fault = audit.first_fault(connection)
    if fault is not None:
        raise broken(fault)
    known = audit.breaks(connection)
    if known:
        first = known[0]
        raise Refused(
            "audit.known_break",
            first=first.first,
            last=first.last,
            count=len(known),
            seq=first.told_by,
            at=f"{first.at.astimezone():%Y-%m-%d %H:%M}",
        )
    return audit.last(connection)


def export_trail(database: Database, actor: Actor, file: Path) -> int:
    """The trail stands in a new file, CSV or JSON lines by its ending; returns the number of lines.

    Refused without the right, over an existing file, and for a broken trail: what is there is
    written all the same, for it is evidence, unless it cannot be read.
    """
    require(actor, Right.READ_AUDIT)
    write = {".csv": _csv, ".jsonl": _jsonl}.get(file.suffix.lower())
    if write is None:
        raise Refused("audit.export_ending", path=str(file))
    with database.read() as connection:
        fault = audit.first_fault(connection)
    if fault is not None and fault.fault == "unreadable":
        raise broken(fault)
    try:
        with file.open("x", encoding="utf-8", newline="") as out, database.read() as connection:
            count = write(audit.lines(connection), out)
    except FileExistsError as there:
        raise Refused("audit.export_there", path=str(file)) from there
    except OSError as failed:
        file.unlink(missing_ok=True)  # half a trail would look like a whole one
        told = failed.strerror or str(failed)
        raise Unavailable("audit.export_failed", path=str(file), told=told) from failed
    with database.act(actor) as act:
        act.audit("audit.exported", "audit", file.name, records=count)
    if fault is not None:
        raise broken(fault)
    return count


def broken(fault: AuditFault) -> Refused:
    """The refusal that names this bad record."""
    return Refused("audit.bad_record", seq=fault.seq, fault=FAULTS[fault.fault])


def _csv(lines: Iterable[AuditLine], out: TextIO) -> int:
    out.write("\ufeff")  # without it, spreadsheets misread Chinese
    writer = csv.writer(out)
    writer.writerow(_FIELDS)
    count = 0
    for line in lines:
        writer.writerow([_quoted(value) for value in _values(line).values()])
        count += 1
    return count


def _jsonl(lines: Iterable[AuditLine], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(json.dumps(_values(line), ensure_ascii=False) + "\n")
        count += 1
    return count


def _values(line: AuditLine) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(line, name) for name in _FIELDS}
    return values | {"at": to_text(line.at)}


def _quoted(value: object) -> object:
    if isinstance(value, dict):
        return canonical(value).decode("utf-8")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
