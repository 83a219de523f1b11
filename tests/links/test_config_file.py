"""The links as a file: what is given out is taken in; every fault is named; all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.core.ids import LinkId
from console.links.model import (
    LinkConfig,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
)
from console.links.service import (
    Fate,
    add_link,
    export_links,
    import_links,
    links,
    plan_import,
    remove_link,
    set_up_link,
)
from console.links.service.config_file import MOST_BYTES, MOST_LINKS

UNITS = {"unit-1": "巡逻一组", "unit-2": "巡逻二组"}


def standing(database: Database) -> dict[str, LinkConfig]:
    with database.read() as connection:
        return {config.name: config for config in links(connection)}


@pytest.fixture
def post(database: Database, officer: Actor) -> Database:
    add_link(database, officer, "GNSS", "nmea", SerialPlace("1546:01a8:SN1", 4800), "unit-1")
    add_link(database, officer, "Gateway", "nmea", TcpPlace("10.0.0.1", 4001))
    terminals = LinkConfig(
        LinkId(""), "Terminals", "jt808", TcpServerPlace("", 8808),
        settings={"secret": "s3cret"}, sources={"13800000001": "unit-2"},
    )  # fmt: skip
    set_up_link(database, officer, terminals)
    repeater = LinkConfig(LinkId(""), "Repeater", "hytera", UdpPlace("10.0.0.2", 30009, 30010))
    set_up_link(database, officer, repeater)
    return database


@pytest.fixture
def file(post: Database, officer: Actor, tmp_path: Path) -> Path:
    path = tmp_path / "links.json"
    assert export_links(post, officer, path, UNITS) == 4
    return path


def rewritten(file: Path, change: Callable[[list[dict[str, Any]]], object]) -> Path:
    told = json.loads(file.read_text("utf-8"))
    change(told["links"])
    file.write_text(json.dumps(told), "utf-8")
    return file


def entry(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in found if one["name"] == name)


def test_what_is_given_out_is_taken_in(post: Database, officer: Actor, file: Path) -> None:
    before = standing(post)
    assert {one.fate for one in plan_import(post, file, UNITS)} == {Fate.SAME}
    assert import_links(post, officer, plan_import(post, file, UNITS)) == 0
    for config in before.values():
        remove_link(post, officer, config.id)
    planned = plan_import(post, file, UNITS)
    assert {one.fate for one in planned} == {Fate.ADD}
    assert import_links(post, officer, planned) == 4
    after = standing(post)
    told = [
        {name: (c.family, c.transport, c.serves, c.settings, c.sources) for name, c in one.items()}
        for one in (before, after)
    ]
    assert told[0] == told[1]
    with post.read() as connection:
        last = audit.last(connection)
    assert last is not None and last.act == "link.import"


def test_a_change_keeps_the_link_and_its_number(post: Database, officer: Actor, file: Path) -> None:
    def change(found: list[dict[str, Any]]) -> None:
        entry(found, "GNSS")["transport"]["baud"] = 9600
        entry(found, "Terminals")["serves"] = "巡逻九组"
        found.remove(entry(found, "Gateway"))

    before = standing(post)
    planned = {one.name: one for one in plan_import(post, rewritten(file, change), UNITS)}
    assert planned["GNSS"].fate is Fate.CHANGE
    assert planned["Terminals"].unknown == ("巡逻九组",)
    assert import_links(post, officer, list(planned.values())) == 1
    after = standing(post)
    assert (after["GNSS"].id, after["GNSS"].rev) == (before["GNSS"].id, 2)
    assert after["GNSS"].transport == SerialPlace("1546:01a8:SN1", 9600)
    assert after["Gateway"] == before["Gateway"], "what the file does not name stays"
    assert after["Terminals"].serves is None


def test_two_links_may_swap_their_devices(post: Database, officer: Actor, file: Path) -> None:
    def swap(found: list[dict[str, Any]]) -> None:
        one, other = entry(found, "GNSS"), entry(found, "Gateway")
        one["transport"], other["transport"] = other["transport"], one["transport"]

    assert import_links(post, officer, plan_import(post, rewritten(file, swap), UNITS)) == 2
    assert standing(post)["GNSS"].transport == TcpPlace("10.0.0.1", 4001)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda e: e.pop("name"), "links.bad_entry"),
        (lambda e: e.update(name="x" * 41), "links.bad_name"),
        (lambda e: e.update(family="telepathy"), "links.unknown_family"),
        (lambda e: e.update(strange=1), "links.bad_entry"),
        (lambda e: e.update(transport={"kind": "smoke"}), "links.bad_entry"),
        (lambda e: e.update(transport={"kind": ["serial"]}), "links.bad_entry"),
        (lambda e: e["transport"].update(port="4001"), "links.bad_entry"),
        (lambda e: e["transport"].update(port=True), "links.bad_entry"),
        (lambda e: e["transport"].update(port=10**30), "links.bad_address"),
        (lambda e: e["transport"].update(host="10.0.0.1\n"), "links.bad_address"),
        (lambda e: e.update(settings={"colour": "red"}), "links.bad_setting"),
        (lambda e: e.update(settings=[]), "links.bad_entry"),
        (lambda e: e.update(sources={"1": 2}), "links.bad_entry"),
        (lambda e: e.update(sources={"a b": "巡逻一组"}), "links.bad_source"),
        (lambda e: e.update(record="yes"), "links.bad_entry"),
        (lambda e: e.update(serves=7), "links.bad_entry"),
        (lambda e: e.update(name="GNSS"), "links.name_taken"),
        (lambda e: e.update(transport={"kind": "tcp_server", "bind": "", "port": 8808}),
         "links.place_taken"),
    ],
)  # fmt: skip
def test_every_fault_is_named_and_nothing_is_taken(
    post: Database,
    officer: Actor,
    file: Path,
    change: Callable[[dict[str, Any]], object],
    code: str,
) -> None:
    rewritten(file, lambda found: change(entry(found, "Gateway")))
    before = standing(post)
    planned = plan_import(post, file, UNITS)
    faults = [one.fault.code for one in planned if one.fault is not None]
    assert faults == [code]
    with pytest.raises(Refused, match="file_faulty"):
        import_links(post, officer, planned)
    assert standing(post) == before


def test_a_device_that_another_link_took_meanwhile_is_refused(
    post: Database, officer: Actor, file: Path
) -> None:
    rewritten(file, lambda found: found.remove(entry(found, "GNSS")))
    remove_link(post, officer, standing(post)["Gateway"].id)
    planned = plan_import(post, file, UNITS)
    add_link(post, officer, "Thief", "nmea", TcpPlace("10.0.0.1", 4001))
    with pytest.raises(Refused, match="place_taken"):
        import_links(post, officer, planned)
    assert "Gateway" not in standing(post)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_file_of_links"),
        (b"\xff\xfe\x00", "not_a_file_of_links"),
        (b"[]", "not_a_file_of_links"),
        (b'{"post_console_links": 2, "links": []}', "not_a_file_of_links"),
        (b'{"post_console_links": 1, "links": {}}', "not_a_file_of_links"),
        (b"[" * 100_000, "not_a_file_of_links"),
        (b" " * (MOST_BYTES + 1), "file_too_big"),
        (json.dumps({"post_console_links": 1, "links": [0] * (MOST_LINKS + 1)}).encode(),
         "too_many_in_file"),
    ],
)  # fmt: skip
def test_other_files_are_refused(post: Database, tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(data)
    with pytest.raises(Refused, match=code):
        plan_import(post, path, UNITS)


def test_places_that_cannot_be_read_or_written(
    post: Database, officer: Actor, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="file_unreadable"):
        plan_import(post, tmp_path / "none.json", UNITS)
    with pytest.raises(Refused, match="no_such_file"):
        plan_import(post, Path("a\0b"), UNITS)
    with pytest.raises(Refused, match="no_such_file"):
        export_links(post, officer, Path("a\0b"), UNITS)
    with pytest.raises(Unavailable):
        export_links(post, officer, tmp_path / "no folder" / "a.json", UNITS)
    desk = Actor("officer", "0124", frozenset({"duty_officer"}))
    with pytest.raises(Refused):
        export_links(post, desk, tmp_path / "a.json", UNITS)
    with pytest.raises(Refused):
        import_links(post, desk, [])
    assert not (tmp_path / "a.json").exists()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["name", "family", "transport", "kind", "settings", "sources", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=5,
)


@settings(suppress_health_check=list(HealthCheck), max_examples=150, deadline=None)
@given(entries=st.lists(json_values, max_size=4))
def test_whatever_stands_in_the_file_is_judged(
    database: Database, tmp_path: Path, entries: list[object]
) -> None:
    path = tmp_path / "any.json"
    told = json.dumps({"post_console_links": 1, "links": entries})
    path.write_bytes(told.encode("utf-8", "surrogatepass"))
    try:
        planned = plan_import(database, path, UNITS)
    except Refused as refused:
        assert refused.code == "links.not_a_file_of_links", "lone surrogates are no text"
        return
    assert len(planned) == len(entries)
    assert all((one.config is None) == (one.fault is not None) for one in planned)
