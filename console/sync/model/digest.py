"""The cheap comparison of two tables: a sum of row hashes (city-api, digest)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows, and the sum modulo 2^128 of the first 16 bytes of each row's hash, in hex."""

    count: int
    digest: str


def digest_of(hashes: Iterable[str]) -> Digest:
    """The digest of rows with these hashes (64 hex digits each); their order does not matter."""
    count, total = 0, 0
    for row_hash in hashes:
        count += 1
        total = (total + int(row_hash[:32], 16)) % (1 << 128)
    return Digest(count, f"{total:032x}")
