"""Acts and looks of the radio room, and the room of a running post."""

from console.radio.service.clips import Clips
from console.radio.service.looking import (
    channel,
    channels,
    exchange,
    exchanges,
    last_said,
    limits_now,
    open_emergencies,
    pedal,
    statuses_now,
    voice_devices,
)
from console.radio.service.room import Desk, RadioRoom
from console.radio.service.setting_up import (
    add_channel,
    change_channel,
    move_channel,
    remove_channel,
    set_pedal,
    set_statuses,
    set_voice,
)
from console.radio.service.wires import Wires, crews_radios, own_radios
from console.radio.store import Wanted

__all__ = [
    "Clips",
    "Desk",
    "RadioRoom",
    "Wanted",
    "Wires",
    "add_channel",
    "change_channel",
    "channel",
    "channels",
    "crews_radios",
    "exchange",
    "exchanges",
    "last_said",
    "limits_now",
    "move_channel",
    "open_emergencies",
    "own_radios",
    "pedal",
    "remove_channel",
    "set_pedal",
    "set_statuses",
    "set_voice",
    "statuses_now",
    "voice_devices",
]
