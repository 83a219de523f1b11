"""Must-reach points as a table: what ``import points`` and ``export points`` take and give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.words import Words
from console.patrol.model import NewPoint, PointsChanged, checked
from console.patrol.model.point import AREA_CHARS, NAME_CHARS, NUMBER_CHARS
from console.patrol.service.points import put_changed, put_new
from console.patrol.store import points as store
from console.people.model import Right, require

USUAL: Mapping[str, int] = {"radius_m": 30, "dwell_s": 60, "times": 1}  # where a cell is empty


def _judge(connection: sa.Connection, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[str] = set()
    for line, row in rows:
        try:
            told = checked(_told(row))
        except Refused as refused:
            column = str(refused.details.get("field", "number"))
            faults.append(Fault(line, column, refused.code, refused.details))
            continue
        if told.number in seen:
            faults.append(Fault(line, "number", "patrol.number_twice", {"number": told.number}))
        seen.add(told.number)
    return faults


def _take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    """Every row is a point, new or, where its number is known, changed; returns how many are."""
    require(actor, Right.EDIT_REFERENCE)
    told = [checked(_told(row)) for row in rows]
    changed = 0
    with database.act(actor) as act:
        there = {point.number: point for point in store.all_points(act.connection)}
        twice: set[str] = set()
        for one in told:
            if one.number in twice:
                raise Refused("patrol.number_twice", field="number", number=one.number)
            twice.add(one.number)
            was = there.get(one.number)
            if was is None:
                put_new(act, one)
                changed += 1
            else:
                changed += put_changed(act, was, one)
        act.announce(PointsChanged())
    return changed


def _give(connection: sa.Connection) -> list[Row]:
    return [
        {name: getattr(point.told, name) for name in NewPoint.__slots__}
        for point in store.all_points(connection)
    ]


def _told(row: Row) -> NewPoint:
    values = {name: value for name, value in row.items() if name in NewPoint.__slots__}
    for name, usual in USUAL.items():
        values[name] = usual if values.get(name) is None else values[name]
    return NewPoint(**values)


POINTS = Exchange(
    "points",
    Words("必到点", "must-reach points"),
    (
        ExchangeColumn("number", Words("编号", "number"), required=True, most=NUMBER_CHARS),
        ExchangeColumn("name", Words("名称", "name"), required=True, most=NAME_CHARS),
        ExchangeColumn("lat", Words("纬度", "latitude"), "number", required=True),
        ExchangeColumn("lon", Words("经度", "longitude"), "number", required=True),
        ExchangeColumn("radius_m", Words("半径（米）", "radius (m)"), "integer"),
        ExchangeColumn("dwell_s", Words("停留（秒）", "dwell (s)"), "integer"),
        ExchangeColumn("times", Words("每班次数", "times per shift"), "integer"),
        ExchangeColumn("area_id", Words("巡区", "area"), most=AREA_CHARS),
        ExchangeColumn("active_from", Words("启用日期", "first day"), "date"),
        ExchangeColumn("active_until", Words("停用日期", "last day"), "date"),
    ),
    _judge,
    _take,
    _give,
    geojson=True,
)
