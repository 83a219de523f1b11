"""Words for an index that knows no Chinese (SQLite FTS5): it is given pairs of characters.

Each run of letters and digits becomes its overlapping pairs and its last character: 矛盾纠纷 is kept
as 矛盾 盾纠 纠纷 纷. A longer word is then a phrase of pairs, and a single character begins a pair.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def grams(*texts: str) -> str:
    """What is kept of these texts for the index."""
    return " ".join(
        gram for text in texts for run in _runs(text) for gram in [*_pairs(run), run[-1]]
    )


def match_of(text: str) -> str:
    """What finds the rows in which each word of this text stands; empty when it has no words."""
    terms = []
    for run in _runs(text):
        terms.append(f'"{run}"*' if len(run) == 1 else f'"{" ".join(_pairs(run))}"')
    return " AND ".join(terms)


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
