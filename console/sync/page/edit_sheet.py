"""The sheet in which a refused report is put right: one field a member, checked before it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from console.core.errors import ConsoleError
from console.sync.model.field import Field, Form, fields_of, payload_of, text_of
from console.sync.model.field_words import field_words
from console.sync.model.kind import kind_words
from console.sync.model.road import SetAside
from console.sync.service.contract import Contract
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.style import px
from console.ui.words import pick

translate = QCoreApplication.translate
COLUMNS = 2
LONG = 60  # letters, from which a text gets several lines
MOST_PX = 420


class EditSheet(FormSheet):
    """``save(payload)`` when every field can be read; a refusal is said at its field."""

    def __init__(
        self,
        parent: QWidget,
        event: SetAside,
        contract: Contract,
        save: Callable[[dict[str, Any]], None],
    ) -> None:
        question = Question(
            translate("Aside", "Put right and send: {what}").format(
                what=pick(kind_words(event.kind))
            ),
            translate(
                "Aside",
                "A new report takes the old one's place; the old one is kept. The city said: {told}",
            ).format(told=event.message or event.code),
            translate("Aside", "Send"),
        )
        super().__init__(parent, question, COLUMNS)
        self.yes.set_key("Ctrl+Return")
        self._event, self._save = event, save
        members, needed = contract.form_of(f"upward/{event.kind}")
        self.fields = fields_of(members, needed, event.payload)
        for field in self.fields:
            self._add(field)
        self.form.fill({f.name: text_of(f, event.payload.get(f.name)) for f in self.fields})
        self._scroll()
        self.filled.connect(self._on_filled)
        self.open()
        if self.fields:
            self.form.editor(self.fields[0].name).setFocus()

    def _add(self, field: Field) -> None:
        text = text_of(field, self._event.payload.get(field.name))
        wide = field.form is Form.JSON or len(text) > LONG
        self.form.add(
            field.name, pick(field_words(field.name)), _editor(field, wide), field.needed, wide
        )

    def _scroll(self) -> None:
        """A form with many fields scrolls; the sheet stays within a small screen."""
        self.body.removeWidget(self.form)
        area = QScrollArea()
        area.setWidget(self.form)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumSize(px(560), min(self.form.sizeHint().height() + px(8), px(MOST_PX)))
        self.body.addWidget(area)

    def _on_filled(self) -> None:
        texts = {name: str(text or "") for name, text in self.form.values().items()}
        try:
            payload = payload_of(self.fields, texts, self._event.payload)
        except ConsoleError as wrong:
            self.refused(wrong)
            return
        self.yes.setEnabled(False)
        self._save(payload)


def _editor(field: Field, wide: bool) -> QWidget:
    if field.form is Form.CHOICE:
        box = QComboBox()
        if not field.needed:
            box.addItem("–", "")
        box.addItem(translate("Aside", "yes"), "true")
        box.addItem(translate("Aside", "no"), "false")
        return box
    if wide:
        words = QPlainTextEdit()
        words.setTabChangesFocus(True)
        words.setFixedHeight(px(84))
        return words
    return QLineEdit()
