"""Where the units are: taken from any thread at no cost, stored in one act a second at most."""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.core.actor import Actor
from console.core.clock import Clock, to_text
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.ids import UnitId
from console.core.outbox import Lane
from console.roster import store
from console.roster.model import (
    Doubt,
    FixVerdict,
    Follower,
    UnitMoved,
    UnitsChanged,
    Whereabouts,
    judge_fix,
    sane,
    worth_telling,
)

log = logging.getLogger(__name__)

POSITIONS = Actor("system", "positions")
TELL_EVERY = timedelta(seconds=30)
TELL_RANGE_M = 200.0
DOUBTS_KEPT = 50  # of one crew: what its receiver said while it was not believed
FOLLOWED_MOST = 1000  # receivers; a wire can name as many as it likes


@dataclass(frozen=True, slots=True)
class Motion:
    """What a fix may say besides the place."""

    speed_mps: float | None = None
    course_deg: float | None = None
    error_m: float | None = None
    source: str = ""
    valid: bool = True


class PositionBoard:
    """The latest place of each unit. ``take`` is for any thread; the store follows in batches."""

    def __init__(
        self, database: Database, bus: EventBus, clock: Clock, interval_s: float = 1.0
    ) -> None:
        self._database = database
        self._bus = bus
        self._clock = clock
        self._interval_s = interval_s
        self._guard = threading.Lock()
        self._latest: dict[UnitId, Whereabouts] = {}
        self._dirty: dict[UnitId, Whereabouts] = {}
        self._told: dict[UnitId, Whereabouts] = {}
        self._known: set[UnitId] = set()
        self._counts: Counter[FixVerdict] = Counter()
        self._followers: dict[tuple[UnitId, str], Follower] = {}
        self._doubts: dict[UnitId, deque[Doubt]] = {}
        self._doubted: set[UnitId] = set()
        self._ending = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._unsubscribe: Callable[[], None] | None = None

    def start(self) -> None:
        """The stored places are known again, and new ones will be stored."""
        self._unsubscribe = self._bus.subscribe(UnitsChanged, self._on_units_changed)
        with self._database.read() as connection:
            found = store.all_units(connection)
        with self._guard:
            self._known = {unit.id for unit, _ in found}
            self._latest = {unit.id: place for unit, place in found if place is not None}
        self._ending.clear()
        self._thread = threading.Thread(target=self._run, name="positions", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Whatever was taken is stored, and no more will be."""
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._ending.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def take(
        self, unit_id: UnitId, lat: float, lon: float, fixed_at: datetime | None,
        received_at: datetime, motion: Motion = Motion(),
    ) -> FixVerdict:  # fmt: skip
        """A reported place in WGS-84; says what became of it.

        No fix, nonsense and jumps leave the whereabouts as old as they are; a fix older than the
        latest does not overwrite it; a fix from the future counts as of ``received_at``. Nonsense
        and jumps are kept as they were told, in ``doubts``.
        """
        verdict = judge_fix(lat, lon, motion.valid)
        told = Whereabouts(
            unit_id, lat, lon, min(fixed_at or received_at, received_at), received_at,
            sane(motion.speed_mps), sane(motion.course_deg, 360.0), sane(motion.error_m),
            motion.source,
        )  # fmt: skip
        metres: float | None = None
        with self._guard:
            if verdict is not FixVerdict.NO_FIX and unit_id not in self._known:
                verdict = FixVerdict.UNKNOWN_UNIT
            elif verdict is FixVerdict.TAKEN:
                verdict, metres = self._judge(told)
            self._counts[verdict] += 1
            if verdict is FixVerdict.TAKEN:
                self._latest[unit_id] = self._dirty[unit_id] = told
                self._doubted.discard(unit_id)
            elif verdict in (FixVerdict.NONSENSE, FixVerdict.JUMP):
                doubt = Doubt(
                    unit_id, verdict, lat, lon, fixed_at, received_at, motion.source, metres
                )
                self._doubt(doubt)
        if verdict is FixVerdict.TAKEN:
            self._wake.set()
            self._bus.publish(UnitMoved(told))
        return verdict

    def _judge(self, told: Whereabouts) -> tuple[FixVerdict, float | None]:
        """What a place on the globe is to a known crew, and how far it jumped."""
        if self._is_late(told.unit_id, told.fixed_at, told.received_at):
            return FixVerdict.LATE, None
        key = (told.unit_id, told.source)
        follower = self._followers.get(key)
        if follower is None:
            if len(self._followers) >= FOLLOWED_MOST:
                del self._followers[next(iter(self._followers))]
            follower = self._followers[key] = Follower()
        metres = follower.jumped(told)
        return (FixVerdict.TAKEN if metres is None else FixVerdict.JUMP), metres

    def _doubt(self, doubt: Doubt) -> None:
        kept = self._doubts.setdefault(doubt.unit_id, deque(maxlen=DOUBTS_KEPT))
        kept.append(doubt)
        if doubt.unit_id not in self._doubted:
            self._doubted.add(doubt.unit_id)
            log.info("not believed from here on: %s", doubt)

    def _is_late(self, unit_id: UnitId, moment: datetime, received_at: datetime) -> bool:
        """A newer fix is known; one from a future that the clock has gone back from is none."""
        was = self._latest.get(unit_id)
        return was is not None and moment < was.fixed_at <= received_at

    def latest(self) -> dict[UnitId, Whereabouts]:
        """The latest place of every unit that has one, stored or not yet."""
        with self._guard:
            return dict(self._latest)

    def doubted(self) -> dict[UnitId, Doubt]:
        """The crews whose receiver is not believed now, each with what it said last."""
        with self._guard:
            return {unit_id: self._doubts[unit_id][-1] for unit_id in self._doubted}

    def doubts(self, unit_id: UnitId) -> tuple[Doubt, ...]:
        """What was not believed of this crew since the start, the newest last, as it was told."""
        with self._guard:
            return tuple(self._doubts.get(unit_id, ()))

    def counts(self) -> Mapping[FixVerdict, int]:
        """How many fixes were taken and how many were not, since the start."""
        with self._guard:
            return dict(self._counts)

    def flush(self) -> int:
        """Places that are not yet stored are, in one act; returns how many."""
        with self._guard:
            batch, self._dirty = self._dirty, {}
        if not batch:
            return 0
        try:
            self._store(batch)
        except ConsoleError:
            with self._guard:
                self._dirty = {**batch, **self._dirty}
            raise
        return len(batch)

    def _store(self, batch: Mapping[UnitId, Whereabouts]) -> None:
        told: dict[UnitId, Whereabouts] = {}
        with self._database.act(POSITIONS) as act:
            revs = store.keep_places(act.connection, batch.values())
            for unit_id, place in batch.items():
                if worth_telling(self._told.get(unit_id), place, TELL_EVERY, TELL_RANGE_M):
                    told[unit_id] = place
                    act.tell_city(
                        Lane.POSITIONS, "position", unit_id, "unit.position", revs[unit_id],
                        _payload(place),
                    )  # fmt: skip
        self._told.update(told)

    def _run(self) -> None:
        while not self._ending.is_set():
            self._wake.wait()
            self._wake.clear()
            self._try_flush()
            self._ending.wait(self._interval_s)
        self._try_flush()

    def _try_flush(self) -> None:
        try:
            self.flush()
        except ConsoleError as failed:
            log.warning("positions wait in memory: %s", failed)
            self._wake.set()
        except Exception:
            log.exception("positions could not be stored")

    def _on_units_changed(self, _: UnitsChanged) -> None:
        with self._database.read() as connection:
            known = store.unit_ids(connection)
        with self._guard:
            self._known = known


def _payload(place: Whereabouts) -> dict[str, object]:
    payload: dict[str, object] = {
        "unit_id": place.unit_id,
        "lat": round(place.lat, 7),
        "lon": round(place.lon, 7),
        "fixed_at": to_text(place.fixed_at),
    }
    for name in ("speed_mps", "course_deg", "error_m"):
        value = getattr(place, name)
        if value is not None:
            payload[name] = value
    return payload
