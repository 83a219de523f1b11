"""Who may know whom: the contracts hold, and each is proven by a planted violation."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Planted:
    """A line that must not stand in this file, and the contract that must say so."""

    file: str
    line: str
    contract: str


QUICK = Planted(
    "console/core/ids.py", "import console.people.model", "who may know whom in the console"
)
OTHERS = [
    Planted("console/settings.py", "import console.core.ids", QUICK.contract),
    Planted("console/people/model.py", "import console.roster", QUICK.contract),
    Planted("console/links/__init__.py", "import console.sync", QUICK.contract),
    Planted("console/shell/__init__.py", "import console.drill", QUICK.contract),
    Planted("console/people/model.py", "import console.people.service", "doors inside a room"),
    Planted("console/people/store.py", "import console.people.service", "doors inside a room"),
    Planted(
        "drivers/__init__.py", "import console.core.ids", "drivers know nothing of the console"
    ),
    Planted("drivers/errors.py", "import drivers.contract", "the order of the drivers"),
    Planted("console/core/ids.py", "import PySide6.QtCore", "Qt only where a person looks"),
    Planted(
        "console/people/service/officers.py",
        "import PySide6.QtCore",
        "Qt only where a person looks",
    ),
    Planted("drivers/__init__.py", "import PySide6.QtCore", "Qt only where a person looks"),
    Planted("console/people/model.py", "import sqlalchemy", "SQLAlchemy only where rows are"),
    Planted("console/ui/__init__.py", "import sqlalchemy", "SQLAlchemy only where rows are"),
    Planted("console/drill/play.py", "import sqlalchemy", "SQLAlchemy only where rows are"),
    Planted("console/wiring.py", "import drivers.contract", "drivers are opened by links alone"),
    Planted(
        "console/drill/city/city.py",
        "import console.core.canonical",
        "the reference city shares no code with the console",
    ),
    Planted(
        "console/drill/city/envelope.py",
        "import console.sync.model",
        "the reference city shares no code with the console",
    ),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program's source, to plant violations in."""
    left_out = shutil.ignore_patterns("__pycache__")
    for name in ("console", "drivers"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for module in (
        *named_modules(),
        "drivers.errors",
        "drivers.contract",
    ):  # a room that is still to be built is an empty one
        place = tmp_path / module.replace(".", "/")
        if not place.is_dir() and not place.with_suffix(".py").exists():
            place.with_suffix(".py").write_text('"""Still to be built."""\n')
    return tmp_path


def named_modules() -> list[str]:
    """Every module of ours that a contract names outright."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    found: list[str] = []
    for contract in contracts["contracts"]:
        found += contract.get("source_modules", [])
        for layer in contract.get("layers", []):
            names = [name.strip() for name in layer.split("|")]
            found += [
                f"{container}.{name}"
                for container in contract["containers"]
                for name in names
                if not name.startswith("(")
            ]
    return found


def judged(tree: Path) -> tuple[int, str]:
    """What import-linter says of this tree."""
    code = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    told = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PATH": "/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    return told.returncode, told.stdout + told.stderr


def plant(tree: Path, planted: Planted) -> None:
    place = tree / planted.file
    place.write_text(place.read_text("utf-8") + f"\n{planted.line}  # planted\n", "utf-8")


def test_the_contracts_hold(tree: Path) -> None:
    code, told = judged(tree)
    assert code == 0, told
    assert " 0 broken" in told


def broken(told: str) -> set[str]:
    return {line.partition(" BROKEN")[0].strip() for line in told.splitlines() if " BROKEN" in line}


def test_a_planted_violation_is_found(tree: Path) -> None:
    plant(tree, QUICK)
    code, told = judged(tree)
    assert code == 1
    assert broken(told) == {QUICK.contract}, told


@pytest.mark.parametrize("planted", OTHERS, ids=lambda p: f"{p.file}: {p.line}")
def test_each_contract_finds_its_violation(tree: Path, planted: Planted) -> None:
    plant(tree, planted)
    code, told = judged(tree)
    assert code == 1
    assert planted.contract in broken(told), told
