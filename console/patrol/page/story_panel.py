"""The chosen point: what is wanted of it, and who was there."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from console.patrol.model import NewPoint, Visit
from console.patrol.page.columns import visit_columns
from console.patrol.page.parts import Look, PageParts, PointRow
from console.patrol.service import visits_of
from console.ui.background import Asked
from console.ui.keycap import KeyButton
from console.ui.moments import moment_text, span_text
from console.ui.panel import Panel, label
from console.ui.tables import RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
SHOWN = timedelta(days=7)


class StoryPanel(Panel):
    """Facts and visits of one point, and what can be done with it."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Patrol", "The chosen point"))
        self._parts = parts
        self._row: PointRow | None = None
        self._asked: Asked | None = None
        self.map_button = KeyButton(translate("Patrol", "Map"), "M", "primary")
        self.change_button = KeyButton(translate("Patrol", "Change"), "E")
        self.retire_button = KeyButton(translate("Patrol", "Retire"), "X")
        for button in (self.retire_button, self.change_button, self.map_button):
            self.add_action(button)
        self.told = label("", "caption", wrap=True)
        self.told.setContentsMargins(10, 8, 10, 2)
        self.table: RowTable[Visit] = RowTable(
            visit_columns(parts.clock.now),
            lambda one: one.id,
            empty=(
                translate("Patrol", "No visit in the last seven days"),
                translate("Patrol", "A visit counts once a crew has stayed here for long enough."),
            ),
        )
        self.table.view.setAccessibleName(translate("Patrol", "Visits"))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.show_point(None, None)

    def show_point(self, row: PointRow | None, look: Look | None) -> None:
        """The panel tells of this point; its visits follow as soon as they are read."""
        other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        self.table.setVisible(row is not None)
        if row is None or look is None:
            self.set_title(translate("Patrol", "The chosen point"))
            self.told.setText(translate("Patrol", "Choose a point to see who was there."))
            return
        self.set_title(row.point.number)
        self.told.setText("\n".join(_facts(row, look)))
        if other:
            self.table.show_rows([])
        self._read(row, look)

    def _read(self, row: PointRow, look: Look) -> None:
        if self._asked is not None:
            self._asked.drop()
        database, point, now = self._parts.database, row.id, look.at

        def read() -> list[Visit]:
            with database.read() as connection:
                return visits_of(connection, point, now - SHOWN, now + timedelta(days=1))

        self._asked = self._parts.background.ask(
            read,
            self.table.show_rows,
            lambda error: self.table.freshness.failed(say_refusal(error)),
            self,
        )


def _facts(row: PointRow, look: Look) -> list[str]:
    told = row.point.told
    lines = [told.name, f"{told.lat:.6f}, {told.lon:.6f}"]
    if row.area is not None:
        lines[-1] += f"  {pick(row.area)}"
    lines.append(
        translate("Patrol", "Within {radius} m for {dwell}, {times} × a shift").format(
            radius=told.radius_m, dwell=span_text(told.dwell_s), times=told.times
        )
    )
    if told.active_from or told.active_until:
        lines.append(_days(told))
    if row.point.retired_at is not None:
        lines.append(
            translate("Patrol", "Retired {time}: {reason}").format(
                time=moment_text(row.point.retired_at, look.at), reason=row.point.retired_why
            )
        )
    return lines


def _days(told: NewPoint) -> str:
    first = told.active_from.isoformat() if told.active_from else "…"
    last = told.active_until.isoformat() if told.active_until else "…"
    return translate("Patrol", "Due from {first} to {last}").format(first=first, last=last)
