"""Signing in: locks, equal work, and what the trail may hold."""

from __future__ import annotations

import threading

import pytest

from console.core import audit, reference
from console.core.actor import SYSTEM, Actor
from console.core.database import Database
from console.core.errors import ConsoleError, Refused
from console.people import service
from console.people.model import OfficerSignedIn, OfficerSignedOut, Role, Session
from console.people.service import secret
from tests.conftest import HandClock

SECRET = "红旗广场-2026"


@pytest.fixture
def chief(database: Database) -> Session:
    service.first_officer(database, "0001", "李卫国", SECRET)
    return service.sign_in(database, "0001", SECRET)


def trail(database: Database) -> list[audit.AuditLine]:
    with database.read() as connection:
        return list(audit.lines(connection))


def refusal(database: Database, number: str, secret: str) -> str:
    with pytest.raises(Refused) as refused:
        service.sign_in(database, number, secret)
    return refused.value.code


def test_a_session_carries_the_officer_and_his_roles(chief: Session) -> None:
    assert (chief.number, chief.name) == ("0001", "李卫国")
    assert chief.actor == Actor("officer", "0001")
    assert chief.actor.roles == {"chief", "technician"}


def test_unknown_wrong_and_inactive_are_refused_alike(database: Database, chief: Session) -> None:
    service.add_officer(
        database, chief.actor, "0002", "王芳", frozenset({Role.DUTY_OFFICER}), SECRET + "2"
    )
    service.deactivate(database, chief.actor, "0002")
    told = {
        refusal(database, "9999", SECRET),
        refusal(database, "0001", "not the secret"),
        refusal(database, "0002", SECRET + "2"),
    }
    assert told == {"people.wrong_number_or_secret"}


def test_an_unknown_number_costs_a_hash_too(
    database: Database, chief: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    really = secret.fits

    def counted(secret: str, secret_hash: str) -> bool:
        asked.append(secret_hash)
        return really(secret, secret_hash)

    monkeypatch.setattr(secret, "fits", counted)
    refusal(database, "9999", SECRET)
    assert asked == [secret.NOBODY]
    assert not secret.HASHER.check_needs_rehash(secret.NOBODY)


def test_five_wrong_tries_lock_for_half_an_hour(
    database: Database, chief: Session, clock: HandClock
) -> None:
    for _ in range(4):
        assert refusal(database, "0001", "wrong") == "people.wrong_number_or_secret"
    assert refusal(database, "0001", "wrong") == "people.locked"
    clock.pass_(29 * 60)
    assert refusal(database, "0001", SECRET) == "people.locked"
    clock.pass_(61)
    assert refusal(database, "0001", "wrong") == "people.wrong_number_or_secret"
    assert service.sign_in(database, "0001", SECRET).number == "0001"
    assert refusal(database, "0001", "wrong") == "people.wrong_number_or_secret"


def test_the_policy_of_the_post_holds_within_safe_bounds(
    database: Database, chief: Session, clock: HandClock
) -> None:
    with database.act(SYSTEM) as act:
        body = {"wrong_tries": 2, "lock_minutes": 1, "secret_min_chars": 1}
        reference.put(act.connection, "sign_in_policy", clock.now(), body)
    refusal(database, "0001", "wrong")
    assert refusal(database, "0001", "wrong") == "people.locked"
    clock.pass_(60)
    assert service.sign_in(database, "0001", SECRET).number == "0001"
    with database.read() as connection:
        assert service.sign_in_policy(connection, clock.now()).secret_min_chars == 6


def test_unlock_counts_wrong_tries_and_tells_todays_roles(
    database: Database, chief: Session
) -> None:
    duty = frozenset({Role.DUTY_OFFICER})
    added = service.add_officer(database, chief.actor, "0002", "王芳", duty, SECRET + "2")
    session = service.sign_in(database, "0002", SECRET + "2")
    service.change_roles(database, chief.actor, "0002", frozenset({Role.AUDITOR}), added.rev)
    assert service.unlock(database, session, SECRET + "2").roles == {Role.AUDITOR}
    for _ in range(4):
        with pytest.raises(Refused):
            service.unlock(database, session, "wrong")
    with pytest.raises(Refused) as refused:
        service.unlock(database, session, "wrong")
    assert refused.value.code == "people.locked"
    with database.read() as connection:
        assert service.refresh(connection, session) is not None
    service.deactivate(database, chief.actor, "0002")
    with database.read() as connection:
        assert service.refresh(connection, session) is None


def test_a_new_secret_lifts_the_lock(database: Database, chief: Session) -> None:
    duty = frozenset({Role.DUTY_OFFICER})
    service.add_officer(database, chief.actor, "0002", "王芳", duty, SECRET + "2")
    for _ in range(5):
        refusal(database, "0002", "wrong")
    service.set_secret(database, chief.actor, "0002", "another secret")
    assert service.sign_in(database, "0002", "another secret").number == "0002"
    assert refusal(database, "0002", SECRET + "2") == "people.wrong_number_or_secret"


def test_tries_at_the_same_time_are_all_counted(database: Database, chief: Session) -> None:
    told: list[str] = []

    def attempt() -> None:
        try:
            service.sign_in(database, "0001", "wrong")
        except ConsoleError as refused:
            told.append(refused.code)

    threads = [threading.Thread(target=attempt, name=f"try-{n}") for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["people.locked"] * 4 + ["people.wrong_number_or_secret"] * 4


def test_news_of_coming_and_going(database: Database, chief: Session) -> None:
    heard: list[object] = []
    database._bus.subscribe(OfficerSignedIn, heard.append)
    database._bus.subscribe(OfficerSignedOut, heard.append)
    session = service.sign_in(database, " 0001 ", SECRET)
    service.sign_out(database, session)
    assert heard == [OfficerSignedIn(session), OfficerSignedOut(session)]


def test_every_act_is_in_the_trail_and_no_secret_is(database: Database, chief: Session) -> None:
    refusal(database, "0001", "wrong-secret-typed")
    refusal(database, SECRET, "secret in the wrong field")
    service.change_own_secret(database, chief, SECRET, "quite another one")
    service.sign_out(database, service.sign_in(database, "0001", "quite another one"))
    lines = trail(database)
    assert [(line.act, line.actor) for line in lines] == [
        ("officer.added", "system:console"),
        ("officer.signed_in", "officer:0001"),
        ("officer.sign_in_failed", "system:console"),
        ("officer.sign_in_failed", "system:console"),
        ("officer.unlocked", "officer:0001"),
        ("officer.own_secret_changed", "officer:0001"),
        ("officer.signed_in", "officer:0001"),
        ("officer.signed_out", "officer:0001"),
    ]
    written = repr(lines)
    for told in (SECRET, "wrong-secret", "wrong field", "quite another", "argon2"):
        assert told not in written
