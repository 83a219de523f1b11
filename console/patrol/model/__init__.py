"""Must-reach points, what counts as reaching one, and the shifts in which they are due."""

from console.patrol.model.point import (
    Due,
    NewPoint,
    Point,
    PointId,
    PointReached,
    PointsChanged,
    PointState,
    Visit,
    VisitId,
    checked,
    is_due,
    state_of,
)
from console.patrol.model.shift import Shift, shift_of
from console.patrol.model.track import Fix, Judge, Jump, Limits, PointGrid, Stay, judge, thinned

__all__ = [
    "Due",
    "Fix",
    "Judge",
    "Jump",
    "Limits",
    "NewPoint",
    "Point",
    "PointGrid",
    "PointId",
    "PointReached",
    "PointState",
    "PointsChanged",
    "Shift",
    "Stay",
    "Visit",
    "VisitId",
    "checked",
    "is_due",
    "judge",
    "shift_of",
    "state_of",
    "thinned",
]
