"""A full disk: the act is refused in plain words, the old state stays, work goes on afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Runs on a file system of 2 MB of its own, mounted in a namespace that ends with the child.
_CHILD = """
import json, os, sys
from pathlib import Path
from console.core import audit
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.core.tables import draft

disk = Path(sys.argv[1])
database = Database(disk / "post", create_key(disk / "post"), SystemClock(), EventBus())
database.create("post-test")
database.start()
ballast = disk / "ballast"

def write(name, size):
    with database.act(SYSTEM) as act:
        act.audit("draft.kept", "draft", name)
        act.connection.execute(
            draft.insert().values(officer=name, form="f", body={"t": "x" * size}, written_at=act.at)
        )

def state():
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM draft").scalar()
        lines = connection.exec_driver_sql("SELECT count(*) FROM audit_trail").scalar()
        return rows, lines, audit.first_fault(connection) is None

write("before", 10)
out = os.open(ballast, os.O_WRONLY | os.O_CREAT)
try:
    while True:
        os.write(out, b"x" * 4096)
except OSError as full:
    told = {"errno": full.errno}
os.close(out)
codes, saved = [], 1
for n in range(200):
    try:
        write(f"n{n}", 4000)
        saved += 1
    except ConsoleError as failed:
        codes.append(failed.code)
        assert state() == (saved, saved, True), (state(), saved)
        if len(codes) == 5:
            break
told["codes"] = codes
ballast.unlink()
write("after", 100_000)
saved += 1
told["after"] = state() == (saved, saved, True)
database.stop()
database.start()
told["reopened"] = state() == (saved, saved, True)
database.stop()
print(json.dumps(told))
"""

_MAY_MOUNT = (
    sys.platform == "linux"
    and shutil.which("unshare") is not None
    and subprocess.run(
        ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"],
        capture_output=True,
        check=False,
    ).returncode
    == 0
)


@pytest.mark.skipif(not _MAY_MOUNT, reason="this machine does not let us mount a small disk")
def test_a_full_disk_loses_nothing_and_is_told(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    script = tmp_path / "child.py"
    script.write_text(_CHILD, "utf-8")
    command = (
        f"mount -t tmpfs -o size=2m tmpfs '{disk}' && exec '{sys.executable}' '{script}' '{disk}'"
    )
    root = Path(__file__).resolve().parents[2]
    child = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command],
        env={**os.environ, "PYTHONPATH": str(root), "POST_CONSOLE_KEYS": str(tmp_path / "keys")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    told = json.loads(child.stdout)
    assert told["errno"] == 28  # ENOSPC: the disk was really full
    assert told["codes"] == ["store.disk_full"] * 5
    assert told["after"]
    assert told["reopened"]
