"""What a person does with what was kept aside: retry, discard with a reason, let a lane go on."""

from __future__ import annotations

import json

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.outbox import Lane
from console.core.text import shown
from console.people.model import Right, require
from console.sync.model import Quarantined, SetAside
from console.sync.service.intake import Intake
from console.sync.store import aside as store
from console.sync.store import feed as feed_store
from console.sync.store import lane as lane_store

MAX_REASON = 500


def set_aside(connection: sa.Connection) -> list[SetAside]:
    """The events that the city did not take, the newest first."""
    return store.listed(connection)


def quarantined(connection: sa.Connection) -> list[Quarantined]:
    """The items of the city that the post could not take, the newest first."""
    return feed_store.kept(connection)


def retry_set_aside(database: Database, actor: Actor, event_id: str) -> int:
    """The event is told again as a new one, and after it all that is set aside of the same entity.

    So the entity's order is kept. Returns how many go. Refused while an earlier one of the entity is
    set aside (that one first), or while the city still owes an answer about the entity.
    """
    require(actor, Right.SETTLE_SYNC)
    with database.act(actor) as act:
        chosen = _find(act, event_id)
        line = store.of_entity(act.connection, chosen.entity, chosen.entity_id)
        if line[0].event_id != event_id:
            raise Refused("sync.earlier_first", kind=line[0].kind, seq=line[0].seq)
        if store.is_sending(act.connection, chosen.entity, chosen.entity_id):
            raise Refused("sync.still_sending", entity=chosen.entity, entity_id=chosen.entity_id)
        for event in line:
            store.settle(act.connection, event.event_id, lane_store.RETRIED, act.at, event.message)
            act.tell_city(
                Lane(event.lane),
                event.entity,
                event.entity_id,
                event.kind,
                event.rev,
                event.payload,
            )
            act.audit(
                "sync.retried",
                event.entity,
                event.entity_id,
                event_id=event.event_id,
                kind=event.kind,
            )
        return len(line)


def discard_set_aside(database: Database, actor: Actor, event_id: str, reason: str) -> None:
    """The city will never be told; who decided so and why stands in the trail."""
    require(actor, Right.SETTLE_SYNC)
    why = _reason(reason)
    with database.act(actor) as act:
        event = _find(act, event_id)
        store.settle(act.connection, event_id, lane_store.DISCARDED, act.at, why)
        act.audit(
            "sync.discarded",
            event.entity,
            event.entity_id,
            event_id=event_id,
            kind=event.kind,
            reason=why,
        )


def retry_quarantined(database: Database, actor: Actor, intake: Intake, item_id: str) -> None:
    """The item is with its room now. Refused, and kept, when it still cannot be taken."""
    require(actor, Right.SETTLE_SYNC)
    with database.act(actor) as act:
        kept = _find_item(act, item_id)
        item = json.loads(kept.raw)
        wrong = intake.fault(item) or intake.hand_over(act, item)
        if wrong is not None:
            raise Refused("sync.item_still_bad", cause=wrong[0], told=wrong[1])
        feed_store.settle(act.connection, item_id, feed_store.HANDLED, act.at)
        act.audit("sync.item_taken", "feed_item", item_id, kind=kept.kind)


def discard_quarantined(database: Database, actor: Actor, item_id: str, reason: str) -> None:
    """The item is not taken; who decided so and why stands in the trail."""
    require(actor, Right.SETTLE_SYNC)
    why = _reason(reason)
    with database.act(actor) as act:
        kept = _find_item(act, item_id)
        feed_store.settle(act.connection, item_id, feed_store.DISCARDED, act.at)
        act.audit("sync.item_discarded", "feed_item", item_id, kind=kept.kind, reason=why)


def resume_lane(database: Database, actor: Actor, lane: Lane, reason: str) -> None:
    """The lane sends again, in every epoch; for when the city's side of a fork is mended."""
    require(actor, Right.SETTLE_SYNC)
    why = _reason(reason)
    with database.act(actor) as act:
        stopped = [s for s in store.stopped_lanes(act.connection) if s[1] == int(lane)]
        if not stopped:
            raise Refused("sync.lane_not_stopped", lane=int(lane))
        for epoch, number, code in stopped:
            lane_store.write_stop(act.connection, epoch, number, None, act.at)
            act.audit("sync.lane_resumed", "lane", f"{epoch}:{number}", code=code, reason=why)


def _find(act: Act, event_id: str) -> SetAside:
    found = store.find(act.connection, event_id)
    if found is None:
        raise Refused("sync.not_set_aside", event_id=event_id)
    return found


def _find_item(act: Act, item_id: str) -> Quarantined:
    found = feed_store.find_kept(act.connection, item_id)
    if found is None:
        raise Refused("sync.not_quarantined", item_id=item_id)
    return found


def _reason(reason: str) -> str:
    why = shown(reason, MAX_REASON)
    if not why:
        raise Refused("sync.reason_needed")
    return why
