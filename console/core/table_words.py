"""What a table holds, in the officer's words: for those who must be told that a part of it is lost."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from console.core.words import Words

_FILE = Path(__file__).resolve().parents[2] / "resources" / "i18n" / "tables.json"


def words_of(table: str) -> Words:
    """The words for this table; its own name where it has none."""
    return _all().get(table, Words(table, table))


@cache
def _all() -> dict[str, Words]:
    told = json.loads(_FILE.read_text("utf-8"))
    return {name: Words(words["zh_CN"], words["en"]) for name, words in told.items()}
