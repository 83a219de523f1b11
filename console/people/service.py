"""Acts on officers: adding, changing, signing in and out. Secrets are never kept or logged."""

from __future__ import annotations

from datetime import datetime, timedelta

import argon2
import sqlalchemy as sa
from argon2.exceptions import InvalidHashError, VerificationError

from console.core import reference
from console.core.actor import SYSTEM, Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import OfficerId, new_id
from console.people import store
from console.people.model import (
    Officer,
    OfficersChanged,
    OfficerSignedIn,
    OfficerSignedOut,
    Right,
    Role,
    Session,
    SignInPolicy,
    check_secret,
    checked_name,
    checked_number,
    checked_roles,
    require,
    require_other,
    rights_of,
)

# RFC 9106 argon2id; 32 MiB and 3 passes take 50 to 100 ms on the two cores of a post's machine.
_HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
# The hash of a thrown-away random secret: an unknown number costs the same work as a known one.
_NOBODY = "$argon2id$v=19$m=32768,t=3,p=1$ZmtMTfIH4sA3GDK2dJPOzw$NLAOu957NPRlFzo6v1RJWE94jntveHRtevqSgg2Hv3s"


def sign_in_policy(connection: sa.Connection, now: datetime) -> SignInPolicy:
    """The policy that holds now."""
    return SignInPolicy.of(reference.current(connection, "sign_in_policy", now))


def officers(connection: sa.Connection) -> list[Officer]:
    """Every officer, the active ones first, then by number."""
    return store.all_officers(connection)


def officer(connection: sa.Connection, number: str) -> Officer:
    """The officer with this service number. Refused when there is none."""
    return _known(store.by_number(connection, number), number)


def refresh(connection: sa.Connection, session: Session) -> Session | None:
    """The session with today's name and roles; None when its officer may not work here any more."""
    found = store.by_id(connection, session.officer_id)
    return _session(found) if found is not None and found.active else None


def first_officer(database: Database, number: str, name: str, secret: str) -> Officer:
    """A post that has nobody yet has its chief, who is its technician too. Refused afterwards."""
    roles = frozenset({Role.CHIEF, Role.TECHNICIAN})
    hashed = _prepared(database, number, secret)
    with database.act(SYSTEM) as act:
        if store.all_officers(act.connection):
            raise Refused("people.not_the_first")
        return _insert(act, number, name, roles, hashed)


def add_officer(
    database: Database, actor: Actor, number: str, name: str, roles: frozenset[Role], secret: str
) -> Officer:
    """One more officer may sign in. Slow (the secret is hashed): call off the UI thread.

    Refused without the right, for a number in use, no role, or a secret against the policy.
    """
    require(actor, Right.ADMINISTER_PEOPLE)
    require_other(actor, number.strip())
    hashed = _prepared(database, number, secret)
    with database.act(actor) as act:
        return _insert(act, number, name, roles, hashed)


def change_roles(
    database: Database, actor: Actor, number: str, roles: frozenset[Role], base_rev: int
) -> Officer:
    """The officer has exactly these roles.

    Refused on oneself, when another change came between (``base_rev``), and when nobody would be
    left to administer.
    """
    require(actor, Right.ADMINISTER_PEOPLE)
    require_other(actor, number)
    checked_roles(roles)
    with database.act(actor) as act:
        found = officer(act.connection, number)
        if found.rev != base_rev:
            raise Refused("people.changed_meanwhile", number=number)
        if found.roles == roles:
            return found
        store.update(act.connection, found.id, roles=sorted(roles))
        _require_administrator(act.connection)
        act.audit(
            "officer.roles", "officer", found.id, number=number,
            before=sorted(found.roles), after=sorted(roles),
        )  # fmt: skip
        act.announce(OfficersChanged(found.id))
        return officer(act.connection, number)


def set_secret(database: Database, actor: Actor, number: str, secret: str) -> None:
    """The officer signs in with this secret from now on, and a lock on him is lifted.

    Refused on oneself: one's own secret is changed with ``change_own_secret``.
    """
    require(actor, Right.ADMINISTER_PEOPLE)
    require_other(actor, number)
    hashed = _prepared(database, number, secret)
    with database.act(actor) as act:
        found = officer(act.connection, number)
        store.update(act.connection, found.id, secret_hash=hashed, wrong_tries=0, locked_until=None)
        act.audit("officer.secret_set", "officer", found.id, number=number)
        act.announce(OfficersChanged(found.id))


def change_own_secret(database: Database, session: Session, old: str, new: str) -> None:
    """The officer of this session signs in with ``new``. A wrong ``old`` counts as a wrong try."""
    unlock(database, session, old)
    hashed = _prepared(database, session.number, new)
    with database.act(session.actor) as act:
        store.update(act.connection, session.officer_id, secret_hash=hashed)
        act.audit(
            "officer.own_secret_changed", "officer", session.officer_id, number=session.number
        )
        act.announce(OfficersChanged(session.officer_id))


def deactivate(database: Database, actor: Actor, number: str) -> None:
    """The officer may not sign in any more; what he did stays under his name."""
    _set_active(database, actor, number, False)


def reactivate(database: Database, actor: Actor, number: str) -> None:
    """The officer may sign in again, with the roles and the secret he had."""
    _set_active(database, actor, number, True)


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


def attest(database: Database, session: Session, secret: str) -> Session:
    """The officer at the desk has shown his secret to sign a document; his session as of now.

    Slow like signing in; a wrong secret counts as a wrong try.
    """
    return _session(_verified(database, session.number, secret, "officer.attested"))


def sign_out(database: Database, session: Session) -> None:
    """The trail says that the officer left the desk."""
    with database.act(session.actor) as act:
        act.audit("officer.signed_out", "officer", session.officer_id, number=session.number)
        act.announce(OfficerSignedOut(session))


def _verified(database: Database, number: str, secret: str, audited: str) -> Officer:
    with database.read() as connection:
        seen = store.by_number(connection, number)
        secret_hash = None if seen is None else store.lock_of(connection, seen.id).secret_hash
    right = _fits(secret, secret_hash or _NOBODY)
    rehashed = None
    if right and secret_hash is not None and _HASHER.check_needs_rehash(secret_hash):
        rehashed = _HASHER.hash(secret)
    refused: Refused | None = None
    with database.act(SYSTEM) as act:  # nobody has proven yet who he is
        found = None if seen is None else store.by_id(act.connection, seen.id)
        # The lock and the hash are read again: another try may have come between.
        if found is None:
            # What was typed is not written down: it may be a secret in the wrong field.
            act.audit("officer.sign_in_failed", "officer", "", why="unknown number")
            refused = Refused("people.wrong_number_or_secret")
        else:
            same = store.lock_of(act.connection, found.id).secret_hash == secret_hash
            refused = _judge(act, found, right and same)
        if refused is None and found is not None:
            act.actor = Actor("officer", found.number)
            kept = secret_hash if rehashed is None else rehashed
            store.guard(
                act.connection, found.id, wrong_tries=0, locked_until=None, secret_hash=kept
            )
            act.announce(OfficerSignedIn(_session(found)))
            act.audit(audited, "officer", found.id, number=number, roles=sorted(found.roles))
    if refused is not None or found is None:
        raise refused or Refused("people.wrong_number_or_secret")
    return found


def _judge(act: Act, found: Officer, right: bool) -> Refused | None:
    """What refuses this try, if anything; a wrong one is counted and audited."""
    lock = store.lock_of(act.connection, found.id)
    policy = sign_in_policy(act.connection, act.at)
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


def _insert(act: Act, number: str, name: str, roles: frozenset[Role], hashed: str) -> Officer:
    number = checked_number(number)
    if store.by_number(act.connection, number) is not None:
        raise Refused("people.number_in_use", field="number", number=number)
    new = Officer(
        OfficerId(new_id()), number, checked_name(name), checked_roles(roles), True, None, 1
    )
    store.insert(act.connection, new, hashed, act.at)
    act.audit("officer.added", "officer", new.id, number=number, name=new.name, roles=sorted(roles))
    act.announce(OfficersChanged(new.id))
    return new


def _set_active(database: Database, actor: Actor, number: str, active: bool) -> None:
    require(actor, Right.ADMINISTER_PEOPLE)
    require_other(actor, number)
    with database.act(actor) as act:
        found = officer(act.connection, number)
        if found.active == active:
            return
        store.update(act.connection, found.id, active=active)
        _require_administrator(act.connection)
        verb = "officer.reactivated" if active else "officer.deactivated"
        act.audit(verb, "officer", found.id, number=number)
        act.announce(OfficersChanged(found.id))


def _require_administrator(connection: sa.Connection) -> None:
    for found in store.all_officers(connection):
        if found.active and Right.ADMINISTER_PEOPLE in rights_of(found.roles):
            return
    raise Refused("people.last_administrator")


def _prepared(database: Database, number: str, secret: str) -> str:
    """The hash of a secret that the policy allows; made outside any transaction."""
    with database.read() as connection:
        policy = sign_in_policy(connection, database.clock.now())
    check_secret(secret, number.strip(), policy)
    return _HASHER.hash(secret)


def _fits(secret: str, secret_hash: str) -> bool:
    try:
        return _HASHER.verify(secret_hash, secret)
    except (VerificationError, InvalidHashError):
        return False


def _session(found: Officer) -> Session:
    return Session(found.id, found.number, found.name, found.roles)


def _known(found: Officer | None, number: str) -> Officer:
    if found is None:
        raise Refused("people.unknown_officer", number=number)
    return found


def _locked(until: datetime) -> Refused:
    return Refused("people.locked", until=f"{until.astimezone():%m-%d %H:%M}")
