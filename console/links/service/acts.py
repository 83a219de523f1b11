"""Acts on the post's links: a technician adds, changes and removes them, and has one recorded."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Conflict, Refused
from console.core.ids import LinkId, new_id
from console.links import store
from console.links.model import (
    PRIVATE_FAMILIES,
    LinkConfig,
    LinksChanged,
    Place,
    checked,
    place_key,
)
from console.people.model import Right, require

UNTOLD = frozenset({"secret"})  # settings that no trail tells


def links(connection: sa.Connection) -> list[LinkConfig]:
    """Every link of the post, by name."""
    return store.all_links(connection)


def add_link(
    database: Database,
    actor: Actor,
    name: str,
    family: str,
    transport: Place,
    serves: str | None = None,
) -> LinkConfig:
    """A further link stands in the store and its thread will start. ``serves`` is a unit's id."""
    return set_up_link(database, actor, LinkConfig(LinkId(""), name, family, transport, serves))


def set_up_link(database: Database, actor: Actor, config: LinkConfig) -> LinkConfig:
    """This further link, under an id of its own, stands in the store and its thread will start."""
    require(actor, Right.MANAGE_LINKS)
    config = checked(replace(config, id=LinkId(new_id()), rev=1))
    with database.act(actor) as act:
        _require_free(act, config)
        store.put(act.connection, config)
        act.audit("link.add", "link", config.id, **told_of(config))
        act.announce(LinksChanged())
    return config


def change_link(database: Database, actor: Actor, config: LinkConfig) -> LinkConfig:
    """The link is as ``config`` says; its ``rev`` must be the one that was read."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = _current(act, config.id)
        if was.rev != config.rev:
            raise Conflict("links.changed_meanwhile", name=was.name)
        changed = checked(replace(config, rev=was.rev + 1))
        _require_free(act, changed)
        store.put(act.connection, changed)
        act.audit("link.change", "link", config.id, was=told_of(was), **told_of(changed))
        act.announce(LinksChanged())
    return changed


def record_link(database: Database, actor: Actor, link_id: LinkId, on: bool) -> LinkConfig:
    """What this link hears is written to a capture from now on, or no longer. Refused where that
    is personal data."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = _current(act, link_id)
        if on and was.family in PRIVATE_FAMILIES:
            raise Refused("links.private")
        changed = replace(was, record=on, rev=was.rev + 1)
        store.put(act.connection, changed)
        act.audit("link.record", "link", link_id, name=was.name, on=on)
        act.announce(LinksChanged())
    return changed


def remove_link(database: Database, actor: Actor, link_id: LinkId) -> None:
    """The link is no more; its thread will end."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = _current(act, link_id)
        store.remove(act.connection, link_id)
        act.audit("link.remove", "link", link_id, **told_of(was))
        act.announce(LinksChanged())


def _current(act: Act, link_id: LinkId) -> LinkConfig:
    was = store.find(act.connection, link_id)
    if was is None:
        raise Refused("links.unknown", link=link_id)
    return was


def _require_free(act: Act, config: LinkConfig) -> None:
    """No other link has this name or this device."""
    for other in store.all_links(act.connection):
        if other.id == config.id:
            continue
        if other.name == config.name:
            raise Refused("links.name_taken", name=config.name)
        if place_key(other.transport) == place_key(config.transport):
            raise Refused("links.place_taken", place=place_key(config.transport), name=other.name)


def told_of(config: LinkConfig) -> dict[str, object]:
    """The link as the trail tells of it."""
    return {
        "name": config.name,
        "family": config.family,
        "transport": store.place_to_json(config.transport),
        "serves": config.serves,
        "record": config.record,
        "settings": {n: "•••" if n in UNTOLD and v else v for n, v in config.settings.items()},
        "sources": dict(config.sources),
    }
