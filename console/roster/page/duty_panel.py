"""The duty level: which, by whom, until when, the crews it needs, and the half hour of a switch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QSizePolicy, QWidget

from console.roster.model import DutyLevel, DutyOrder, DutyStanding, UnitView
from console.roster.page.parts import Look
from console.roster.page.words import level_face, level_words, listed, who
from console.ui.countdown import Countdown, CountdownLamp
from console.ui.dialogs import Question, Sheet
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import moment_text
from console.ui.panel import Panel, label
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

CALL_IN_MOST = 5


class DutyPanel(Panel):
    """How the post stands against its duty level."""

    def __init__(self) -> None:
        super().__init__(translate("Roster", "Duty level"), margin=10)
        self.switch = KeyButton(translate("Roster", "Switch"), "Ctrl+D")
        self.add_action(self.switch)
        self._standing: DutyStanding | None = None
        self.level = Lamp()
        self.told = label("", "caption", wrap=True)
        self.coming = label("", "late", wrap=True)
        self.figure = label("–", "figure")
        self.enough = Lamp()
        self.countdown = CountdownLamp(Countdown("", None))
        self.short = label()
        # one line a crew: never less high than they are, and no wider than the panel
        self.short.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for part in (
            self.level, self.told, self.coming, self.figure, self.enough, self.countdown,
            self.short,
        ):  # fmt: skip
            self.body.addWidget(part)
        for part in (self.coming, self.countdown, self.short):
            part.hide()

    def show_look(self, look: Look) -> None:
        """The panel shows what was read just now."""
        standing = self._standing = look.standing
        self.level.show_face(level_face(standing.level))
        self.told.setText(self._order_words(look, standing.order))
        self.coming.setVisible(standing.coming is not None)
        if standing.coming is not None:
            self.coming.setText(
                translate("Roster", "{level} from {time}, by {who}").format(
                    level=level_words(standing.coming.level),
                    time=moment_text(standing.coming.from_at, look.at),
                    who=who(standing.coming.set_by, look.officers),
                )
            )
        self._show_crews(standing)
        self.tick(look.at)

    def tick(self, now: datetime) -> None:
        """The countdown of the switch goes on."""
        standing = self._standing
        running = standing is not None and standing.due_at is not None
        if standing is None or standing.due_at is None or not (running and standing.short):
            self.countdown.hide()
            return
        left = (standing.due_at - now).total_seconds()
        started = standing.coming or standing.order
        assert started is not None
        whole = (standing.due_at - started.set_at).total_seconds()
        word = translate("Roster", "Complete by {time}").format(
            time=moment_text(standing.due_at, now)
        )
        self.countdown.show_countdown(Countdown(word, whole, left))
        self.countdown.show()

    def _order_words(self, look: Look, order: DutyOrder | None) -> str:
        if order is None:
            return translate("Roster", "No order was given yet; daily duty holds.")
        since = moment_text(order.from_at, look.at)
        by = who(order.set_by, look.officers)
        if order.until_at is None:
            return translate("Roster", "Since {time}, by {who}, until further order").format(
                time=since, who=by
            )
        return translate("Roster", "Since {time}, by {who}, until {end}").format(
            time=since, who=by, end=moment_text(order.until_at, look.at)
        )

    def _show_crews(self, standing: DutyStanding) -> None:
        self.figure.setText(
            translate("Roster", "{have} crews here, {need} needed").format(
                have=standing.have, need=standing.needed
            )
        )
        self.short.setVisible(bool(standing.short))
        if not standing.short:
            met = translate("Roster", "Enough crews on duty")
            self.enough.show_face(LampFace(Shape.TICK, Tone.CALM, met))
            return
        missing = translate("Roster", "{n} crews short").format(n=standing.short)
        self.enough.show_face(LampFace(Shape.TRIANGLE, Tone.LATE, missing))
        lines = [absent_words(view) for view in standing.absent[:CALL_IN_MOST]]
        more = len(standing.absent) - len(lines)
        if more > 0:
            lines.append(translate("Roster", "and {n} more").format(n=more))
        head = translate("Roster", "Not counted, could fill the gap:")
        if not lines:
            head = translate("Roster", "No crew is left to call in; ask the city for help.")
        self.short.setText("\n".join([head, *lines]))
        self.short.setToolTip("\n".join(absent_words(view) for view in standing.absent))


def absent_words(view: UnitView) -> str:
    """A crew that does not count, and why."""
    why = pick(view.status.words) if view.unit.on_duty else translate("Roster", "off duty")
    parts = [f"{view.unit.call_sign} {view.unit.name}".strip(), why]
    if view.unit.crew:
        parts.append(listed(view.unit.crew))
    return " · ".join(parts)


class LevelSheet(Sheet):
    """Asks for another duty level and why; ``save(level, note)`` is called when both are given."""

    def __init__(self, parent: QWidget, level: str, save: Callable[[DutyLevel, str], None]) -> None:
        super().__init__(
            parent,
            Question(
                translate("Roster", "Switch the duty level"),
                translate(
                    "Roster",
                    "It holds at once, the city is told, and the crews must be complete within "
                    "the time of the switch.",
                ),
                translate("Roster", "Switch"),
            ),
        )
        self._save = save
        self.form = Form()
        box = QComboBox()
        for one in DutyLevel:
            box.addItem(level_words(str(one)), str(one))
        box.setCurrentIndex(box.findData(level))
        self.form.add("level", translate("Roster", "Duty level"), box, required=True)
        reason = QLineEdit()
        self.form.add("note", translate("Roster", "Why (is logged)"), reason, required=True)
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._on_save)
        box.setFocus()

    def refused(self, error: Exception) -> None:
        """The sheet stays open and says why it was not saved."""
        self.say(say_refusal(error))

    def _on_save(self) -> None:
        if not self.form.missing():
            values = self.form.values()
            self._save(DutyLevel(values["level"]), values["note"])
