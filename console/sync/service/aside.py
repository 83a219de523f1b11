"""What a person does with what was kept aside: retry, discard with a reason, let a lane go on."""

from __future__ import annotations

import json
import re
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from console.core import outbox
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.outbox import WAITING, CityTold, Lane, Told
from console.core.text import shown
from console.people.model import Right, require
from console.sync.model import Quarantined, SetAside, believable
from console.sync.service.contract import Contract
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


def line_of(connection: sa.Connection, entity: str, entity_id: str) -> list[SetAside]:
    """What is set aside of this entity and what waits behind it, the earliest first."""
    return store.of_entity(connection, entity, entity_id)


def retry_set_aside(database: Database, actor: Actor, event_id: str) -> int:
    """The event is told again as a new one, and after it all that is set aside of the same entity.

    So the entity's order is kept. Returns how many go. Refused while an earlier one of the entity is
    set aside (that one first), or while the city still owes an answer about the entity.
    """
    require(actor, Right.SETTLE_SYNC)
    with database.act(actor) as act:
        line = _line(act, event_id)
        _tell_again(act, database.epoch, line, None)
        return len(line)


def resend_edited(
    database: Database, actor: Actor, event_id: str, payload: dict[str, Any], contract: Contract
) -> int:
    """The event is told as a new one with this payload, the rest of its entity after it.

    The old one is kept as superseded. Returns how many go. Refused for a payload that breaks the
    published schema of its kind or is the same as before, and as a retry is.
    """
    require(actor, Right.SETTLE_SYNC)
    with database.act(actor) as act:
        line = _line(act, event_id)
        first = line[0]
        check_payload(contract, first.kind, payload)
        if payload == first.payload:
            raise Refused("sync.payload_same")
        _tell_again(act, database.epoch, line, payload)
        return len(line)


def check_payload(contract: Contract, kind: str, payload: dict[str, Any]) -> None:
    """The payload keeps to the published schema of its kind. Refused, with the field, when not."""
    if not contract.knows(f"upward/{kind}"):
        raise Refused("sync.kind_without_schema", kind=kind)
    unbelievable = believable(payload)
    broken = unbelievable or contract.fault(f"upward/{kind}", payload)
    if broken is not None:
        place = re.match(r"\$\.([^.\[:]+)", broken)
        field = place.group(1) if place else ""
        raise Refused("sync.payload_broken", field=field, told=broken)


def discard_set_aside(database: Database, actor: Actor, event_id: str, reason: str) -> int:
    """The city will never be told; who decided so and why stands in the trail.

    What only waited behind it goes now, built on what the city has; returns how many.
    """
    require(actor, Right.SETTLE_SYNC)
    why = _reason(reason)
    with database.act(actor) as act:
        event = _find(act, event_id)
        line = store.of_entity(act.connection, event.entity, event.entity_id)
        store.settle(act.connection, event_id, outbox.DISCARDED, act.at, why)
        act.audit(
            "sync.discarded",
            event.entity,
            event.entity_id,
            event_id=event_id,
            kind=event.kind,
            reason=why,
        )
        if line[0].event_id != event_id:
            return 0
        freed = list(takewhile(lambda one: one.waits, line[1:]))
        if freed:
            _require_answered(act, event)
        base = event.base_rev
        for one in freed:
            _go(act, database.epoch, one, one.payload, base)
            base = one.rev
        return len(freed)


def let_line_go(act: Act, entity: str, entity_id: str) -> None:
    """What waited goes where nothing of the entity is set aside any more: the city took it after all."""
    line = store.of_entity(act.connection, entity, entity_id)
    if all(one.state == WAITING for one in line):
        for one in line:
            _go(act, act.epoch, one, one.payload, one.base_rev)


def _line(act: Act, event_id: str) -> list[SetAside]:
    """The chosen event and all behind it. Refused when it is not the first, or an answer is owed."""
    chosen = _find(act, event_id)
    line = store.of_entity(act.connection, chosen.entity, chosen.entity_id)
    if line[0].event_id != event_id:
        raise Refused("sync.earlier_first", kind=line[0].kind, seq=line[0].seq)
    _require_answered(act, chosen)
    return line


def _require_answered(act: Act, event: SetAside) -> None:
    if store.is_sending(act.connection, event.entity, event.entity_id):
        raise Refused("sync.still_sending", entity=event.entity, entity_id=event.entity_id)


def _tell_again(act: Act, epoch: str, line: list[SetAside], edited: dict[str, Any] | None) -> None:
    """The whole line goes, in its order; the first with another payload where one is given."""
    for event in line:
        if event.state == WAITING:
            _go(act, epoch, event, event.payload, event.base_rev)
            continue
        new = edited is not None and event is line[0]
        payload = edited if edited is not None and new else event.payload
        state = lane_store.SUPERSEDED if new else lane_store.RETRIED
        store.settle(act.connection, event.event_id, state, act.at, event.message)
        seq = _go(act, epoch, event, payload, event.base_rev)
        detail: dict[str, Any] = {"event_id": event.event_id, "kind": event.kind, "as_seq": seq}
        if new:
            names = sorted({*payload, *event.payload})
            detail["changed"] = [n for n in names if payload.get(n) != event.payload.get(n)]
        act.audit("sync.edited" if new else "sync.retried", event.entity, event.entity_id, **detail)


def _go(act: Act, epoch: str, event: SetAside, payload: dict[str, Any], base_rev: int) -> int:
    """The event stands in its lane: one that waited as it is, one that was sent as a new one."""
    lane = Lane(event.lane)
    act.announce(CityTold(lane))
    if event.state == WAITING:
        return outbox.let_go(act.connection, epoch, event.event_id, base_rev)
    if store.find(act.connection, event.event_id) is not None:  # freed by a discard
        store.settle(act.connection, event.event_id, lane_store.RETRIED, act.at, event.message)
    told = Told(lane, event.entity, event.entity_id, event.kind, base_rev, event.rev, payload)
    return outbox.put(act.connection, epoch, act.at, str(act.actor), told, waits=False)


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
