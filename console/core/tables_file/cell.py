"""One cell: what it means for its column, how it is written, and what is wrong with it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from console.core.clock import from_text, to_text
from console.core.exchange import ExchangeColumn
from console.core.text import shown

# What a spreadsheet would take for a formula (OWASP, CSV injection; the wide forms by Excel too).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# Marks that nobody sees: of direction, byte order, and blanks without width. A joiner is an emoji's.
_UNSEEN = dict.fromkeys(map(ord, "\u061c\u200b\u200e\u200f\u2060\ufeff"))
_UNSEEN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?")
_MOMENT = re.compile(  # RFC 3339, 5.6; a blank for the T as its note allows
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?"
    r"(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_JOINTS = re.compile("[;；、,，]")
_YES = frozenset({"yes", "y", "true", "1", "是"})
_NO = frozenset({"no", "n", "false", "0", "否"})
VALUE_CHARS = 60  # of a wrong value that a message repeats


class BadCell(Exception):
    """The cell's value cannot be; the refusal's code and details."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


def value_of(column: ExchangeColumn, told: Any) -> Any:
    """What the cell holds, as its column's kind; None when empty. Raises BadCell."""
    text = plain(told)
    if not text:
        if column.required:
            raise BadCell("exchange.empty")
        return None
    if column.kind == "codes":
        return _codes(column, text)
    if column.among:
        return _code(column, text)
    return _READERS[column.kind](column, text)


def written(column: ExchangeColumn, value: Any, language: str = "") -> str | int | float:
    """How the value stands in a cell: with ``language``, codes and yes as its words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if language.startswith("zh") else _yes_word(value)
    if isinstance(value, datetime):
        return to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return value
    text = _CONTROL.sub("", str(value))
    if language and column.among:
        return ";".join(_word(column, code, language) for code in text.split(";"))
    return text


def guarded(text: str) -> str:
    """The text such that no spreadsheet takes it for a formula; ``unguarded`` gives it back."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The text as it was before ``guarded``."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def plain(told: Any) -> str:
    """A cell's content as text, without blanks around it and marks that nobody sees."""
    if told is None:
        return ""
    if isinstance(told, bool):
        return _yes_word(told)
    if isinstance(told, float) and told.is_integer() and abs(told) < 1e15:
        return str(int(told))
    if isinstance(told, datetime):
        return told.isoformat(sep=" ")
    if isinstance(told, date):
        return told.isoformat()
    text = str(told)
    if text.isascii() and text.isprintable():  # nearly every cell: no mark can be in it
        return text.strip()
    return text.translate(_UNSEEN).replace("\r\n", "\n").strip(" \t\r\n\u3000\xa0")


def short(text: str) -> str:
    """As much of a wrong value as a message repeats."""
    return shown(text, VALUE_CHARS) + ("…" if len(text) > VALUE_CHARS else "")


def _text(column: ExchangeColumn, text: str) -> str:
    text = unguarded(text)
    found = None if text.isascii() and text.isprintable() else _CONTROL.search(text)
    if found:
        raise BadCell("exchange.control_character", mark=f"U+{ord(found.group()):04X}")
    if len(text) > column.most:
        raise BadCell("exchange.too_long", length=len(text), most=column.most)
    return text.replace("\r", "\n")


def _integer(column: ExchangeColumn, text: str) -> int:
    narrow = _narrow(text)
    if _INTEGER.fullmatch(narrow) and -(2**63) <= int(narrow) < 2**63:
        return int(narrow)
    raise BadCell("exchange.not_an_integer", value=short(text))


def _number(column: ExchangeColumn, text: str) -> float:
    narrow = _narrow(text)
    if len(narrow) <= 64 and _NUMBER.fullmatch(narrow) and math.isfinite(float(narrow)):
        return float(narrow)
    raise BadCell("exchange.not_a_number", value=short(text))


def _date(column: ExchangeColumn, text: str) -> date:
    parts = _DAY.fullmatch(_narrow(text))
    if parts is None:
        raise BadCell("exchange.not_a_date", value=short(text))
    year, month, day = map(int, parts.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell("exchange.no_such_day", value=short(text)) from None


def _moment(column: ExchangeColumn, text: str) -> datetime:
    try:
        if _MOMENT.fullmatch(text):
            return from_text(text.upper())
    except (ValueError, OverflowError):
        pass
    raise BadCell("exchange.not_a_moment", value=short(text))


def _yes(column: ExchangeColumn, text: str) -> bool:
    word = _narrow(text).casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise BadCell("exchange.not_yes_or_no", value=short(text))


def _codes(column: ExchangeColumn, text: str) -> str:
    parts = [part.strip() for part in _JOINTS.split(text)]
    return ";".join(dict.fromkeys(_code(column, part) for part in parts if part))


def _code(column: ExchangeColumn, text: str) -> str:
    text = unguarded(text)
    if text in column.among:
        return text
    wanted = text.casefold()
    for code, words in column.among.items():
        if wanted in (code.casefold(), words.zh_CN.casefold(), words.en.casefold()):
            return code
    raise BadCell(
        "exchange.not_among",
        value=short(text),
        allowed=shown(
            "; ".join(f"{words.zh_CN} {code}" for code, words in column.among.items()), 200
        ),
    )


def _word(column: ExchangeColumn, code: str, language: str) -> str:
    """The code's word, where it is that code's alone and would be read as one."""
    words = column.among.get(code)
    if words is None:
        return code
    word = words.pick(language)
    alike = [c for c, other in column.among.items() if word in (c, other.zh_CN, other.en)]
    return word if alike == [code] and not _JOINTS.search(word) else code


def _yes_word(value: bool) -> str:
    return "yes" if value else "no"


def _narrow(text: str) -> str:
    """Wide digits and signs as the plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


_READERS: dict[str, Callable[[ExchangeColumn, str], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "moment": _moment,
    "yes": _yes,
}
