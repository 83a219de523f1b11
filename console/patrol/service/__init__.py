"""Acts on must-reach points, how they stand, and the watch that judges the crews' tracks."""

from console.patrol.service.coverage import coverage, report_coverage
from console.patrol.service.points import (
    add_point,
    change_point,
    point_states,
    points,
    retire_point,
    shift_at,
    states_in,
    visits_of,
)
from console.patrol.service.watch import PatrolWatch

__all__ = [
    "PatrolWatch",
    "add_point",
    "change_point",
    "coverage",
    "point_states",
    "points",
    "report_coverage",
    "retire_point",
    "shift_at",
    "states_in",
    "visits_of",
]
