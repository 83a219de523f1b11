"""What the desk does not need is not brought before it stands: each library is a wait at the start."""

from __future__ import annotations

import subprocess
import sys

LATER = {"av", "jsonschema", "lxml", "numpy", "openpyxl", "psutil", "reportlab", "scipy", "vlc"}
LATER_ROOMS = {"alarms", "citizen", "inventory", "links", "patrol", "radio", "sync", "videowall"}


def test_the_desk_stands_without_the_libraries_of_other_rooms() -> None:
    code = "import sys, console.app.console, console.app.post; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    brought = set(done.stdout.split())
    assert "sqlalchemy" in brought
    assert not brought & LATER
    assert not brought & {f"console.{room}.service" for room in LATER_ROOMS}
