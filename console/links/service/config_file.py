"""The links of a post as a file: given out, read with every fault named, taken in as one act.

A JSON document ``{"post_console_links": 1, "links": [{"name", "family", "transport", "settings",
"serves", "sources", "record"}, …]}``. Units stand in it by call sign: the ids of another post mean
nothing here. Links are told apart by name; a link that the file does not name stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from console.core.actor import Actor
from console.core.canonical import canonical
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import LinkId, new_id
from console.core.text import shown
from console.core.whole_file import replaced
from console.core.words import why
from console.links import store
from console.links.model import LinkConfig, LinksChanged, Place, checked, place_key
from console.links.service.acts import told_of
from console.people.model import Right, require

MARK, VERSION = "post_console_links", 1
MOST_BYTES = 4 << 20
MOST_LINKS = 500
_KEYS = frozenset({"name", "family", "transport", "settings", "serves", "sources", "record"})
# kind of place → its fields and their types
_PLACES: Mapping[str, Mapping[str, tuple[type, ...]]] = {
    "serial": {"identity": (str,), "baud": (int,)},
    "tcp": {"host": (str,), "port": (int,)},
    "tcp_server": {"bind": (str,), "port": (int,)},
    "udp": {"host": (str,), "port": (int,), "listen": (int, type(None))},
}


class Fate(StrEnum):
    """What taking the file in would do to one link."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Planned:
    """One link of the file, by its place in it (from 1). ``unknown``: call signs that this post
    does not have; the link is taken without them. ``fault`` says why a bad one cannot be taken."""

    number: int
    name: str
    fate: Fate
    config: LinkConfig | None = None
    unknown: tuple[str, ...] = ()
    fault: Refused | None = None


def links_text(configs: Iterable[LinkConfig], call_signs: Mapping[str, str]) -> str:
    """These links as the text of a file. ``call_signs``: unit id → call sign."""
    told = [_to_json(config, call_signs) for config in configs]
    document = {MARK: VERSION, "links": told}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def export_links(
    database: Database, actor: Actor, path: Path, call_signs: Mapping[str, str]
) -> int:
    """Every link of the post stands in the file, and the trail says so; returns their number."""
    require(actor, Right.MANAGE_LINKS)
    with database.read() as connection:
        configs = store.all_links(connection)
    text = links_text(configs, call_signs)
    if "\0" in str(path):
        raise Refused("links.no_such_file", path=shown(str(path), 200))
    with replaced(path) as file:
        file.write(text.encode("utf-8"))
    with database.act(actor) as act:
        act.audit("link.export", "link", path.name[:200], links=len(configs))
    return len(configs)


def plan_import(
    database: Database, path: Path, call_signs: Mapping[str, str]
) -> tuple[Planned, ...]:
    """What taking this file in would do, link by link; nothing is changed. Refused where the file
    is no configuration of links at all."""
    told = _read(path)
    with database.read() as connection:
        standing = {config.name: config for config in store.all_links(connection)}
    ids = {sign: unit for unit, sign in call_signs.items()}
    planned = [_planned(number, one, standing, ids) for number, one in enumerate(told, 1)]
    return tuple(_apart(planned, standing))


def import_links(database: Database, actor: Actor, planned: Sequence[Planned]) -> int:
    """Every link of the plan stands as planned, all or none; returns how many were changed."""
    require(actor, Right.MANAGE_LINKS)
    bad = [one for one in planned if one.config is None]
    if bad:
        raise Refused("links.file_faulty", count=len(bad))
    changed = 0
    with database.act(actor) as act:
        standing = {config.name: config for config in store.all_links(act.connection)}
        for one in _apart(planned, standing):
            if one.fault is not None:
                raise one.fault
            assert one.config is not None
            was = standing.get(one.config.name)
            if was is not None and _same(was, one.config):
                continue
            rev = 1 if was is None else was.rev + 1
            config = replace(one.config, id=was.id if was else LinkId(new_id()), rev=rev)
            store.put(act.connection, config)
            act.audit("link.import", "link", config.id, **told_of(config))
            changed += 1
        if changed:
            act.announce(LinksChanged())
    return changed


def _to_json(config: LinkConfig, call_signs: Mapping[str, str]) -> dict[str, Any]:
    signs = {source: call_signs.get(unit, "") for source, unit in config.sources.items()}
    return {
        "name": config.name,
        "family": config.family,
        "transport": store.place_to_json(config.transport),
        "settings": dict(config.settings),
        "serves": call_signs.get(config.serves or "", ""),
        "sources": {source: sign for source, sign in sorted(signs.items()) if sign},
        "record": config.record,
    }


def _read(path: Path) -> list[Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as failed:
        raise Refused("links.file_unreadable", path=str(path), told=why(failed)) from failed
    except ValueError as failed:  # a zero byte in the name
        raise Refused("links.no_such_file", path=shown(str(path), 200)) from failed
    if len(data) > MOST_BYTES:
        raise Refused("links.file_too_big", path=str(path), most=MOST_BYTES >> 20)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise Refused("links.not_a_file_of_links", path=str(path)) from broken
    if not isinstance(told, dict) or told.get(MARK) != VERSION:
        raise Refused("links.not_a_file_of_links", path=str(path))
    found = told.get("links")
    if not isinstance(found, list):
        raise Refused("links.not_a_file_of_links", path=str(path))
    if len(found) > MOST_LINKS:
        raise Refused("links.too_many_in_file", count=len(found), most=MOST_LINKS)
    return found


def _planned(
    number: int, told: Any, standing: Mapping[str, LinkConfig], ids: Mapping[str, str]
) -> Planned:
    name = shown(str(told.get("name", "")), 80) if isinstance(told, dict) else ""
    try:
        config, unknown = _from_json(told, ids)
        config = checked(config)
    except Refused as fault:
        return Planned(number, name, Fate.BAD, fault=fault)
    was = standing.get(config.name)
    fate = Fate.ADD if was is None else Fate.SAME if _same(was, config) else Fate.CHANGE
    return Planned(number, config.name, fate, config, unknown)


def _from_json(told: Any, ids: Mapping[str, str]) -> tuple[LinkConfig, tuple[str, ...]]:
    if not isinstance(told, dict):
        raise Refused("links.bad_entry", told="{ … }")
    strange = sorted(set(told) - _KEYS)
    if strange:
        raise Refused("links.bad_entry", told=shown(", ".join(strange), 80))
    name = _typed(told, "name", str)
    family = _typed(told, "family", str)
    serves = told.get("serves") or ""
    sources, settings = told.get("sources", {}), told.get("settings", {})
    record = told.get("record", False)
    for key, value, kind in (
        ("serves", serves, str), ("sources", sources, dict), ("settings", settings, dict),
        ("record", record, bool),
    ):  # fmt: skip
        if not isinstance(value, kind):
            raise Refused("links.bad_entry", told=key)
    if not all(isinstance(sign, str) for sign in sources.values()):
        raise Refused("links.bad_entry", told="sources")
    signs = [sign for sign in (serves, *sources.values()) if sign]
    known = {source: ids[sign] for source, sign in sources.items() if sign in ids}
    place = _place(told.get("transport"))
    config = LinkConfig(
        LinkId(""), name, family, place, ids.get(serves), record, 1, settings, known
    )
    unknown = {shown(sign, 40) for sign in signs if sign not in ids}
    return config, tuple(sorted(unknown))


def _typed(told: dict[str, Any], key: str, kind: type) -> Any:
    value = told.get(key)
    if not isinstance(value, kind):
        raise Refused("links.bad_entry", told=key)
    return value


def _place(told: Any) -> Place:
    """The place as it is kept, every field of its type. Refused where it is none."""
    kind = told.get("kind") if isinstance(told, dict) else None
    fields = _PLACES.get(kind) if isinstance(kind, str) else None
    if fields is None or set(told) - {"kind"} != set(fields):
        raise Refused("links.bad_entry", told="transport")
    for name, kinds in fields.items():
        if type(told[name]) not in kinds:
            raise Refused("links.bad_entry", told=f"transport.{name}")
    return store.place_from_json(told)


def _apart(planned: Sequence[Planned], standing: Mapping[str, LinkConfig]) -> list[Planned]:
    """The plan, in which no two links have one name or one device, those that stay included."""
    named: dict[str, Planned] = {}
    places: dict[str, str] = {}
    names = {one.name for one in planned if one.config is not None}
    for config in standing.values():
        if config.name not in names:
            places[place_key(config.transport)] = config.name
    found = []
    for one in planned:
        if one.config is not None:
            fault = None
            place = place_key(one.config.transport)
            if one.name in named:
                fault = Refused("links.name_taken", name=one.name)
            elif place in places:
                fault = Refused("links.place_taken", place=place, name=places[place])
            named[one.name], places[place] = one, one.name
            if fault is not None:
                one = Planned(one.number, one.name, Fate.BAD, fault=fault)
        found.append(one)
    return found


def _same(was: LinkConfig, now: LinkConfig) -> bool:
    """Both say the same, the number and the count of changes apart; a list of the one may be a
    tuple of the other."""
    if canonical(dict(now.settings)) != canonical(dict(was.settings)):
        return False
    return replace(now, id=was.id, rev=was.rev, settings=was.settings) == was
