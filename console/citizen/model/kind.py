"""The kinds and results of visits: a table that the post may edit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words

DEFAULT_DAYS = 90
LEAST_DAYS, MOST_DAYS = 1, 3650
MOST_KINDS = 30
WORD_CHARS = 40
_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class VisitKind:
    """One kind of visit or one result. ``nature`` is what a call made of such a visit is."""

    code: str
    words: Words
    nature: str = ""


@dataclass(frozen=True, slots=True)
class VisitTable:
    """What may be chosen, and after how many days a visitor's personal data are blanked."""

    kinds: Mapping[str, VisitKind]
    results: Mapping[str, VisitKind]
    personal_days: int = DEFAULT_DAYS

    def kind(self, code: str) -> VisitKind:
        """The kind of this code; one that is not in the table says its code."""
        return self.kinds.get(code) or VisitKind(code, Words(code, code))

    def result(self, code: str) -> VisitKind:
        """The result of this code; one that is not in the table says its code."""
        return self.results.get(code) or VisitKind(code, Words(code, code))


def read_table(body: Mapping[str, Any]) -> VisitTable:
    """The table as it is kept."""
    return VisitTable(
        _entries(body.get("kinds", ())), _entries(body.get("results", ())), _days(body)
    )


def checked_table(body: Mapping[str, Any]) -> dict[str, Any]:
    """The table as it may be kept. Refused without kinds, and for one that cannot be told apart."""
    kept: dict[str, Any] = {"personal_days": body.get("personal_days", DEFAULT_DAYS)}
    days = kept["personal_days"]
    if isinstance(days, bool) or not isinstance(days, int) or not LEAST_DAYS <= days <= MOST_DAYS:
        raise Refused("citizen.bad_days", field="personal_days", least=LEAST_DAYS, most=MOST_DAYS)
    for part in ("kinds", "results"):
        rows = [dict(row) for row in body.get(part, ())]
        codes = [str(row.get("code", "")) for row in rows]
        if not 1 <= len(rows) <= MOST_KINDS or len(set(codes)) != len(codes):
            raise Refused("citizen.bad_table", field=part, most=MOST_KINDS)
        kept[part] = [_checked(row) for row in rows]
    return kept


def _checked(row: Mapping[str, Any]) -> dict[str, str]:
    code = str(row.get("code", ""))
    words = {name: shown(str(row.get(name, "")), WORD_CHARS) for name in ("zh_CN", "en")}
    if not _CODE.fullmatch(code) or not all(words.values()):
        raise Refused("citizen.bad_kind", field="kinds", kind=code[:32])
    nature = shown(str(row.get("nature", "")), 32)
    return {"code": code, **words, **({"nature": nature} if nature else {})}


def _entries(rows: Any) -> dict[str, VisitKind]:
    return {
        str(row["code"]): VisitKind(
            str(row["code"]), Words(row["zh_CN"], row["en"]), str(row.get("nature", ""))
        )
        for row in rows
    }


def _days(body: Mapping[str, Any]) -> int:
    days = body.get("personal_days", DEFAULT_DAYS)
    return days if isinstance(days, int) and LEAST_DAYS <= days <= MOST_DAYS else DEFAULT_DAYS
