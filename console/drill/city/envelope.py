"""Bytes of a request to a JSON value and back: gzip with a cap, strict JSON, canonical JSON."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any, NoReturn

MAX_PACKED = 1 << 20  # bytes of a request as it came
MAX_UNPACKED = 8 << 20
MAX_EVENTS = 500


class Unreadable(Exception):
    """The request cannot be understood; nothing was applied."""


class TooLarge(Exception):
    """The request is over one of the limits; nothing was applied."""


def canonical(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8, as ``event.json`` describes."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def hash_of(event: dict[str, Any]) -> str:
    """The hash that the event should carry."""
    told = {name: value for name, value in event.items() if name != "hash"}
    return hashlib.sha256(canonical(told)).hexdigest()


def content_hash(event: dict[str, Any]) -> str:
    """A hash of what the event says, without its place in a lane."""
    said = {name: value for name, value in event.items() if name not in ("seq", "prev", "hash")}
    return hashlib.sha256(canonical(said)).hexdigest()


def unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its gzip; never makes more than MAX_UNPACKED bytes of it."""
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise Unreadable(f"Content-Encoding {encoding[:40]!r} is not gzip")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, MAX_UNPACKED + 1)
    except zlib.error as broken:
        raise Unreadable(f"not gzip: {broken}") from broken
    if len(plain) > MAX_UNPACKED:
        raise TooLarge(f"more than {MAX_UNPACKED} bytes unpacked")
    if not unpacker.eof or unpacker.unused_data:
        raise Unreadable("gzip is cut short or has something after it")
    return plain


def read_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8. Unreadable: NaN, lone surrogates, anything not JSON."""
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        canonical(value)  # a number beyond range or half a surrogate pair would fail later, inside
    except (ValueError, RecursionError) as broken:
        raise Unreadable(f"not JSON in UTF-8: {broken}") from broken
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
