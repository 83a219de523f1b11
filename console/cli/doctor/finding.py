"""What one check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.core.words import Words


class State(StrEnum):
    """Fine, worth a look, or in need of mending."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: its short name, its state, what was found, and how to mend it."""

    name: str
    title: Words
    state: State
    found: Words
    mend: Words | None = None

    def told(self, language: str) -> dict[str, str]:
        """The finding in this language; ``mend`` is empty where there is nothing to mend."""
        return {
            "name": self.name,
            "title": self.title.pick(language),
            "state": str(self.state),
            "found": self.found.pick(language),
            "mend": self.mend.pick(language) if self.mend else "",
        }


def same(text: str) -> Words:
    """Words that are alike in both languages: versions, paths, numbers."""
    return Words(text, text)
