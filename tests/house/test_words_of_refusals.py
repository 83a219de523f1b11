"""Every refusal has words in both languages, and no words lie about unused."""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path

import console
from console.core.words import CATALOGUE, LANGUAGES

ROOT = Path(console.__file__ or "").parent
SORTS = {"Refused", "Unavailable", "Conflict"}


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for place in sorted(ROOT.rglob("*.py")):
        yield place, ast.parse(place.read_text("utf-8"))


def words() -> dict[str, dict[str, str]]:
    """Every code's words; a code that stands in two files is an error."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(CATALOGUE.glob("*.json")):
        for code, texts in json.loads(file.read_text("utf-8")).items():
            assert code not in found, f"{code} stands twice"
            found[code] = texts
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """Place, code and given details of each error with a literal code; None: details unknown."""
    for place, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            code = node.args[0]
            if name in SORTS and isinstance(code, ast.Constant) and isinstance(code.value, str):
                given = {k.arg for k in node.keywords if k.arg is not None}
                open_ended = any(k.arg is None for k in node.keywords)
                where = f"{place.relative_to(ROOT)}:{node.lineno}"
                yield where, code.value, None if open_ended else given


def test_every_code_has_words_for_its_details() -> None:
    told = words()
    seen = list(raised())
    assert len(seen) > 30
    for where, code, details in seen:
        assert code in told, f"{where}: no words for {code}"
        for language in LANGUAGES:
            missing = placeholders(told[code][language]) - (details or set())
            assert details is None or not missing, f"{where}: {code} lacks {missing}"


def test_both_languages_say_the_same() -> None:
    for code, texts in words().items():
        assert set(texts) == set(LANGUAGES), code
        zh, en = texts["zh_CN"], texts["en"]
        assert zh.strip() and en.strip(), code
        assert placeholders(zh) == placeholders(en), code
        assert "\n" not in zh + en, code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in zh), code


def test_no_words_without_a_code() -> None:
    literals = {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    orphans = sorted(set(words()) - literals)
    assert not orphans, orphans


def test_no_page_waits_for_a_code_that_nobody_raises() -> None:
    told = words()
    rooms = "|".join(sorted({code.partition(".")[0] for code in told}))
    code = re.compile(rf"({rooms})\.[a-z_]+")
    asked = {
        (f"{place.relative_to(ROOT)}:{side.lineno}", side.value)
        for place, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in ast.walk(node)
        if isinstance(side, ast.Constant)
        and isinstance(side.value, str)
        and code.fullmatch(side.value)
    }
    assert asked
    unknown = sorted(f"{where}: {value}" for where, value in asked if value not in told)
    assert not unknown, unknown
