"""The sheet in which the chief adds a point or changes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QWidget

from console.core.errors import Refused
from console.patrol.model import NewPoint
from console.patrol.model.point import DWELL_S, NAME_CHARS, NUMBER_CHARS, RADIUS_M, TIMES
from console.patrol.page.parts import PageParts
from console.ui.background import Asked
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.panel import label
from console.ui.style import px
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate
FIND_MS = 350
Hits = Sequence[tuple[str, float, float]]


class PointSheet(FormSheet):
    """Asks for one point; ``save(told)`` is called when the fields make sense."""

    def __init__(
        self,
        parent: QWidget,
        parts: PageParts,
        save: Callable[[NewPoint], None],
        was: NewPoint | None = None,
    ) -> None:
        title = (
            translate("Patrol", "Change the point") if was else translate("Patrol", "Add a point")
        )
        told = translate(
            "Patrol", "A crew has reached it once its own track stayed inside for long enough."
        )
        super().__init__(parent, Question(title, told, translate("Patrol", "Save")), 2)
        self.setMinimumWidth(px(520))
        self._parts, self._save, self._was = parts, save, was
        self._asked: Asked | None = None
        self.found = label("", "caption", wrap=True)
        self._build()
        self.body.addWidget(self.found)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FIND_MS)
        self._pause.timeout.connect(self._find)
        self.place.textEdited.connect(lambda _: self._pause.start())
        self.form.fill(_values(was or NewPoint("", "", 0.0, 0.0), was is None))
        self.filled.connect(self._on_filled)
        self.form.editor("number").setFocus()

    def _build(self) -> None:
        number, name = QLineEdit(), QLineEdit()
        number.setMaxLength(NUMBER_CHARS)
        name.setMaxLength(NAME_CHARS)
        self.place = QLineEdit()
        self.place.setPlaceholderText(
            translate("Patrol", "street, A road and B street, grid code: fills in what is below")
        )
        area = QComboBox()
        area.addItem(translate("Patrol", "by its place"), "")
        for key, words in self._parts.areas():
            area.addItem(pick(words), key)
        first, last = QLineEdit(), QLineEdit()
        for day in (first, last):
            day.setPlaceholderText(translate("Patrol", "YYYY-MM-DD, empty for always"))
        form = self.form
        form.add("number", translate("Patrol", "Number"), number, required=True)
        form.add("name", translate("Patrol", "Name"), name, required=True)
        form.add("place", translate("Patrol", "Find the place"), self.place, wide=True)
        form.add("lat", translate("Patrol", "Latitude"), QLineEdit(), required=True)
        form.add("lon", translate("Patrol", "Longitude"), QLineEdit(), required=True)
        form.add("radius_m", translate("Patrol", "Radius (m)"), _whole(RADIUS_M))
        form.add("dwell_s", translate("Patrol", "To stay (s)"), _whole(DWELL_S))
        form.add("times", translate("Patrol", "Times a shift"), _whole(TIMES))
        form.add("area_id", translate("Patrol", "Area"), area)
        form.add("active_from", translate("Patrol", "First day"), first)
        form.add("active_until", translate("Patrol", "Last day"), last)

    def _find(self) -> None:
        text = self.place.text().strip()
        if self._asked is not None:
            self._asked.drop()
        if not text:
            self.found.setText("")
            return
        find = self._parts.find_place
        self._asked = self._parts.background.ask(
            lambda: find(text), self._on_hits, self._on_not_found, self
        )

    def _on_hits(self, hits: Hits) -> None:
        if not hits:
            self.found.setText(
                translate("Patrol", "No place of this name; enter latitude and longitude instead.")
            )
            return
        words, lat, lon = hits[0]
        self.form.fill({"lat": f"{lat:.6f}", "lon": f"{lon:.6f}"})
        self.found.setText(translate("Patrol", "Found: {place}").format(place=words))

    def _on_not_found(self, error: Exception) -> None:
        self.found.setText(say_refusal(error))

    def _on_filled(self) -> None:
        try:
            self._save(self._told())
        except Refused as refused:
            self.refused(refused)

    def _told(self) -> NewPoint:
        values = self.form.values()
        lat, lon = _degrees(values["lat"], "lat"), _degrees(values["lon"], "lon")
        return NewPoint(
            values["number"],
            values["name"],
            lat,
            lon,
            values["radius_m"],
            values["dwell_s"],
            values["times"],
            values["area_id"] or self._parts.area_of(lat, lon),
            _day(values["active_from"], "active_from"),
            _day(values["active_until"], "active_until"),
        )


def _whole(limits: tuple[int, int]) -> QSpinBox:
    box = QSpinBox()
    box.setRange(*limits)
    return box


def _values(told: NewPoint, new: bool) -> dict[str, object]:
    return {
        "number": told.number,
        "name": told.name,
        "lat": "" if new else f"{told.lat:.6f}",
        "lon": "" if new else f"{told.lon:.6f}",
        "radius_m": told.radius_m,
        "dwell_s": told.dwell_s,
        "times": told.times,
        "area_id": told.area_id or "",
        "active_from": told.active_from.isoformat() if told.active_from else "",
        "active_until": told.active_until.isoformat() if told.active_until else "",
    }


def _degrees(text: str, field: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Refused("patrol.bad_place", field=field) from None


def _day(text: str, field: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("patrol.bad_day", field=field, value=text[:32]) from None
