"""One identity card for one question of the counter; nobody else is told of a card."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from console.app.rooms.labels import Links, Post
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import OUTCOME_WORDS, Card, Outcome, ReadCard, ReadingArrived
from console.ui.words import pick

translate = QCoreApplication.translate

FAMILY = "idcard"
WAIT_S = 15.0  # for the visitor to lay the card down


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who waits, known to the UI thread alone: a form that is gone must not end in another."""

    question: _Question
    then: Callable[[str, str], None]
    failed: Callable[[str], None]


@dataclass(slots=True, eq=False)
class _Question:
    """The reader that is asked. The card and the order's end come in either order."""

    link_id: LinkId
    card: tuple[str, str] | None = None  # name and number: nothing else of it is taken
    done: bool = False


class CardDesk:
    """Asks the post's reader for a card and gives its name and number to whoever asked."""

    def __init__(self, links: Links, bus: EventBus, post: Post) -> None:
        self._links, self._post = links, post
        self._guard = threading.Lock()  # asked in the UI thread, answered in the link's
        self._question: _Question | None = None
        self._asker: _Asker | None = None
        self._end = bus.subscribe(ReadingArrived, self._arrived)

    def stop(self) -> None:
        """No card is waited for."""
        self._end()
        self._asker = None
        with self._guard:
            self._question = None

    def read(self, then: Callable[[str, str], None], failed: Callable[[str], None]) -> None:
        """A card is read; one of the two is called in the UI thread. A new question ends the last
        one unanswered."""
        readers = [one for one in self._links.snapshot() if one.config.family == FAMILY]
        if not readers:
            failed(translate("Citizen", "No card reader is set up; add one on the page Links."))
            return
        chosen = next((one for one in readers if one.opened), readers[0]).config.id
        question = _Question(chosen)
        self._asker = _Asker(question, then, failed)
        with self._guard:
            self._question = question
        self._links.order(chosen, ReadCard(), WAIT_S, lambda told: self._settled(question, told))

    def _arrived(self, event: ReadingArrived) -> None:
        card = event.reading
        if not isinstance(card, Card):
            return
        with self._guard:
            question = self._question
            if question is None or question.link_id != event.link_id:
                return
            question.card = (card.name, card.number)
        self._finish(question)

    def _settled(self, question: _Question, outcome: Outcome) -> None:
        if outcome.done:
            question.done = True
            self._finish(question)
            return
        with self._guard:
            if self._question is not question:
                return
            self._question = None
        self._post(partial(self._tell_failed, question, outcome))

    def _finish(self, question: _Question) -> None:
        with self._guard:
            if self._question is not question or not question.done or question.card is None:
                return
            self._question, (name, number) = None, question.card
            question.card = None
        self._post(partial(self._tell_card, question, name, number))

    def _tell_card(self, question: _Question, name: str, number: str) -> None:
        asker = self._take(question)
        if asker is not None:
            asker.then(name, number)

    def _tell_failed(self, question: _Question, outcome: Outcome) -> None:
        asker = self._take(question)
        if asker is not None:
            asker.failed(_why(outcome))

    def _take(self, question: _Question) -> _Asker | None:
        """Who asked this; nobody where another question came after it."""
        if self._asker is None or self._asker.question is not question:
            return None
        asker, self._asker = self._asker, None
        return asker


def _why(outcome: Outcome) -> str:
    """Why no card was read, and what to do where something can be done."""
    if outcome.cause == "busy":
        return translate("Citizen", "The last card still lies on the reader; lift it first.")
    if outcome.cause == "no_answer" and outcome.told:
        return translate("Citizen", "No card was read in time; lay it down and try again.")
    words = pick(OUTCOME_WORDS[outcome.cause])
    return translate("Citizen", "No card was read: {why}").format(why=words)
