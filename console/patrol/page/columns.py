"""What the two tables show: the points of the shift, and the visits at the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.patrol.model import Visit
from console.patrol.page.parts import PointRow
from console.ui.lamp import LampFace, Shape
from console.ui.moments import moment_text, span_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate
Now = Callable[[], datetime]


def point_columns(now: Now) -> list[Column[PointRow]]:
    """The columns of the points, in the officer's language."""
    return [
        Column(translate("Patrol", "State"), lambda row: point_face(row).word, 92, face=point_face),
        Column(translate("Patrol", "Number"), lambda row: row.point.number, 72),
        Column(translate("Patrol", "Point"), lambda row: row.point.name),
        Column(translate("Patrol", "Area"), lambda row: pick(row.area) if row.area else "–", 108),
        Column(translate("Patrol", "Times"), count_text, 56, right=True),
        Column(translate("Patrol", "Reached at"), lambda row: reached_text(row, now()), 96),
        Column(
            translate("Patrol", "Crew"),
            lambda row: (row.state.call_sign if row.state else "") or "–",
            64,
        ),
    ]


def visit_columns(now: Now) -> list[Column[Visit]]:
    """The columns of a point's visits, in the officer's language."""
    return [
        Column(
            translate("Patrol", "Reached at"), lambda one: moment_text(one.reached_at, now()), 96
        ),
        Column(translate("Patrol", "Crew"), lambda one: one.call_sign, 60),
        Column(translate("Patrol", "Came"), lambda one: moment_text(one.entered_at, now()), 96),
        Column(translate("Patrol", "Left"), lambda one: moment_text(one.left_at, now()), 96),
        Column(translate("Patrol", "Stayed"), lambda one: span_text(one.dwell_s), right=True),
    ]


def point_face(row: PointRow) -> LampFace:
    """How the point stands in this shift."""
    if row.point.retired_at is not None:
        return LampFace(Shape.DASH, Tone.QUIET, translate("Patrol", "Retired"))
    if row.state is None:
        return LampFace(Shape.DASH, Tone.QUIET, translate("Patrol", "Not due"))
    if row.state.reached:
        return LampFace(Shape.TICK, Tone.CALM, translate("Patrol", "Reached"))
    if row.pressing:
        return LampFace(Shape.TRIANGLE, Tone.LATE, translate("Patrol", "Open"))
    if row.state.count:
        return LampFace(Shape.HALF, Tone.ACCENT, translate("Patrol", "Open"))
    return LampFace(Shape.RING, Tone.ACCENT, translate("Patrol", "Open"))


def count_text(row: PointRow) -> str:
    """How often it was reached, of how often it is wanted."""
    return f"{row.state.count}/{row.point.told.times}" if row.state is not None else "–"


def reached_text(row: PointRow, now: datetime) -> str:
    """When it was reached as often as wanted."""
    return moment_text(row.state.reached_at if row.state else None, now)
