"""The post's code tables, read: natures, levels, sources, dispositions, reasons, limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.core.errors import Refused
from console.core.words import Words

LEVELS = (1, 2, 3, 4)
ZONES = ("core", "crowded", "general")
ZONE_OF_MINUTES = {1: "core", 3: "crowded", 5: "general"}


@dataclass(frozen=True, slots=True)
class Nature:
    """One nature of calls: its level, what it needs, and its rule in words."""

    code: str
    category: str
    words: Words
    level: int
    kit: frozenset[str] = frozenset()
    units: int = 1
    leader: bool = False
    rule: Words | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a simple table; ``mark`` is the table's own yes or no."""

    code: str
    words: Words
    mark: bool = False
    known: bool = True


@dataclass(frozen=True, slots=True)
class Natures:
    """The tree of natures and the words of the kit."""

    categories: Mapping[str, Words]
    natures: Mapping[str, Nature]
    kit: Mapping[str, Words]

    def of(self, code: str) -> Nature:
        """This nature; an unknown code stays as it is and is shown as other, at level 3."""
        return self.natures.get(code) or Nature(code, "", other(code), 3, known=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the lamps, the advice and the finder of duplicates go by; seconds, metres, minutes."""

    sign_s: Mapping[int, int]
    depart_s: Mapping[int, int]
    feedback_s: Mapping[int, int]
    arrive_s: Mapping[str, int]
    warn_share: float = 0.3
    position_age_s: int = 120
    arrival_radius_m: int = 150
    reach_s: int = 1800
    advice_picks: int = 9
    duplicate_range_m: int = 300
    duplicate_minutes: int = 30
    undo_s: int = 60


def other(code: str) -> Words:
    """The words of a code that no table knows."""
    return Words(f"其他({code})", f"other ({code})")


def _words(row: Mapping[str, Any]) -> Words:
    return Words(row["zh_CN"], row["en"])


def read_natures(table: Mapping[str, Any]) -> Natures:
    """The natures of a reference table."""
    natures = {}
    for row in table["natures"]:
        rule = row.get("rule")
        natures[row["code"]] = Nature(
            row["code"], row["category"], _words(row), int(row["level"]), frozenset(row["kit"]),
            int(row["units"]), bool(row["leader"]), None if rule is None else _words(rule),
        )  # fmt: skip
    return Natures(
        {row["code"]: _words(row) for row in table["categories"]},
        natures,
        {row["code"]: _words(row) for row in table["kit"]},
    )


_MARKS = {
    "sources": "by_hand",
    "dispositions": "without_attendance",
    "delay_reasons": "text_required",
    "levels": "",
}


def read_codes(kind: str, table: Mapping[str, Any]) -> dict[str, Code]:
    """The entries of sources, dispositions, delay_reasons or levels, by code."""
    return {
        str(row["code"]): Code(str(row["code"]), _words(row), bool(row.get(_MARKS[kind], False)))
        for row in table[kind]
    }


def code_of(code: str, table: Mapping[str, Code]) -> Code:
    """The entry; an unknown code stays as it is and is shown as other."""
    return table.get(code) or Code(code, other(code), known=False)


# lowest and highest sane value; a setting outside is brought to the nearer one
_BOUNDS: dict[str, tuple[float, float]] = {
    "warn_share": (0.05, 0.95),
    "position_age_s": (10, 3600),
    "arrival_radius_m": (20, 2000),
    "reach_s": (60, 7200),
    "advice_picks": (1, 9),
    "duplicate_range_m": (10, 5000),
    "duplicate_minutes": (1, 1440),
    "undo_s": (5, 600),
}
_TABLES: dict[str, tuple[tuple[str, ...], float, float]] = {
    "sign_s": (("1", "2", "3", "4"), 5, 3600),
    "depart_s": (("1", "2", "3", "4"), 10, 14400),
    "feedback_s": (("1", "2", "3", "4"), 60, 86400),
    "arrive_s": (ZONES, 30, 14400),
    "duty_units": (("daily", "reinforced", "wartime"), 0, 500),
}


def checked_limits(body: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The limits in force with ``body`` laid over them, each brought within sane bounds.

    Refused for a name that is no limit and for a value that is no number.
    """
    result: dict[str, Any] = {**now}
    for name, value in body.items():
        if name in ("version", "effective_at"):
            continue
        if name in _BOUNDS:
            result[name] = _clamped(name, value, *_BOUNDS[name])
        elif name in _TABLES and isinstance(value, Mapping):
            keys, low, high = _TABLES[name]
            inner = dict(result.get(name, {}))
            for key, entry in value.items():
                if str(key) not in keys:
                    raise Refused("dispatch.limit_unknown", name=f"{name}.{key}"[:64])
                inner[str(key)] = _clamped(f"{name}.{key}", entry, low, high)
            result[name] = inner
        else:
            raise Refused("dispatch.limit_unknown", name=str(name)[:64])
    return result


def _clamped(name: str, value: Any, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124
        raise Refused("dispatch.limit_not_a_number", name=name)
    found = min(max(value, low), high)
    return float(found) if name == "warn_share" else int(found)


def read_limits(table: Mapping[str, Any]) -> Limits:
    """The limits of a reference table."""

    def by_level(name: str) -> dict[int, int]:
        return {int(level): int(value) for level, value in table[name].items()}

    return Limits(
        by_level("sign_s"), by_level("depart_s"), by_level("feedback_s"), dict(table["arrive_s"]),
        **{name: table[name] for name in _BOUNDS},
    )  # fmt: skip
