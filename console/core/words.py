"""Words for codes, in the officer's language, without Qt: refusals, failures, conflicts.

One JSON file a room in ``resources/i18n/refusals``: ``{"room.code": {"zh_CN": "…", "en": "…"}}``; the
texts are ``str.format`` templates over the error's details and say what, where and what to do.
"""

from __future__ import annotations

import errno
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from console.core.errors import ConsoleError

LANGUAGES = ("zh_CN", "en")
CATALOGUE = Path(__file__).resolve().parents[2] / "resources" / "i18n" / "refusals"


@dataclass(frozen=True, slots=True)
class Words:
    """One meaning in both languages of the console."""

    zh_CN: str  # noqa: N815  (the language's own name)
    en: str

    def pick(self, language: str) -> str:
        """The words in this language; Chinese where the language is neither."""
        return self.en if language.startswith("en") else self.zh_CN


_WHY = {
    errno.ENOENT: Words("没有这个文件或目录", "there is no such file or folder"),
    errno.EISDIR: Words("这是目录，不是文件", "this is a folder, not a file"),
    errno.ENOTDIR: Words("路径中有一段不是目录", "a part of this path is no folder"),
    errno.EACCES: Words("没有权限", "no permission"),
    errno.EPERM: Words("没有权限", "no permission"),
    errno.ENOSPC: Words("磁盘已满", "no space left on the disk"),
    errno.EROFS: Words("磁盘只读", "the disk is read-only"),
    errno.ENAMETOOLONG: Words("文件名太长", "the name is too long"),
}


def why(failed: OSError) -> Words:
    """Why a file could not be had."""
    told = failed.strerror or str(failed)
    return _WHY.get(failed.errno or 0, Words(told, told))


@cache
def catalogue() -> dict[str, Words]:
    """Every code's words."""
    found: dict[str, Words] = {}
    for file in sorted(CATALOGUE.glob("*.json")):
        for code, words in json.loads(file.read_text("utf-8")).items():
            found[code] = Words(words["zh_CN"], words["en"])
    return found


def say(error: ConsoleError, language: str) -> str:
    """What happened, what it means and what to do, on one line.

    A detail that is itself ``Words`` is said in the same language.
    """
    words = catalogue().get(error.code)
    if words is None:
        return str(error)
    details = {
        name: detail.pick(language) if isinstance(detail, Words) else detail
        for name, detail in error.details.items()
    }
    try:
        return words.pick(language).format(**details)
    except (KeyError, IndexError, ValueError):
        return words.pick(language)
