"""The audit trail: each line carries the hash of the line before it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.canonical import sha256_hex
from console.core.clock import from_text, to_text
from console.core.tables import audit_trail

NO_HASH = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the trail: who did what to which entity, and when it was written."""

    seq: int
    at: datetime
    actor: str
    act: str
    entity: str
    entity_id: str
    detail: dict[str, Any]
    prev: str
    hash: str

    def computed_hash(self) -> str:
        """The hash that this line must carry."""
        return sha256_hex(
            {
                "seq": self.seq,
                "at": to_text(self.at),
                "actor": self.actor,
                "act": self.act,
                "entity": self.entity,
                "entity_id": self.entity_id,
                "detail": self.detail,
                "prev": self.prev,
            }
        )


@dataclass(frozen=True, slots=True)
class AuditFault:
    """The first bad record of a trail and what is wrong with it: gap, chain or hash."""

    seq: int
    fault: str


@dataclass(frozen=True, slots=True)
class Break:
    """Lines ``first`` to ``last`` were lost with damaged pages; line ``told_by`` says so."""

    first: int
    last: int
    told_by: int
    at: datetime


End = tuple[int, str]  # the number of a trail's last line, and its hash
SALVAGED = "store.salvaged"  # the act whose line names the breaks that a salvage left

# Built once: to build a statement costs more than to run it.
_LAST = sa.select(audit_trail.c.seq, audit_trail.c.hash).order_by(audit_trail.c.seq.desc()).limit(1)
_INSERT = audit_trail.insert()


def append(
    connection: sa.Connection,
    at: datetime,
    actor: str,
    act: str,
    entity: str,
    entity_id: str,
    detail: dict[str, Any],
    least: int = 1,
    last: End | None = None,
) -> End:
    """One more line stands at the end of the trail; returns its number, which is ``least`` or more,
    and its hash. ``last``: the end before, where the same transaction has written it.

    Only a salvage leaves numbers out: those of lines that it knows to be lost.
    """
    row = last or connection.execute(_LAST).first() or (0, NO_HASH)
    seq, prev = max(row[0] + 1, least), row[1]
    line = AuditLine(seq, at, actor, act, entity, entity_id, detail, prev, "")
    end = (seq, line.computed_hash())
    connection.execute(
        _INSERT,
        {
            "seq": seq,
            "at": at,
            "actor": actor,
            "act": act,
            "entity": entity,
            "entity_id": entity_id,
            "detail": detail,
            "prev": prev,
            "hash": end[1],
        },
    )
    return end


def lines(connection: sa.Connection, after: int = 0) -> Iterator[AuditLine]:
    """The trail in order, from the line after number ``after``."""
    rows = connection.execution_options(yield_per=1000).execute(
        sa.select(audit_trail).where(audit_trail.c.seq > after).order_by(audit_trail.c.seq)
    )
    for row in rows:
        yield AuditLine(*row)


def last(connection: sa.Connection) -> AuditLine | None:
    """The line at the end of the trail."""
    row = connection.execute(
        sa.select(audit_trail).order_by(audit_trail.c.seq.desc()).limit(1)
    ).first()
    return None if row is None else AuditLine(*row)


def breaks(connection: sa.Connection) -> list[Break]:
    """The breaks that salvages left and named, in order of their lines."""
    told = connection.execute(
        sa.select(audit_trail).where(audit_trail.c.act == SALVAGED).order_by(audit_trail.c.seq)
    )
    found = [
        Break(int(first), int(last_), line.seq, line.at)
        for line in (AuditLine(*row) for row in told)
        for first, last_ in line.detail.get("breaks", [])
        if last_ < line.seq
    ]
    return sorted(found, key=lambda one: one.first)


def first_fault(connection: sa.Connection) -> AuditFault | None:
    """The first record that breaks the chain; None when every line holds.

    Lines that a salvage has named as lost are no fault here: ``breaks`` tells them.
    """
    # Read as plain text: a line that was tampered with may not even be JSON any more.
    plain = [sa.type_coerce(c, sa.Integer if c.name == "seq" else sa.Text) for c in audit_trail.c]
    rows = connection.execution_options(yield_per=1000).execute(
        sa.select(*plain).order_by(audit_trail.c.seq)
    )
    seq, prev = 0, NO_HASH
    for row in rows:
        seq += 1
        if row[0] != seq:
            if not _told(connection, seq, row[0] - 1):
                return AuditFault(seq, "gap")
            seq, prev = row[0], row[7]
        try:
            line = replace(AuditLine(*row), at=from_text(row[1]), detail=json.loads(row[6]))
            computed = line.computed_hash()
        except (ValueError, TypeError):
            return AuditFault(seq, "unreadable")
        if line.prev != prev:
            return AuditFault(seq, "chain")
        if computed != line.hash:
            return AuditFault(seq, "hash")
        prev = line.hash
    return None


def _told(connection: sa.Connection, first: int, last_: int) -> bool:
    try:
        return any((one.first, one.last) == (first, last_) for one in breaks(connection))
    except (ValueError, TypeError, AttributeError):
        return False  # a line that was tampered with declares nothing
