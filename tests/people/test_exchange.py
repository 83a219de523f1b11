"""Officers as a table: what is given is taken again, nobody gains a secret or rights by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.actor import SYSTEM, Actor
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.exchange import Row, judged, say_fault, take
from console.core.keyfile import create_key
from console.core.tables_file import read_table, write_table
from console.people import service
from console.people.model import OfficersChanged, Role
from console.people.service.exchange import OFFICERS

SECRET = "a long enough secret"
CHIEF = Actor("officer", "0001", frozenset({"chief"}))


@pytest.fixture
def post(database: Database) -> Database:
    service.first_officer(database, "0001", "李卫国", SECRET)
    duty = frozenset({Role.DUTY_OFFICER})
    service.add_officer(database, CHIEF, "0002", "王芳", duty | {Role.AUDITOR}, SECRET)
    service.add_officer(database, CHIEF, "0003", "=赵敏", duty, SECRET)
    service.deactivate(database, CHIEF, "0003")
    return database


@pytest.fixture
def other_post(tmp_path: Path, keys: Path) -> Iterator[Database]:
    folder = tmp_path / "other"
    store = Database(folder, create_key(folder), SystemClock(), EventBus())
    store.create("post-other")
    store.start()
    yield store
    store.stop()


def given(database: Database) -> list[Row]:
    with database.read() as connection:
        return list(OFFICERS.give(connection))


def told(number: str, name: str = "周军", roles: str = "duty_officer") -> Row:
    return {"number": number, "name": name, "roles": roles, "active": None}


def refused(database: Database, actor: Actor, *rows: Row) -> str:
    before = given(database)
    with pytest.raises(Refused) as caught:
        OFFICERS.take(database, actor, rows)
    assert given(database) == before
    return caught.value.code


@pytest.mark.parametrize("ending", OFFICERS.endings)
def test_an_empty_post_takes_what_another_gave(
    post: Database, other_post: Database, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"officers{ending}"
    write_table(file, OFFICERS.columns, given(post), language="zh_CN")
    assert take(other_post, SYSTEM, OFFICERS, read_table(file, OFFICERS.columns)) == 3
    assert given(other_post) == given(post)
    assert take(other_post, SYSTEM, OFFICERS, read_table(file, OFFICERS.columns)) == 0


def test_no_secret_leaves_the_post_or_comes_in(post: Database, other_post: Database) -> None:
    assert {name for row in given(post) for name in row} == {"number", "name", "roles", "active"}
    OFFICERS.take(other_post, SYSTEM, given(post))
    with other_post.read() as connection:
        assert not any(one.has_secret for one in service.officers(connection))
    for typed in ("", SECRET, "0002"):
        with pytest.raises(Refused) as caught:
            service.sign_in(other_post, "0002", typed)
        assert caught.value.code == "people.wrong_number_or_secret"


def test_who_was_taken_in_signs_in_once_a_chief_has_set_his_secret(post: Database) -> None:
    assert OFFICERS.take(post, CHIEF, [told("0009")]) == 1
    service.set_secret(post, CHIEF, "0009", SECRET + "9")
    assert service.sign_in(post, "0009", SECRET + "9").roles == {Role.DUTY_OFFICER}


def test_a_post_where_nobody_can_sign_in_still_gets_its_first_chief(other_post: Database) -> None:
    OFFICERS.take(other_post, SYSTEM, [told("0001"), told("0002")])
    service.first_officer(other_post, "0001", "李卫国", SECRET)
    session = service.sign_in(other_post, "0001", SECRET)
    assert session.name == "李卫国"
    assert session.roles == {Role.CHIEF, Role.TECHNICIAN}
    with pytest.raises(Refused) as caught:
        service.first_officer(other_post, "0002", "王芳", SECRET)
    assert caught.value.code == "people.not_the_first"


def test_a_row_changes_the_officer_and_the_trail_says_from_what(post: Database) -> None:
    heard: list[object] = []
    post._bus.subscribe(OfficersChanged, heard.append)
    rows = [told("0002", "王芳芳", "auditor"), *given(post)[:1]]
    assert OFFICERS.take(post, CHIEF, rows) == 1
    assert len(heard) == 1
    with post.read() as connection:
        assert service.officer(connection, "0002").name == "王芳芳"
        lines = connection.exec_driver_sql(
            "SELECT act, detail FROM audit_trail ORDER BY seq DESC LIMIT 2"
        ).all()
    assert [line.act for line in lines] == ["officers.imported", "officer.changed"]
    assert "duty_officer" in lines[1].detail and "王芳芳" in lines[1].detail
    assert service.sign_in(post, "0002", SECRET).roles == {Role.AUDITOR}  # his secret stays


def test_nobody_gives_himself_rights_or_takes_the_last(post: Database) -> None:
    more = told("0001", "李卫国", "chief;technician;auditor")
    assert refused(post, CHIEF, told("0008"), more) == "people.not_yourself"
    assert refused(post, Actor("officer", "0002", frozenset({"auditor"})), told("0008")) == (
        "people.not_allowed"
    )
    less = told("0001", "李卫国", "technician")
    other = told("0004", roles="chief")  # without a secret he administers nobody
    assert refused(post, SYSTEM, other, less) == "people.last_administrator"


def test_bad_rows_are_named(post: Database, tmp_path: Path) -> None:
    file = tmp_path / "officers.csv"
    file.write_text(
        "警号,姓名,角色,在用\n0007,甲,值班员,是\n00-8,乙,值班员,是\n0007,丙,站长、审计员,\n"
        "0009,丁,局长,\n0010,戊,,\n0011,己,值班员,也许\n0012,庚,；,\n",
        "utf-8",
    )
    with post.read() as connection:
        table = judged(connection, OFFICERS, read_table(file, OFFICERS.columns))
    assert [(one.line, one.column, one.code) for one in table.faults] == [
        (3, "number", "people.bad_number"),
        (4, "number", "exchange.twice"),
        (5, "roles", "exchange.not_among"),
        (6, "roles", "exchange.empty"),
        (7, "active", "exchange.not_yes_or_no"),
        (8, "roles", "people.no_role"),
    ]
    said = say_fault(table.faults[1], OFFICERS.columns, "zh_CN")
    assert said == "第 4 行 警号：“0007”在表中重复，第 2 行已有。"
