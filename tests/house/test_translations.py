"""Nothing that an officer reads is missing in Chinese, and nothing stands there for nobody."""

from __future__ import annotations

import ast
import json
import re
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "resources" / "i18n"
Key = tuple[str, str]  # context, source text


def translate_calls(source: str, where: str) -> list[tuple[Key, str]]:
    """Each translate("Context", "text") with its place; fails on one that is not literal."""
    found: list[tuple[Key, str]] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        if name != "translate" or len(node.args) < 2:
            continue
        values = [one.value if isinstance(one, ast.Constant) else None for one in node.args[:2]]
        context, text = values
        assert isinstance(context, str) and isinstance(text, str), (
            f"{where}:{node.lineno}: context and text must be literal"
        )
        found.append(((context, text), f"{where}:{node.lineno}"))
    return found


def wanted() -> dict[Key, str]:
    found: dict[Key, str] = {}
    for file in sorted((ROOT / "console").rglob("*.py")):
        where = file.relative_to(ROOT).as_posix()
        found.update(translate_calls(file.read_text("utf-8"), where))
    return found


def translated(file: Path) -> dict[Key, tuple[str, str]]:
    """Context and source → (translation, its state in Qt Linguist)."""
    found: dict[Key, tuple[str, str]] = {}
    for context in ET.fromstring(file.read_text("utf-8")).iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            told = message.find("translation")
            assert told is not None
            key = (name, message.findtext("source", ""))
            assert key not in found, f"{file.name}: twice: {key}"
            found[key] = (told.text or "", told.get("type", ""))
    return found


def placeholders(text: str) -> list[str]:
    named = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    return sorted(named + re.findall(r"%\d", text))


FILES = sorted(I18N.glob("*_zh_CN.ts"))


def test_every_text_has_a_finished_chinese_translation() -> None:
    known: set[Key] = set()
    for file in FILES:
        known |= {key for key, (text, state) in translated(file).items() if text and not state}
    missing = {f"{where} {key}" for key, where in wanted().items() if key not in known}
    assert not missing, "\n".join(sorted(missing))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_translation_stands_for_nobody(file: Path) -> None:
    stray = set(translated(file)) - set(wanted())
    assert not stray, f"{file.name}: {sorted(stray)}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_placeholders_are_the_same_and_the_words_are_chinese(file: Path) -> None:
    for (context, source), (text, _state) in translated(file).items():
        assert placeholders(source) == placeholders(text), f"{context}: {source}"
        assert text != source or not re.search("[a-z]{3}", source), f"{context}: {source}"


def test_the_check_sees_a_missing_text() -> None:
    (found,) = translate_calls('translate("Desk", "Sign {n}")', "planted.py")
    assert found == (("Desk", "Sign {n}"), "planted.py:1")
    with pytest.raises(AssertionError, match="literal"):
        translate_calls('translate("Desk", words)', "planted.py")


@pytest.mark.parametrize("file", sorted((I18N / "refusals").glob("*.json")), ids=lambda f: f.name)
def test_refusals_speak_both_languages_with_the_same_details(file: Path) -> None:
    for code, words in json.loads(file.read_text("utf-8")).items():
        assert set(words) == {"zh_CN", "en"}, code
        assert words["zh_CN"] and words["en"], code
        assert placeholders(words["zh_CN"]) == placeholders(words["en"]), code


def test_the_compiler_makes_one_file_of_all_and_then_rests() -> None:
    target = I18N / "zh_CN.qm"
    command = [sys.executable, str(ROOT / "installer" / "translations")]
    assert subprocess.run(command, check=False).returncode == 0
    first = target.stat().st_mtime_ns
    assert target.stat().st_size > 0
    assert subprocess.run(command, check=False).returncode == 0
    assert target.stat().st_mtime_ns == first


def test_chinese_punctuation_is_full_width() -> None:
    narrow = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:(][\u4e00-\u9fff]")
    assert narrow.search("好,") and not narrow.search("好\uff0c")
    found: list[str] = []
    for file in FILES:
        found += [text for text, _ in translated(file).values() if narrow.search(text)]
    for file in sorted((I18N / "refusals").glob("*.json")):
        words = json.loads(file.read_text("utf-8")).values()
        found += [both["zh_CN"] for both in words if narrow.search(both["zh_CN"])]
    assert not found, "\n".join(found)
