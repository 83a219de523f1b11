"""The recovery key: a store's key as four lines that can be written on paper and typed back.

A line is four groups of four signs: thirteen that carry the key, three that check them. The check
is a Reed-Solomon code over the 32 signs which covers the line's number too: up to three wrong
signs, two that changed places, and lines in the wrong order are found with certainty.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.core.errors import Refused
from console.core.keyfile import KEY_BYTES

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
LINES = 4
LINE_SIGNS = 16
GROUP = 4
_CHECKS = 3
_CARRIED = LINE_SIGNS - _CHECKS
_VERSION = 1  # 4 bits before the 256 of the key
_BLANKS = " \t\u3000-\u2013\u2014_.\u00b7:："


def key_lines(key: bytes) -> tuple[str, ...]:
    """The lines to write down, in groups of four signs."""
    if len(key) != KEY_BYTES:
        raise ValueError("not a store's key")
    number = _VERSION << (8 * KEY_BYTES) | int.from_bytes(key, "big")
    values = [number >> 5 * place & 31 for place in reversed(range(LINES * _CARRIED))]
    found = []
    for line in range(LINES):
        carried = values[line * _CARRIED : (line + 1) * _CARRIED]
        signs = "".join(SIGNS[value] for value in (*carried, *_checks(line + 1, carried)))
        found.append(" ".join(signs[at : at + GROUP] for at in range(0, LINE_SIGNS, GROUP)))
    return tuple(found)


def key_of(lines: Sequence[str]) -> bytes:
    """The key that these lines say. Refused, with the number of the line that is wrong."""
    told = [one for line in lines for one in split(line)]
    for number, line in enumerate(told[:LINES], start=1):
        check_line(number, line)
    if len(told) != LINES:
        raise Refused(
            "recovery.lines_missing", found=len(told), field=f"line{min(len(told) + 1, LINES)}"
        )
    number = 0
    for line in told:
        for sign in signs_of(line)[:_CARRIED]:
            number = number << 5 | SIGNS.index(sign)
    if number >> 8 * KEY_BYTES != _VERSION:
        raise Refused("recovery.newer_form", field="line1")
    return (number & (1 << 8 * KEY_BYTES) - 1).to_bytes(KEY_BYTES, "big")


def check_line(number: int, text: str) -> str:
    """The line's signs, right in themselves and at their place. Refused otherwise, saying why."""
    signs, field = signs_of(text), f"line{number}"
    for at, sign in enumerate(signs):
        if sign not in SIGNS:
            group = at // GROUP + 1
            raise Refused("recovery.bad_sign", line=number, group=group, sign=sign, field=field)
    if len(signs) != LINE_SIGNS:
        raise Refused(
            "recovery.line_length", line=number, found=len(signs), wanted=LINE_SIGNS, field=field
        )
    values = [SIGNS.index(sign) for sign in signs]
    if _checks(number, values[:_CARRIED]) == values[_CARRIED:]:
        return signs
    for other in range(1, LINES + 1):
        if _checks(other, values[:_CARRIED]) == values[_CARRIED:]:
            raise Refused("recovery.line_of_other_place", line=number, other=other, field=field)
    raise Refused("recovery.bad_line", line=number, field=field)


def signs_of(text: str) -> str:
    """The signs of a line as typed: without blanks and dashes, in capitals of the plain width."""
    plain = (chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
    return "".join(c for c in plain if c not in _BLANKS and c.isprintable()).upper()


def split(text: str) -> list[str]:
    """The lines in this text; a code read in one piece holds all of them without a break."""
    signs = signs_of(text)
    if len(signs) > LINE_SIGNS and not len(signs) % LINE_SIGNS:
        return [signs[at : at + LINE_SIGNS] for at in range(0, len(signs), LINE_SIGNS)]
    return [text] if signs else []


def code_text(lines: Sequence[str]) -> str:
    """What the square code on the paper holds: the lines in one piece, as a scanner types them."""
    return "-".join(signs_of(line) for line in lines)


def _times(one: int, other: int) -> int:
    """The product in GF(32) modulo x^5 + x^2 + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        other >>= 1
    return product


def _generator() -> list[int]:
    made, root = [1], 1
    for _ in range(_CHECKS):
        root = _times(root, 2)
        longer = [*made, 0]
        for at, value in enumerate(made):
            longer[at + 1] ^= _times(value, root)
        made = longer
    return made


_GENERATOR = _generator()


def _checks(line: int, carried: Sequence[int]) -> list[int]:
    """The remainder of (line number, signs) shifted by three, divided by the generator."""
    rest = [line, *carried, *([0] * _CHECKS)]
    for at in range(len(carried) + 1):
        factor = rest[at]
        for step, value in enumerate(_GENERATOR):
            rest[at + step] ^= _times(value, factor)
    return rest[-_CHECKS:]
