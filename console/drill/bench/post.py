"""The post that is measured: the sample post with a store as a year of work leaves it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from console.core import reference
from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import UnitId, new_id
from console.core.keyfile import read_key
from console.dispatch.model.call import PlaceFlag
from console.dispatch.store import found_by
from console.dispatch.store.tables import assignment_table, call_table, log_table
from console.drill.sample_post import SAMPLE, make_sample_post, sample_units
from console.gridmap.model import Place
from console.gridmap.routing import RoadGraph
from console.roster.store import whereabouts_table
from console.settings import SETTINGS_FILE, CityRoad

OPEN_AT_START = 12
ACTOR = "officer:0101"
_NATURES = ("1003", "2001", "1001", "3001")


@dataclass(frozen=True, slots=True)
class History:
    """How much stands in the store: calls still open, calls closed, assignments of those."""

    open_calls: int = OPEN_AT_START
    closed_calls: int = 0
    assignments: int = 0


def bench_post(folder: Path, road: CityRoad, history: History, language: str = "zh_CN") -> Path:
    """A sample post with this history stands in the returned data folder; its key beside it."""
    os.environ["POST_CONSOLE_KEYS"] = str(folder / "keys")
    data = folder / "post"
    make_sample_post(data, road, language)
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        fill(database, history)
        _measured_as_shipped(database)
    finally:
        database.stop()
    return data


def _measured_as_shipped(database: Database) -> None:
    """The sample post keeps each fix, for its crews drive at six times the speed; no real one does."""
    with database.act(SYSTEM) as act:
        reference.put(act.connection, "patrol", act.at, reference.shipped("patrol"))


def extend(data: Path, open_calls: int) -> Path:
    """So many more open calls stand in the store of this data folder."""
    database = Database(data, read_key(data), SystemClock(), EventBus())
    database.start()
    try:
        fill(database, History(open_calls))
    finally:
        database.stop()
    return data


def point_at_city(data: Path, road: CityRoad) -> None:
    """The settings of this data folder name another road to the city."""
    file = data / SETTINGS_FILE
    kept = file.read_text("utf-8").split("[city]")[0]
    told = "".join(f"{key} = {json.dumps(value)}\n" for key, value in asdict(road).items())
    file.write_text(f"{kept}[city]\n{told}", "utf-8")


def fill(database: Database, history: History) -> None:
    """The history stands in the store, written in one go. Every crew stands somewhere."""
    units = [(unit.unit_id, unit.call_sign) for unit in sample_units(database)]
    corners = street_corners()
    now = datetime.now(UTC)
    with database.read() as connection:
        known = set(connection.execute(sa.select(whereabouts_table.c.unit_id)).scalars())
        first = connection.execute(sa.select(sa.func.max(call_table.c.number))).scalar() or 0
    calls: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for number in range(history.closed_calls):
        received_at = now - timedelta(minutes=20 * (history.closed_calls - number) + 600)
        calls.append(call_row(first + number, received_at, corners, closed=True))
        lines += _lines(calls[-1])
    bound = [
        _assignment(calls[at % len(calls)], units[at % len(units)], at)
        for at in range(history.assignments)
    ]
    for number in range(history.open_calls):
        received_at = now - timedelta(seconds=7 * number)
        at = first + history.closed_calls + number
        calls.append(call_row(at, received_at, corners, closed=False))
        lines += _lines(calls[-1])[:1]
    places = [
        _place(unit_id, corners[(at * 37) % len(corners)], now)
        for at, (unit_id, _) in enumerate(units)
        if unit_id not in known
    ]
    with database.engine.begin() as connection:
        for table, rows in (
            (call_table, calls),
            (log_table, lines),
            (assignment_table, bound),
            (whereabouts_table, places),
        ):
            if rows:
                connection.execute(table.insert(), rows)
        if calls:
            found_by.keep(connection, *calls)


def street_corners() -> list[Place]:
    """Points of the sample town's streets with names."""
    graph = RoadGraph.load(SAMPLE / "town.osm.pbf")
    return [
        Place(lat, lon)
        for kind, name, line in graph.ways()
        if name and kind in ("primary", "secondary", "tertiary", "residential")
        for lat, lon in line
    ]


def call_row(number: int, at: datetime, corners: list[Place], closed: bool) -> dict[str, Any]:
    """The row of a call received at this moment at one of these places."""
    place = corners[(number * 53) % len(corners)]
    moments = {
        name: at + timedelta(minutes=minutes) if closed else None
        for name, minutes in (
            ("signed_at", 1), ("assigned_at", 2), ("departed_at", 3), ("arrived_at", 8),
            ("first_feedback_at", 20), ("finished_at", 40), ("closed_at", 45),
        )
    }  # fmt: skip
    return {
        "id": new_id(), "day": f"{at.astimezone():%Y-%m-%d}", "number": number + 1,
        "source": "110", "status": "closed" if closed else "received", "is_open": int(not closed),
        "nature": _NATURES[number % len(_NATURES)], "level": 1 + number % 4,
        "place": f"文化街{number % 300 + 1}号", "lat": place.lat, "lon": place.lon,
        "place_flag": str(PlaceFlag.FINE), "zone": "general", "area_id": None,
        "narrative": f"报警人称在文化街口发生纠纷,现场约{number % 9 + 2}人,请派警处置。",
        "caller_name": "何女士", "caller_phone": f"138{number:08d}", "from_city": 1,
        "received_at": at, "due": {}, "rev": 8 if closed else 1,
        "signed_by": ACTOR if closed else "", "disposition": "settled" if closed else "",
        "summary": "现场调解,双方和解。" if closed else "", "cause": "", "merged_into": None,
        "edited": [], "raw": {"report": "文化街口纠纷"}, **moments,
    }  # fmt: skip


def _lines(call: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "call_id": call["id"], "kind": kind, "happened_at": call["received_at"],
            "written_at": call["received_at"], "actor": ACTOR, "origin": "desk", "text": kind,
            "unit_id": None, "detail": {"rev": rev}, "before": {}, "undoes": None,
        }
        for rev, kind in enumerate(
            ("received", "signed", "assigned", "departed", "arrived", "feedback", "finished",
             "closed"), start=1,
        )
    ]  # fmt: skip


def _assignment(call: dict[str, Any], unit: tuple[UnitId, str], at: int) -> dict[str, Any]:
    return {
        "id": new_id(), "call_id": call["id"], "unit_id": unit[0], "call_sign": unit[1],
        "assigned_at": call["assigned_at"], "by": ACTOR, "rank": 1 + at % 3, "reason": "",
        "departed_at": call["departed_at"], "arrived_at": call["arrived_at"],
        "released_at": call["finished_at"],
    }  # fmt: skip


def _place(unit_id: UnitId, place: Place, now: datetime) -> dict[str, Any]:
    return {
        "unit_id": unit_id, "lat": place.lat, "lon": place.lon, "fixed_at": now,
        "received_at": now, "speed_mps": 0.0, "course_deg": 0.0, "error_m": 5.0,
        "source": "bench", "rev": 1,
    }  # fmt: skip
