"""Acts on units, their statuses and places, and on the duty level."""

from console.roster.service.duty import duty_level, duty_level_set, duty_standing, set_duty_level
from console.roster.service.positions import PositionBoard
from console.roster.service.units import (
    add_unit,
    change_status,
    change_unit,
    plain_unit,
    set_on_duty,
    set_status,
    status_history,
    statuses,
    undo_status,
    unit,
    units,
)

__all__ = [
    "PositionBoard",
    "add_unit",
    "change_status",
    "change_unit",
    "duty_level",
    "duty_level_set",
    "duty_standing",
    "plain_unit",
    "set_duty_level",
    "set_on_duty",
    "set_status",
    "status_history",
    "statuses",
    "undo_status",
    "unit",
    "units",
]
