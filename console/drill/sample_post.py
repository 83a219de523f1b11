"""The sample post: an invented town's police post, made fresh in a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.app.set_up import set_up_post
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.ids import UnitId
from console.core.settings_file import city_changes, write_settings
from console.drill.samples import fills
from console.links import service as links
from console.links.model import SerialPlace
from console.people import service as people
from console.people.model import Role
from console.roster import service as roster
from console.roster.model import NewUnit, TravelMode
from console.settings import CityRoad, Settings, read_settings

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample_post"


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """One crew of the sample post as it was added."""

    unit_id: UnitId
    call_sign: str
    mode: TravelMode
    on_road: bool


def sample(name: str) -> Any:
    """One file of the sample post."""
    return json.loads((SAMPLE / name).read_text("utf-8"))


def device_names(language: str) -> dict[str, str]:
    """What the wires of the sample post's devices are called, by device."""
    return {key: words[language] for key, words in sample("devices.json").items()}


def drill_secret(number: str) -> str:
    """The secret of a sample officer; for the drill only."""
    return f"drill-{number}"


def make_sample_post(folder: Path, city: CityRoad, language: str) -> Settings:
    """A new sample post stands in ``folder``: officers, crews, roads, areas, road to the city."""
    post = sample("post.json")

    def fill(database: Database) -> None:
        _write_settings(folder, city, language, post["name"])
        _add_officers(database)
        names = {one["number"]: one["name"] for one in sample("officers.json")}
        for unit in sample("units.json"):
            roster.add_unit(database, SYSTEM, _new_unit(unit, names, language))
        for fill_room in fills():
            fill_room(database, language)

    set_up_post(folder, post["post"], fill)
    return read_settings(folder)


def sample_units(database: Database) -> list[SampleUnit]:
    """The crews of the post, by call sign."""
    with database.read() as connection:
        views = roster.units(connection, database.clock.now())
    return [
        SampleUnit(v.unit.id, v.unit.call_sign, v.unit.mode, v.unit.on_duty)
        for v in sorted(views, key=lambda view: view.unit.call_sign)
    ]


def add_receivers(database: Database, ports: dict[UnitId, tuple[str, str]]) -> None:
    """Every crew's receiver is a link of the post: unit → (name, serial identity)."""
    with database.read() as connection:
        there = {link.name: link for link in links.links(connection)}
    for unit_id, (name, identity) in ports.items():
        if name in there:
            links.remove_link(database, SYSTEM, there[name].id)
        links.add_link(database, SYSTEM, name, "nmea", SerialPlace(identity), unit_id)


def _new_unit(told: dict[str, Any], names: dict[str, str], language: str) -> NewUnit:
    words = told["name"]
    return NewUnit(
        told["call_sign"],
        words["en"] if language == "en" else words["zh_CN"],
        TravelMode(told["mode"]),
        tuple(names.get(number, number) for number in told["crew"]),
        frozenset(told["kit"]),
        told["status"],
        area_id=told.get("area"),
    )


def _add_officers(database: Database) -> None:
    chief, *others = sample("officers.json")
    people.first_officer(database, chief["number"], chief["name"], drill_secret(chief["number"]))
    for one in others:
        people.add_officer(
            database,
            SYSTEM,
            one["number"],
            one["name"],
            frozenset(Role(role) for role in one["roles"]),
            drill_secret(one["number"]),
        )


def _write_settings(folder: Path, city: CityRoad, language: str, name: dict[str, str]) -> None:
    backups = folder / "backups"
    backups.mkdir(exist_ok=True)
    write_settings(
        folder,
        {
            "post_name": name["en"] if language == "en" else name["zh_CN"],
            "language": language,
            "roads_file": str(SAMPLE / "town.osm.pbf"),
            "areas_file": str(SAMPLE / "areas.geojson"),
            "backup_folder": str(backups),
            **city_changes(city),
        },
    )
