"""kill -9 amid acts: what was acknowledged is there, whole, and the next console goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa

from console.core import audit
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import read_key
from console.core.tables import audit_trail, draft, outbox
from tests.conftest import HandClock
from tests.core.test_outbox_chain import assert_whole

_CHILD = """
import sys
from pathlib import Path
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import read_key
from console.core.outbox import Lane
from console.core.tables import draft
folder = Path(sys.argv[1])
database = Database(folder, read_key(folder), SystemClock(), EventBus())
database.start()
n = int(sys.argv[2])
while True:
    with database.act(SYSTEM) as act:
        act.connection.execute(
            draft.insert().values(officer=str(n), form="f", body={"n": n}, written_at=act.at)
        )
        act.audit("draft.kept", "draft", str(n))
        act.tell_city(Lane(n % 4), "draft", str(n), "draft.kept", 1, {"n": n})
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
    n += 1
"""


def run_and_kill(folder: Path, first: int, acts: int) -> int:
    """A child acts from number ``first`` on and is killed; returns the last act it acknowledged."""
    root = Path(__file__).resolve().parents[2]
    rest: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder), str(first)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            for _ in range(acts):
                assert child.stdout.readline()
        finally:
            child.kill()
        rest = child.stdout.read().splitlines()
    whole = [line for line in rest if line.isdigit()]
    return int(whole[-1]) if whole else first + acts - 1


def cycles(database: Database, clock: HandClock, count: int) -> None:
    folder = database.path.parent
    database.stop()
    first = 1
    for cycle in range(count):
        acknowledged = run_and_kill(folder, first, 3 + cycle % 7)
        store = Database(folder, read_key(folder), clock, EventBus())
        store.start()
        try:
            with store.read() as connection:
                kept = connection.execute(
                    sa.select(sa.func.count()).select_from(draft)
                ).scalar_one()
                lines = connection.execute(
                    sa.select(sa.func.count()).select_from(audit_trail)
                ).scalar_one()
                told = connection.execute(
                    sa.select(sa.func.count()).select_from(outbox)
                ).scalar_one()
                assert audit.first_fault(connection) is None
                assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
            # Every acknowledged act is there; at most one more was committed but not yet told.
            assert acknowledged <= kept <= acknowledged + 1
            assert kept == lines == told == assert_whole(store, store.epoch)
        finally:
            store.stop()
        first = kept + 1


def test_nothing_acknowledged_is_lost_in_twenty_kills(database: Database, clock: HandClock) -> None:
    cycles(database, clock, 20)
