"""The chosen crew: kit, receiver, and its status log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from console.core.ids import UnitId
from console.people.model import Officer
from console.roster import service
from console.roster.model import Status, status_of
from console.roster.page.columns import HistoryRow, history_columns
from console.roster.page.parts import CrewRow, Look, PageParts
from console.roster.page.words import listed, who
from console.ui.background import Asked
from console.ui.panel import Panel, label
from console.ui.tables import RowTable
from console.ui.words import say_refusal

translate = QCoreApplication.translate


class HistoryPanel(Panel):
    """What is known of one crew, and every status that it had."""

    def __init__(self, parts: PageParts) -> None:
        super().__init__(translate("Roster", "The chosen crew"))
        self._parts = parts
        self._crew: UnitId | None = None
        self._asked: Asked | None = None
        self.told = label("", "caption", wrap=True)
        self.told.setContentsMargins(10, 8, 10, 2)
        self.table: RowTable[HistoryRow] = RowTable(
            history_columns(parts.clock.now), lambda row: row.seq
        )
        self.table.view.setAccessibleName(translate("Roster", "Status log"))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.show_crew(None, None)

    def show_crew(self, row: CrewRow | None, look: Look | None) -> None:
        """The panel tells of this crew; its log follows as soon as it is read."""
        if row is None or look is None:
            self._crew = None
            self.set_title(translate("Roster", "The chosen crew"))
            self.told.setText(translate("Roster", "Choose a crew to see its statuses."))
            self.table.hide()
            return
        unit = row.view.unit
        if unit.id != self._crew:
            self.table.show_rows(())
            self.table.set_empty(translate("Roster", "Being read…"))
        self._crew = unit.id
        self.set_title(unit.call_sign, unit.name)
        receiver = look.receivers.get(unit.id)
        lines = [
            translate("Roster", "People: {people}").format(people=listed(unit.crew)),
            translate("Roster", "Kit: {kit}").format(kit=listed(row.kit)),
            translate("Roster", "Receiver: {name}").format(
                name=receiver or translate("Roster", "none; set it on the page of the wires (F8)")
            ),
        ]
        self.told.setText("\n".join(lines))
        self.table.show()
        self._read(unit.id, look)

    def _read(self, unit_id: UnitId, look: Look) -> None:
        if self._asked is not None:
            self._asked.drop()

        def work() -> list[HistoryRow]:
            with self._parts.database.read() as connection:
                lines = service.status_history(connection, unit_id)
            return [_row(line, look.statuses, look.officers) for line in lines]

        def show(rows: list[HistoryRow]) -> None:
            self.table.set_empty(
                translate("Roster", "No status change yet"),
                translate("Roster", "Every change will stand here with its time and who set it."),
            )
            self.table.show_rows(rows)

        self._asked = self._parts.background.ask(
            work, show, lambda error: self.table.freshness.failed(say_refusal(error)), self
        )


def _row(line: Any, statuses: Mapping[str, Status], officers: Sequence[Officer]) -> HistoryRow:
    note = line.note
    if line.undoes is not None:
        note = translate("Roster", "taken back")
    return HistoryRow(
        line.seq, line.at, status_of(line.status, statuses), note, who(line.actor, officers)
    )
