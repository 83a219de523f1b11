"""Acts on how the radio room is set up: channels, the table of statuses, foot switch, sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from console.core import reference
from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import new_id
from console.people.model import Right, allowed, require
from console.radio import store
from console.radio.model import (
    MOST_CHANNELS,
    Channel,
    NewChannel,
    Pedal,
    RadioSettingsChanged,
    RadioStatus,
    VoiceDevices,
    checked_rows,
    written,
)
from console.radio.service.looking import PEDAL, STATUSES, VOICE, channel

DEVICE_CHARS = 200


def add_channel(database: Database, actor: Actor, told: NewChannel) -> Channel:
    """One more channel, the last. Refused when this radio has the group already."""
    require(actor, Right.MANAGE_LINKS)
    told = told.cleaned()
    with database.act(actor) as act:
        there = store.channels(act.connection)
        if len(there) >= MOST_CHANNELS:
            raise Refused("radio.too_many_channels", most=MOST_CHANNELS)
        _require_free(there, told, "")
        place = max((one.position for one in there), default=0) + 1
        made = Channel(new_id(), told.link_id, told.group, told.name, place)
        _keep(act, made, "radio.channel_add")
    return made


def change_channel(database: Database, actor: Actor, channel_id: str, told: NewChannel) -> None:
    """The channel is as told. Refused when this radio has the group already."""
    require(actor, Right.MANAGE_LINKS)
    told = told.cleaned()
    with database.act(actor) as act:
        was = channel(act.connection, channel_id)
        _require_free(store.channels(act.connection), told, channel_id)
        new = replace(was, link_id=told.link_id, group=told.group, name=told.name, rev=was.rev + 1)
        _keep(act, new, "radio.channel_change")


def move_channel(database: Database, actor: Actor, channel_id: str, up: bool) -> None:
    """The channel has changed places with its neighbour; at the end of the list nothing happens."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        there = store.channels(act.connection)
        at = there.index(channel(act.connection, channel_id))
        other = at - 1 if up else at + 1
        if not 0 <= other < len(there):
            return
        there[at], there[other] = there[other], there[at]
        for place, one in enumerate(there, 1):
            if one.position != place:
                _keep(act, replace(one, position=place, rev=one.rev + 1), "radio.channel_move")


def remove_channel(database: Database, actor: Actor, channel_id: str) -> None:
    """The channel is gone; the log keeps what was said there."""
    require(actor, Right.MANAGE_LINKS)
    with database.act(actor) as act:
        was = channel(act.connection, channel_id)
        store.remove_channel(act.connection, channel_id)
        act.audit("radio.channel_remove", "radio_channel", was.id, name=was.name, group=was.group)
        act.announce(RadioSettingsChanged())


def set_statuses(
    database: Database, actor: Actor, rows: Sequence[RadioStatus], known: frozenset[str]
) -> int:
    """From now on this is the site's table of statuses; returns its version. ``known``: the codes
    of the table of crew statuses."""
    require(actor, Right.EDIT_REFERENCE)
    told = checked_rows(rows, known)
    with database.act(actor) as act:
        body = {"statuses": written(told)}
        version = reference.put(act.connection, STATUSES, act.at, body)
        act.audit("reference.change", "reference_set", STATUSES, version=version, rows=len(told))
        act.announce(RadioSettingsChanged())
    return version


def set_pedal(database: Database, actor: Actor, told: Pedal | None) -> None:
    """This input is the foot switch; None: there is none."""
    require(actor, Right.MANAGE_LINKS)
    body = asdict(told) if told is not None else {}
    with database.act(actor) as act:
        store.put_setting(act.connection, PEDAL, body)
        act.audit("radio.pedal", "radio_setting", PEDAL, **body)
        act.announce(RadioSettingsChanged())


def set_voice(database: Database, actor: Actor, told: VoiceDevices) -> None:
    """These sound devices carry the voice."""
    if not allowed(actor, Right.CHANGE_SETTINGS):
        require(actor, Right.MANAGE_LINKS)
    body = {name: str(value)[:DEVICE_CHARS] for name, value in asdict(told).items()}
    with database.act(actor) as act:
        store.put_setting(act.connection, VOICE, body)
        act.audit("radio.voice", "radio_setting", VOICE, **body)
        act.announce(RadioSettingsChanged())


def _require_free(there: Sequence[Channel], told: NewChannel, but: str) -> None:
    for one in there:
        if (one.link_id, one.group) == (told.link_id, told.group) and one.id != but:
            raise Refused("radio.group_taken", field="group", group=told.group, name=one.name)


def _keep(act: Act, told: Channel, what: str) -> None:
    store.put_channel(act.connection, told)
    act.audit(
        what, "radio_channel", told.id, name=told.name, group=told.group, link=told.link_id,
        position=told.position,
    )  # fmt: skip
    act.announce(RadioSettingsChanged())
