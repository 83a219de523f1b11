"""What is known of the radio room."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

import sqlalchemy as sa

from console.core import reference
from console.core.errors import Refused
from console.radio import store
from console.radio.model import (
    Channel,
    Exchange,
    Kind,
    Pedal,
    RadioLimits,
    Statuses,
    VoiceDevices,
    read_limits,
    read_statuses,
)
from console.radio.store import Wanted

STATUSES, LIMITS = "radio_statuses", "radio_limits"
PEDAL, VOICE, CHOSEN = "pedal", "voice", "chosen"


def limits_now(connection: sa.Connection, now: datetime) -> RadioLimits:
    """The limits that hold now."""
    return _limits(reference.current_text(connection, LIMITS, now))


@lru_cache(maxsize=4)
def _limits(text: str) -> RadioLimits:
    return read_limits(json.loads(text))


def statuses_now(connection: sa.Connection, now: datetime) -> Statuses:
    """The site's table of radio statuses that holds now."""
    return _statuses(reference.current_text(connection, STATUSES, now))


@lru_cache(maxsize=4)
def _statuses(text: str) -> Statuses:
    return read_statuses(json.loads(text))


def channels(connection: sa.Connection) -> list[Channel]:
    """Every channel, in the post's order."""
    return store.channels(connection)


def channel(connection: sa.Connection, channel_id: str) -> Channel:
    """This channel. Refused when there is none of this id."""
    for one in store.channels(connection):
        if one.id == channel_id:
            return one
    raise Refused("radio.no_such_channel", channel=channel_id[:64])


def exchanges(
    connection: sa.Connection, wanted: Wanted, after: Exchange | None, limit: int
) -> list[Exchange]:
    """At most ``limit`` lines of the log that follow ``after``, the newest first."""
    return store.lines(connection, wanted, after, limit)


def exchange(connection: sa.Connection, exchange_id: str) -> Exchange:
    """This line of the log. Refused when there is none of this id."""
    found = store.find(connection, exchange_id)
    if found is None:
        raise Refused("radio.no_such_exchange", exchange=exchange_id[:64])
    return found


def last_said(connection: sa.Connection, link_id: str, radio: str) -> Exchange | None:
    """The last text, status or call for help of this radio."""
    return store.last_said(connection, link_id, radio)


def open_emergencies(connection: sa.Connection) -> list[Exchange]:
    """The calls for help that nobody has confirmed, the oldest first."""
    return store.open_lines(connection, Kind.EMERGENCY)


def pedal(connection: sa.Connection) -> Pedal | None:
    """The foot switch; None when there is none."""
    found = store.setting(connection, PEDAL)
    if not found:
        return None
    return Pedal(found["link_id"], found["unit"], found["number"], found["closed_talks"])


def voice_devices(connection: sa.Connection) -> VoiceDevices:
    """The sound devices that carry voice from and to the radio."""
    return VoiceDevices(**store.setting(connection, VOICE))
