"""JSON from outside: read with limits, believed only when it can be kept and written again."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from typing import Any

MAX_DEPTH = 32
MAX_INT = 1 << 63
MAX_PARTS = 100_000  # values and names of one message
MAX_TEXT = 1 << 20  # characters of all its texts together
_DIGITS = 40
_KEPT_DEPTH = 2 * MAX_DEPTH
_KEPT_HEAD = 4000


class Unreadable(Exception):
    """Bytes that are not the JSON that was promised; the argument says why, for the log."""


class Doubled(dict[str, Any]):
    """An object that tells one name twice: nobody can know which was meant."""


def read_json(data: bytes) -> object:
    """The JSON value in ``data``. Raises Unreadable for anything else, whatever it is.

    What one part may not hold (``believable``) does not spoil the rest: a number of too many digits
    is read as infinity, an object with a name told twice as ``Doubled``.
    """
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=_object, parse_int=_integer)
    except (ValueError, RecursionError) as broken:
        raise Unreadable(str(broken)[:200]) from broken


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    told = dict(pairs)
    return told if len(told) == len(pairs) else Doubled(told)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _DIGITS else math.inf


def believable(value: object) -> str | None:
    """None when the value can be kept; else what is wrong: depth, number, text, name, size."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    parts, letters = 1, 0
    while waiting:
        part, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return "depth"
        within: list[object] = []
        if isinstance(part, str):
            letters += len(part)
        if isinstance(part, dict):
            within = [half for pair in part.items() for half in pair]
        elif isinstance(part, list):
            within = part
        elif (wrong := _wrong(part)) is not None:
            return wrong
        if isinstance(part, Doubled):
            return "name"
        parts += len(within)
        if parts > MAX_PARTS or letters > MAX_TEXT:
            return "size"
        waiting += [(one, depth + 1) for one in within]
    return None


def _wrong(value: object) -> str | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return None if -MAX_INT <= value < MAX_INT else "number"
    if isinstance(value, float):
        return None if math.isfinite(value) else "number"
    if isinstance(value, str) and value.isascii():
        return "text" if "\0" in value else None
    if isinstance(value, str):
        return "text" if any(0xD800 <= ord(c) <= 0xDFFF or c == "\0" for c in value) else None
    return "text"


def kept_text(value: object) -> str:
    """The value as JSON in ASCII, as it came: it can be stored whatever it is.

    What lies too deep is cut off; of what is too large stand the length, the hash and the beginning.
    """
    text = json.dumps(_cut(value, 0) if believable(value) == "depth" else value)
    if len(text) <= 6 * MAX_TEXT and believable(value) != "size":
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps({"too_large": len(text), "sha256": digest, "begins": text[:_KEPT_HEAD]})


def _cut(value: object, depth: int) -> object:
    if depth >= _KEPT_DEPTH:
        return "…"
    if isinstance(value, dict):
        return {name: _cut(one, depth + 1) for name, one in value.items()}
    if isinstance(value, list):
        return [_cut(one, depth + 1) for one in value]
    return value
