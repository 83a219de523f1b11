"""The radio room: tables and queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from console.core.tables import CanonicalJson, UtcTime, metadata
from console.radio.model import Channel, Exchange, Kind, State

radio_channel = sa.Table(
    "radio_channel",
    metadata,
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("link_id", sa.String(36), nullable=False),
    sa.Column("talk_group", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("rev", sa.Integer, nullable=False),
    sa.UniqueConstraint("link_id", "talk_group"),
)

radio_exchange = sa.Table(
    "radio_exchange",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(36), nullable=False, unique=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("inward", sa.Integer, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("link_id", sa.String(36), nullable=False),
    sa.Column("radio", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("unit_id", sa.String(36), nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("call_id", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("code", sa.Integer, nullable=True),
    sa.Column("reference", sa.Integer, nullable=True),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("settled_at", UtcTime, nullable=True),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("seconds", sa.Float, nullable=True),
    sa.Column("voice", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Index("radio_exchange_call", "call_id", "seq"),
    sa.Index("radio_exchange_unit", "unit_id", "seq"),
    sa.Index("radio_exchange_state", "state", "kind"),
    sa.Index("radio_exchange_radio", "link_id", "radio", "seq"),
    sa.Index("radio_exchange_at", "at"),
)

radio_heard = sa.Table(
    "radio_heard",
    metadata,
    sa.Column("link_id", sa.String(36), primary_key=True),
    sa.Column("radio", sa.Text, primary_key=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("how", sa.String(16), nullable=False),
)

radio_setting = sa.Table(
    "radio_setting",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("body", CanonicalJson, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of the log: of a call, of a crew, of kinds; empty asks for all."""

    call_id: str = ""
    unit_id: str = ""
    kinds: frozenset[Kind] = frozenset()


def channels(connection: sa.Connection) -> list[Channel]:
    """Every channel, in the post's order."""
    rows = connection.execute(
        sa.select(radio_channel).order_by(radio_channel.c.position, radio_channel.c.id)
    )
    return [Channel(r.id, r.link_id, r.talk_group, r.name, r.position, r.rev) for r in rows]


def put_channel(connection: sa.Connection, told: Channel) -> None:
    """The channel stands in the store, new or changed."""
    values = {
        "link_id": told.link_id, "talk_group": told.group, "name": told.name,
        "position": told.position, "rev": told.rev,
    }  # fmt: skip
    here = radio_channel.update().where(radio_channel.c.id == told.id).values(**values)
    if connection.execute(here).rowcount == 0:
        connection.execute(radio_channel.insert().values(id=told.id, **values))


def remove_channel(connection: sa.Connection, channel_id: str) -> None:
    """The channel is gone; the log keeps its name."""
    connection.execute(radio_channel.delete().where(radio_channel.c.id == channel_id))


def put(connection: sa.Connection, told: Exchange) -> None:
    """The line stands in the log, new or changed."""
    values = _values(told)
    here = radio_exchange.update().where(radio_exchange.c.id == told.id).values(**values)
    if connection.execute(here).rowcount == 0:
        connection.execute(radio_exchange.insert().values(id=told.id, **values))


def find(connection: sa.Connection, exchange_id: str) -> Exchange | None:
    """The line of this id."""
    row = connection.execute(
        sa.select(radio_exchange).where(radio_exchange.c.id == exchange_id)
    ).first()
    return None if row is None else _exchange(row)


def newest(connection: sa.Connection) -> Exchange | None:
    """The line written last."""
    row = connection.execute(
        sa.select(radio_exchange).order_by(radio_exchange.c.seq.desc()).limit(1)
    ).first()
    return None if row is None else _exchange(row)


def count(connection: sa.Connection) -> int:
    """The number of the line written last."""
    return int(connection.execute(sa.select(sa.func.max(radio_exchange.c.seq))).scalar() or 0)


def sent(connection: sa.Connection, link_id: str, radio: str, reference: int) -> Exchange | None:
    """The newest text of this reference sent to this radio that may still be told to have come."""
    c = radio_exchange.c
    wanted = sa.select(radio_exchange).where(
        c.link_id == link_id, c.radio == radio, c.kind == Kind.TEXT, c.inward == 0,
        c.reference == reference,
        c.state.in_((State.SENDING, State.TAKEN, State.RECEIVED, State.FAILED)),
    )  # fmt: skip
    row = connection.execute(wanted.order_by(c.seq.desc()).limit(1)).first()
    return None if row is None else _exchange(row)


def last_said(connection: sa.Connection, link_id: str, radio: str) -> Exchange | None:
    """The last text, status or call for help of this radio."""
    c = radio_exchange.c
    row = connection.execute(
        sa.select(radio_exchange)
        .where(
            c.link_id == link_id, c.radio == radio, c.inward == 1,
            c.kind.in_((Kind.TEXT, Kind.STATUS, Kind.EMERGENCY)),
        )
        .order_by(c.seq.desc())
        .limit(1)
    ).first()  # fmt: skip
    return None if row is None else _exchange(row)


def open_lines(connection: sa.Connection, kind: Kind) -> list[Exchange]:
    """The lines of this kind that are open, the oldest first."""
    rows = connection.execute(
        sa.select(radio_exchange)
        .where(radio_exchange.c.state == State.OPEN, radio_exchange.c.kind == kind)
        .order_by(radio_exchange.c.seq)
    )
    return [_exchange(row) for row in rows]


def unsettled(connection: sa.Connection) -> list[Exchange]:
    """What was being sent, or talked, when nobody was left to settle it."""
    c = radio_exchange.c
    open_talk = (c.state == State.OPEN) & c.kind.in_((Kind.TALK, Kind.OVER))
    rows = connection.execute(
        sa.select(radio_exchange).where((c.state == State.SENDING) | open_talk).order_by(c.seq)
    )
    return [_exchange(row) for row in rows]


def lines(
    connection: sa.Connection, wanted: Wanted, after: Exchange | None, limit: int
) -> list[Exchange]:
    """The lines of the log that follow ``after``, the newest first."""
    c = radio_exchange.c
    asked = sa.select(radio_exchange).order_by(c.seq.desc()).limit(limit)
    if wanted.call_id:
        asked = asked.where(c.call_id == wanted.call_id)
    if wanted.unit_id:
        asked = asked.where(c.unit_id == wanted.unit_id)
    if wanted.kinds:
        asked = asked.where(c.kind.in_(sorted(wanted.kinds)))
    if after is not None:
        asked = asked.where(c.seq < after.seq)
    return [_exchange(row) for row in connection.execute(asked)]


def put_voice(connection: sa.Connection, exchange_id: str, name: str) -> None:
    """The recording of this line has this name, or there is none."""
    connection.execute(
        radio_exchange.update().where(radio_exchange.c.id == exchange_id).values(voice=name)
    )


def voices_before(connection: sa.Connection, moment: datetime) -> list[Exchange]:
    """The lines before this moment that have a recording still."""
    c = radio_exchange.c
    rows = connection.execute(
        sa.select(radio_exchange).where(c.at < moment, c.voice != "").order_by(c.seq).limit(500)
    )
    return [_exchange(row) for row in rows]


def heard(connection: sa.Connection) -> dict[tuple[str, str], tuple[datetime, str]]:
    """When each radio was last heard, and with what."""
    return {
        (row.link_id, row.radio): (row.at, row.how)
        for row in connection.execute(sa.select(radio_heard))
    }


def put_heard(connection: sa.Connection, told: Sequence[tuple[str, str, datetime, str]]) -> None:
    """These radios were heard then."""
    for link_id, radio, at, how in told:
        here = radio_heard.update().where(
            radio_heard.c.link_id == link_id, radio_heard.c.radio == radio
        )
        if connection.execute(here.values(at=at, how=how)).rowcount == 0:
            connection.execute(
                radio_heard.insert().values(link_id=link_id, radio=radio, at=at, how=how)
            )


def setting(connection: sa.Connection, name: str) -> dict[str, Any]:
    """What was set under this name; nothing when nothing was."""
    found = connection.execute(
        sa.select(radio_setting.c.body).where(radio_setting.c.name == name)
    ).scalar()
    return dict(found) if found else {}


def put_setting(connection: sa.Connection, name: str, body: dict[str, Any]) -> None:
    """This is set under this name."""
    here = radio_setting.update().where(radio_setting.c.name == name).values(body=body)
    if connection.execute(here).rowcount == 0:
        connection.execute(radio_setting.insert().values(name=name, body=body))


def _values(told: Exchange) -> dict[str, Any]:
    return {
        "at": told.at, "inward": int(told.inward), "kind": told.kind, "link_id": told.link_id,
        "radio": told.radio, "state": told.state, "unit_id": told.unit_id,
        "channel": told.channel, "call_id": told.call_id, "text": told.text, "code": told.code,
        "reference": told.reference, "cause": told.cause, "settled_at": told.settled_at,
        "by": told.by, "seconds": told.seconds, "voice": told.voice, "count": told.count,
    }  # fmt: skip


def _exchange(row: Any) -> Exchange:
    return Exchange(
        row.id, row.at, bool(row.inward), Kind(row.kind), row.link_id, row.radio,
        State(row.state), row.unit_id, row.channel, row.call_id, row.text, row.code,
        row.reference, row.cause, row.settled_at, row.by, row.seconds, row.voice,
        row._mapping["count"], row.seq,
    )  # fmt: skip
