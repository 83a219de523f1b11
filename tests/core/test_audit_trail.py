"""The trail: each way of tampering is found at its first bad record."""

from __future__ import annotations

import hashlib
import json

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.audit import AuditFault
from console.core.database import Database


@pytest.fixture
def trail(database: Database, officer: Actor) -> Database:
    for n in range(1, 11):
        with database.act(officer) as act:
            act.audit("call.signed", "call", f"call-{n}", note="红旗广场", n=n)
    return database


def fault(database: Database) -> AuditFault | None:
    with database.read() as connection:
        return audit.first_fault(connection)


def test_an_untouched_trail_holds(trail: Database) -> None:
    assert fault(trail) is None
    with trail.read() as connection:
        assert [line.seq for line in audit.lines(connection, after=7)] == [8, 9, 10]
        last = audit.last(connection)
    assert last is not None
    assert (last.seq, last.actor, last.detail) == (
        10,
        "officer:0123",
        {"note": "红旗广场", "n": 10},
    )


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("UPDATE audit_trail SET actor = 'officer:9999' WHERE seq = 4", AuditFault(4, "hash")),
        ("UPDATE audit_trail SET act = 'call.closed' WHERE seq = 5", AuditFault(5, "hash")),
        (
            "UPDATE audit_trail SET at = '2026-11-21T11:00:00.000Z' WHERE seq = 6",
            AuditFault(6, "hash"),
        ),
        ("UPDATE audit_trail SET detail = '{\"n\":3}' WHERE seq = 3", AuditFault(3, "hash")),
        ("UPDATE audit_trail SET detail = 'no json' WHERE seq = 3", AuditFault(3, "unreadable")),
        ("UPDATE audit_trail SET at = 'yesterday' WHERE seq = 2", AuditFault(2, "unreadable")),
        ("UPDATE audit_trail SET entity_id = 'x' WHERE seq = 10", AuditFault(10, "hash")),
        ("UPDATE audit_trail SET hash = prev WHERE seq = 7", AuditFault(7, "hash")),
        ("UPDATE audit_trail SET prev = hash WHERE seq = 8", AuditFault(8, "chain")),
        ("DELETE FROM audit_trail WHERE seq = 1", AuditFault(1, "gap")),
        ("DELETE FROM audit_trail WHERE seq = 6", AuditFault(6, "gap")),
        ("UPDATE audit_trail SET seq = 99 WHERE seq = 10", AuditFault(10, "gap")),
    ],
)
def test_tampering_is_found(trail: Database, sql: str, expected: AuditFault) -> None:
    with trail.engine.begin() as connection:
        connection.exec_driver_sql(sql)
    assert fault(trail) == expected


def test_a_line_that_was_hashed_again_breaks_the_next(trail: Database) -> None:
    """Who changes a line and its hash must change every line after it."""
    with trail.read() as connection:
        line = list(audit.lines(connection))[4]
    forged = {
        "seq": 5, "at": "2026-11-21T10:00:00.000Z", "actor": "officer:9999", "act": line.act,
        "entity": "call", "entity_id": "call-5", "detail": line.detail, "prev": line.prev,
    }  # fmt: skip
    text = json.dumps(forged, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with trail.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE audit_trail SET actor = 'officer:9999', hash = ? WHERE seq = 5",
            (hashlib.sha256(text.encode()).hexdigest(),),
        )
    assert fault(trail) == AuditFault(6, "chain")
