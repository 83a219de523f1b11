"""Personal data as it is shown to everybody: enough to recognise, not enough to use."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?<![0-9A-Za-z])\+?\d[\d -]{5,}[\dXx](?![0-9A-Za-z])", re.ASCII)
_HEAD, _TAIL = 3, 4


def masked_name(name: str) -> str:
    """The family name and a star for each further character: 张**. Of other names the first letter."""
    plain = name.strip()
    if not plain:
        return ""
    if plain.isascii():
        return plain[0] + "***"
    return plain[0] + "*" * max(1, min(len(plain) - 1, 3))


def masked_phone(phone: str) -> str:
    """The number with its middle hidden: 138****8000; short ones keep only the last two digits."""
    if len(phone) >= _HEAD + _TAIL:
        return f"{phone[:_HEAD]}****{phone[-_TAIL:]}"
    return "*" * max(0, len(phone) - 2) + phone[-2:] if phone else ""


def masked_identity(number: str) -> str:
    """District and last four of an 18-digit number: 370883********0015; of others the last two."""
    if len(number) == 18:
        return f"{number[:6]}{'*' * 8}{number[-4:]}"
    return "*" * max(0, len(number) - 2) + number[-2:] if number else ""


def masked_words(text: str, name: str = "") -> str:
    """The words with this person's name and everything like a phone or id number masked."""
    if len(name.strip()) > 1:
        text = text.replace(name.strip(), masked_name(name))
    return _DIGITS.sub(lambda found: _masked_digits(found[0]), text)


def _masked_digits(found: str) -> str:
    plain = re.sub(r"[ -]", "", found)
    return masked_identity(plain) if len(plain) > 12 else masked_phone(plain)
