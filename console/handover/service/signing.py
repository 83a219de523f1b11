"""Two people sign; what they signed stays, and the city is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core import drafts
from console.core.actor import SYSTEM
from console.core.canonical import sha256_hex
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import ConsoleError, Refused
from console.core.ids import new_id
from console.core.outbox import Lane
from console.core.text import shown
from console.handover import store
from console.handover.model import (
    NOTES_CHARS,
    Content,
    HandedOver,
    Handover,
    Section,
    Signature,
    frozen,
)
from console.handover.service.gathering import Sources, gather
from console.people import service as people
from console.people.model import Right, Session, require
from console.sync.service.checkpoint import tell_checkpoint

DRAFT = "handover"


def sign_outgoing(
    database: Database, sources: Sources, session: Session, secret: str, notes: str
) -> Handover:
    """The officer at the desk has signed what is open now and his notes; it waits for the other.

    Slow (the secret is checked): call off the UI thread. Refused with a wrong secret, without the
    right to take calls, and for notes that are too long. Signed again, the newer one counts.
    """
    require(session.actor, Right.TAKE_CALLS)
    told = _notes(notes)
    proof = people.show_secret(database, session.number, secret)
    with database.read() as connection:
        content = gather(connection, sources, database.clock.now())
    with database.act(SYSTEM) as act:  # the secret and the signature stand or fall together
        attested = people.attest_within(act, proof)
        if not isinstance(attested, Refused):
            return _sign(act, attested, content, told)
    raise attested


def _sign(act: Act, session: Session, content: Content, notes: str) -> Handover:
    who = Signature(session.number, session.name, act.at)
    signed = Handover(new_id(), 1, content, notes, who)
    store.insert(act.connection, signed)
    _write(act, signed, "handover.signed")
    drafts.forget(act.connection, str(session.actor), DRAFT)
    return signed


def sign_incoming(
    database: Database, handover_id: str, number: str, secret: str
) -> tuple[Handover, Session]:
    """Another officer has taken the post over and is signed in; the city is told.

    Slow: call off the UI thread. Refused for the same person, a wrong secret, no right to take
    calls, a document signed by both, replaced by a newer one, or signed too long ago.
    """
    with database.read() as connection:
        waiting = _waiting(connection, handover_id, database.clock.now())
    if number.strip() == waiting.outgoing.number:
        raise Refused("handover.same_person", field="number", name=waiting.outgoing.name)
    session = people.sign_in(database, number, secret)
    try:
        return _take(database, waiting, session), session
    except ConsoleError:
        people.sign_out(database, session)  # he does not sit here
        raise


def _take(database: Database, seen: Handover, session: Session) -> Handover:
    require(session.actor, Right.TAKE_CALLS)
    if session.number == seen.outgoing.number:
        raise Refused("handover.same_person", field="number", name=seen.outgoing.name)
    with database.act(session.actor) as act:
        waiting = _waiting(act.connection, seen.id, act.at)
        who = Signature(session.number, session.name, act.at)
        taken = replace(waiting, rev=2, incoming=who)
        store.insert(act.connection, taken)
        _write(act, taken, "handover.taken")
        _tell(act, taken)
        tell_checkpoint(act, database.post, database.epoch)
        return taken


def waiting_now(connection: sa.Connection, now: datetime) -> Handover | None:
    """The document that waits for its incoming signature; None when there is none."""
    found = store.newest(connection)
    return found if found is not None and found.waits(now) else None


def handover(connection: sa.Connection, handover_id: str) -> Handover:
    """This document. Refused when there is none."""
    found = store.find(connection, handover_id)
    if found is None:
        raise Refused("handover.no_such")
    return found


def former(connection: sa.Connection, after: Handover | None, limit: int) -> list[Handover]:
    """The documents, the newest first, from the one after ``after`` on."""
    place = None if after is None else (after.outgoing.at, after.id)
    return store.window(connection, place, limit)


def draft(connection: sa.Connection, session: Session) -> str:
    """What the officer had written of his notes."""
    kept = drafts.find(connection, str(session.actor), DRAFT)
    return "" if kept is None else str(kept.get("notes", ""))


def keep_draft(database: Database, session: Session, notes: str) -> None:
    """What the officer has written so far outlives an idle lock and a power cut."""
    with database.act(session.actor) as act:
        body = {"notes": shown(notes, NOTES_CHARS)}
        drafts.keep(act.connection, str(session.actor), DRAFT, body, act.at)


def _notes(notes: str) -> str:
    told = shown(notes, len(notes))
    if len(told) > NOTES_CHARS:
        raise Refused("handover.notes_too_long", field="notes", most=NOTES_CHARS, has=len(told))
    return told


def _waiting(connection: sa.Connection, handover_id: str, now: datetime) -> Handover:
    found = handover(connection, handover_id)
    if found.incoming is not None:
        raise Refused("handover.already_taken", name=found.incoming.name)
    newest = store.newest(connection)
    if newest is not None and newest.id != found.id:
        raise Refused("handover.replaced")
    if not found.waits(now):
        raise Refused("handover.too_old", time=f"{found.outgoing.at.astimezone():%H:%M:%S}")
    return found


def _write(act: Act, signed: Handover, verb: str) -> None:
    act.audit(
        verb, "handover", signed.id, rev=signed.rev, outgoing=signed.outgoing.number,
        incoming=None if signed.incoming is None else signed.incoming.number,
        counts=_counts(signed.content), digest=sha256_hex(frozen(signed.content)),
        notes=sha256_hex(signed.notes),
    )  # fmt: skip
    act.announce(HandedOver(signed.id, signed.taken))


def _tell(act: Act, taken: Handover) -> None:
    assert taken.incoming is not None
    calls = taken.content.part(Section.CALLS)
    payload: dict[str, Any] = {
        "outgoing": taken.outgoing.number,
        "incoming": taken.incoming.number,
        "at": to_text(taken.incoming.at),
        "as_of": to_text(taken.content.at),
        "counts": _counts(taken.content),
        "notes": taken.notes or None,
    }
    if calls.known:
        payload["open_calls"] = [line.id for line in calls.lines]
    act.tell_city(Lane.DAILY, "shift", taken.id, "shift.handed_over", 1, payload)


def _counts(content: Content) -> dict[str, int | None]:
    return {str(part.section): part.count for part in content.parts}
