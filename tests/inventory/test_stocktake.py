"""Stocktake: what should lie in a place, what was read there, and what stands in the histories."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.inventory import service
from console.inventory.model import Condition, Custody, CustodyLine, ItemsChanged
from console.inventory.service import Handing, Stocktake
from console.inventory.service.stocktake import LABEL_CHARS, MOST_UNKNOWN
from tests.conftest import HandClock
from tests.inventory.conftest import CHIEF, DUTY, add


def begun(database: Database, clock: HandClock, place: str = "store") -> Stocktake:
    with database.read() as connection:
        return service.begin_stocktake(connection, place, clock.now())


def read(database: Database, stock: Stocktake, *codes: str) -> Stocktake:
    with database.read() as connection:
        for code in codes:
            stock = service.taken(stock, code, service.by_code(connection, code))
    return stock


def kinds(database: Database, item_id: str) -> Sequence[CustodyLine]:
    with database.read() as connection:
        return service.history(connection, item_id)


def test_what_should_lie_there_is_counted(staffed: Database, clock: HandClock) -> None:
    ids = {number: add(staffed, number) for number in ("R1", "R2", "R3")}
    add(staffed, "K1", place="command")
    add(staffed, "R8", condition=Condition.SCRAPPED)
    add(staffed, "R9", condition=Condition.IN_REPAIR)
    service.issue(staffed, CHIEF, [ids["R3"]], Handing("0003"))
    stock = begun(staffed, clock)
    assert [one.number for one in stock.missing] == ["R1", "R2"]
    stock = read(staffed, stock, "r2", "R2", "K1", "R3", "NOBODY", "NOBODY")
    assert [one.number for one in stock.missing] == ["R1"]
    assert [one.number for one in stock.elsewhere.values()] == ["K1", "R3"]
    assert stock.unknown == ("NOBODY",)


def test_labels_serial_numbers_and_tags_name_an_item(staffed: Database) -> None:
    item = add(staffed, "R1", serial="e20000172211014418905f2a")
    add(staffed, "R2", serial="SAME")
    add(staffed, "R3", serial="same")
    with staffed.read() as connection:

        def found(code: str) -> str | None:
            one = service.by_code(connection, code)
            return None if one is None else one.number

        assert found(" r1 ") == "R1"
        assert found("E20000172211014418905F2A") == "R1"
        assert found(b"R1".ljust(12, b"\0").hex()) == "R1"
        assert found("same") is None  # two have it: nobody is named
        assert [found(code) for code in ("", "ZZ", "5", "FFFF", "00", "é")] == [None] * 6
        assert service.item(connection, item).number == "R1"


def test_each_item_has_a_line_and_the_trail_names_the_missing(
    staffed: Database, clock: HandClock, bus: EventBus
) -> None:
    heard: list[ItemsChanged] = []
    bus.subscribe(ItemsChanged, heard.append)
    ids = [add(staffed, number) for number in ("R1", "R2", "R3")]
    stock = read(staffed, begun(staffed, clock), "R1", "R2", "X")
    service.issue(staffed, CHIEF, [ids[1]], Handing("0003"))  # meanwhile
    late = add(staffed, "R4")
    assert service.record_stocktake(staffed, CHIEF, stock) == (1, 1)
    assert next(line.kind for line in kinds(staffed, ids[0])) is Custody.COUNTED
    assert next(line.kind for line in kinds(staffed, ids[1])) is Custody.ISSUED
    assert next(line.kind for line in kinds(staffed, ids[2])) is Custody.MISSED
    assert [line.kind for line in kinds(staffed, late)] == [Custody.ADDED]
    assert heard[-1] == ItemsChanged((ids[0], ids[2]))
    with staffed.read() as connection:
        assert service.item(connection, ids[0]).rev == 1


def test_refusals(staffed: Database, clock: HandClock) -> None:
    with pytest.raises(Refused) as told:
        begun(staffed, clock, "moon")
    assert told.value.code == "inventory.no_such_place"
    with pytest.raises(Refused) as told:
        service.record_stocktake(staffed, DUTY, begun(staffed, clock))
    assert told.value.code == "people.not_allowed"


def test_a_reader_that_hears_a_whole_street_is_bounded(staffed: Database, clock: HandClock) -> None:
    stock = begun(staffed, clock)
    for number in range(MOST_UNKNOWN + 50):
        stock = service.taken(stock, f"{number:08X}" + "A" * 200, None)
    assert len(stock.unknown) == MOST_UNKNOWN
    assert all(len(code) <= LABEL_CHARS for code in stock.unknown)
