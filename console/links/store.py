"""The tables of links: how each is set up, and how it stood, minute by minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.ids import LinkId
from console.core.tables import CanonicalJson, UtcTime, metadata
from console.links.model import (
    LinkConfig,
    LinkPhase,
    Place,
    SerialPlace,
    TcpPlace,
    TcpServerPlace,
    UdpPlace,
)
from console.links.model.health import HealthMinute

link_config = sa.Table(
    "link_config",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("family", sa.String(16), nullable=False),
    sa.Column("transport", CanonicalJson, nullable=False),
    sa.Column("serves", sa.String(36), nullable=True),
    sa.Column("record", sa.Boolean, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.Column("settings", CanonicalJson, nullable=False),
    sa.Column("sources", CanonicalJson, nullable=False),
)

link_health = sa.Table(
    "link_health",
    metadata,
    sa.Column("link_id", sa.String(36), primary_key=True),
    sa.Column("at", UtcTime, primary_key=True),
    sa.Column("phase", sa.String(16), nullable=False),
    sa.Column("frames", sa.Integer, nullable=False),
    sa.Column("bad", sa.Integer, nullable=False),
    sa.Column("lost", sa.Integer, nullable=False),
    sa.Column("dropped", sa.Integer, nullable=False),
)


def all_links(connection: sa.Connection) -> list[LinkConfig]:
    """Every link, by name."""
    rows = connection.execute(sa.select(link_config).order_by(link_config.c.name))
    return [_config(row) for row in rows]


def find(connection: sa.Connection, link_id: LinkId) -> LinkConfig | None:
    """The link of this id."""
    row = connection.execute(sa.select(link_config).where(link_config.c.id == link_id)).first()
    return None if row is None else _config(row)


def named(connection: sa.Connection, name: str) -> LinkConfig | None:
    """The link of this name."""
    row = connection.execute(sa.select(link_config).where(link_config.c.name == name)).first()
    return None if row is None else _config(row)


def put(connection: sa.Connection, config: LinkConfig) -> None:
    """The link stands in the store, new or changed."""
    values = {
        "name": config.name,
        "family": config.family,
        "transport": place_to_json(config.transport),
        "serves": config.serves,
        "record": config.record,
        "rev": config.rev,
        "settings": dict(config.settings),
        "sources": dict(config.sources),
    }
    changed = connection.execute(
        link_config.update().where(link_config.c.id == config.id).values(**values)
    )
    if changed.rowcount == 0:
        connection.execute(link_config.insert().values(id=config.id, **values))


def remove(connection: sa.Connection, link_id: LinkId) -> None:
    """The link is no more."""
    connection.execute(link_config.delete().where(link_config.c.id == link_id))


def put_health(connection: sa.Connection, minutes: Sequence[HealthMinute]) -> None:
    """These minutes stand in the store; one that stood there already has both."""
    for minute in minutes:
        key = (link_health.c.link_id == minute.link_id) & (link_health.c.at == minute.at)
        row = connection.execute(sa.select(link_health).where(key)).first()
        if row is None:
            connection.execute(link_health.insert().values(**asdict(minute)))
        else:
            whole = added(_minute(row), minute)
            connection.execute(link_health.update().where(key).values(**asdict(whole)))


def health(connection: sa.Connection, link_id: LinkId, since: datetime) -> list[HealthMinute]:
    """The minutes of this link from then on, oldest first."""
    wanted = (link_health.c.link_id == link_id) & (link_health.c.at >= since)
    rows = connection.execute(sa.select(link_health).where(wanted).order_by(link_health.c.at))
    return [_minute(row) for row in rows]


def counted_since(connection: sa.Connection, since: datetime) -> dict[str, tuple[int, int]]:
    """Good and bad frames of each link from then on."""
    columns = link_health.c
    sums = sa.select(columns.link_id, sa.func.sum(columns.frames), sa.func.sum(columns.bad))
    rows = connection.execute(sums.where(columns.at >= since).group_by(columns.link_id))
    return {str(link): (int(frames), int(bad)) for link, frames, bad in rows}


def forget_health(connection: sa.Connection, before: datetime) -> None:
    """Older minutes are no more."""
    connection.execute(link_health.delete().where(link_health.c.at < before))


def added(one: HealthMinute | None, other: HealthMinute) -> HealthMinute:
    """Two pieces of the same minute together; how it stood is what the later one says."""
    if one is None:
        return other
    return replace(
        other,
        frames=one.frames + other.frames,
        bad=one.bad + other.bad,
        lost=one.lost + other.lost,
        dropped=one.dropped + other.dropped,
    )


def place_to_json(place: Place) -> dict[str, Any]:
    """The place as it is kept."""
    match place:
        case SerialPlace(identity, baud):
            return {"kind": "serial", "identity": identity, "baud": baud}
        case TcpPlace(host, port):
            return {"kind": "tcp", "host": host, "port": port}
        case TcpServerPlace(bind, port):
            return {"kind": "tcp_server", "bind": bind, "port": port}
        case UdpPlace(host, port, listen):
            return {"kind": "udp", "host": host, "port": port, "listen": listen}
        case _:
            raise ValueError(f"{place} is not kept")


def place_from_json(told: dict[str, Any]) -> Place:
    """The place that was kept."""
    match told["kind"]:
        case "tcp":
            return TcpPlace(told["host"], told["port"])
        case "tcp_server":
            return TcpServerPlace(told["bind"], told["port"])
        case "udp":
            return UdpPlace(told["host"], told["port"], told["listen"])
    return SerialPlace(told["identity"], told["baud"])


def _config(row: sa.Row[Any]) -> LinkConfig:
    return LinkConfig(
        id=LinkId(row.id),
        name=row.name,
        family=row.family,
        transport=place_from_json(row.transport),
        serves=row.serves,
        record=bool(row.record),
        rev=row.rev,
        settings=row.settings,
        sources=row.sources,
    )


def _minute(row: sa.Row[Any]) -> HealthMinute:
    return HealthMinute(
        LinkId(row.link_id),
        row.at,
        LinkPhase(row.phase),
        row.frames,
        row.bad,
        row.lost,
        row.dropped,
    )
