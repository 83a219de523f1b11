"""A console that cannot open says so in one plain line, in either language, and touches nothing."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from console.core.ownership import Ownership
from tests.stories.outside import Outside

WORDS = {"zh_CN": "密钥", "en": "key"}


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file of the data folder that holds something of the post."""
    return {
        file.name: file.read_bytes()
        for file in sorted(folder.iterdir())
        if file.is_file() and not file.name.startswith("console.lock")
    }


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("wrong", ["missing", "another", "no key at all"])
@pytest.mark.parametrize("verb", [(), ("audit", "verify")], ids=["console", "audit"])
def test_without_its_key_nothing_opens(
    outside: Outside,
    post: tuple[Path, str],
    tmp_path: Path,
    language: str,
    wrong: str,
    verb: tuple[str, ...],
) -> None:
    data, keys = post
    own = tmp_path / "own-keys"
    shutil.copytree(keys, own)
    for key in own.iterdir():
        if wrong == "missing":
            key.unlink()
        else:
            key.write_text("0" * 64 if wrong == "another" else "not a key", "ascii")
    before = fingerprint(data)
    told = outside("--data", data, "--lang", language, *verb, keys=str(own))
    assert told.status == 1
    assert WORDS[language] in told.line
    assert told.out == ""
    assert fingerprint(data) == before  # never a new, empty store over the old one


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN", "另一个指挥台"), ("en", "another console")]
)
def test_a_second_console_on_the_same_data_does_not_open(
    outside: Outside, post: tuple[Path, str], language: str, word: str
) -> None:
    data, keys = post
    first = Ownership(data)
    first.start()
    try:
        began = time.monotonic()
        told = outside("--data", data, "--lang", language, keys=keys)
        assert told.status == 1
        assert word in told.line
        assert str(data) in told.line
        assert time.monotonic() - began < 30
    finally:
        first.stop()


def test_settings_that_cannot_be_read_are_one_plain_line(
    outside: Outside, post: tuple[Path, str]
) -> None:
    data, keys = post
    (data / "settings.toml").write_text("theme = [", "utf-8")
    told = outside("--data", data, keys=keys)
    assert told.status == 1
    assert "settings.toml" in told.line
