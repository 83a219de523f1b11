"""The sheets in which a tour is put together and the tiers' intervals are set."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSpinBox, QWidget

from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.panel import label
from console.ui.style import px
from console.ui.words import pick, plain_tip
from console.videowall.model import (
    LAYOUT_NAME_CHARS,
    LEAST_DWELL_S,
    MOST_DWELL_S,
    MOST_REVISIT_MIN,
    TIER_WORDS,
    Camera,
    CameraId,
    Rounds,
    Stop,
    Tier,
    Tour,
)

translate = QCoreApplication.translate
DWELL_STEP_S = 5
_ID, _DWELL, _NAME = (Qt.ItemDataRole.UserRole + at for at in range(3))


class StopList(QListWidget):
    """Cameras with a tick for those of the tour. Space ticks, + and - change how long each stays,
    Ctrl and an arrow moves one up or down."""

    def __init__(self, cameras: Sequence[Camera], chosen: Sequence[CameraId], dwell_s: int) -> None:
        super().__init__()
        order = {camera_id: place for place, camera_id in enumerate(chosen)}
        for one in sorted(cameras, key=lambda c: (order.get(c.id, len(order)), c.number)):
            item = QListWidgetItem()
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = one.id in order
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            item.setData(_ID, one.id)
            item.setData(_DWELL, dwell_s)
            item.setData(_NAME, f"{one.number} {one.name}")
            item.setToolTip(plain_tip(f"{one.number} {one.name}"))
            self.addItem(item)
            self._name(item)
        self.setCurrentRow(0)

    def stops(self) -> tuple[Stop, ...]:
        """The ticked ones, in order."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(
            Stop(CameraId(item.data(_ID)), int(item.data(_DWELL)))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def set_dwell(self, dwell_s: int) -> None:
        """Every camera is shown so long."""
        for row in range(self.count()):
            self.item(row).setData(_DWELL, dwell_s)
            self._name(self.item(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        step = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}.get(
            Qt.Key(event.key()), 0
        )
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if item is not None and step:
            dwell = int(item.data(_DWELL)) + step * DWELL_STEP_S
            item.setData(_DWELL, min(max(dwell, LEAST_DWELL_S), MOST_DWELL_S))
            self._name(item)
        elif item is not None and moves and control:
            row = min(max(self.currentRow() + moves, 0), self.count() - 1)
            self.insertItem(row, self.takeItem(self.currentRow()))
            self.setCurrentRow(row)
        else:
            super().keyPressEvent(event)

    def _name(self, item: QListWidgetItem) -> None:
        item.setText(
            translate("Wall", "{camera} · {n} s").format(
                camera=item.data(_NAME), n=int(item.data(_DWELL))
            )
        )


class TourSheet(FormSheet):
    """Asks for a tour; ``save(tour)`` is called when its name is filled in."""

    def __init__(
        self,
        parent: QWidget,
        cameras: tuple[Sequence[Camera], Sequence[CameraId]],
        dwell_s: int,
        save: Callable[[Tour], None],
    ) -> None:
        told = translate(
            "Wall",
            "Space ticks a camera, + and - change its time, Ctrl and an arrow moves it.",
        )
        question = Question(
            translate("Wall", "A new tour"), told, translate("Wall", "Keep and start")
        )
        super().__init__(parent, question, 2)
        self.setMinimumWidth(px(520))
        name = QLineEdit()
        name.setMaxLength(LAYOUT_NAME_CHARS)
        self.form.add("name", translate("Wall", "Name"), name, required=True)
        dwell = _spin(LEAST_DWELL_S, MOST_DWELL_S)
        self.form.add("dwell_s", translate("Wall", "Seconds a camera"), dwell)
        dwell.setValue(dwell_s)
        self.list = StopList(*cameras, dwell_s)
        self.list.setMinimumHeight(px(240))
        self.body.addWidget(self.list)
        dwell.valueChanged.connect(self.list.set_dwell)
        self.filled.connect(lambda: save(Tour("", self.form.values()["name"], self.list.stops())))
        name.setFocus()


class RoundsSheet(FormSheet):
    """Asks how often each tier is to be watched; ``save(rounds)``."""

    def __init__(self, parent: QWidget, was: Rounds, save: Callable[[Rounds], None]) -> None:
        told = translate(
            "Wall", "A camera that was not watched for so long counts as late and comes first."
        )
        question = Question(translate("Wall", "Revisit intervals"), told, translate("Wall", "Save"))
        super().__init__(parent, question, 2)
        for tier in Tier:
            spin = _spin(1, MOST_REVISIT_MIN)
            words = translate("Wall", "{tier}, minutes").format(tier=pick(TIER_WORDS[tier]))
            self.form.add(f"tier_{int(tier)}", words, spin)
            spin.setValue(was.revisit_min[tier])
        dwell = _spin(LEAST_DWELL_S, MOST_DWELL_S)
        self.form.add("dwell_s", translate("Wall", "Seconds a camera"), dwell)
        dwell.setValue(was.dwell_s)
        self.body.addWidget(
            label(translate("Wall", "The seconds hold for patrol by tiers."), "small", wrap=True)
        )
        self.filled.connect(lambda: save(self._rounds()))
        self.form.editor("tier_1").setFocus()

    def _rounds(self) -> Rounds:
        values = self.form.values()
        minutes = {tier: int(values[f"tier_{int(tier)}"]) for tier in Tier}
        return Rounds(minutes, int(values["dwell_s"]))


def _spin(least: int, most: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    return made
