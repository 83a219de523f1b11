"""The lock: every direct dependency stands in it as pinned, every line carries hashes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def locked(name: str) -> dict[str, str]:
    """Package → version of a lock file, each with at least one hash."""
    found: dict[str, str] = {}
    text = (ROOT / "installer" / name).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        pin = re.match(r"([a-zA-Z0-9._-]+)==(\S+)\s+(.*)", line.strip())
        if pin is not None:
            assert "--hash=sha256:" in pin[3], line
            found[pin[1].lower().replace("_", "-")] = pin[2]
    return found


def pins(wanted: list[str]) -> dict[str, str]:
    """Package → version of pinned requirements."""
    pairs = (re.sub(r"\[.*?\]", "", one).split("==") for one in wanted)
    return {name.lower().replace("_", "-"): version for name, version in pairs}


def test_every_direct_dependency_is_locked_as_pinned() -> None:
    run = locked("lock.txt")
    assert pins(PROJECT["dependencies"]).items() <= run.items()


def test_the_tools_are_locked_beside_the_same_libraries() -> None:
    run, dev = locked("lock.txt"), locked("lock-dev.txt")
    assert pins(PROJECT["optional-dependencies"]["dev"]).items() <= dev.items()
    assert run.items() <= dev.items()


def test_no_lock_names_a_registry() -> None:
    for name in ("lock.txt", "lock-dev.txt"):
        assert "://" not in (ROOT / "installer" / name).read_text("utf-8")
