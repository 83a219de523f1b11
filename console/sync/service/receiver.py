"""The feed downward: a long poll, rows and cursor saved together, nothing ever stops it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, NoReturn

from console.core.actor import CITY
from console.core.database import Database
from console.core.errors import Unavailable
from console.sync.model import Doubled, Pace, believable, read_answer, retry_after_s
from console.sync.model import Later as LaterVerdict
from console.sync.service.board import FEED, Board
from console.sync.service.client import Answer, CityClient
from console.sync.service.intake import Intake, identity_of
from console.sync.service.wire import Halted
from console.sync.service.worker import Retry, Worker
from console.sync.store import feed as store
from console.sync.store import lane as lane_store
from console.sync.store.feed import FeedMark

log = logging.getLogger(__name__)
_LIMIT = 100
_ACT_S = 0.015  # how long one act may hold the store before officers get their turn


class Receiver(Worker):
    """Reads the feed and hands its items over."""

    def __init__(
        self,
        database: Database,
        client: CityClient,
        board: Board,
        pace: Pace,
        halted: threading.Event,
        recovered: Callable[[], None],
        intake: Intake,
        city_changed: Callable[[], None],
    ) -> None:
        super().__init__(FEED, board, pace, halted, recovered)
        self._database = database
        self._client = client
        self._intake = intake
        self._city_changed = city_changed
        self._in_touch = False
        self._changed_at: float | None = None  # when the city last began a new life
        self._passed = 0  # items that came before, in a row

    def failed(self) -> None:
        self._client.close()
        self._in_touch = False

    def close(self) -> None:
        self._client.close()

    def step(self) -> float:
        with self._database.read() as connection:
            mark = store.mark(connection)
        held_s = self.pace.feed_wait_s if self._in_touch else 0.0
        clock = self._database.clock
        began = clock.monotonic()
        answer = self._client.get("feed", held_s, after=mark.cursor, limit=_LIMIT, wait=held_s)
        now, items = self._read(answer)
        self.board.heard(FEED, None)
        was_in_touch, self._in_touch = self._in_touch, True
        if mark.server_epoch not in ("", now.server_epoch):
            self._start_again(now.server_epoch)
            return 0.0
        fresh = self._save(items, now, mark)
        self._require_progress(fresh, len(items))
        self.board.alarm(FEED, None)
        # A city that answers an empty long poll at once must not make us turn in circles.
        idle = not items and was_in_touch and clock.monotonic() - began < min(1.0, held_s / 2)
        return self.pace.first_s if idle else 0.0

    def _require_progress(self, fresh: int, came: int) -> None:
        """Raises when more came again than there ever was, and nothing new among it."""
        if fresh or not came:
            self._passed = 0
            return
        self._passed += came
        with self._database.read() as connection:
            known = store.count_seen(connection)
        if self._passed > known:
            self._alarm("sync.feed_in_circles")

    def _alarm(self, code: str) -> NoReturn:
        log.error("feed: %s", code)
        self.board.alarm(FEED, code)
        raise Retry(code)

    def _read(self, answer: Answer) -> tuple[FeedMark, list[object]]:
        if answer.status != 200:
            verdict = read_answer(answer.status, answer.body, 1, 1, 1)
            code = verdict.code if isinstance(verdict, LaterVerdict) else "sync.unreadable"
            asked = retry_after_s(answer.retry_after, self._database.clock.now(), self.pace)
            raise Retry(code, asked)
        told: dict[str, Any] = answer.body if isinstance(answer.body, dict) else {}
        if isinstance(told, Doubled):
            raise Unavailable("sync.unreadable", told="a name told twice")
        cursor, epoch, items = told.get("cursor"), told.get("server_epoch"), told.get("items")
        texts = isinstance(cursor, str) and isinstance(epoch, str) and 0 < len(epoch) <= 128
        texts = texts and all("!" <= sign <= "~" for sign in epoch or "")
        if not texts or len(cursor or "") > 1024 or believable([cursor, epoch]):
            raise Unavailable("sync.unreadable", told="feed")
        if not isinstance(items, list):
            raise Unavailable("sync.unreadable", told="items")
        return FeedMark(str(cursor), str(epoch)), items

    def _start_again(self, server_epoch: str) -> None:
        """The city was restored: read its feed from the beginning, and compare every lane.

        Raises when it was only just so: each new life costs an act and the whole feed.
        """
        now, before = self._database.clock.monotonic(), self._changed_at
        if before is not None and now - before < self.pace.longest_s:
            self._alarm("sync.city_unsteady")
        self._changed_at = now
        log.warning("the city's server has a new life (%s): reconciling", server_epoch)
        with self._database.act(CITY) as act:
            store.write_mark(act.connection, FeedMark("", server_epoch))
            act.audit("sync.city_changed", "feed", server_epoch)
        self._city_changed()

    def _save(self, items: list[object], now: FeedMark, mark: FeedMark) -> int:
        """Items and cursor are saved; how many items were new. In several acts when it takes long,

        the cursor with the last: what was saved before is passed over by its id, should we fall.
        """
        once: dict[str, object] = {}
        for item in items:
            once.setdefault(identity_of(item), item)
        rest, fresh = list(reversed(once.values())), 0
        while rest:
            with self._database.act(CITY) as act:
                until = self._database.clock.monotonic() + _ACT_S
                while rest:
                    fresh += self._intake.take(act, rest.pop())
                    if self._database.clock.monotonic() > until:
                        break
                if not rest and now != mark:
                    store.write_mark(act.connection, now)
            if rest and self._halted.wait(0.002):
                raise Halted
        if not items and now != mark:
            with self._database.act(CITY) as act:
                store.write_mark(act.connection, now)
        if items:
            self._count()
        return fresh

    def _count(self) -> None:
        with self._database.read() as connection:
            aside = lane_store.count_set_aside(connection), store.count_kept(connection)
        self.board.aside(*aside)
