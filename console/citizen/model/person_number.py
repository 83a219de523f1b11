"""Phone and id numbers, by which a visit is found whole and not by words."""

from __future__ import annotations

import re
import unicodedata

_PHONE = re.compile(r"\+?\d{7,20}", re.ASCII)
_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)


def plain_number(text: str) -> str:
    """A phone or id number without the blanks and hyphens that people put into it."""
    return re.sub(r"[\s\-()()]", "", unicodedata.normalize("NFKC", text)).upper()


def looks_like_phone(text: str) -> bool:
    """The text is a whole number of a person, and is looked for as such and not as words."""
    plain = plain_number(text)
    return bool(_PHONE.fullmatch(plain) or _IDENTITY.fullmatch(plain))
