"""After a schedule: everything drained under fair conditions, both sides compared row by row.

What was set aside is settled first, as a person would: what the city can never take is discarded,
the rest is told again. So what waited behind a refused report must have come as well.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from console.core import audit
from console.core.outbox import DISCARDED, Lane
from console.core.tables import audit_trail, outbox
from console.sync.service import digest, discard_set_aside, line_of, retry_set_aside, set_aside
from console.sync.store.lane import RETRIED
from console.sync.store.tables import quarantine, sync_feed
from tests.faults.sync_city import LATE_KIND, POST
from tests.faults.sync_plan import PARTS
from tests.faults.sync_post import CHIEF, PACE, PostHouse, Written
from tests.faults.sync_world import World

ROUNDS = 40


@dataclass
class Verdict:
    """What was found wrong, in words; nothing when all is well."""

    events: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    diverged: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Nothing is wrong."""
        return not (self.lost or self.duplicated or self.diverged)


def settle(world: World) -> Verdict:
    """The world is drained, and this is how it stands."""
    verdict = Verdict()
    calm(world)
    for post in world.posts:
        if not drain(world, post) and not _forked(post):
            verdict.diverged.append(f"{post.folder.name} does not come to rest: {_state(post)}")
    if len(world.posts) > 1:
        _heal(world, verdict)
    for post in world.posts:
        _tidy(world, post, verdict)
    for post in world.posts:
        _compare(world, post, verdict)
    _nothing_strange(world, verdict)
    return verdict


def calm(world: World) -> None:
    """From here on nothing goes wrong any more; what was under way arrives or is dropped."""
    world.city.fuse.out()
    world.city.contract.upgraded = True
    for queue in world.armed.values():
        queue.clear()
    world.held.clear()
    for post in world.posts:
        post.fuse.out()
        post.slow_s = 0.0


def drain(world: World, post: PostHouse) -> bool:
    """Whether all that waits has gone, and the feed was read to its end."""
    world.clock.pass_(PACE.state_every_s + 1)  # a lane with nothing to send asks that often
    for _ in range(ROUNDS):
        for part in reversed(PARTS):  # the feed first: it learns of a restored city
            world.turn(post, part)
        if _at_rest(world, post):
            return True
        world.clock.pass_(1.0)
    return False


def _tidy(world: World, post: PostHouse, verdict: Verdict) -> None:
    """A person settles each line of what is set aside, from its first, until nothing is."""
    if _forked(post):
        return
    for _ in range(ROUNDS):
        with post.database.read() as connection:
            found = set_aside(connection)
            heads = {(one.entity, one.entity_id) for one in found}
            lines = [line_of(connection, *head) for head in sorted(heads)]
        if not found:
            return
        for first, *_ in lines:
            if _is_wrong(first.payload):
                post.person(partial(_discard, post, first.event_id))
            else:
                post.person(partial(retry_set_aside, post.database, CHIEF, first.event_id))
        if not drain(world, post):
            break
    verdict.diverged.append(f"{post.folder.name} is never tidy: {_state(post)}")


def _discard(post: PostHouse, event_id: str) -> None:
    discard_set_aside(post.database, CHIEF, event_id, "the city can never take it")


def _is_wrong(payload: dict[str, Any]) -> bool:
    return "wrong" in payload


def _at_rest(world: World, post: PostHouse) -> bool:
    state = post.road.snapshot()
    if state.pending or not state.up:
        return False
    with post.database.read() as connection:
        waits = connection.execute(sa.select(outbox.c.seq).where(outbox.c.state == "pending"))
        cursor = connection.execute(sa.select(sync_feed.c.cursor)).scalar()
        if waits.first() is not None:
            return False
    items = world.city.items()
    return bool(cursor) and str(cursor).endswith(f".{items[-1].seq if items else 0}")


def _forked(post: PostHouse) -> bool:
    return post.road.snapshot().alarm in ("sync.fork", "sync.city_ahead")


def _state(post: PostHouse) -> str:
    state = post.road.snapshot()
    lanes = [(lane.lane, lane.pending, lane.trouble) for lane in state.lanes if lane.pending]
    return f"up={state.up} trouble={state.trouble} alarm={state.alarm} waiting={lanes}"


def _heal(world: World, verdict: Verdict) -> None:
    """A clone was found where both wrote; set up again by restoring it, each gets a life of its own."""
    for post in world.posts:
        post.back_up()
        post.restore(len(post.backups) - 1)
        for lane in Lane:
            world.resume(post, lane)
        if not drain(world, post):
            verdict.diverged.append(f"{post.folder.name} stays ill: {_state(post)}")


def _compare(world: World, post: PostHouse, verdict: Verdict) -> None:
    with post.database.read() as connection:
        rows = {row.event_id: row for row in connection.execute(sa.select(outbox))}
        trail = list(connection.execute(sa.select(audit_trail.c.act, audit_trail.c.detail,
                                                  audit_trail.c.entity_id)))  # fmt: skip
        fault = audit.first_fault(connection)
    name = post.folder.name
    if fault is not None:
        verdict.diverged.append(f"{name}: the trail breaks at {fault}")
    given_up = {line.detail["event_id"] for line in trail if line.act == "sync.discarded"}
    excused = _events(world, post, rows, given_up, verdict)
    told = sum(line.detail["missing"] for line in trail if line.act == "sync.history_missing")
    if excused > told:
        verdict.lost.append(f"{name}: {excused} events are gone, of {told} it was told")
    expected = {"sync.history_missing"} if told else set()
    alarm = post.road.snapshot().alarm
    if alarm is not None and alarm not in expected:
        verdict.diverged.append(f"{name}: the alarm {alarm} stands")
    _feed(world, post, [line.entity_id for line in trail if line.act == "proof.taken"], verdict)
    _digests(world, post, rows, verdict)


def _events(
    world: World, post: PostHouse, rows: dict[str, Any], given_up: set[str], verdict: Verdict
) -> int:
    """Each event that was written is at the city once, was told again, or was discarded by a person.

    Returns how many only the city's archive has.
    """
    told = Counter((*one[2:6], one.payload) for one in post.journal.values())
    there: dict[str, list[Any]] = defaultdict(list)
    for kept in world.city.rows():
        there[json.loads(kept.raw)["event_id"]].append(kept)
    name, excused = post.folder.name, 0
    verdict.events += len(post.journal)
    for unknown in set(rows) - set(post.journal):
        verdict.diverged.append(f"{name}: {unknown} was never written")
    for written in post.journal.values():
        row, found = rows.get(written.event_id), there[written.event_id]
        applied = [one for one in found if one.outcome == "applied"]
        label = f"{name}: {written.kind} {written.entity_id} rev {written.rev}"
        if len(applied) > 1:
            verdict.duplicated.append(f"{label} was applied {len(applied)} times")
        state, key = "cleared" if row is None else row.state, (*written[2:6], written.payload)
        if state in ("acknowledged", "cleared"):
            if not applied and row is None and written.event_id in world.city.archive:
                excused += 1
            elif not applied and not (row is None and (_is_unfit(written) or told[key] > 1)):
                verdict.lost.append(f"{label} is {state} and not at the city")
            elif applied and not _same(written, applied[0]):
                verdict.diverged.append(f"{label} came as something else")
        elif state == "pending":
            verdict.lost.append(f"{label} still waits")
        elif applied and not _has_twin(world, post, written.event_id):
            verdict.diverged.append(f"{label} is {state}, and the city has it")
        elif applied or (state == DISCARDED and written.event_id in given_up):
            continue
        elif state != RETRIED or told[key] < 2:
            why = "" if row is None else f"{row.reason_code} {row.reason}"
            verdict.diverged.append(f"{label} is {state}: {why}")
    return excused


def _has_twin(world: World, post: PostHouse, event_id: str) -> bool:
    """Whether a clone has this event, too: then it may have brought it after this one gave up."""
    return any(event_id in other.journal for other in world.posts if other is not post)


def _is_unfit(written: Written) -> bool:
    return written.kind == LATE_KIND or _is_wrong(json.loads(written.payload))


def _same(written: Written, row: Any) -> bool:
    event = json.loads(row.raw)
    said = tuple(event[key] for key in ("entity", "entity_id", "kind", "rev", "payload"))
    return said == (*written[2:6], json.loads(written.payload))


def _feed(world: World, post: PostHouse, taken: list[str], verdict: Verdict) -> None:
    """Each item of the city was taken once or stands once in quarantine."""
    counted = Counter(taken)
    with post.database.read() as connection:
        kept = {row.item_id: row.state for row in connection.execute(sa.select(quarantine))}
    name = post.folder.name
    for subject, times in counted.items():
        if times > 1:
            verdict.duplicated.append(f"{name}: {subject} of the feed was taken {times} times")
    for item in world.city.items():
        payload = json.loads(item.payload)
        subject = payload.get("call_id") or payload["order_id"]
        state = kept.get(item.item_id)
        if counted[subject] == 0 and state is None:
            verdict.lost.append(f"{name}: {subject} of the feed was not taken")
        if counted[subject] and state in ("kept", "discarded"):
            verdict.duplicated.append(f"{name}: {subject} was taken and stands in quarantine")
        if state is None:
            continue
        good = payload.get("report", "a call") == "a call" and payload.get("place") != 7
        if good and item.kind != "call.sung" and item.addressed_to == POST:
            verdict.diverged.append(f"{name}: {subject} is good and stands in quarantine")


def _digests(world: World, post: PostHouse, rows: dict[str, Any], verdict: Verdict) -> None:
    """The digests are equal, but for what only another life or the clone wrote."""
    city = [row for row in world.city.rows() if row.outcome != "rejected"]
    strangers = {row.event_id for row in city} - set(post.journal)
    days = {(row.entity, row.at[:10]) for row in city}
    days |= {(row.entity, f"{row.at:%Y-%m-%d}") for row in rows.values()}
    again = {row.epoch for row in city} - {row.epoch for row in rows.values()}
    theirs = world.city.digests_without(strangers, again if len(world.posts) > 1 else set(), days)
    with post.database.read() as connection:
        for (entity, day), found in theirs.items():
            year, month, number = map(int, day.split("-"))
            ours = digest(connection, entity, date(year, month, number))
            if (ours.count, ours.digest) != (found.count, found.digest):
                verdict.diverged.append(
                    f"{post.folder.name}: digest of {entity} on {day}: {ours.count} here, "
                    f"{found.count} at the city, equal counts mean another hash"
                )


def _nothing_strange(world: World, verdict: Verdict) -> None:
    """The city has nothing that nobody wrote."""
    known = world.lost_lives.union(*(post.journal for post in world.posts))
    for row in world.city.rows():
        found = json.loads(row.raw)["event_id"]
        if found not in known:
            verdict.diverged.append(f"the city has {found}, which no act wrote")
