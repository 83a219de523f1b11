"""Who may do what at the post: roles, the rights that hang on them, and a signed-in session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from console.core.actor import Actor
from console.core.errors import Refused
from console.core.ids import OfficerId
from console.core.words import Words


class Role(StrEnum):
    """What an officer is at this post; an officer may have several."""

    DUTY_OFFICER = "duty_officer"
    CHIEF = "chief"
    TECHNICIAN = "technician"
    AUDITOR = "auditor"


class Right(StrEnum):
    """One thing that an actor may be allowed to do."""

    TAKE_CALLS = "take_calls"  # take, sign, assign, feed back, close
    CHECK_CALLS = "check_calls"  # the leader's check before a call is closed, overrides
    SET_UNITS = "set_units"  # status of units
    MANAGE_UNITS = "manage_units"  # add and change units and their crews
    ISSUE_ITEMS = "issue_items"  # hand equipment out and take it back
    MANAGE_ITEMS = "manage_items"  # add, change and import equipment
    EDIT_REFERENCE = "edit_reference"  # code tables and limits of the post
    ADMINISTER_PEOPLE = "administer_people"
    MANAGE_LINKS = "manage_links"
    SETTLE_SYNC = "settle_sync"  # retry or discard what the city set aside
    READ_AUDIT = "read_audit"
    MAKE_BACKUP = "make_backup"
    CHANGE_SETTINGS = "change_settings"  # of this machine: roads, city, backup folder


ROLE_WORDS: Mapping[Role, Words] = {
    Role.DUTY_OFFICER: Words("值班员", "duty officer"),
    Role.CHIEF: Words("站长", "chief"),
    Role.TECHNICIAN: Words("技术员", "technician"),
    Role.AUDITOR: Words("审计员", "auditor"),
}

RIGHT_WORDS: Mapping[Right, Words] = {
    Right.TAKE_CALLS: Words("接处警", "take calls"),
    Right.CHECK_CALLS: Words("警情审核", "check calls"),
    Right.SET_UNITS: Words("变更警力状态", "set unit statuses"),
    Right.MANAGE_UNITS: Words("管理巡逻组", "manage units"),
    Right.ISSUE_ITEMS: Words("发放和归还装备", "issue and take back equipment"),
    Right.MANAGE_ITEMS: Words("管理装备", "manage equipment"),
    Right.EDIT_REFERENCE: Words("修改代码表", "edit reference tables"),
    Right.ADMINISTER_PEOPLE: Words("管理人员", "administer people"),
    Right.MANAGE_LINKS: Words("管理链路", "manage links"),
    Right.SETTLE_SYNC: Words("处理搁置数据", "settle set-aside data"),
    Right.READ_AUDIT: Words("查看审计", "read the audit trail"),
    Right.MAKE_BACKUP: Words("备份", "make backups"),
    Right.CHANGE_SETTINGS: Words("修改设置", "change settings"),
}

# Oversight is kept apart: an auditor looks and changes nothing, a technician never touches calls.
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.DUTY_OFFICER: frozenset({Right.TAKE_CALLS, Right.SET_UNITS, Right.ISSUE_ITEMS}),
    Role.CHIEF: frozenset(
        {
            Right.TAKE_CALLS,
            Right.CHECK_CALLS,
            Right.SET_UNITS,
            Right.MANAGE_UNITS,
            Right.ISSUE_ITEMS,
            Right.MANAGE_ITEMS,
            Right.EDIT_REFERENCE,
            Right.ADMINISTER_PEOPLE,
            Right.SETTLE_SYNC,
            Right.READ_AUDIT,
            Right.CHANGE_SETTINGS,
        }
    ),
    Role.TECHNICIAN: frozenset(
        {
            Right.MANAGE_UNITS,
            Right.MANAGE_ITEMS,
            Right.MANAGE_LINKS,
            Right.SETTLE_SYNC,
            Right.MAKE_BACKUP,
            Right.CHANGE_SETTINGS,
        }
    ),
    Role.AUDITOR: frozenset({Right.READ_AUDIT}),
}

NUMBER_CHARS = 32
NAME_CHARS = 64


@dataclass(frozen=True, slots=True)
class Officer:
    """One person of the post; ``number`` is the service number he signs in with."""

    id: OfficerId
    number: str
    name: str
    roles: frozenset[Role]
    active: bool
    locked_until: datetime | None
    rev: int


@dataclass(frozen=True, slots=True)
class Session:
    """One officer at the desk, from sign-in to sign-out."""

    officer_id: OfficerId
    number: str
    name: str
    roles: frozenset[Role]

    @property
    def actor(self) -> Actor:
        """Who the acts of this session are by."""
        return Actor("officer", self.number, frozenset(str(role) for role in self.roles))


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """How many wrong tries lock a number, for how long, and how short a secret may be."""

    wrong_tries: int
    lock_minutes: int
    secret_min_chars: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> SignInPolicy:
        """The policy of a reference table, each value held within what is still safe."""

        def within(name: str, low: int, high: int) -> int:
            return min(max(int(table[name]), low), high)

        return cls(
            wrong_tries=within("wrong_tries", 1, 10),
            lock_minutes=within("lock_minutes", 1, 24 * 60),
            secret_min_chars=within("secret_min_chars", 6, 64),
        )


@dataclass(frozen=True, slots=True)
class OfficersChanged:
    """An officer was added, changed, locked or deactivated; sessions of his may be out of date."""

    officer_id: OfficerId


@dataclass(frozen=True, slots=True)
class OfficerSignedIn:
    """An officer has shown who he is: at sign-in, or when he came back to the locked desk."""

    session: Session


@dataclass(frozen=True, slots=True)
class OfficerSignedOut:
    """An officer has left the desk."""

    session: Session


def rights_of(roles: frozenset[str] | frozenset[Role]) -> frozenset[Right]:
    """All that these roles together allow; a role that is not known allows nothing."""
    return frozenset(right for role in Role if role in roles for right in RIGHTS[role])


def allowed(actor: Actor, right: Right) -> bool:
    """Whether the actor may: officers by their roles, system, city and devices always."""
    return actor.kind != "officer" or right in rights_of(actor.roles)


def require(actor: Actor, right: Right) -> None:
    """The actor may do this. Refused otherwise."""
    if not allowed(actor, right):
        raise Refused("people.not_allowed", who=actor.name, right=RIGHT_WORDS[right])


def require_other(actor: Actor, number: str) -> None:
    """The act is on somebody else: no one administers himself. Refused otherwise."""
    if actor.kind == "officer" and actor.name == number:
        raise Refused("people.not_yourself", number=number)


def checked_number(number: str) -> str:
    """The service number without blanks around it. Refused unless 1 to 32 letters or digits."""
    found = number.strip()
    if not (0 < len(found) <= NUMBER_CHARS and found.isascii() and found.isalnum()):
        raise Refused(
            "people.bad_number", field="number", number=found[:NUMBER_CHARS], most=NUMBER_CHARS
        )
    return found


def checked_name(name: str) -> str:
    """The name without blanks around it. Refused unless 1 to 64 printable characters."""
    found = name.strip()
    if not (0 < len(found) <= NAME_CHARS and found.isprintable()):
        raise Refused("people.bad_name", field="name", most=NAME_CHARS)
    return found


def checked_roles(roles: frozenset[Role]) -> frozenset[Role]:
    """The roles. Refused when there are none."""
    if not roles:
        raise Refused("people.no_role", field="roles")
    return roles


def check_secret(secret: str, number: str, policy: SignInPolicy) -> None:
    """The secret may be used. Refused when short, far too long, or the number itself."""
    if not policy.secret_min_chars <= len(secret) <= 256:
        raise Refused("people.bad_secret", field="secret", least=policy.secret_min_chars)
    if secret == number or len(set(secret)) < 3:
        raise Refused("people.weak_secret", field="secret")
