"""The sheet in which an item is entered or changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from console.core.words import Words
from console.inventory.model import (
    CONDITION_WORDS,
    MODEL_CHARS,
    NAME_CHARS,
    NUMBER_CHARS,
    Condition,
    Item,
    NewItem,
)
from console.inventory.page.parts import Look
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.words import pick

translate = QCoreApplication.translate


class ItemSheet(FormSheet):
    """Asks for one item; ``save(facts)`` is called when the fields are filled."""

    def __init__(
        self,
        parent: QWidget,
        look: Look,
        save: Callable[[NewItem], None],
        was: Item | None = None,
    ) -> None:
        title = (
            translate("Inventory", "Change {item}").format(item=was.number)
            if was
            else translate("Inventory", "Enter an item")
        )
        told = translate(
            "Inventory", "Firearms and ammunition belong in the two-person ledger, not here."
        )
        super().__init__(parent, Question(title, told, translate("Inventory", "Save")), 2)
        self._save = save
        self._build(look)
        facts = was.facts if was is not None else NewItem("", "personal", "")
        self.form.fill(
            {
                "number": facts.number, "group": facts.group, "name": facts.name,
                "model": facts.model, "serial": facts.serial, "place": facts.place,
                "condition": str(facts.condition),
                "check_by": facts.check_by.isoformat() if facts.check_by else "",
            }
        )  # fmt: skip
        self.filled.connect(self._on_filled)
        self.open()
        self.form.editor("number").setFocus()

    def _build(self, look: Look) -> None:
        catalogue, form = look.catalogue, self.form
        form.add("number", translate("Inventory", "Number"), _line(NUMBER_CHARS), required=True)
        groups = {code: one.words for code, one in catalogue.groups.items() if not one.ledger}
        form.add("group", translate("Inventory", "Group"), _choice(groups), required=True)
        form.add("name", translate("Inventory", "Name"), _line(NAME_CHARS), required=True)
        form.add(
            "place", translate("Inventory", "Kept in"), _choice(catalogue.places), required=True
        )
        form.add("model", translate("Inventory", "Model"), _line(MODEL_CHARS))
        form.add("serial", translate("Inventory", "Serial number"), _line(MODEL_CHARS))
        conditions = {str(one): words for one, words in CONDITION_WORDS.items()}
        form.add("condition", translate("Inventory", "Condition"), _choice(conditions))
        check = _line(10)
        check.setPlaceholderText(translate("Inventory", "2027-06-30, or empty"))
        form.add("check_by", translate("Inventory", "Check by"), check)

    def _on_filled(self) -> None:
        told = self.form.values()
        day = _day(told["check_by"])
        if told["check_by"] and day is None:
            self.form.say(
                "check_by",
                translate("Inventory", "There is no such day; write it as 2027-06-30"),
            )
            return
        facts = NewItem(told["number"], told["group"], told["name"], told["model"], told["serial"])
        self.yes.setEnabled(False)
        self._save(
            replace(
                facts, place=told["place"], condition=Condition(told["condition"]), check_by=day
            )
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _line(most: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(most)
    return line


def _choice(among: Mapping[str, Words]) -> QComboBox:
    box = QComboBox()
    for code, words in among.items():
        box.addItem(pick(words), code)
    return box
