"""What a family wants to know of its device, and whose radios and terminals a link carries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from console.core.errors import Refused
from console.ui.panel import label
from console.ui.style import px

translate = QCoreApplication.translate

COLUMNS = 3
MOST_HIGH = 176
SECRETS = frozenset({"secret"})


def setting_words(name: str) -> str:
    """What a setting is called; a name of its own stays as it is."""
    return {
        "unit": translate("Settings", "Device address"),
        "inputs": translate("Settings", "Inputs (number)"),
        "first_input": translate("Settings", "First input"),
        "outputs": translate("Settings", "Outputs (number)"),
        "first_output": translate("Settings", "First output"),
        "poll_ms": translate("Settings", "Asked every (ms)"),
        "poll_s": translate("Settings", "Asked every (s)"),
        "answer_ms": translate("Settings", "Answer within (ms)"),
        "answer_s": translate("Settings", "Answer within (s)"),
        "steady_polls": translate("Settings", "Equal answers that make a change"),
        "mode": translate("Settings", "Interface mode"),
        "groups": translate("Settings", "Talk groups"),
        "check_text": translate("Settings", "Text of a radio check"),
        "sos_reasons": translate("Settings", "Report reasons that mean SOS"),
        "terminals": translate("Settings", "Terminals that may come in"),
        "secret": translate("Settings", "Secret of the registration"),
        "registers": translate("Settings", "New registrations are taken"),
        "carrier": translate("Settings", "Carrier (hstrp or hrnp)"),
        "own_id": translate("Settings", "Own radio id"),
        "beat_s": translate("Settings", "Heartbeat every (s)"),
        "valid_s": translate("Settings", "Registration holds (s)"),
        "host_address": translate("Settings", "Own address (HRNP)"),
        "radio_address": translate("Settings", "Radio's address (HRNP)"),
        "repeater": translate("Settings", "Repeater number"),
        "slot": translate("Settings", "Slot"),
        "broadcasts": translate("Settings", "The radio tells of its calls"),
        "ptt_press": translate("Settings", "Talk key pressed (hexadecimal)"),
        "ptt_release": translate("Settings", "Talk key released (hexadecimal)"),
        "line_end": translate("Settings", "Codes end with a line end (1 or 0)"),
        "address": translate("Settings", "Reader's address"),
        "call": translate("Settings", "Own call sign"),
        "path": translate("Settings", "Relays"),
        "port": translate("Settings", "Port of the modem"),
        "again_s": translate("Settings", "Sent again after (s)"),
    }.get(name, name)


class SettingsEditor(QScrollArea):
    """One field a setting, made for the family that is chosen; numbers, yes or no, text, lists.

    ``value`` is what stands in the fields; ``settings`` what that means.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._defaults: Mapping[str, Any] = {}
        self._editors: dict[str, QWidget] = {}
        self.show_family({})

    def show_family(self, defaults: Mapping[str, Any]) -> None:
        """There is a field for each of these settings, at its default."""
        self._defaults = defaults
        self._editors = {}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, px(4), 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        for at, (name, default) in enumerate(defaults.items()):
            row, column = at // COLUMNS * 2, at % COLUMNS
            head = label(setting_words(name), "caption")
            editor = self._editor(name, default)
            head.setBuddy(editor)
            editor.setAccessibleName(setting_words(name))
            self._editors[name] = editor
            grid.addWidget(head, row, column)
            grid.addWidget(editor, row + 1, column)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.setWidget(body)
        self.setFixedHeight(min(px(MOST_HIGH), body.sizeHint().height() + px(4)))

    def put(self, value: Mapping[str, Any] | None) -> None:
        """The fields show these settings; those that are not named, their defaults."""
        for name, told in {**self._defaults, **(value or {})}.items():
            editor = self._editors.get(name)
            if isinstance(editor, QCheckBox):
                editor.setChecked(bool(told))
            elif isinstance(editor, QLineEdit):
                editor.setText(_written(told))

    def value(self) -> dict[str, Any]:
        """What stands in the fields, as it was typed."""
        return {
            name: editor.isChecked() if isinstance(editor, QCheckBox) else _typed(editor)
            for name, editor in self._editors.items()
        }

    def settings(self) -> dict[str, Any]:
        """The settings that differ from the defaults, so that a better default reaches links that
        never asked for another. Refused where a field does not hold what it should."""
        found: dict[str, Any] = {}
        for name, typed in self.value().items():
            default = self._defaults[name]
            told = typed if isinstance(default, bool) else _read(name, typed, default)
            if _written(told) != _written(default):
                found[name] = told
        return found

    def _editor(self, name: str, default: Any) -> QWidget:
        if isinstance(default, bool):
            box = QCheckBox()
            box.setChecked(default)
            box.toggled.connect(lambda _: self.changed.emit())
            return box
        line = QLineEdit(_written(default))
        if name in SECRETS:
            line.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
        if _is_list(default):
            line.setPlaceholderText(translate("Settings", "several: with commas between them"))
        line.textChanged.connect(lambda _: self.changed.emit())
        return line


class SourcesEditor(QPlainTextEdit):
    """One radio or terminal a line: its id, an equals sign, the call sign of its unit."""

    def __init__(self, units: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._units = units
        self.setTabChangesFocus(True)
        self.setFixedHeight(px(72))
        example = units[0][1] if units else translate("Settings", "call sign")
        self.setPlaceholderText(
            translate("Settings", "One a line, for instance:") + f"\n13800000001 = {example}"
        )

    def show_sources(self, sources: Mapping[str, str]) -> None:
        """It shows these; a unit that is no more, by its id."""
        signs = dict(self._units)
        lines = [f"{source} = {signs.get(unit, unit)}" for source, unit in sources.items()]
        self.setPlainText("\n".join(lines))

    def sources(self) -> dict[str, str]:
        """Id → unit id. Refused, naming the line, where a line is not understood."""
        ids = {sign: unit for unit, sign in self._units} | {unit: unit for unit, _ in self._units}
        found: dict[str, str] = {}
        for line in self.toPlainText().splitlines():
            if not line.strip():
                continue
            source, sign, unit = (part.strip() for part in line.replace("＝", "=").partition("="))
            if not source or not sign or unit not in ids:
                raise Refused("links.bad_source_line", field="sources", line=line.strip()[:80])
            if source in found:
                raise Refused("links.source_twice", field="sources", source=source[:80])
            found[source] = ids[unit]
        return found


def _typed(editor: QWidget) -> str:
    assert isinstance(editor, QLineEdit)
    return editor.text()


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _written(value: Any) -> str:
    """A setting as one types it."""
    if _is_list(value):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _read(name: str, text: str, default: Any) -> Any:
    """What was typed, as the kind of thing that the default is."""
    told = text.strip()
    try:
        if isinstance(default, int):
            return int(told)
        if isinstance(default, float):
            return float(told)
        if isinstance(default, dict):
            return json.loads(told or "{}")
    except ValueError as wrong:
        told_as = f"{setting_words(name)}: {told[:40]}"
        raise Refused("links.bad_setting", field="settings", told=told_as) from wrong
    if _is_list(default):
        parts = [part.strip() for part in told.replace("，", ",").split(",") if part.strip()]
        numbers = bool(default) and all(isinstance(one, int) for one in default)
        return [int(p) if numbers and p.lstrip("-").isdecimal() else p for p in parts]
    return told
