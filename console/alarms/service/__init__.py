"""Acts on alarms, what the pages look at, and what raises them: the watch and the intake."""

from console.alarms.service.acts import (
    acknowledge,
    clear,
    clear_by_hand,
    end_shelves,
    escalate,
    link_call,
    note,
    raise_alarm,
    raise_within,
    shelve,
    tell_held,
    unshelve,
)
from console.alarms.service.alerts import (
    alert_handlers,
    alert_raised,
    end_alerts,
    look_at,
    verify,
)
from console.alarms.service.cameras import CameraSeen
from console.alarms.service.devices import (
    add_device,
    begin_test,
    devices,
    end_test,
    keep_device,
    press,
    remove_device,
)
from console.alarms.service.intake import AlarmIntake
from console.alarms.service.looking import (
    alarm,
    alarms,
    alert_of,
    every_open,
    kinds_now,
    log_lines,
    open_alarms,
)
from console.alarms.service.watch import AlarmWatch, Crew, Sights

__all__ = [
    "AlarmIntake",
    "AlarmWatch",
    "CameraSeen",
    "Crew",
    "Sights",
    "acknowledge",
    "add_device",
    "alarm",
    "alarms",
    "alert_handlers",
    "alert_of",
    "alert_raised",
    "begin_test",
    "clear",
    "clear_by_hand",
    "devices",
    "end_alerts",
    "end_shelves",
    "end_test",
    "escalate",
    "every_open",
    "keep_device",
    "kinds_now",
    "link_call",
    "log_lines",
    "look_at",
    "note",
    "open_alarms",
    "press",
    "raise_alarm",
    "raise_within",
    "remove_device",
    "shelve",
    "tell_held",
    "unshelve",
    "verify",
]
