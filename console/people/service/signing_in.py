"""Signing in and out, the locked desk, and one's own secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.people import store
from console.people.model import (
    Officer,
    OfficersChanged,
    OfficerSignedIn,
    OfficerSignedOut,
    Session,
)
from console.people.service import secret as secret_rules


def refresh(connection: sa.Connection, session: Session) -> Session | None:
    """The session with today's name and roles; None when its officer may not work here any more."""
    found = store.by_id(connection, session.officer_id)
    return _session(found) if found is not None and found.active else None


def sign_in(database: Database, number: str, secret: str) -> Session:
    """The officer's session. Slow by intention: call off the UI thread.

    Refused alike for an unknown number, a wrong secret and a deactivated officer, and while locked.
    Wrong tries lock the number as ``sign_in_policy`` says.
    """
    found = _verified(database, number.strip(), secret, "officer.signed_in")
    return _session(found)


def unlock(database: Database, session: Session, secret: str) -> Session:
    """The officer at the locked desk has shown his secret; his session with today's roles."""
    return _session(_verified(database, session.number, secret, "officer.unlocked"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A secret that was shown for this number, already compared: the slow part outside any act."""

    number: str
    seen: Officer | None
    secret_hash: str | None
    right: bool
    rehashed: str | None


def show_secret(database: Database, number: str, secret: str) -> Shown:
    """The secret compared with the officer's. Slow by intention: call off the UI thread."""
    with database.read() as connection:
        seen = store.by_number(connection, number)
        secret_hash = None if seen is None else store.lock_of(connection, seen.id).secret_hash
    right = secret_rules.fits(secret, secret_hash or secret_rules.NOBODY)
    rehashed = None
    if right and secret_hash is not None and secret_rules.HASHER.check_needs_rehash(secret_hash):
        rehashed = secret_rules.HASHER.hash(secret)
    return Shown(number, seen, secret_hash, right, rehashed)


def attest_within(act: Act, shown: Shown) -> Session | Refused:
    """Inside the act that signs a document: the officer's session as of now, and from here on he is
    the act's actor. Or why not: then the act writes nothing else, for the try must be counted."""
    found = _judged(act, shown, "officer.attested")
    return found if isinstance(found, Refused) else _session(found)


def sign_out(database: Database, session: Session) -> None:
    """The trail says that the officer left the desk."""
    with database.act(session.actor) as act:
        act.audit("officer.signed_out", "officer", session.officer_id, number=session.number)
        act.announce(OfficerSignedOut(session))


def change_own_secret(database: Database, session: Session, old: str, new: str) -> None:
    """The officer of this session signs in with ``new``. A wrong ``old`` counts as a wrong try."""
    unlock(database, session, old)
    hashed = secret_rules.prepared(database, session.number, new)
    with database.act(session.actor) as act:
        store.update(act.connection, session.officer_id, secret_hash=hashed)
        act.audit(
            "officer.own_secret_changed", "officer", session.officer_id, number=session.number
        )
        act.announce(OfficersChanged(session.officer_id))


def _verified(database: Database, number: str, secret: str, audited: str) -> Officer:
    shown = show_secret(database, number, secret)
    with database.act(SYSTEM) as act:  # nobody has proven yet who he is
        found = _judged(act, shown, audited)
    if isinstance(found, Refused):
        raise found
    return found


def _judged(act: Act, shown: Shown, audited: str) -> Officer | Refused:
    """The lock and the hash are read again: another try may have come between."""
    found = None if shown.seen is None else store.by_id(act.connection, shown.seen.id)
    if found is None:
        # What was typed is not written down: it may be a secret in the wrong field.
        act.audit("officer.sign_in_failed", "officer", "", why="unknown number")
        return Refused("people.wrong_number_or_secret")
    same = store.lock_of(act.connection, found.id).secret_hash == shown.secret_hash
    refused = _judge(act, found, shown.right and same)
    if refused is not None:
        return refused
    act.actor = Actor("officer", found.number)
    kept = shown.secret_hash if shown.rehashed is None else shown.rehashed
    store.guard(act.connection, found.id, wrong_tries=0, locked_until=None, secret_hash=kept)
    act.announce(OfficerSignedIn(_session(found)))
    act.audit(audited, "officer", found.id, number=shown.number, roles=sorted(found.roles))
    return found


def _judge(act: Act, found: Officer, right: bool) -> Refused | None:
    """What refuses this try, if anything; a wrong one is counted and audited."""
    lock = store.lock_of(act.connection, found.id)
    policy = secret_rules.sign_in_policy(act.connection, act.at)
    if lock.locked_until is not None and act.at < lock.locked_until:
        # A clock that was ahead when the lock was written must not keep him out for ever.
        still = min(lock.locked_until, act.at + timedelta(minutes=policy.lock_minutes))
        store.guard(act.connection, found.id, locked_until=still)
        act.audit("officer.sign_in_failed", "officer", found.id, number=found.number, why="locked")
        return _locked(still)
    if not found.active:
        act.audit(
            "officer.sign_in_failed", "officer", found.id, number=found.number, why="inactive"
        )
        return Refused("people.wrong_number_or_secret")
    if right:
        return None
    tries = (0 if lock.locked_until is not None else lock.wrong_tries) + 1
    until = act.at + timedelta(minutes=policy.lock_minutes) if tries >= policy.wrong_tries else None
    store.guard(act.connection, found.id, wrong_tries=tries, locked_until=until)
    if until is not None:
        act.announce(OfficersChanged(found.id))
    act.audit(
        "officer.sign_in_failed", "officer", found.id, number=found.number, why="wrong secret",
        tries=tries, locked_until=None if until is None else to_text(until),
    )  # fmt: skip
    return Refused("people.wrong_number_or_secret") if until is None else _locked(until)


def _session(found: Officer) -> Session:
    return Session(found.id, found.number, found.name, found.roles)


def _locked(until: datetime) -> Refused:
    return Refused("people.locked", until=f"{until.astimezone():%m-%d %H:%M}")
