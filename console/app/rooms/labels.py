"""Labels and tags of the post's readers on their way to the equipment page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from shiboken6 import isValid

from console.core.ids import LinkId
from console.inventory.page.scanning import Scanning
from console.links.model import (
    OUTCOME_WORDS,
    LinkState,
    Order,
    Outcome,
    ReadingArrived,
    ReadTags,
    Tag,
)
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate

TAG_FAMILIES = ("rfid-r2000", "rfid-r200")
ORDER_S = 5.0
Post = Callable[[Callable[[], None]], None]  # into the UI thread


class Links(Protocol):
    """What is asked of the post's links."""

    def snapshot(self) -> tuple[LinkState, ...]: ...
    def order(
        self, link_id: LinkId, order: Order, deadline_s: float, then: Callable[[Outcome], None]
    ) -> str: ...


def label_listener(take: Callable[[Tag], None]) -> Callable[[ReadingArrived], None]:
    """Hears every reading in its link's thread and gives tags and labels to ``take``."""

    def arrived(event: ReadingArrived) -> None:
        if isinstance(event.reading, Tag):
            take(event.reading)

    return arrived


def label_taker(scanning: Scanning) -> Callable[[Tag], None]:
    """Hands labels on in the UI thread: what a reader says of its strength is a tag that lies
    about, anything else was scanned by somebody."""

    def take(tag: Tag) -> None:
        if isValid(scanning):
            (scanning.take_code if tag.rssi_dbm is None else scanning.take_tag)(tag.epc)

    return take


class TagReaders:
    """Every tag reader of the post looks for tags, or no longer; one that does not is told of."""

    def __init__(self, links: Links, post: Post, say: Callable[[str, Tone], None]) -> None:
        self._links, self._post, self._say = links, post, say

    def read(self, on: bool) -> None:
        """From now on; in the UI thread."""
        for state in self._links.snapshot():
            if state.config.family in TAG_FAMILIES:
                then = partial(self._settled, state.config.name) if on else _nothing
                self._links.order(state.config.id, ReadTags(on), ORDER_S, then)

    def _settled(self, name: str, outcome: Outcome) -> None:
        if not outcome.done:
            self._post(lambda: self._tell(name, outcome))

    def _tell(self, name: str, outcome: Outcome) -> None:
        words = translate("Inventory", "Tag reader {name}: {why}")
        why = pick(OUTCOME_WORDS[outcome.cause])
        self._say(words.format(name=name, why=why), Tone.ALARM)


def _nothing(_: Outcome) -> None:
    """A reader that is told to rest and does not hear it rests with its link."""
