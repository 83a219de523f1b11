"""Administering officers: rights, revisions, and that no one administers himself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.core.actor import CITY, SYSTEM, Actor
from console.core.database import Database
from console.core.errors import Refused
from console.people import model, service
from console.people.model import OfficersChanged, Right, Role

SECRET = "a long enough secret"
CHIEF = Actor("officer", "0001", frozenset({"chief"}))
OTHER_CHIEF = Actor("officer", "0002", frozenset({"chief"}))


@pytest.fixture
def post(database: Database) -> Database:
    service.first_officer(database, "0001", "李卫国", SECRET)
    service.add_officer(database, CHIEF, "0002", "王芳", frozenset({Role.CHIEF}), SECRET)
    return database


def code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.code


def rev(database: Database, number: str) -> int:
    with database.read() as connection:
        return service.officer(connection, number).rev


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.CHIEF])
def test_only_a_chief_administers(post: Database, role: Role) -> None:
    actor = Actor("officer", "0009", frozenset({str(role)}))
    acts: list[Callable[[], object]] = [
        lambda: service.add_officer(post, actor, "0003", "赵敏", frozenset({role}), SECRET),
        lambda: service.change_roles(post, actor, "0002", frozenset({role}), 1),
        lambda: service.set_secret(post, actor, "0002", SECRET),
        lambda: service.deactivate(post, actor, "0002"),
        lambda: service.reactivate(post, actor, "0002"),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == "people.not_allowed"


def test_no_one_administers_himself(post: Database) -> None:
    acts: list[Callable[[], object]] = [
        lambda: service.change_roles(post, CHIEF, "0001", frozenset(Role), 1),
        lambda: service.set_secret(post, CHIEF, "0001", SECRET),
        lambda: service.deactivate(post, CHIEF, "0001"),
        lambda: service.add_officer(post, CHIEF, "0001", "李卫国", frozenset(Role), SECRET),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == "people.not_yourself"


def test_the_last_administrator_stays(post: Database) -> None:
    service.deactivate(post, CHIEF, "0002")
    for act in (
        lambda: service.deactivate(post, SYSTEM, "0001"),
        lambda: service.deactivate(post, OTHER_CHIEF, "0001"),
        lambda: service.change_roles(post, SYSTEM, "0001", frozenset({Role.AUDITOR}), 1),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code(refused) == "people.last_administrator"
    with post.read() as connection:
        first = service.officer(connection, "0001")
    assert first.active
    assert Role.CHIEF in first.roles


def test_roles_are_changed_on_what_was_seen(post: Database) -> None:
    heard: list[OfficersChanged] = []
    post._bus.subscribe(OfficersChanged, heard.append)
    changed = service.change_roles(
        post, CHIEF, "0002", frozenset({Role.AUDITOR, Role.DUTY_OFFICER}), rev(post, "0002")
    )
    assert changed.roles == {Role.AUDITOR, Role.DUTY_OFFICER}
    assert heard == [OfficersChanged(changed.id)]
    with pytest.raises(Refused) as refused:
        service.change_roles(post, CHIEF, "0002", frozenset({Role.CHIEF}), changed.rev - 1)
    assert code(refused) == "people.changed_meanwhile"


def test_back_again_after_deactivation(post: Database) -> None:
    service.deactivate(post, CHIEF, "0002")
    with post.read() as connection:
        assert [o.number for o in service.officers(connection) if o.active] == ["0001"]
    service.reactivate(post, CHIEF, "0002")
    assert service.sign_in(post, "0002", SECRET).roles == {Role.CHIEF}


def test_there_is_one_first_officer(post: Database) -> None:
    with pytest.raises(Refused) as refused:
        service.first_officer(post, "0005", "周军", SECRET)
    assert code(refused) == "people.not_the_first"


@pytest.mark.parametrize(
    ("number", "name", "roles", "secret", "expected"),
    [
        ("", "赵敏", {Role.CHIEF}, SECRET, "people.bad_number"),
        ("00 3", "赵敏", {Role.CHIEF}, SECRET, "people.bad_number"),
        ("x" * 33, "赵敏", {Role.CHIEF}, SECRET, "people.bad_number"),
        ("<b>", "赵敏", {Role.CHIEF}, SECRET, "people.bad_number"),
        ("0003", "  ", {Role.CHIEF}, SECRET, "people.bad_name"),
        ("0003", "a\nb", {Role.CHIEF}, SECRET, "people.bad_name"),
        ("0003", "赵敏", set(), SECRET, "people.no_role"),
        ("0003", "赵敏", {Role.CHIEF}, "short", "people.bad_secret"),
        ("0003", "赵敏", {Role.CHIEF}, "x" * 257, "people.bad_secret"),
        ("00030003", "赵敏", {Role.CHIEF}, "00030003", "people.weak_secret"),
        ("0003", "赵敏", {Role.CHIEF}, "abababab", "people.weak_secret"),
        ("0002", "赵敏", {Role.CHIEF}, SECRET, "people.number_in_use"),
    ],
)
def test_what_cannot_be_added(
    post: Database, number: str, name: str, roles: set[Role], secret: str, expected: str
) -> None:
    with pytest.raises(Refused) as refused:
        service.add_officer(post, CHIEF, number, name, frozenset(roles), secret)
    assert code(refused) == expected
    with post.read() as connection:
        assert len(service.officers(connection)) == 2


def test_unknown_officers_are_named(post: Database) -> None:
    with pytest.raises(Refused) as refused:
        service.set_secret(post, CHIEF, "0404", SECRET)
    assert code(refused) == "people.unknown_officer"


def test_rights_hang_on_roles() -> None:
    for right in Right:
        assert any(right in rights for rights in model.RIGHTS.values()), right
        model.require(SYSTEM, right)
        model.require(CITY, right)
    nobody = Actor("officer", "0009", frozenset({"no such role"}))
    assert model.rights_of(nobody.roles) == frozenset()
    assert not model.allowed(nobody, Right.TAKE_CALLS)
    auditor = model.RIGHTS[Role.AUDITOR]
    assert auditor == {Right.READ_AUDIT}
    assert set(model.ROLE_WORDS) == set(Role)
    assert set(model.RIGHT_WORDS) == set(Right)
