"""installer/setup on a machine of straw: an interpreter and a compiler that only say they were called."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# what setup needs of the system; dpkg-query is not among it, so no package is looked for
TOOLS = ("bash", "env", "cat", "cut", "chmod", "dirname", "mv", "rm", "sha256sum", "mkdir", "cp")
PYTHON = """#!/usr/bin/env bash
if [ "$1 $2" = "-m venv" ]; then
  echo "made .venv" >&2
  mkdir -p "$3/bin"
  cp "{own}/inner" "$3/bin/python"
  cp "{own}/compiler" "$3/bin/pyside6-lrelease"
  exit 0
fi
exec {real} "$@"
"""
INNER = """#!/usr/bin/env bash
if [ "$1 $2" = "-m pip" ]; then echo "pip" >&2; exit "${{PIP_STATUS:-0}}"; fi
if [ "$1 $2" = "-m console" ]; then echo "console in ${{PYTHONPATH%%:*}}: ${{*:3}}"; exit 0; fi
exec {real} "$@"
"""
COMPILER = """#!/usr/bin/env bash
echo words > "${@: -1}"
"""


class Machine:
    """A copy of the project's installer in a folder whose name has a blank."""

    def __init__(self, place: Path) -> None:
        self.root = place / "a b"
        self.tools = place / "tools"
        self.tools.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, tool
            (self.tools / tool).symlink_to(found)
        (self.tools / "python3").symlink_to(sys.executable)
        told = {"own": place, "real": sys.executable}
        for name, text in (("python", PYTHON), ("inner", INNER)):
            (place / name).write_text(text.format(**told))
        (place / "compiler").write_text(COMPILER)
        for name in ("python", "inner", "compiler"):
            (place / name).chmod(0o755)
        shutil.copytree(ROOT / "installer", self.root / "installer")
        (self.root / "resources/i18n").mkdir(parents=True)
        (self.root / "resources/i18n/x_zh_CN.ts").write_text("<TS/>")
        self.environment = {"PATH": str(self.tools), "PYTHON": str(place / "python")}

    def run(self, words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """One command in the folder, as the shell of this machine runs it."""
        return subprocess.run(
            ["bash", "-c", words],
            cwd=self.root,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_second_run_has_nothing_to_do(machine: Machine) -> None:
    first = machine.run("installer/setup")
    assert first.returncode == 0 and "made .venv" in first.stderr and "pip" in first.stderr
    assert (machine.root / "resources/i18n/zh_CN.qm").read_text() == "words\n"
    again = machine.run("installer/setup")
    assert again.returncode == 0
    assert "made .venv" not in again.stderr and "pip" not in again.stderr
    ran = machine.run("installer/run convert x")
    assert ran.stdout == f"console in {machine.root}: convert x\n"


def test_an_interpreter_that_is_gone_is_replaced(machine: Machine) -> None:
    assert machine.run("installer/setup").returncode == 0
    python = machine.root / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nonexistent/python3")
    mended = machine.run("installer/setup")
    assert mended.returncode == 0 and "made .venv" in mended.stderr


def test_libraries_that_fail_are_said_and_tried_again(machine: Machine) -> None:
    failed = machine.run("installer/setup", PIP_STATUS="1")
    assert failed.returncode == 1
    assert failed.stderr.splitlines()[-1].startswith("setup: the libraries could not be installed")
    assert machine.run("installer/setup").returncode == 0


def test_a_folder_that_was_moved_still_starts(machine: Machine) -> None:
    assert machine.run("installer/setup").returncode == 0
    moved = machine.root.with_name("c $d")
    machine.root.rename(moved)
    machine.root = moved
    ran = machine.run("installer/run convert x")
    assert (ran.returncode, ran.stdout) == (0, f"console in {moved}: convert x\n"), ran.stderr


def test_a_launcher_that_was_cut_short_is_written_again(machine: Machine) -> None:
    assert machine.run("installer/setup").returncode == 0
    (machine.root / ".venv/bin/post-console").write_text("")
    assert machine.run("installer/run ports").stdout == f"console in {machine.root}: ports\n"


def test_a_missing_compiler_is_one_plain_line(machine: Machine) -> None:
    compiler = machine.root / ".venv/bin/pyside6-lrelease"
    compiler.parent.mkdir(parents=True)
    told = machine.run("installer/translations")
    if Path(sys.executable).with_name("pyside6-lrelease").exists():
        compiler.write_text("#!/nonexistent/interpreter\n")
        compiler.chmod(0o755)
        (machine.root / "resources/i18n/zh_CN.qm").unlink(missing_ok=True)
        told = machine.run("installer/translations")
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1 and "cannot be compiled" in told.stderr
    assert not (machine.root / "resources/i18n/zh_CN.qm").exists()
