"""Cameras as a table: for ``import`` and ``export``, CSV, XLSX or GeoJSON. Passwords never leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Database
from console.core.datum import Datum, convert
from console.core.errors import Refused
from console.core.exchange import Exchange, ExchangeColumn, Fault, Row
from console.core.ids import new_id
from console.core.words import Words
from console.people.model import Right, require
from console.videowall import store
from console.videowall.model import (
    ADDRESS_CHARS,
    NAME_CHARS,
    NUMBER_CHARS,
    PROFILE_CHARS,
    TIER_WORDS,
    USER_CHARS,
    Camera,
    CameraId,
    CamerasChanged,
    Tier,
    checked,
    smaller_of,
)
from console.videowall.service.acts import put_changed, put_new, told

DATUM_WORDS = {
    Datum.WGS84: Words("WGS-84", "WGS-84"),
    Datum.CGCS2000: Words("CGCS2000", "CGCS2000"),
    Datum.GCJ02: Words("GCJ-02 火星坐标", "GCJ-02"),
    Datum.BD09: Words("BD-09 百度坐标", "BD-09"),
}

COLUMN_OF = {"direction_deg": "direction", "view_deg": "view", "range_m": "range"}


def _judge(connection: sa.Connection, rows: Sequence[tuple[int, Row]]) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        try:
            one = _camera(row)
        except Refused as wrong:
            told_of = {name: detail for name, detail in wrong.details.items() if name != "field"}
            column = str(wrong.details.get("field", ""))
            faults.append(Fault(line, COLUMN_OF.get(column, column), wrong.code, told_of))
            continue
        if one.number in seen:
            again = {"number": one.number, "line": seen[one.number]}
            faults.append(Fault(line, "number", "videowall.number_twice", again))
        seen.setdefault(one.number, line)
    return faults


def _take(database: Database, actor: Actor, rows: Sequence[Row]) -> int:
    require(actor, Right.MANAGE_LINKS)
    new = [_camera(row) for row in rows]
    numbers = [one.number for one in new]
    for number in numbers:
        if numbers.count(number) > 1:
            raise Refused("videowall.number_taken", field="number", number=number)
    changed = 0
    with database.act(actor) as act:
        for one in new:
            was = store.numbered(act.connection, one.number)
            if was is not None:
                one = _with_what_stays(one, was)
            if was is None:
                smaller = one.sub_address or smaller_of(one.address)
                put_new(act, replace(one, sub_address=smaller))
            elif told(was) != told(one) or (one.password and one.password != was.password):
                put_changed(act, was, one)
            else:
                continue
            changed += 1
        if changed:
            act.announce(CamerasChanged())
    return changed


def _with_what_stays(one: Camera, was: Camera) -> Camera:
    """A list says nothing of private zones, and an older one nothing of what it has no column for."""
    return replace(
        one,
        mask=was.mask,
        sub_address=one.sub_address or was.sub_address,
        view_deg=was.view_deg if one.view_deg is None else one.view_deg,
        range_m=was.range_m if one.range_m is None else one.range_m,
        onvif=one.onvif or was.onvif,
        onvif_profile=one.onvif_profile or was.onvif_profile,
    )


def _give(connection: sa.Connection) -> list[Row]:
    return [
        {
            "number": one.number,
            "name": one.name,
            "lat": one.lat,
            "lon": one.lon,
            "datum": str(Datum.WGS84),
            "direction": one.direction_deg,
            "address": one.address,
            "user": one.user or None,
            "tier": str(int(one.tier)),
            "sub_address": one.sub_address or None,
            "view": one.view_deg,
            "range": one.range_m,
            "ptz": one.ptz,
            "onvif": one.onvif or None,
            "onvif_profile": one.onvif_profile or None,
        }
        for one in store.window(connection)
    ]


def _camera(row: Row) -> Camera:
    """The row as a new camera, its place in WGS-84. Refused for a row that cannot be one."""
    lat, lon = float(row["lat"]), float(row["lon"])
    if abs(lat) <= 85 and abs(lon) <= 180:
        lat, lon = convert(lat, lon, row.get("datum") or Datum.WGS84, Datum.WGS84)
    turn = row.get("direction")
    return checked(
        Camera(
            CameraId(new_id()),
            str(row["number"]),
            str(row["name"]),
            lat,
            lon,
            str(row["address"]),
            None if turn is None else float(turn),
            Tier(int(row.get("tier") or Tier.THIRD)),
            str(row.get("user") or ""),
            sub_address=str(row.get("sub_address") or ""),
            view_deg=None if row.get("view") is None else float(row["view"]),
            range_m=None if row.get("range") is None else float(row["range"]),
            ptz=bool(row.get("ptz")),
            onvif=str(row.get("onvif") or ""),
            onvif_profile=str(row.get("onvif_profile") or ""),
        )
    )


CAMERAS = Exchange(
    kind="cameras",
    words=Words("摄像机", "cameras"),
    columns=(
        ExchangeColumn("number", Words("编号", "Number"), required=True, most=NUMBER_CHARS),
        ExchangeColumn("name", Words("名称", "Name"), required=True, most=NAME_CHARS),
        ExchangeColumn("lat", Words("纬度", "Latitude"), "number", required=True),
        ExchangeColumn("lon", Words("经度", "Longitude"), "number", required=True),
        ExchangeColumn(
            "datum",
            Words("坐标系", "Datum"),
            among={str(datum): words for datum, words in DATUM_WORDS.items()},
        ),
        ExchangeColumn("direction", Words("朝向(度)", "Direction (deg)"), "number"),
        ExchangeColumn("address", Words("视频地址", "Address"), required=True, most=ADDRESS_CHARS),
        ExchangeColumn("user", Words("用户名", "User"), most=USER_CHARS),
        ExchangeColumn(
            "tier",
            Words("巡查等级", "Tier"),
            among={str(int(tier)): words for tier, words in TIER_WORDS.items()},
        ),
        ExchangeColumn("sub_address", Words("子码流地址", "Sub-stream"), most=ADDRESS_CHARS),
        ExchangeColumn("view", Words("视角(度)", "Field of view (deg)"), "number"),
        ExchangeColumn("range", Words("可视距离(米)", "Range (m)"), "number"),
        ExchangeColumn("ptz", Words("云台", "Turns (PTZ)"), "yes"),
        ExchangeColumn("onvif", Words("ONVIF 地址", "ONVIF address"), most=ADDRESS_CHARS),
        ExchangeColumn("onvif_profile", Words("ONVIF 配置", "ONVIF profile"), most=PROFILE_CHARS),
    ),
    judge=_judge,
    take=_take,
    give=_give,
    geojson=True,
)
