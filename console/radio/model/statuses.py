"""The site's table of radio statuses: what a value that a radio sends means at this post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.core.errors import Refused
from console.core.words import Words

EMERGENCY = "emergency"
ASK_TALK = "ask_talk"
STEPS = ("depart", "arrive", "first_feedback", "finish")
WORD_CHARS = 24
MOST_ROWS = 200
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}")


@dataclass(frozen=True, slots=True)
class RadioStatus:
    """One value. ``meaning``: a step of the crew's call (depart, arrive, first_feedback, finish),
    ``emergency``, ``ask_talk``, else a code of the table of crew statuses. ``family``: only of
    radios of this family; empty for all. ``send``: the desk offers it for sending."""

    code: int
    words: Words
    meaning: str
    family: str = ""
    send: bool = False


@dataclass(frozen=True, slots=True)
class Statuses:
    """The table that holds."""

    rows: tuple[RadioStatus, ...]

    def of(self, code: int, family: str) -> RadioStatus | None:
        """What this value of a radio of this family means; its family's own row goes first."""
        found = [one for one in self.rows if one.code == code and one.family in ("", family)]
        return max(found, key=lambda one: one.family, default=None)

    def to_send(self, family: str) -> list[RadioStatus]:
        """What the desk offers for sending to a radio of this family."""
        return [one for one in self.rows if one.send and one.family in ("", family)]


def code_text(code: int) -> str:
    """A status value as it is written: four hexadecimal digits."""
    return f"{code:04X}"


def read_statuses(table: Mapping[str, Any]) -> Statuses:
    """The table as a reference set holds it."""
    return Statuses(
        tuple(
            RadioStatus(
                int(row["code"], 16),
                Words(row["zh_CN"], row["en"]),
                row["meaning"],
                row.get("family", ""),
                bool(row.get("send", False)),
            )
            for row in table["statuses"]
        )
    )


def written(rows: Iterable[RadioStatus]) -> list[dict[str, Any]]:
    """The rows as a reference set keeps them."""
    return [
        {
            "code": code_text(one.code),
            "zh_CN": one.words.zh_CN,
            "en": one.words.en,
            "meaning": one.meaning,
            "family": one.family,
            "send": one.send,
        }
        for one in rows
    ]


def checked_rows(rows: Sequence[RadioStatus], known: frozenset[str]) -> tuple[RadioStatus, ...]:
    """The rows, by code. Refused for a value twice, one beyond 16 bits, one without a word, and
    for a meaning that neither a call's step nor a crew's status (``known``) has."""
    if len(rows) > MOST_ROWS:
        raise Refused("radio.too_many_statuses", most=MOST_ROWS)
    seen: set[tuple[int, str]] = set()
    for one in rows:
        if not 0 <= one.code <= 0xFFFF or (one.code, one.family) in seen:
            raise Refused("radio.bad_status_code", field="code", value=code_text(max(one.code, 0)))
        seen.add((one.code, one.family))
        if not one.words.zh_CN.strip() or len(one.words.zh_CN) > WORD_CHARS:
            raise Refused("radio.bad_status_word", field="word", most=WORD_CHARS)
        if one.meaning not in known and one.meaning not in (EMERGENCY, ASK_TALK, *STEPS):
            raise Refused("radio.bad_status_meaning", field="meaning", meaning=one.meaning[:32])
    return tuple(sorted(rows, key=lambda one: (one.code, one.family)))


def read_code(text: str) -> int:
    """The value that these hexadecimal digits say. Refused for anything else."""
    if not _CODE.fullmatch(text.strip()):
        raise Refused("radio.bad_status_code", field="code", value=text.strip()[:8])
    return int(text.strip(), 16)
