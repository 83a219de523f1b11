"""``post-console city`` from outside."""

from __future__ import annotations

import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from console.drill.city.authority import Credentials

ROOT = Path(__file__).resolve().parents[3]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "console", "city", *words]


@contextmanager
def serving(*words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    process = subprocess.Popen(
        command(*words), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=10)
        yield process, dict(word.split("=", 1) for word in shlex.split(line))
    finally:
        process.kill()
        process.communicate(timeout=10)


def as_city(told: dict[str, str]) -> Any:
    """The printed line, as what a post needs to know of a city."""
    mine = Credentials(*(Path(told[f"{n}_file"]) for n in ("ca", "certificate", "key")))
    authority = SimpleNamespace(ca_file=mine.ca_file)
    return SimpleNamespace(url=told["url"], certify=lambda _post: mine, authority=authority)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal(tmp_path: Path, post_of: Any, number: int) -> None:
    with serving("--port", "0", "--data", str(tmp_path)) as (process, told):
        post = post_of(as_city(told))
        assert told["post"] == post.name
        assert post.feed()["items"] == []
        process.send_signal(number)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, post_of: Any) -> None:
    with serving("--port", "0", "--data", str(tmp_path)) as (process, told):
        first = post_of(as_city(told))
        assert first.send([first.event() for _ in range(3)]).json()["ack_through"] == 3
        before = first.state()
        process.kill()
        process.wait(20)
    with serving("--port", "0", "--data", str(tmp_path)) as (_, told):
        again = post_of(as_city(told))
        again.epoch = first.epoch
        after = again.state()
    assert after["high_water"] == before["high_water"]
    assert after["server_epoch"] == before["server_epoch"]


def test_it_serves_from_postgresql(tmp_path: Path, cluster: Any) -> None:
    url = cluster.database()
    words = ("--port", "0", "--data", str(tmp_path), "--database", url, "--post", "post-3")
    with serving(*words) as (process, told):
        assert told["post"] == "post-3"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert not (tmp_path / "city.db").exists()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_port_in_use_is_one_plain_line(tmp_path: Path, language: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = ("--port", port, "--data", str(tmp_path), "--lang", language)
        ended = subprocess.run(
            command(*words), cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
        )
    assert ended.returncode == 1
    assert (ended.stdout, len(ended.stderr.splitlines())) == ("", 1)
    assert port in ended.stderr


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@/none?host=/nowhere", "nonsense", "mysql://x/y"]
)
def test_a_database_that_does_not_open_is_one_plain_line(tmp_path: Path, url: str) -> None:
    words = ("--port", "0", "--data", str(tmp_path), "--database", url)
    ended = subprocess.run(
        command(*words), cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert (ended.stdout, len(ended.stderr.splitlines())) == ("", 1)


def test_a_data_folder_that_cannot_be_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = ("--port", "0", "--data", str(tmp_path / "file"))
    ended = subprocess.run(
        command(*words), cwd=ROOT, check=False, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert (ended.stdout, len(ended.stderr.splitlines())) == ("", 1)


@pytest.mark.parametrize("words", [("--port", "x"), ("--port", "70000"), (), ("--post", "A B")])
def test_wrong_usage_is_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    ended = subprocess.run(
        command("--data", str(tmp_path), *words),
        cwd=ROOT,
        check=False,
        capture_output=True,
        timeout=60,
    )
    assert ended.returncode == 2
