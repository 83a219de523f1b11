"""Forms: labelled fields, a message under the field that is wrong, drafts that survive."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, Qt, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from console.core.errors import ConsoleError
from console.ui.panel import label
from console.ui.style import mark
from console.ui.words import say_refusal

translate = QCoreApplication.translate

DRAFT_AFTER_MS = 800


class Form(QWidget):
    """Fields by key. ``changed`` at each change; ``draft_ready(dict)`` when typing has paused.

    Who builds the form connects ``draft_ready`` to what keeps drafts, and gives a kept draft to
    ``restore``. ``missing`` marks required fields that are empty.
    """

    changed = Signal()
    draft_ready = Signal(dict)

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self._columns = columns
        self._editors: dict[str, QWidget] = {}
        self._messages: dict[str, QLabel] = {}
        self._labels: dict[str, QLabel] = {}
        self._required: set[str] = set()
        self._restoring = False
        self._next = (0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DRAFT_AFTER_MS)
        self._pause.timeout.connect(lambda: self.draft_ready.emit(self.values()))

    def add(
        self, key: str, title: str, editor: QWidget, required: bool = False, wide: bool = False
    ) -> None:
        """A field stands after the others: label above, editor, and room for a message."""
        head = label(title + (" *" if required else ""), "caption")
        head.setBuddy(editor)
        if required:
            self._required.add(key)
            head.setToolTip(translate("Form", "Required"))
        editor.setAccessibleName(title)
        if isinstance(editor, QDateTimeEdit):
            plain = "yyyy-MM-dd" if isinstance(editor, QDateEdit) else "yyyy-MM-dd HH:mm"
            editor.setDisplayFormat(plain)
        head.setContentsMargins(0, 4, 0, 0)
        message = label("", "error", wrap=True)
        message.hide()
        row, column = self._next
        if column and (wide or column >= self._columns):
            row, column = row + 3, 0
        span = self._columns if wide else 1
        for offset, widget in enumerate((head, editor, message)):
            self._grid.addWidget(widget, row + offset, column, 1, span)
        self._next = (row, column + span)
        self._editors[key], self._messages[key], self._labels[key] = editor, message, head
        self._listen(key, editor)

    def editor(self, key: str) -> QWidget:
        """The widget of this field."""
        return self._editors[key]

    def show_field(self, key: str, shown: bool) -> None:
        """The field is there, or is not."""
        self._editors[key].setVisible(shown)
        self._labels[key].setVisible(shown)
        if not shown:
            self._messages[key].hide()

    def name_field(self, key: str, title: str) -> None:
        """The field is called this from now on."""
        mark_needed = " *" if key in self._required else ""
        self._labels[key].setText(title + mark_needed)
        self._editors[key].setAccessibleName(title)

    def values(self) -> dict[str, Any]:
        """What stands in the fields: text stripped, choices as their data, dates in ISO form."""
        return {key: _value(editor) for key, editor in self._editors.items()}

    def fill(self, values: dict[str, Any]) -> None:
        """The fields show these values; keys that the form does not know are left out."""
        self._restoring = True
        try:
            for key, value in values.items():
                if key in self._editors:
                    _put(self._editors[key], value)
        finally:
            self._restoring = False

    restore = fill

    def clear(self) -> None:
        """Every field is empty and no message stands."""
        self.fill(dict.fromkeys(self._editors))
        self.clear_messages()

    def say(self, key: str, message: str) -> None:
        """The field carries this message (none when empty) and a red edge."""
        self._messages[key].setText(message)
        self._messages[key].setVisible(bool(message))
        mark(self._editors[key], wrong="yes" if message else "")

    def say_refused(self, error: ConsoleError) -> bool:
        """The refusal stands under the field that its ``field`` detail names; False without one."""
        key = str(error.details.get("field", ""))
        if key not in self._editors:
            return False
        self.say(key, say_refusal(error))
        self._editors[key].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear_messages(self) -> None:
        """No field carries a message."""
        for key in self._messages:
            self.say(key, "")

    def missing(self) -> list[str]:
        """The required fields that are empty, each marked; the first has the focus."""
        self.clear_messages()
        values = self.values()
        found = [key for key in self._required_in_order() if values[key] in ("", None)]
        for key in found:
            self.say(key, translate("Form", "Needed: fill this in"))
        if found:
            self._editors[found[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return found

    def _required_in_order(self) -> list[str]:
        return [key for key in self._editors if key in self._required]

    def _listen(self, key: str, editor: QWidget) -> None:
        signal = _signal(editor)
        signal.connect(lambda *_: self._on_changed(key))

    def _on_changed(self, key: str) -> None:
        if self._messages[key].text():
            self.say(key, "")
        if not self._restoring:
            self._pause.start()
        self.changed.emit()


class OwnEditor(Protocol):
    """What a page's own editor widget has, so that a form can hold it."""

    changed: SignalInstance

    def value(self) -> Any:
        """What stands in it."""

    def put(self, value: Any) -> None:
        """It shows this; None empties it."""


def _signal(editor: QWidget) -> Any:
    if isinstance(editor, (QLineEdit, QPlainTextEdit)):
        return editor.textChanged
    if isinstance(editor, QComboBox):
        return editor.currentTextChanged
    if isinstance(editor, (QSpinBox, QDoubleSpinBox)):
        return editor.valueChanged
    if isinstance(editor, QDateTimeEdit):
        return editor.dateTimeChanged
    if isinstance(editor, QCheckBox):
        return editor.toggled
    return cast(OwnEditor, editor).changed


def _value(editor: QWidget) -> Any:
    if isinstance(editor, QLineEdit):
        return editor.text().strip()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText().strip()
    if isinstance(editor, QComboBox):
        return _chosen(editor)
    if isinstance(editor, (QSpinBox, QDoubleSpinBox)):
        return editor.value()
    if isinstance(editor, QDateEdit):
        return editor.date().toString(Qt.DateFormat.ISODate)
    if isinstance(editor, QDateTimeEdit):
        return editor.dateTime().toUTC().toString(Qt.DateFormat.ISODate)
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    return cast(OwnEditor, editor).value()


def _chosen(box: QComboBox) -> Any:
    """The choice's data; the words themselves where words of one's own were typed over it."""
    if not box.isEditable():
        return box.currentData()
    text, at = box.currentText().strip(), box.currentIndex()
    if at < 0 or box.itemText(at).strip() != text:
        at = box.findText(text)
    data = box.itemData(at) if at >= 0 else None
    return text if data is None else data


def _put(editor: QWidget, value: Any) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(str(value or ""))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(str(value or ""))
    elif isinstance(editor, QComboBox):
        at = editor.findData(value)
        editor.setCurrentIndex(at)
        if at < 0 and editor.isEditable():
            editor.setEditText(str(value or ""))
    elif isinstance(editor, QSpinBox):
        editor.setValue(int(value) if value is not None else editor.minimum())
    elif isinstance(editor, QDoubleSpinBox):
        editor.setValue(float(value) if value is not None else editor.minimum())
    elif isinstance(editor, QDateEdit):
        editor.setDate(QDate.fromString(str(value or ""), Qt.DateFormat.ISODate))
    elif isinstance(editor, QDateTimeEdit):
        editor.setDateTime(
            QDateTime.fromString(str(value or ""), Qt.DateFormat.ISODate).toLocalTime()
        )
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    else:
        cast(OwnEditor, editor).put(value)
