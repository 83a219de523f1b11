"""``restore --recovery-key``: a machine without the key, four lines from paper, a wrong one named."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from console.cli.parser import main
from console.core import backup
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import key_folder, read_key
from console.core.recovery_key import code_text, key_lines
from tests.conftest import HandClock

Said = pytest.CaptureFixture[str]


class Paper:
    """A backup, the paper, and a machine that has neither data nor key."""

    def __init__(self, database: Database, tmp_path: Path) -> None:
        with database.act(SYSTEM) as act:
            act.audit("post.set_up", "post", "post-test")
        self.file = tmp_path / "post.backup"
        backup.write(database, SYSTEM, self.file)
        self.key, self.epoch = database.key, database.epoch
        self.lines = list(key_lines(database.key))
        self.data = tmp_path / "new machine"
        shutil.rmtree(key_folder())

    def restore(self, monkeypatch: pytest.MonkeyPatch, typed: str, *more: str) -> int:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        data = ["--data", str(self.data), "--lang", "en"]
        return main(["restore", str(self.file), "--recovery-key", *more, *data])


@pytest.fixture
def paper(database: Database, tmp_path: Path) -> Paper:
    return Paper(database, tmp_path)


def test_recovered_on_a_machine_without_the_key(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: Said, clock: HandClock
) -> None:
    assert main(["restore", str(paper.file), "--data", str(paper.data), "--lang", "en"]) == 1
    assert "There is no key" in capsys.readouterr().err
    assert paper.restore(monkeypatch, "\n".join(paper.lines).lower() + "\n") == 0
    told = capsys.readouterr()
    assert "restored into" in told.out
    assert "Recovery key, line 4:" in told.err
    for line in paper.lines:
        assert line[:9] not in told.out + told.err
    assert read_key(paper.data) == paper.key
    (place,) = key_folder().glob("*.key")
    assert place.stat().st_mode & 0o777 == 0o600
    store = Database(paper.data, read_key(paper.data), clock, EventBus())
    store.start()
    try:
        assert store.post == "post-test"
        assert store.epoch != paper.epoch  # the city hears of a new life
    finally:
        store.stop()


def test_a_drill_with_the_paper_leaves_nothing(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    assert paper.restore(monkeypatch, code_text(paper.lines) + "\n", "--drill") == 0
    assert "restore drill passed" in capsys.readouterr().out
    assert not paper.data.exists()
    assert not key_folder().exists()


@pytest.mark.parametrize(
    ("line", "change", "expected"),
    [
        (0, lambda text: text[:-1] + ("3" if text[-1] != "3" else "4"), "Line 1 of the recovery"),
        (1, lambda text: text[:-1], "Line 2 of the recovery key has 15 signs"),
        (2, lambda text: "O" + text[1:], "“O” is not used"),
        (3, lambda _text: "", "A recovery key has 4 lines, here are 3"),
    ],
)
def test_a_wrong_line_is_named(
    paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Said,
    line: int,
    change: object,
    expected: str,
) -> None:
    assert callable(change)
    paper.lines[line] = change(paper.lines[line])
    assert paper.restore(monkeypatch, "\n".join(paper.lines) + "\n") == 1
    told = capsys.readouterr()
    assert expected in told.err.splitlines()[-1]
    assert told.out == ""
    assert not paper.data.exists()
    assert not key_folder().exists()


def test_at_a_terminal_a_wrong_line_is_asked_for_again(
    paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    first, second, third, fourth = paper.lines
    typed = Terminal("\n".join([first, third, second, third, fourth]) + "\n")
    monkeypatch.setattr("sys.stdin", typed)
    command = ["restore", str(paper.file), "--recovery-key", "--data", str(paper.data)]
    assert main([*command, "--lang", "en"]) == 0
    told = capsys.readouterr().err
    assert "it reads as line 3" in told
    assert told.count("Recovery key, line 2:") == 2


def test_a_key_of_another_post(paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    other = "\n".join(key_lines(bytes(range(32)))) + "\n"
    assert paper.restore(monkeypatch, other) == 1
    assert "Each line of the recovery key is right, but" in capsys.readouterr().err
    assert not paper.data.exists()


def test_not_together_with_a_key_file(paper: Paper, capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["restore", str(paper.file), "--recovery-key", "--key", "x.key"])
    assert ended.value.code == 2
