"""Identities. Every id is a UUIDv7 in text; nothing is ever ordered by id."""

from __future__ import annotations

import os
import time
from typing import NewType

CallId = NewType("CallId", str)
UnitId = NewType("UnitId", str)
OfficerId = NewType("OfficerId", str)
LinkId = NewType("LinkId", str)
EventId = NewType("EventId", str)


def new_id() -> str:
    """A UUIDv7 (RFC 9562, section 5.7) as lower-case text with hyphens."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = (raw[6] & 0x0F) | 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
