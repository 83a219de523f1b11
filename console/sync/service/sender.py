"""One lane upward: asks the city's state at every connect, sends in order, one request in flight."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NoReturn

from console.core.actor import CITY
from console.core.database import Database
from console.core.outbox import Lane, carry_lane
from console.sync.model import (
    MAX_EVENTS,
    Applied,
    Event,
    Forked,
    Gap,
    Later,
    Meeting,
    Met,
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
from console.sync.service.aside import let_line_go
from console.sync.service.board import Board
from console.sync.service.client import Answer, CityClient
from console.sync.service.forgetting import LaneSpan, forget_settled
from console.sync.service.witness import Witness
from console.sync.service.worker import Retry, Worker
from console.sync.store import feed as feed_store
from console.sync.store import lane as store
from console.sync.store.lane import LaneMark

log = logging.getLogger(__name__)
FORK, HISTORY_MISSING = "sync.fork", "sync.history_missing"
_SETTLE_AT_ONCE = 100
_GIVE_WAY_LOOKS, _GIVE_WAY_LOOK_S = 100, 0.05


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
        witness: Witness | None = None,
    ) -> None:
        self._witness = witness  # of lane 1: what the city countersigns
        super().__init__(f"lane-{lane}", board, pace, halted, recovered)
        self._lane = lane
        self._database = database
        self._client = client
        self._met: dict[str, Met] = {}  # by epoch
        self._meet_again = threading.Event()
        self._left_alone: dict[str, float] = {}  # old epoch in alarm → until when
        self._told_stops: dict[str, str | None] = {}
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
        marks = self.look()
        if self._witness is not None and not any(m.epoch == self._database.epoch for m in marks):
            self._compare_trail(self._witness)
        sent = any(self._serve(mark) for mark in marks)
        self.look()
        if sent:
            return 0.0
        now = self._database.clock.monotonic()
        if not any(self._told_stops.values()) and all(
            until <= now for until in self._left_alone.values()
        ):
            self.board.alarm(self.name, None)  # the city was asked, and nothing is wrong any more
        return self.pace.poll_s

    def _serve(self, mark: LaneMark) -> bool:
        """Whether something of this epoch was sent. An alarm of an old epoch holds up no newer one."""
        now = self._database.clock.monotonic()
        if mark.stopped == FORK or self._left_alone.get(mark.epoch, now) > now:
            return False
        try:
            mark = self._meet(mark)
            if mark.acked_through >= mark.last_seq:
                return False
            self._give_way()
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
        stops = {mark.stopped for mark in marks}
        stopped = FORK in stops
        self.board.lane(self._lane, pending, min(filter(None, oldest), default=None), stopped)
        self.board.aside(*aside)
        for code in (FORK, HISTORY_MISSING):  # stand until a person lets the lane go on
            told = code if code in stops else None
            if told != self._told_stops.get(code):
                self.board.alarm(f"{self.name}:{code}", told)
                self._told_stops[code] = told
        return marks

    def _meet(self, mark: LaneMark) -> LaneMark:
        """The city's state is known and lived by; asked at every connect and now and then."""
        now = self._database.clock.monotonic()
        met = self._met.get(mark.epoch)
        if met is not None and now - met.when < self.pace.state_every_s:
            return mark
        answer = self._client.get("state", epoch=mark.epoch)
        self._require_ok(answer)
        current = mark.epoch == self._database.epoch
        if self._witness is not None and current:
            self._witness.compare(answer.body)
        with self._database.read() as connection:
            settled = store.settled_through(connection, mark, self._lane)
        meeting = meet(answer.body, self._lane, settled, mark.last_seq, current)
        if isinstance(meeting, ProtocolAlarm):
            self._raise_alarm(meeting.code)
        if isinstance(meeting, Later):
            raise Retry(meeting.code)
        self._live_by(mark, meeting)
        self._met[mark.epoch] = Met(now, meeting.sent_through, meeting.city_at)
        self.board.heard(self.name, None)
        return replace(mark, acked_through=meeting.acked_through)

    def _compare_trail(self, witness: Witness) -> None:
        """A store in a new life has told nothing in this lane; what the city countersigned of the
        life before is held against its trail all the same, now and then."""
        now, epoch = self._database.clock.monotonic(), self._database.epoch
        met = self._met.get(epoch)
        if met is not None and now - met.when < self.pace.state_every_s:
            return
        answer = self._client.get("state", epoch=epoch)
        self._require_ok(answer)
        witness.compare(answer.body)
        self._met[epoch] = Met(now, 0, None)

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
        span = LaneSpan(mark.epoch, self._lane, meeting.archived_through)
        forget_settled(self._database, self._halted, span, meeting.city_at)

    def _give_way(self) -> None:
        """What is urgent goes up first, also after days; for a while only, so that nothing starves."""
        for _ in range(_GIVE_WAY_LOOKS):
            if self._lane == Lane.URGENT or not self.board.urgent_goes_up or self._halted.is_set():
                return
            self._halted.wait(_GIVE_WAY_LOOK_S)

    def _send(self, mark: LaneMark) -> None:
        with self._database.read() as connection:
            events = store.events_after(
                connection, mark.epoch, self._lane, mark.acked_through, self._max_events
            )
        batch = cut_batch(events, mark.acked_through, self._max_events)
        if not batch:
            self._go_round(mark)
            return
        first, last = batch[0].seq, batch[-1].seq
        met = self._met[mark.epoch]
        answer = self._client.post("events", envelope(mark.epoch, self._lane, batch))
        if believable(answer.body):
            raise Retry("sync.unreadable", self._asked_pause(answer))
        self._met[mark.epoch] = replace(met, sent_through=max(met.sent_through, last))
        verdict = read_answer(answer.status, answer.body, first, last, met.sent_through)
        match verdict:
            case Applied():
                self._apply(mark, batch, verdict)
                if self._witness is not None:
                    self._witness.take(answer.body)
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
        city_at = self._met[mark.epoch].city_at
        with self._database.act(CITY) as act:
            where = (mark.epoch, self._lane, span, list(refused.values()))
            taken_at = max(act.at, city_at or act.at)  # a clock of ours that is behind ages nothing
            after_all = store.taken_after_all(act.connection, *where)
            aside = store.settle(act.connection, *where, act.at, taken_at)
            for named in after_all:
                let_line_go(act, *named)
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

    def _go_round(self, mark: LaneMark) -> None:
        """What the city lacks was cleared here on its word: the rest goes on in another epoch.

        The city knows by the events' ids which of them it has. That something is missing is told
        until a person has taken note of it: only the city's archive can bring it back.
        """
        with self._database.act(CITY) as act:
            epoch = act.epoch if mark.epoch != act.epoch else act.renew_epoch()
            carried, missing = carry_lane(
                act.connection, mark.epoch, self._lane, mark.acked_through, epoch
            )
            store.write_stop(act.connection, mark.epoch, self._lane, HISTORY_MISSING, act.at)
            act.audit(
                HISTORY_MISSING,
                "lane",
                f"{mark.epoch}:{self._lane}",
                city_has=mark.acked_through,
                missing=missing,
                carried=carried,
                epoch=epoch,
            )
        log.error(
            "lane %d: the city lacks %d events that were cleared here; %d go on in epoch %s",
            *(self._lane, missing, carried, epoch),
        )

    def _stop_lane(self, mark: LaneMark, seq: int) -> None:
        log.error("lane %d stopped: the city has another event %d of this epoch", self._lane, seq)
        with self._database.act(CITY) as act:
            store.write_stop(act.connection, mark.epoch, self._lane, FORK, act.at)
            act.audit(FORK, "lane", f"{mark.epoch}:{self._lane}", seq=seq)
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
