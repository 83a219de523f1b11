"""Statuses that crews send by radio: a step of their call, or their own status."""

from __future__ import annotations

import logging
import queue
import threading
from dataclasses import dataclass

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.ids import CallId, UnitId
from console.dispatch import store
from console.dispatch.model.call import How, Origin
from console.dispatch.service.assignment import arrive, depart
from console.dispatch.service.progress import feed_back
from console.radio.model import code_text
from console.radio.service import statuses_now
from console.roster import service as roster
from console.roster.model import Meaning

log = logging.getLogger(__name__)
STEPS = frozenset({"depart", "arrive", "first_feedback", "finish"})
KEPT_OUT = frozenset({"", "emergency", "ask_talk"})  # an alarm, and the radio room's own


@dataclass(frozen=True, slots=True)
class CrewSaid:
    """A crew's radio sent this status. ``meaning``: a step of its call, or a code of the table of
    crew statuses."""

    unit_id: UnitId
    source: str
    code: int
    meaning: str


class RadioSteps:
    """``take`` from any thread; a thread of its own does the step, from ``start`` to ``stop``.

    What a crew sends twice, or for a call that it is not bound to, changes nothing; the radio's
    log has it all the same.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._heard: queue.SimpleQueue[CrewSaid | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Statuses are followed."""
        self._thread = threading.Thread(target=self._run, name="radio-steps", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """What was taken is done; no more is followed."""
        self._heard.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def take(self, said: CrewSaid) -> None:
        """The crew said so; at hardly any cost."""
        if said.meaning not in KEPT_OUT:
            self._heard.put(said)

    def _run(self) -> None:
        while (said := self._heard.get()) is not None:
            try:
                follow(self._database, said)
            except ConsoleError as refused:
                log.info("a status by radio changes nothing: %s", refused.code)
            except Exception:
                log.exception("a status by radio")


def follow(database: Database, said: CrewSaid) -> None:
    """The crew's call, or the crew, stands as it said. Refused where that cannot follow."""
    actor = Actor("device", said.source[:64])
    with database.read() as connection:
        call_id, _ = store.held(connection).get(said.unit_id, (None, ""))
        told = statuses_now(connection, database.clock.now())
        meanings = {
            code: one.meaning
            for code, one in roster.statuses(connection, database.clock.now()).items()
        }
    words = [one.words.zh_CN for one in told.rows if one.code == said.code]
    how = How(Origin.RADIO, note=f"电台状态 {code_text(said.code)} {''.join(words[:1])}".strip())
    if said.meaning in STEPS:
        if call_id is not None:
            _step(database, actor, call_id, said, how)
    elif call_id is not None and meanings.get(said.meaning) not in (
        Meaning.BOUND, Meaning.EMERGENCY,
    ):  # fmt: skip
        # it is the desk that lets a crew go from its call; the word stands on the call's log
        feed_back(database, actor, call_id, how.note, how)
    else:
        roster.set_status(database, actor, said.unit_id, said.meaning, how.note)


def _step(database: Database, actor: Actor, call_id: CallId, said: CrewSaid, how: How) -> None:
    match said.meaning:
        case "depart":
            depart(database, actor, call_id, said.unit_id, how)
        case "arrive":
            arrive(database, actor, call_id, said.unit_id, by_word=True, how=how)
        case _:  # what it came to is the desk's to choose: a finish is a report, too
            feed_back(database, actor, call_id, how.note, how)
