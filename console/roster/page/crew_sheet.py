"""The sheet in which a crew is added or changed, and the one in which two changes are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from console.roster.model import NewUnit, TravelMode, Unit
from console.roster.page.editors import KitEditor, PeopleEditor
from console.roster.page.merge import Clash, told, with_theirs
from console.roster.page.parts import Look
from console.roster.page.words import listed, mode_words
from console.ui.dialogs import Question, Sheet
from console.ui.form_sheet import FormSheet
from console.ui.keycap import KeyButton
from console.ui.panel import label
from console.ui.style import px
from console.ui.words import pick

translate = QCoreApplication.translate


class CrewSheet(FormSheet):
    """Asks for one crew; ``save(new)`` is called when the fields are filled."""

    def __init__(
        self, parent: QWidget, look: Look, save: Callable[[NewUnit], None], was: Unit | None = None
    ) -> None:
        title = translate("Roster", "Add a crew")
        if was is not None:
            title = translate("Roster", "Change crew {crew}").format(crew=was.call_sign)
        super().__init__(parent, Question(title, yes=translate("Roster", "Save")), 2)
        self.setMinimumWidth(px(640))
        self._look, self._save, self._was = look, save, was
        self._build()
        if was is not None:
            self._fill(was)
        self.filled.connect(lambda: self._save(self.told()))
        self.form.editor("call_sign").setFocus()

    def told(self) -> NewUnit:
        """The crew as it stands in the fields."""
        values = self.form.values()
        on_duty = values["on_duty"] if self._was is None else self._was.on_duty
        return NewUnit(
            values["call_sign"],
            values["name"],
            TravelMode(values["mode"]),
            tuple(values["crew"]),
            frozenset(values["kit"]),
            self._was.status if self._was is not None else "free",
            bool(on_duty),
            values["area_id"] or None,
        )

    def _build(self) -> None:
        look, form = self._look, self.form
        form.add("call_sign", translate("Roster", "Call sign"), QLineEdit(), required=True)
        form.add("name", translate("Roster", "Name"), QLineEdit())
        modes = [(str(mode), mode_words(str(mode))) for mode in TravelMode]
        form.add("mode", translate("Roster", "Moves"), _choice(modes), required=True)
        areas = [(area_id, pick(words)) for area_id, words in look.areas.items()]
        here = self._was.area_id if self._was is not None else None
        if here and here not in look.areas:
            row = look.row(self._was.id) if self._was is not None else None
            areas.append((here, pick(row.area) if row is not None and row.area else here))
        form.add(
            "area_id",
            translate("Roster", "Patrol area"),
            _choice([("", translate("Roster", "none")), *areas]),
        )
        people = PeopleEditor(officer_choices(look, self._was))
        form.add("crew", translate("Roster", "People of the crew"), people, wide=True)
        kit = KitEditor({code: pick(words) for code, words in look.kit.items()})
        form.add("kit", translate("Roster", "Kit on board"), kit, wide=True)
        duty = QCheckBox(translate("Roster", "On duty from now on"))
        duty.setChecked(True)
        form.add("on_duty", translate("Roster", "Duty"), duty, wide=True)
        form.show_field("on_duty", self._was is None)
        if self._was is not None:
            receiver = look.receivers.get(self._was.id)
            served = receiver or translate("Roster", "none; set it on the page of the wires (F8)")
            self.receiver = label(
                translate("Roster", "Receiver: {name}").format(name=served), "caption", wrap=True
            )
            self.body.addWidget(self.receiver)

    def _fill(self, was: Unit) -> None:
        self.form.fill(
            {
                "call_sign": was.call_sign,
                "name": was.name,
                "mode": str(was.mode),
                "area_id": was.area_id or "",
                "crew": list(was.crew),
                "kit": sorted(was.kit),
            }
        )


class ClashSheet(Sheet):
    """Shows both versions of a crew; ``settle(new)`` gets the one that the officer decides for."""

    def __init__(
        self, parent: QWidget, look: Look, clash: Clash, settle: Callable[[NewUnit], None]
    ) -> None:
        super().__init__(
            parent,
            Question(
                translate("Roster", "{crew} was changed by someone else meanwhile").format(
                    crew=clash.theirs.call_sign
                ),
                translate(
                    "Roster",
                    "Both changed the same fields, so nothing is saved yet. Choose what holds; "
                    "the other changes of both are kept.",
                ),
                translate("Roster", "Save mine"),
            ),
        )
        self.setMinimumWidth(px(620))
        self._look = look
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        heads = ("", translate("Roster", "Mine"), translate("Roster", "Theirs, saved now"))
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "caption"), 0, column)
        for at, name in enumerate(clash.fields, start=1):
            grid.addWidget(label(field_words(name), "soft"), at, 0)
            for column, side in enumerate((clash.mine, told(clash.theirs)), start=1):
                grid.addWidget(label(self._shown(name, side), wrap=True), at, column)
        self.body.addLayout(grid)
        self.theirs = KeyButton(translate("Roster", "Take theirs"), "Ctrl+T")
        self.answers.insertWidget(self.answers.count() - 1, self.theirs)
        self.yes.set_key("Ctrl+Return")
        self.yes.clicked.connect(lambda: self._answer(clash.mine, settle))
        self.theirs.clicked.connect(lambda: self._answer(with_theirs(clash), settle))
        self.open()
        self.no.setFocus()

    def _answer(self, decided: NewUnit, settle: Callable[[NewUnit], None]) -> None:
        self.accept()
        settle(decided)

    def _shown(self, name: str, side: NewUnit) -> str:
        match name:
            case "mode":
                return mode_words(str(side.mode))
            case "crew":
                return listed(side.crew)
            case "kit":
                return listed([self._look.kit.get(code, code) for code in sorted(side.kit)])
            case "area_id":
                words = self._look.areas.get(side.area_id or "")
                return pick(words) if words is not None else side.area_id or "–"
            case "on_duty":
                return translate("Roster", "on") if side.on_duty else translate("Roster", "off")
            case _:
                return str(getattr(side, name)) or "–"


def field_words(name: str) -> str:
    """What a field of the form is called."""
    return {
        "call_sign": translate("Roster", "Call sign"),
        "name": translate("Roster", "Name"),
        "mode": translate("Roster", "Moves"),
        "crew": translate("Roster", "People of the crew"),
        "kit": translate("Roster", "Kit on board"),
        "on_duty": translate("Roster", "Duty"),
        "area_id": translate("Roster", "Patrol area"),
    }[name]


def officer_choices(look: Look, was: Unit | None) -> list[tuple[str, str]]:
    """The post's active officers: the name that is kept, and the line with the crew he is in."""
    times = Counter(one.name for one in look.officers)
    found = []
    for one in look.officers:
        if not one.active:
            continue
        kept = one.name if times[one.name] == 1 else f"{one.name} {one.number}"
        elsewhere = [
            row.view.unit.call_sign
            for row in look.rows
            if kept in row.view.unit.crew and (was is None or row.id != was.id)
        ]
        shown = f"{one.name}  {one.number}"
        if elsewhere:
            shown += "  " + translate("Roster", "(in {crews})").format(crews=listed(elsewhere))
        found.append((kept, shown))
    inside = set(was.crew) if was is not None else set()
    return sorted(found, key=lambda choice: choice[0] not in inside)


def _choice(items: Sequence[tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    for data, text in items:
        box.addItem(text, data)
    return box
