"""The tables of links: how each is set up, and how it stood, minute by minute."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from console.core.ids import LinkId
from console.core.tables import CanonicalJson, UtcTime, metadata
from console.links.model import LinkConfig, Place, SerialPlace, TcpPlace, TcpServerPlace, UdpPlace

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
