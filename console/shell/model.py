"""What the frame is given: pages, and verbs for the command bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from console.core.words import Words

# a page keeps its key for ever, also while its neighbours are not built yet
PAGE_KEYS = {
    "desk": "F1",
    "map": "F2",
    "wall": "F3",
    "inventory": "F4",
    "roster": "F5",
    "citizen": "F6",
    "patrol": "F7",
    "links": "F8",
    "assessment": "F9",
    "system": "F10",
    "alarms": "F11",
    "handover": "F12",
    "aside": "Ctrl+3",
    "radio": "Ctrl+4",
}


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page of the frame. ``widget`` is the page, or what builds it when it is first shown."""

    key: str
    title: Callable[[], str]
    icon: str
    widget: QWidget | Callable[[], QWidget]
    hotkey: str = ""

    @property
    def function_key(self) -> str:
        """The key that shows the page."""
        return self.hotkey or PAGE_KEYS.get(self.key, "")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something a verb can be done to. ``key`` reaches the verb; ``label`` is what people call it."""

    key: str
    label: str
    detail: str = ""
    also: tuple[str, ...] = ()  # other names: numbers, call signs


@dataclass(frozen=True, slots=True)
class Slot:
    """One object of a verb. ``candidates`` is called at each key press: answer from memory.

    A slot without candidates takes words as they are; ``rest`` takes the rest of the line.
    """

    name: Words
    candidates: Callable[[], Sequence[Candidate]] | None = None
    optional: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb of the command bar.

    ``preview(keys)`` says what Enter would do, or raises Refused; ``run(keys)`` does it. Both are
    called in the UI thread and must not wait. A verb that needs more than a line (``page`` set)
    is never run from here: the bar names the page instead.
    """

    name: str
    words: Words
    slots: tuple[Slot, ...]
    preview: Callable[[tuple[str, ...]], str]
    run: Callable[[tuple[str, ...]], None]
    also: tuple[str, ...] = ()
    page: Words | None = None
