"""The steps of a call itself: sign, feed back, finish, close, give back, merge, reopen."""

from __future__ import annotations

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import CallId
from console.core.tables import outbox
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model.call import (
    BY_DESK,
    NARRATIVE_CHARS,
    NOTE_CHARS,
    How,
)
from console.dispatch.model.machine import Facts, Step
from console.dispatch.service.tables import codes, natures
from console.dispatch.service.writing import Writing
from console.people.model import Right, allowed, require


def sign(database: Database, actor: Actor, call_id: CallId, how: How = BY_DESK) -> None:
    """The actor has taken the call over. Refused when someone else has, saying who."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        writing = Writing(act, call_id, how)
        call = writing.call
        if call.signed_at is not None and call.status.is_open:
            at = f"{call.signed_at.astimezone():%H:%M:%S}"
            raise Refused("dispatch.signed_by", call=call.number, who=call.signed_by, at=at)
        writing.step(Step.SIGN)
        writing.set(signed_by=actor.name, signed_at=writing.at)
        by = actor.name[:64] or actor.kind
        writing.tell("call.signed", {"by": by, "signed_at": to_text(writing.at)})
        writing.done("signed")


def feed_back(
    database: Database, actor: Actor, call_id: CallId, text: str, how: How = BY_DESK
) -> None:
    """What the crew reported is on the log and on its way to the city; the first one stops the lamp."""
    require(actor, Right.TAKE_CALLS)
    told = shown(text, NARRATIVE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id, how)
        writing.step(Step.FEED_BACK, Facts(has_text=bool(told)))
        first = _feedback(writing, told)
        writing.done("feedback", told, detail={"first": first})


def _feedback(writing: Writing, text: str) -> bool:
    first = writing.row.first_feedback_at is None
    if first:
        writing.set(first_feedback_at=writing.at)
    told = text[:NARRATIVE_CHARS]  # with the disposition in front it may be longer than one may be
    writing.tell("call.feedback", {"text": told, "at": to_text(writing.at), "first": first})
    return first


def finish(
    database: Database, actor: Actor, call_id: CallId, disposition: str, summary: str = "",
    how: How = BY_DESK,
) -> None:  # fmt: skip
    """The matter is done with this disposition; its crews are free again.

    Refused without a known disposition, and where it needs a crew on the scene and a report and
    one of them is missing (a ``summary`` counts as the report).
    """
    require(actor, Right.TAKE_CALLS)
    told = shown(summary, NARRATIVE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id, how)
        table = codes(act.connection, "dispositions", act.at)
        if disposition and disposition not in table:
            raise Refused("dispatch.disposition_unknown", disposition=disposition[:32])
        found = table.get(disposition)
        arrived = any(crew.arrived_at for crew in writing.crews())
        writing.step(
            Step.FINISH,
            Facts(
                arrived=arrived, fed_back=writing.row.first_feedback_at is not None,
                disposition=disposition, has_text=bool(told),
                without_attendance=found is not None and found.mark,
            ),
        )  # fmt: skip
        words = found.words.zh_CN if found else disposition
        _feedback(writing, f"{words}:{told}" if told else words)
        writing.release(writing.open_crews())
        writing.set(finished_at=writing.at, disposition=disposition, summary=told)
        writing.done("finished", told, detail={"disposition": disposition})


def close(database: Database, actor: Actor, call_id: CallId, reason: str = "") -> None:
    """The call is closed and off the board.

    Refused, unless a ``reason`` is given, where the nature asks for the leader's check and the actor
    is no leader, and where the city has set aside something of this call.
    """
    require(actor, Right.TAKE_CALLS)
    why = shown(reason, NOTE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        writing.step(Step.CLOSE)
        nature = natures(act.connection, act.at).of(writing.call.nature)
        checked = actor.kind != "officer" or allowed(actor, Right.CHECK_CALLS)
        if nature.leader and not checked and not why:
            raise Refused("dispatch.leader_check", call=writing.call.number)
        aside = _set_aside(act, call_id)
        if aside and not why:
            raise Refused("dispatch.unsettled", call=writing.call.number, count=aside)
        writing.set(closed_at=act.at)
        _tell_closed(writing, writing.row.disposition, writing.row.summary)
        writing.done("closed", why, detail={"leader_checked": nature.leader and checked})


def _set_aside(act: Act, call_id: CallId) -> int:
    rows = act.connection.execute(
        outbox.select()
        .with_only_columns(outbox.c.seq)
        .where(
            outbox.c.entity == "call", outbox.c.entity_id == call_id, outbox.c.state == "set_aside"
        )
    )
    return len(rows.all())


def _tell_closed(writing: Writing, disposition: str, summary: str) -> None:
    payload = {"disposition": disposition, "closed_at": to_text(writing.act.at)}
    writing.tell("call.closed", payload | ({"summary": summary} if summary else {}))


def return_call(database: Database, actor: Actor, call_id: CallId, cause: str) -> None:
    """The call is given back to the centre, with the cause; crews bound to it are free."""
    _give_up(database, actor, call_id, (Step.RETURN, "returned", cause, cause))


def transfer(database: Database, actor: Actor, call_id: CallId, to: str, cause: str) -> None:
    """The call is passed on to ``to``, with the cause; crews bound to it are free."""
    goal = shown(to, 200)
    if not goal:
        raise Refused("dispatch.transfer_to_whom")
    told = f"转派 {goal}:{cause}"
    _give_up(database, actor, call_id, (Step.TRANSFER, "transferred", cause, told))


def _give_up(
    database: Database, actor: Actor, call_id: CallId, what: tuple[Step, str, str, str]
) -> None:
    require(actor, Right.TAKE_CALLS)
    step, kind, cause, told = what
    why = shown(cause, NOTE_CHARS)
    if not why:
        raise Refused("dispatch.cause_missing")
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        writing.step(step)
        writing.release(writing.open_crews())
        writing.set(cause=why, closed_at=act.at)
        payload = {"cause": shown(told, NOTE_CHARS), "at": to_text(act.at)}
        writing.tell("call.refused", payload | {"by": actor.name[:64]})
        writing.done(kind, told)


def cancel(database: Database, actor: Actor, call_id: CallId, cause: str) -> None:
    """A call that the post took itself is off. Refused for a call of the city: give that one back."""
    require(actor, Right.TAKE_CALLS)
    why = shown(cause, NOTE_CHARS)
    if not why:
        raise Refused("dispatch.cause_missing")
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        if writing.call.from_city:
            raise Refused("dispatch.cancel_of_city", call=writing.call.number)
        writing.step(Step.CANCEL)
        writing.release(writing.open_crews())
        writing.set(cause=why, closed_at=act.at, disposition="withdrawn")
        _tell_closed(writing, "withdrawn", why)
        writing.done("cancelled", why)


def merge(database: Database, actor: Actor, call_id: CallId, into: CallId) -> None:
    """The call is a duplicate of ``into``: it ends, its crews are free, both logs say so."""
    require(actor, Right.TAKE_CALLS)
    if call_id == into:
        raise Refused("dispatch.merge_with_itself")
    with database.act(actor) as act:
        writing, main = Writing(act, call_id), Writing(act, into)
        if not main.status.is_open:
            raise Refused("dispatch.merge_into_ended", call=main.call.number)
        writing.step(Step.MERGE)
        writing.release(writing.open_crews())
        writing.set(merged_into=into, closed_at=act.at, disposition="duplicate")
        _tell_closed(writing, "duplicate", f"并入 {main.call.number}")
        store.insert_link(act.connection, call_id, into)
        main.done("merged_in", writing.call.number, detail={"call": call_id})
        writing.done("merged", main.call.number, detail={"into": into})


def link(database: Database, actor: Actor, call_id: CallId, other_id: CallId) -> None:
    """The two calls are marked as related; both go on."""
    require(actor, Right.TAKE_CALLS)
    if call_id == other_id:
        raise Refused("dispatch.merge_with_itself")
    with database.act(actor) as act:
        first, second = Writing(act, call_id), Writing(act, other_id)
        if not store.insert_link(act.connection, call_id, other_id):
            raise Refused("dispatch.linked_already", call=second.call.number)
        first.done("linked", second.call.number, detail={"call": other_id})
        second.done("linked", first.call.number, detail={"call": call_id})


def reopen(database: Database, actor: Actor, call_id: CallId, reason: str) -> None:
    """An ended call goes on as if just signed."""
    require(actor, Right.TAKE_CALLS)
    why = shown(reason, NOTE_CHARS)
    if not why:
        raise Refused("dispatch.reason_missing")
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        writing.step(Step.REOPEN)
        if writing.row.signed_at is None:
            writing.set(signed_by=actor.name, signed_at=act.at)
        writing.set(finished_at=None, closed_at=None, disposition="", cause="", merged_into=None)
        payload = {"text": f"重新打开:{why}", "at": to_text(act.at), "first": False}
        writing.tell("call.feedback", payload)
        writing.done("reopened", why)


def explain_delay(
    database: Database, actor: Actor, call_id: CallId, reason: str, text: str = ""
) -> None:
    """The log says why a step was late: a code of delay_reasons, with words where it asks for them."""
    require(actor, Right.TAKE_CALLS)
    told = shown(text, NOTE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        found = codes(act.connection, "delay_reasons", act.at).get(reason)
        if found is None:
            raise Refused("dispatch.delay_reason_unknown", reason=reason[:32])
        if found.mark and not told:
            raise Refused("dispatch.reason_missing")
        writing.done("delay", told or found.words.zh_CN, detail={"reason": reason})


def reveal_caller(database: Database, actor: Actor, call_id: CallId, reason: str) -> str:
    """The caller's whole number; who looked, when and why is on the log and in the audit trail."""
    require(actor, Right.TAKE_CALLS)
    why = shown(reason, NOTE_CHARS)
    if not why:
        raise Refused("dispatch.reason_missing")
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        writing.done("caller_revealed", why)
        return str(writing.row.caller_phone)
