"""What an item, or its holder, is found by: as written, by whole pinyin and by its initials."""

from __future__ import annotations

from functools import lru_cache

from console.inventory.model import Holding, NewItem


def item_words(facts: NewItem) -> str:
    """Lower case, one blank between: number, name, its pinyin and initials, model, serial."""
    told = (facts.number, facts.name, *_spelled(facts.name), facts.model, facts.serial)
    return _line(told)


def holder_words(holding: Holding | None) -> str:
    """The same for who has it; empty while nobody has."""
    if holding is None:
        return ""
    return person_words(holding.number, holding.name)


def person_words(number: str, name: str) -> str:
    """What a person is found by: number, name, its pinyin and initials."""
    return _line((number, name, *_spelled(name)))


def _line(parts: tuple[str, ...]) -> str:
    return " ".join(part for part in parts if part).lower()


@lru_cache(maxsize=4096)
def _spelled(text: str) -> tuple[str, str]:
    if text.isascii():
        return "", ""
    from pypinyin import lazy_pinyin  # its tables take 0.3 s: not before they are needed

    parts: list[str] = lazy_pinyin(text.lower())
    return "".join(parts), "".join(part[:1] for part in parts)
