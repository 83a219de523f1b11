"""Links in the store: added, changed, removed by a technician, each act in the trail."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.core import audit
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.core.events import EventBus
from console.core.ids import LinkId
from console.links.model import (
    CAUSE_WORDS,
    LinkConfig,
    LinksChanged,
    Place,
    Position,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
    served_by,
)
from console.links.service import (
    add_link,
    change_link,
    links,
    record_link,
    remove_link,
    set_up_link,
)
from drivers import catalog
from drivers.errors import DriverError

GNSS = SerialPlace("1546:01a8:SN1")


def kept(database: Database) -> list[LinkConfig]:
    with database.read() as connection:
        return links(connection)


def test_a_link_is_kept_as_it_was_set_up(database: Database, officer: Actor) -> None:
    serial = add_link(database, officer, "GNSS 2", "nmea", GNSS, serves="unit-2")
    tcp = add_link(database, officer, "GNSS 1", "nmea", TcpPlace("127.0.0.1", 4001))
    assert kept(database) == [tcp, serial]
    assert serial.serves == "unit-2"


def test_a_link_is_changed_and_removed(database: Database, officer: Actor, bus: EventBus) -> None:
    news: list[LinksChanged] = []
    bus.subscribe(LinksChanged, news.append)
    link = add_link(database, officer, "GNSS", "nmea", GNSS)
    changed = change_link(database, officer, replace(link, name="GNSS A", serves="unit-9"))
    assert kept(database) == [changed]
    assert (changed.name, changed.serves, changed.rev) == ("GNSS A", "unit-9", 2)
    recorded = record_link(database, officer, link.id, True)
    assert kept(database) == [recorded]
    assert recorded.record
    remove_link(database, officer, link.id)
    assert kept(database) == []
    assert len(news) == 4
    with database.read() as connection:
        acts = [line.act for line in audit.lines(connection)]
        assert audit.first_fault(connection) is None
    assert acts == ["link.add", "link.change", "link.record", "link.remove"]


def test_settings_sources_and_every_place_are_kept(database: Database, officer: Actor) -> None:
    places: list[Place] = [
        TcpServerPlace("", 7611),
        UdpPlace("10.0.0.7", 30012, 30012),
        UdpPlace("", 30013),
        UdpPlace("repeater.local", 30014),
    ]
    set_ups = [
        LinkConfig(LinkId(""), f"link {number}", "jt808", place, sources={"13800000001": "unit-1"})
        for number, place in enumerate(places)
    ]
    made = [set_up_link(database, officer, config) for config in set_ups]
    assert kept(database) == made
    assert [link.transport for link in made] == places
    assert set(made[0].settings) == set(catalog.driver("jt808").checked({}))
    assert dict(made[0].sources) == {"13800000001": "unit-1"}
    told = Position("13800000001", 35.0, 117.0, True)
    assert served_by(made[0], told) == "unit-1"
    assert served_by(made[0], told._replace(source="13800000002")) is None
    assert served_by(replace(made[0], serves="unit-2"), told._replace(source=None)) == "unit-2"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"settings": {"colour": "blue"}}, "links.bad_setting"),
        ({"sources": {"has blank": "unit-1"}}, "links.bad_source"),
        ({"sources": {"7": ""}}, "links.bad_source"),
        ({"sources": {str(n): "unit-1" for n in range(501)}}, "links.too_many_sources"),
        ({"transport": TcpServerPlace("no such host!", 7611)}, "links.bad_address"),
        ({"transport": TcpServerPlace("", 0)}, "links.bad_address"),
        ({"transport": UdpPlace("", 70000)}, "links.bad_address"),
        ({"transport": UdpPlace("10.0.0.7", 30012, 0)}, "links.bad_address"),
    ],
)
def test_what_cannot_be_set_up_is_refused(
    database: Database, officer: Actor, changed: dict[str, Any], code: str
) -> None:
    config = LinkConfig(LinkId(""), "a", "nmea", TcpServerPlace("", 7611))
    with pytest.raises(Refused, match=re.escape(code)):
        set_up_link(database, officer, replace(config, **changed))
    assert kept(database) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TcpServerPlace("", 7611), TcpServerPlace("127.0.0.1", 7611)),
        (UdpPlace("", 30012), UdpPlace("10.0.0.7", 30013, 30012)),
        (UdpPlace("10.0.0.7", 30012), UdpPlace("10.0.0.7", 30012)),
    ],
)
def test_no_two_links_have_one_port(
    database: Database, officer: Actor, one: Place, other: Place
) -> None:
    add_link(database, officer, "one", "nmea", one)
    with pytest.raises(Refused, match=r"links\.place_taken"):
        add_link(database, officer, "other", "nmea", other)


def test_a_change_of_an_older_reading_is_a_conflict(database: Database, officer: Actor) -> None:
    link = add_link(database, officer, "GNSS", "nmea", GNSS)
    change_link(database, officer, replace(link, name="first"))
    with pytest.raises(Conflict, match=r"links\.changed_meanwhile"):
        change_link(database, officer, replace(link, name="second"))
    assert [found.name for found in kept(database)] == ["first"]


def test_name_and_device_are_free_or_refused(database: Database, officer: Actor) -> None:
    link = add_link(database, officer, "GNSS", "nmea", GNSS)
    with pytest.raises(Refused, match=r"links\.name_taken"):
        add_link(database, officer, " GNSS", "nmea", SerialPlace("1546:01a8:SN2"))
    with pytest.raises(Refused, match=r"links\.place_taken"):
        add_link(database, officer, "other", "nmea", replace(GNSS, baud=115200))
    change_link(database, officer, replace(link, transport=replace(GNSS, baud=115200)))
    assert len(kept(database)) == 1


def test_a_link_that_is_not_there_is_refused(database: Database, officer: Actor) -> None:
    for act in (
        lambda: remove_link(database, officer, LinkId("none")),
        lambda: record_link(database, officer, LinkId("none"), True),
        lambda: change_link(database, officer, LinkConfig(LinkId("none"), "x", "nmea", GNSS)),
    ):
        with pytest.raises(Refused, match=r"links\.unknown"):
            act()


def test_only_a_technician_sets_links_up(database: Database) -> None:
    desk = Actor("officer", "0124", frozenset({"duty_officer"}))
    with pytest.raises(Refused, match=r"people\.not_allowed"):
        add_link(database, desk, "GNSS", "nmea", GNSS)
    assert kept(database) == []


def test_every_cause_of_the_drivers_has_words() -> None:
    root = Path(__file__).resolve().parents[2]
    listed = (DriverError.__doc__ or "").split("Causes:")[1]
    causes = set(re.findall(r"\w+", listed))
    assert causes | {"disk", "unreadable", "other_device", "bug"} == set(CAUSE_WORDS)
    for file in (root / "drivers" / "transport").glob("*.py"):
        for cause in re.findall(r'", "(\w+)"\)(?: from|$)', file.read_text("utf-8"), re.MULTILINE):
            assert cause in causes, f"{file.name}: {cause}"


def test_every_refusal_of_this_room_has_words() -> None:
    root = Path(__file__).resolve().parents[2]
    told = json.loads((root / "resources/i18n/refusals/links.json").read_text("utf-8"))
    for file in (root / "console/links").rglob("*.py"):
        for part in file.read_text("utf-8").split('("links.')[1:]:
            code = "links." + part.split('"')[0]
            assert set(told[code]) == {"zh_CN", "en"}, code
