"""One lane upward: asks the city's state at every connect, sends in order, one request in flight."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NoReturn

from console.core.actor import CITY
from console.core.database import Database
from console.sync.model import (
    MAX_EVENTS,
    Applied,
    Event,
    Forked,
    Gap,
    Later,
    Meeting,
    Pace,
    ProtocolAlarm,
    Rejection,
    TooLarge,
    believable,
    cut_batch,
    envelope,
    meet,
    read_answer,
    retry_after_s,
)
from console.sync.service.board import Board
from console.sync.service.client import Answer, CityClient
from console.sync.service.worker import Retry, Worker
from console.sync.store import feed as feed_store
from console.sync.store import lane as store
from console.sync.store.lane import LaneMark

log = logging.getLogger(__name__)
KEEP_DAYS = 90
_FORGET_AT_ONCE = 200
_SETTLE_AT_ONCE = 100


class LaneAlarm(Retry):
    """An answer that cannot be, or a lane that cannot go on: a person must look."""


class LaneSender(Worker):
    """Sends one lane. Its backlog delays no other lane."""

    def __init__(
        self,
        lane: int,
        database: Database,
        client: CityClient,
        board: Board,
        pace: Pace,
        halted: threading.Event,
        recovered: Callable[[], None],
    ) -> None:
        super().__init__(f"lane-{lane}", board, pace, halted, recovered)
        self._lane = lane
        self._database = database
        self._client = client
        self._met: dict[str, tuple[float, int]] = {}  # epoch → (when, sent_through)
        self._meet_again = threading.Event()
        self._left_alone: dict[str, float] = {}  # old epoch in alarm → until when
        self._was_stopped = False
        self._gap_told = False
        self._max_events = MAX_EVENTS

    def failed(self) -> None:
        self._client.close()
        self._met.clear()

    def close(self) -> None:
        self._client.close()

    def meet_again(self) -> None:
        """The city's state is asked before anything else is sent (called from any thread)."""
        self._meet_again.set()
        self.nudge()

    def step(self) -> float:
        if self._meet_again.is_set():
            self._meet_again.clear()
            self._met.clear()
        sent = any(self._serve(mark) for mark in self.look())
        self.look()
        if sent:
            return 0.0
        now = self._database.clock.monotonic()
        if not self._was_stopped and all(until <= now for until in self._left_alone.values()):
            self.board.alarm(self.name, None)  # the city was asked, and nothing is wrong any more
        return self.pace.poll_s

    def _serve(self, mark: LaneMark) -> bool:
        """Whether something of this epoch was sent. An alarm of an old epoch holds up no newer one."""
        now = self._database.clock.monotonic()
        if mark.stopped is not None or self._left_alone.get(mark.epoch, now) > now:
            return False
        try:
            mark = self._meet(mark)
            if mark.acked_through >= mark.last_seq:
                return False
            self._send(mark)
        except LaneAlarm as alarm:
            self.board.alarm(self.name, alarm.code)
            if mark.epoch == self._database.epoch:
                raise
            self._left_alone[mark.epoch] = now + self.pace.longest_s
            return False
        return True

    def look(self) -> list[LaneMark]:
        """The lane's marks as they stand; the board is told."""
        with self._database.read() as connection:
            marks = store.marks(connection, self._lane, self._database.epoch)
            behind = [mark for mark in marks if mark.acked_through < mark.last_seq]
            oldest = [
                store.oldest_after(connection, mark.epoch, self._lane, mark.acked_through)
                for mark in behind
            ]
            aside = store.count_set_aside(connection), feed_store.count_kept(connection)
        pending = sum(mark.last_seq - mark.acked_through for mark in behind)
        stopped = any(mark.stopped for mark in marks)
        self.board.lane(self._lane, pending, min(filter(None, oldest), default=None), stopped)
        self.board.aside(*aside)
        if stopped != self._was_stopped:
            self.board.alarm(self.name, "sync.fork" if stopped else None)
            self._was_stopped = stopped
        return marks

    def _meet(self, mark: LaneMark) -> LaneMark:
        """The city's state is known and lived by; asked at every connect and now and then."""
        now = self._database.clock.monotonic()
        met = self._met.get(mark.epoch)
        if met is not None and now - met[0] < self.pace.state_every_s:
            return mark
        answer = self._client.get("state", epoch=mark.epoch)
        self._require_ok(answer)
        current = mark.epoch == self._database.epoch
        with self._database.read() as connection:
            settled = store.settled_through(connection, mark, self._lane)
        meeting = meet(answer.body, self._lane, settled, mark.last_seq, current)
        if isinstance(meeting, ProtocolAlarm):
            self._raise_alarm(meeting.code)
        if isinstance(meeting, Later):
            raise Retry(meeting.code)
        self._live_by(mark, meeting)
        self._met[mark.epoch] = (now, meeting.sent_through)
        self.board.heard(self.name, None)
        return LaneMark(
            mark.epoch, mark.last_seq, meeting.acked_through, mark.acked_at, mark.stopped
        )

    def _live_by(self, mark: LaneMark, meeting: Meeting) -> None:
        if meeting.acked_through != mark.acked_through:
            lost = meeting.acked_through < mark.acked_through
            log.warning(
                "lane %d: the city %s, it has %d of %d",
                *(self._lane, "was restored" if lost else "has found again what it had lost"),
                *(meeting.acked_through, mark.acked_through),
            )
            with self._database.act(CITY) as act:
                store.write_mark(
                    act.connection, mark.epoch, self._lane, meeting.acked_through, None
                )
                act.audit(
                    "sync.city_restored" if lost else "sync.city_found_again",
                    "lane",
                    f"{mark.epoch}:{self._lane}",
                    had=mark.acked_through,
                    has=meeting.acked_through,
                )
        self._forget(mark.epoch, meeting.archived_through)

    def _forget(self, epoch: str, through: int) -> None:
        """What the city has archived is gone from here, a little at a time."""
        before = self._database.clock.now() - timedelta(days=KEEP_DAYS)
        after = 0
        while not self._halted.is_set():
            with self._database.read() as connection:
                seqs = store.forgettable(
                    connection, epoch, self._lane, (after, through), before, _FORGET_AT_ONCE
                )
            if not seqs:
                return
            after = seqs[-1]
            with self._database.act(CITY) as act:
                store.forget(act.connection, epoch, self._lane, seqs)
            self._halted.wait(0.005)  # the officer's act comes first

    def _send(self, mark: LaneMark) -> None:
        with self._database.read() as connection:
            events = store.events_after(
                connection, mark.epoch, self._lane, mark.acked_through, self._max_events
            )
        batch = cut_batch(events, mark.acked_through, self._max_events)
        if not batch:
            self._raise_alarm("sync.history_missing")
        first, last = batch[0].seq, batch[-1].seq
        when, sent_through = self._met[mark.epoch]
        answer = self._client.post("events", envelope(mark.epoch, self._lane, batch))
        if believable(answer.body):
            raise Retry("sync.unreadable", self._asked_pause(answer))
        self._met[mark.epoch] = (when, max(sent_through, last))
        verdict = read_answer(answer.status, answer.body, first, last, sent_through)
        match verdict:
            case Applied():
                self._apply(mark, batch, verdict)
            case Gap():
                self.failed()  # the state says from where; the next step asks for it
                if verdict.have_through >= first - 1:
                    raise Retry("sync.no_progress")
                if self._gap_told:  # asked how far it is, it said otherwise
                    self._raise_alarm("sync.gap_untrue")
                self._gap_told = True
            case Forked():
                self._stop_lane(mark, first)
            case TooLarge():
                self._max_events = max(1, len(batch) // 2)
                raise Retry("sync.too_large_for_city", self._asked_pause(answer))
            case ProtocolAlarm():
                self._raise_alarm(verdict.code)
            case Later():
                raise Retry(verdict.code, self._asked_pause(answer))

    def _apply(self, mark: LaneMark, batch: list[Event], applied: Applied) -> None:
        """What the city took is marked, some events an act, so that officers' acts get their turn.

        Should we fall in between, the rest is sent again and gets the same answer.
        """
        settled = [event for event in batch if event.seq <= applied.through]
        for start in range(0, len(settled), _SETTLE_AT_ONCE):
            self._settle(mark, settled[start : start + _SETTLE_AT_ONCE], applied.rejected)
            self._halted.wait(0.002)
        self._max_events = min(MAX_EVENTS, self._max_events * 2)
        self._gap_told = False
        self.board.alarm(self.name, None)
        self.board.acknowledged(self._database.clock.now())
        self.board.heard(self.name, None)

    def _settle(self, mark: LaneMark, part: list[Event], rejected: Sequence[Rejection]) -> None:
        span = (part[0].seq, part[-1].seq)
        refused = {entry.seq: entry for entry in rejected if span[0] <= entry.seq <= span[1]}
        with self._database.act(CITY) as act:
            aside = store.settle(
                act.connection, mark.epoch, self._lane, span, list(refused.values()), act.at
            )
            store.write_mark(act.connection, mark.epoch, self._lane, span[1], act.at)
            for event in part:
                if event.event_id in aside:
                    act.audit(
                        "sync.set_aside",
                        event.entity,
                        event.entity_id,
                        event_id=event.event_id,
                        code=refused[event.seq].code,
                        message=refused[event.seq].message,
                    )

    def _stop_lane(self, mark: LaneMark, seq: int) -> None:
        log.error("lane %d stopped: the city has another event %d of this epoch", self._lane, seq)
        with self._database.act(CITY) as act:
            store.write_stop(act.connection, mark.epoch, self._lane, "sync.fork", act.at)
            act.audit("sync.fork", "lane", f"{mark.epoch}:{self._lane}", seq=seq)
        self.board.heard(self.name, None)

    def _raise_alarm(self, code: str) -> NoReturn:
        log.error("lane %d: %s", self._lane, code)
        raise LaneAlarm(code)

    def _require_ok(self, answer: Answer) -> None:
        if answer.status != 200 or believable(answer.body):
            verdict = read_answer(answer.status, answer.body, 1, 1, 1)
            code = verdict.code if isinstance(verdict, Later) else "sync.unreadable"
            raise Retry(code, self._asked_pause(answer))

    def _asked_pause(self, answer: Answer) -> float | None:
        return retry_after_s(answer.retry_after, self._database.clock.now(), self.pace)
