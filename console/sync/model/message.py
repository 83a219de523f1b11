"""JSON from outside: read with limits, believed only when it can be kept and written again."""

from __future__ import annotations

import json
import math

MAX_DEPTH = 32
MAX_INT = 1 << 63


class Unreadable(Exception):
    """Bytes that are not the JSON that was promised; the argument says why, for the log."""


def read_json(data: bytes) -> object:
    """The JSON value in ``data``. Raises Unreadable for anything else, whatever it is."""
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as broken:
        raise Unreadable(str(broken)[:200]) from broken


def believable(value: object, depth: int = 0) -> str | None:
    """None when the value can be kept; else what is wrong: depth, number, text."""
    if depth > MAX_DEPTH:
        return "depth"
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return None if -MAX_INT <= value < MAX_INT else "number"
    if isinstance(value, float):
        return None if math.isfinite(value) else "number"
    if isinstance(value, str):
        return (
            "text" if any(0xD800 <= ord(sign) <= 0xDFFF or sign == "\0" for sign in value) else None
        )
    if isinstance(value, dict):
        parts = [part for pair in value.items() for part in pair]
    elif isinstance(value, list):
        parts = value
    else:
        return "text"
    return next((wrong for part in parts if (wrong := believable(part, depth + 1))), None)
