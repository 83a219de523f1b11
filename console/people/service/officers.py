"""Acts that administer officers: adding them, their roles, secrets, and who may work here."""

from __future__ import annotations

import sqlalchemy as sa

from console.core.actor import SYSTEM, Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import OfficerId, new_id
from console.people import store
from console.people.model import (
    Officer,
    OfficersChanged,
    Right,
    Role,
    checked_name,
    checked_number,
    checked_roles,
    require,
    require_other,
    rights_of,
)
from console.people.service.secret import prepared


def officers(connection: sa.Connection) -> list[Officer]:
    """Every officer, the active ones first, then by number."""
    return store.all_officers(connection)


def officer(connection: sa.Connection, number: str) -> Officer:
    """The officer with this service number. Refused when there is none."""
    return _known(store.by_number(connection, number), number)


def first_officer(database: Database, number: str, name: str, secret: str) -> Officer:
    """A post where nobody can sign in yet has its chief, who is its technician too.

    Refused afterwards. Where he was imported without a secret, he gets it.
    """
    roles = frozenset({Role.CHIEF, Role.TECHNICIAN})
    hashed = prepared(database, number, secret)
    with database.act(SYSTEM) as act:
        if any(found.has_secret for found in store.all_officers(act.connection)):
            raise Refused("people.not_the_first")
        imported = store.by_number(act.connection, number.strip())
        if imported is None:
            return insert(act, number, name, roles, hashed)
        told = {"name": checked_name(name), "roles": sorted(roles), "active": True}
        store.update(act.connection, imported.id, **told, secret_hash=hashed)
        act.audit("officer.first", "officer", imported.id, number=imported.number, **told)
        act.announce(OfficersChanged(imported.id))
        return officer(act.connection, imported.number)


def add_officer(
    database: Database, actor: Actor, number: str, name: str, roles: frozenset[Role], secret: str
) -> Officer:
    """One more officer may sign in. Slow (the secret is hashed): call off the UI thread.

    Refused without the right, for a number in use, no role, or a secret against the policy.
    """
    require(actor, Right.ADMINISTER_PEOPLE)
    require_other(actor, number.strip())
    hashed = prepared(database, number, secret)
    with database.act(actor) as act:
        return insert(act, number, name, roles, hashed)


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
        require_administrator(act.connection)
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
    hashed = prepared(database, number, secret)
    with database.act(actor) as act:
        found = officer(act.connection, number)
        store.update(act.connection, found.id, secret_hash=hashed, wrong_tries=0, locked_until=None)
        act.audit("officer.secret_set", "officer", found.id, number=number)
        act.announce(OfficersChanged(found.id))


def deactivate(database: Database, actor: Actor, number: str) -> None:
    """The officer may not sign in any more; what he did stays under his name."""
    _set_active(database, actor, number, False)


def reactivate(database: Database, actor: Actor, number: str) -> None:
    """The officer may sign in again, with the roles and the secret he had."""
    _set_active(database, actor, number, True)


def insert(
    act: Act, number: str, name: str, roles: frozenset[Role], hashed: str, active: bool = True
) -> Officer:
    """One more officer stands in the table; with an empty hash nobody can sign in as him."""
    number = checked_number(number)
    if store.by_number(act.connection, number) is not None:
        raise Refused("people.number_in_use", field="number", number=number)
    new = Officer(
        OfficerId(new_id()), number, checked_name(name), checked_roles(roles), active, None, 1
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
        require_administrator(act.connection)
        verb = "officer.reactivated" if active else "officer.deactivated"
        act.audit(verb, "officer", found.id, number=number)
        act.announce(OfficersChanged(found.id))


def has_administrator(connection: sa.Connection) -> bool:
    """Somebody can sign in who administers people."""
    return any(
        found.active and found.has_secret and Right.ADMINISTER_PEOPLE in rights_of(found.roles)
        for found in store.all_officers(connection)
    )


def require_administrator(connection: sa.Connection) -> None:
    """Refused when nobody would be left to administer."""
    if not has_administrator(connection):
        raise Refused("people.last_administrator")


def _known(found: Officer | None, number: str) -> Officer:
    if found is None:
        raise Refused("people.unknown_officer", number=number)
    return found
