"""Acts on alarms, what the pages look at, and the watch that raises them."""

from console.alarms.service.acts import (
    acknowledge,
    clear,
    clear_by_hand,
    end_shelves,
    link_call,
    raise_alarm,
    raise_within,
    shelve,
    tell_held,
    unshelve,
)
from console.alarms.service.devices import add_device, devices, press
from console.alarms.service.looking import (
    alarm,
    alarms,
    every_open,
    kinds_now,
    log_lines,
    open_alarms,
)
from console.alarms.service.watch import AlarmWatch, Crew

__all__ = [
    "AlarmWatch",
    "Crew",
    "acknowledge",
    "add_device",
    "alarm",
    "alarms",
    "clear",
    "clear_by_hand",
    "devices",
    "end_shelves",
    "every_open",
    "kinds_now",
    "link_call",
    "log_lines",
    "open_alarms",
    "press",
    "raise_alarm",
    "raise_within",
    "shelve",
    "tell_held",
    "unshelve",
]
