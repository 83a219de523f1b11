"""Chinese text as it may be typed: whole pinyin and its initials."""

from __future__ import annotations

import sys
from functools import lru_cache


def warm() -> None:
    """The pinyin tables are loaded (0.3 s; call it in a worker)."""
    import pypinyin

    pypinyin.lazy_pinyin("站")


def spelled(text: str) -> tuple[str, str]:
    """Whole pinyin and initials of a text, lower case, both without spaces.

    Before ``warm`` has ended in its worker the text itself stands for both: the officer is never
    kept waiting for the tables.
    """
    if not hasattr(sys.modules.get("pypinyin"), "lazy_pinyin"):
        plain = text.lower().replace(" ", "")
        return plain, plain
    return _spelled(text)


@lru_cache(maxsize=8192)
def _spelled(text: str) -> tuple[str, str]:
    from pypinyin import lazy_pinyin

    parts: list[str] = lazy_pinyin(text.lower())
    whole = "".join(parts).replace(" ", "")
    # what is not Chinese comes back as one part and keeps all its characters
    initials = "".join(
        part[:1] if part.isalpha() and part not in text.lower() else part for part in parts
    )
    return whole, initials.replace(" ", "")


def score(typed: str, names: tuple[str, ...]) -> int:
    """How well the typed text names something: 0 not at all, more is better.

    Names match as they are, by their pinyin or its initials, and by the number at their end
    (``31`` for JQ0031).
    """
    wanted = typed.lower().strip()
    if not wanted:
        return 1
    return max((_score(wanted, name) for name in names if name), default=0)


def _score(wanted: str, name: str) -> int:
    plain = name.lower().replace(" ", "")
    whole, initials = spelled(name)
    if wanted in (plain, whole):
        return 100
    if wanted == initials:
        return 90
    if wanted.isdigit():
        tail = plain[len(plain.rstrip("0123456789")) :]
        if tail and tail.lstrip("0") == wanted.lstrip("0"):
            return 80
        return 30 if tail.endswith(wanted) else 0
    if plain.startswith(wanted) or whole.startswith(wanted):
        return 60
    if initials.startswith(wanted):
        return 50
    if len(wanted) > 1 and (wanted in plain or wanted in initials):
        return 20
    return 0
