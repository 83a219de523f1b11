"""One schedule's world: a city, a post, perhaps its clone, and the road between them; takes plan steps."""

from __future__ import annotations

import gzip
from collections import deque
from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import httpcore

from console.core.outbox import Lane
from console.sync.service import (
    discard_quarantined,
    discard_set_aside,
    quarantined,
    resume_lane,
    retry_quarantined,
    retry_set_aside,
    set_aside,
)
from tests.faults.sync_city import POST, CityHouse
from tests.faults.sync_net import (
    JSON_HEAD,
    Asked,
    CityDied,
    MemoryStream,
    Outcome,
    PostDied,
    Told,
    WallClock,
    WorldClock,
)
from tests.faults.sync_plan import PARTS, TROUBLES, Step
from tests.faults.sync_post import CHIEF, PostHouse
from tests.sync.roads import example

CREATED = example("downward", "call.created")
ORDER = example("downward", "order.issued")
_MANY_YEARS = timedelta(days=3652)
_SHORT = (1, 2, 3, 5, 8, 13, 21, 34, 55, 90)


class World:
    """Steps are taken by ``take``; ``ids`` are all that were ever given to an event."""

    def __init__(self, city: CityHouse, city_wall: WallClock, folder: Path, key: bytes) -> None:
        self.city = city
        self.clock: WorldClock = city.clock
        self.city_wall = city_wall
        self.ids: list[str] = []
        self.mended = False
        self.lost_lives: set[str] = set()
        self.armed: dict[str, deque[Step]] = {part: deque() for part in PARTS}
        self.held: list[Asked] = []
        self.calls = 0
        first = PostHouse(folder, self)
        first.start(key)
        self.posts = [first]
        self.active = first
        self._asking: list[PostHouse] = []

    def close(self) -> None:
        for post in self.posts:
            post.stop()
        self.city.close()

    def take(self, step: Step) -> None:
        """The step has happened; who died over it stands again."""
        try:
            self._do(step)
        except PostDied as death:
            assert isinstance(death.house, PostHouse)
            self._asking.clear()
            death.house.rise()

    def turn(self, post: PostHouse, part: str) -> None:
        """The part of this post takes one turn, if it is not in one already."""
        if part not in post.busy:
            self._asking.append(post)
            try:
                post.turn(part)
            finally:
                if self._asking:
                    self._asking.pop()

    def _do(self, step: Step) -> None:
        if step.do in TROUBLES:
            self.armed[PARTS[step.n % 5]].append(step)
            return
        action: Callable[[Step], None] = getattr(self, f"_{step.do}")
        try:
            action(step)
        except CityDied:  # over something else than a request
            self.held.clear()
            self.city.restart()

    def _tell(self, step: Step, bad: bool = False) -> None:
        self.active.tell(Lane(step.n % 4), step.m % 12, bad, 2 if step.m % 7 == 0 else 1)

    def _tell_bad(self, step: Step) -> None:
        self._tell(step, bad=True)

    def _turn(self, step: Step) -> None:
        self.turn(self.active, PARTS[step.n % 5])

    def _wait(self, step: Step) -> None:
        part = PARTS[step.n % 5]
        self.clock.elapsed = max(self.clock.elapsed, self.active.due.get(part, 0.0))
        if step.m % 9 == 0:
            self.clock.pass_(4000)  # the city's state is asked again
        self._turn(step)

    def _publish(self, step: Step) -> None:
        self.calls += 1
        name = f"JQ-{self.calls}"
        other = POST if step.m % 13 else "post-other"
        if step.n % 3 == 0:
            self.city.publish("order.issued", {**ORDER, "order_id": name}, other)
            return
        report = {0: "too early", 1: "a bug"}.get(step.m % 11, "a call")
        payload = {**CREATED, "call_id": name, "report": report}
        if step.m % 17 == 0:
            payload["place"] = 7
        kind = "call.sung" if step.m % 19 == 0 else "call.created"
        self.city.publish(kind, payload, other)

    def _release(self, step: Step) -> None:
        if self.held:
            late = self.held.pop(step.n % len(self.held))
            try:
                self.city.answer(late)
            except CityDied:
                return

    def _post_dies(self, step: Step) -> None:
        self.active.fuse.light(_SHORT[step.n % 10], committed=step.m % 2 == 0)

    def _city_dies(self, step: Step) -> None:
        self.city.fuse.light(_SHORT[step.n % 7], committed=step.m % 2 == 0)

    def _post_restarts(self, step: Step) -> None:
        if not self._asking:
            self.active.restart()

    def _city_restarts(self, step: Step) -> None:
        self.held.clear()
        self.city.restart()

    def _city_backs_up(self, step: Step) -> None:
        self.city.back_up()

    def _city_restored(self, step: Step) -> None:
        if self.city.backups and len(self.posts) == 1:
            self.held.clear()  # its connections are gone with the city that was
            self.city.restore(step.n % len(self.city.backups))

    def _archive(self, step: Step) -> None:
        self.city.put_in_archive()

    def _post_backs_up(self, step: Step) -> None:
        fuse, self.active.fuse.left = self.active.fuse.left, 0
        self.active.back_up()
        self.active.fuse.left = fuse

    def _post_restored(self, step: Step) -> None:
        if self.active.backups and not self._asking:
            while self.held:
                self._release(step)
            self.lost_lives |= self.active.restore(step.n % len(self.active.backups))

    def _clone(self, step: Step) -> None:
        if len(self.posts) == 1:
            folder = self.active.folder.with_name("twin")
            self.posts.append(self.active.clone(folder))

    def _other(self, step: Step) -> None:
        self.active = self.posts[step.n % len(self.posts)]

    def _jump(self, step: Step) -> None:
        if not self.city_wall.skew:
            away = (_MANY_YEARS, -_MANY_YEARS, timedelta(hours=-3), timedelta(0))[step.n % 4]
            self.active.wall.skew = away

    def _city_jump(self, step: Step) -> None:
        if not any(post.wall.skew for post in self.posts):
            self.city_wall.skew = (_MANY_YEARS, -_MANY_YEARS, timedelta(0))[step.n % 3]

    def _slow(self, step: Step) -> None:
        self.active.slow_s = (0.004, 0.02, 0.0)[step.n % 3]

    def _upgrade(self, step: Step) -> None:
        self.city.contract.upgraded = True

    def _mend(self, step: Step) -> None:
        self.mended = True

    def _retry(self, step: Step) -> None:
        post = self.active
        with post.database.read() as connection:
            waiting = set_aside(connection)
        if waiting:
            chosen = waiting[step.n % len(waiting)].event_id
            post.person(lambda: retry_set_aside(post.database, CHIEF, chosen))

    def _discard(self, step: Step) -> None:
        post = self.active
        with post.database.read() as connection:
            waiting = set_aside(connection)
        if waiting:
            chosen = waiting[step.n % len(waiting)].event_id
            post.person(lambda: discard_set_aside(post.database, CHIEF, chosen, "told by radio"))

    def _retry_item(self, step: Step) -> None:
        post = self.active
        with post.database.read() as connection:
            waiting = quarantined(connection)
        if waiting:
            chosen = waiting[step.n % len(waiting)].item_id
            post.person(lambda: retry_quarantined(post.database, CHIEF, post.road.intake, chosen))

    def _discard_item(self, step: Step) -> None:
        post = self.active
        with post.database.read() as connection:
            waiting = quarantined(connection)
        if waiting:
            chosen = waiting[step.n % len(waiting)].item_id
            post.person(lambda: discard_quarantined(post.database, CHIEF, chosen, "not ours"))

    def resume(self, post: PostHouse, lane: Lane) -> None:
        """The chief lets a stopped lane go on."""
        post.person(lambda: resume_lane(post.database, CHIEF, lane, "mended"))

    # The road.

    def connect(self) -> MemoryStream:
        post = self._asking[-1]
        part = post.busy[-1]
        queue = self.armed[part]
        if queue and queue[0].do == "refused":
            queue.popleft()
            raise httpcore.ConnectError("refused")

        def exchange(asked: Asked) -> Outcome:
            post.fuse.burn()
            outcome = self._exchange(post, queue, asked)
            post.fuse.burn()
            return outcome

        return MemoryStream(exchange, lambda: self.clock.pass_(15.0))

    def _exchange(self, post: PostHouse, queue: deque[Step], asked: Asked) -> Outcome:
        self.clock.pass_(0.003)
        step = queue.popleft() if queue else Step("none")
        try:
            return self._troubled(post, step, asked)
        except CityDied:
            self.held.clear()
            return Outcome(b"", "reset")

    def _troubled(self, post: PostHouse, step: Step, asked: Asked) -> Outcome:
        before = self._before(step, asked)
        if before is not None:
            return before
        if step.do == "meanwhile_before":
            self._meanwhile(post, step)
        told = self.city.answer(_asked_so(step.do, asked))
        if step.do == "twice":
            told = self.city.answer(asked)
        if step.do == "meanwhile_after":
            self._meanwhile(post, step)
        return _told_so(step.do, told)

    def _before(self, step: Step, asked: Asked) -> Outcome | None:
        """What becomes of a request that does not reach the city now; None when it does."""
        many = asked.body.count(b'"seq":') > 1
        match step.do:
            case "dropped":
                return Outcome(b"", "silence")
            case "reset" | "refused":
                return Outcome(b"", "reset")
            case "late":
                self.held.append(asked)
                return Outcome(b"", "silence")
            case "failing":
                return Outcome(Told(500, JSON_HEAD, b'{"code":"broken"}').wire)
            case "busy":
                return Outcome(Told(429, (*JSON_HEAD, (b"retry-after", b"7")), b"{}").wire)
            case "busy_until":
                until = format_datetime(self.city_wall.now() + timedelta(seconds=40), usegmt=True)
                head = (*JSON_HEAD, (b"retry-after", until.encode()))
                return Outcome(Told(503, head, b"{}").wire)
            case "portal":
                page = b"<html>please sign in</html>"
                return Outcome(Told(200, ((b"content-type", b"text/html"),), page).wire)
            case "too_large" if many:
                return Outcome(Told(413, JSON_HEAD, b'{"code":"too_large"}').wire)
        return None

    def _meanwhile(self, asker: PostHouse, step: Step) -> None:
        for inner in step.inner:
            try:
                self._do(inner)
            except PostDied as death:
                if death.house is asker:
                    raise
                assert isinstance(death.house, PostHouse)
                death.house.rise()


def _asked_so(trouble: str, asked: Asked) -> Asked:
    if trouble == "cut_request":
        half = asked.body[: len(asked.body) // 2]
        return Asked(asked.method, asked.path, asked.query, asked.headers, half)
    if trouble == "gzip_request" and asked.body:
        headers = (*asked.headers, (b"content-encoding", b"gzip"))
        packed = gzip.compress(asked.body, mtime=0)
        return Asked(asked.method, asked.path, asked.query, headers, packed)
    return asked


def _told_so(trouble: str, told: Told) -> Outcome:
    """How the city's answer comes over the wire; by now it has done what was asked."""
    match trouble:
        case "ack_lost":
            return Outcome(b"", "silence")
        case "ack_reset":
            return Outcome(b"", "reset")
        case "bad_gateway":
            return Outcome(Told(502, ((b"content-type", b"text/html"),), b"<html>").wire)
        case "cut":
            return Outcome(told.wire[: -max(1, len(told.body) // 2)])
        case "cut_gzip":
            packed = told.packed()
            half = packed.body[: len(packed.body) // 2]
            return Outcome(Told(packed.status, packed.headers, half).wire)
        case "gzip":
            return Outcome(told.packed().wire)
        case "garbled":
            half = told.body[: len(told.body) // 2]
            return Outcome(Told(told.status, told.headers, half).wire)
    return Outcome(told.wire)
