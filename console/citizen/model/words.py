"""The words by which a visit is found. An index by words knows no Chinese, so it is given pairs.

Each run of letters and digits becomes its overlapping pairs and its last character: 矛盾纠纷 is kept
as 矛盾 盾纠 纠纷 纷. A longer word is then a phrase of pairs, and a single character begins a pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PHONE = re.compile(r"\+?\d{7,20}", re.ASCII)
_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)


def grams(*texts: str) -> str:
    """What is kept of these texts for the index."""
    return " ".join(
        gram for text in texts for run in _runs(text) for gram in [*_pairs(run), run[-1]]
    )


def match_of(text: str) -> str:
    """What finds the visits in which each word of this text stands; empty when it has no words."""
    terms = []
    for run in _runs(text):
        terms.append(f'"{run}"*' if len(run) == 1 else f'"{" ".join(_pairs(run))}"')
    return " AND ".join(terms)


def plain_number(text: str) -> str:
    """A phone or id number without the blanks and hyphens that people put into it."""
    return re.sub(r"[\s\-()()]", "", unicodedata.normalize("NFKC", text)).upper()


def looks_like_phone(text: str) -> bool:
    """The text is a whole number of a person, and is looked for as such and not as words."""
    plain = plain_number(text)
    return bool(_PHONE.fullmatch(plain) or _IDENTITY.fullmatch(plain))


def _runs(text: str) -> Iterator[str]:
    run = ""
    for letter in unicodedata.normalize("NFKC", text).casefold():
        if letter.isalnum():
            run += letter
        elif run:
            yield run
            run = ""
    if run:
        yield run


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
