"""Check values over whole messages."""

from __future__ import annotations


def xor(data: bytes) -> int:
    """The exclusive or of all bytes, folded in halves: one step a fold, not one a byte."""
    folded = int.from_bytes(data, "big")
    half = 1 << max(0, (len(data) - 1).bit_length())
    while half > 1:
        half >>= 1
        folded ^= folded >> 8 * half
    return folded & 0xFF
