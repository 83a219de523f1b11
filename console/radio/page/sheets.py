"""Sheets of the radio room: a channel, sound devices, foot switch, a row of the statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from console.core.errors import Refused
from console.core.words import Words
from console.radio.model import (
    ASK_TALK,
    EMERGENCY,
    GROUP_CHARS,
    NAME_CHARS,
    STEPS,
    Channel,
    NewChannel,
    Pedal,
    RadioStatus,
    VoiceDevices,
    code_text,
    read_code,
)
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.words import pick

translate = QCoreApplication.translate


class ChannelSheet(FormSheet):
    """``save(told)`` with a channel, new or changed; ``radios``: the post's own, id and name."""

    def __init__(
        self, parent: QWidget, radios: Sequence[tuple[str, str]], was: Channel | None,
        save: Callable[[NewChannel], None],
    ) -> None:  # fmt: skip
        title = translate("Radio", "New channel") if was is None else was.name
        told = translate(
            "Radio", "A channel is a group on one of the post's own radios, by its number there."
        )
        super().__init__(parent, Question(title, told, translate("Radio", "Save")))
        self._save = save
        self.link, self.group, self.named = QComboBox(), QLineEdit(), QLineEdit()
        for link_id, name in radios:
            self.link.addItem(name, link_id)
        self.group.setMaxLength(GROUP_CHARS)
        self.named.setMaxLength(NAME_CHARS)
        self.form.add("link", translate("Radio", "Radio"), self.link, required=True)
        self.form.add("group", translate("Radio", "Group number"), self.group, required=True)
        self.form.add("name", translate("Radio", "Name"), self.named, required=True)
        if was is not None:
            self.form.fill({"link": was.link_id, "group": was.group, "name": was.name})
        self.filled.connect(self._on_filled)
        self.open()
        self.group.setFocus()

    def _on_filled(self) -> None:
        told = self.form.values()
        self._save(NewChannel(str(told["link"] or ""), told["group"], told["name"]))


class VoiceSheet(FormSheet):
    """``save(devices)`` with the sound devices that carry the voice."""

    def __init__(
        self, parent: QWidget, names: tuple[list[str], list[str]], was: VoiceDevices,
        save: Callable[[VoiceDevices], None],
    ) -> None:  # fmt: skip
        inputs, outputs = names
        told = translate(
            "Radio",
            "The radio's loudspeaker goes into a line input of this machine, a line output goes to "
            "its microphone.",
        )
        if not inputs and not outputs:
            told = translate(
                "Radio", "This machine has no sound device. Connect one, then choose it here."
            )
        title = translate("Radio", "Sound devices of the voice")
        super().__init__(parent, Question(title, told, translate("Radio", "Save")))
        self._save = save
        none, own = translate("Radio", "not wired"), translate("Radio", "the machine's own")
        for key, words, there, empty in (
            ("radio_in", translate("Radio", "From the radio"), inputs, none),
            ("radio_out", translate("Radio", "To the radio"), outputs, none),
            ("microphone", translate("Radio", "Microphone"), inputs, own),
            ("loudspeaker", translate("Radio", "Loudspeaker"), outputs, own),
        ):
            box = QComboBox()
            box.addItem(empty, "")
            now = str(getattr(was, key))
            for name in dict.fromkeys([*there, *([now] if now else [])]):
                box.addItem(name, name)
            self.form.add(key, words, box)
            self.form.fill({key: now})
        self.filled.connect(
            lambda: self._save(
                VoiceDevices(**{k: str(v or "") for k, v in self.form.values().items()})
            )
        )
        self.open()


class PedalSheet(FormSheet):
    """``save(pedal)`` with the input that the foot switch closes, or None for no foot switch;
    ``links``: those that have inputs, id and name."""

    def __init__(
        self, parent: QWidget, links: Sequence[tuple[str, str]], was: Pedal | None,
        save: Callable[[Pedal | None], None],
    ) -> None:  # fmt: skip
        told = translate(
            "Radio",
            "While the input is closed the post talks on the chosen channel. A wire that is lost lets "
            "the key go.",
        )
        title = translate("Radio", "Foot switch")
        super().__init__(parent, Question(title, told, translate("Radio", "Save")))
        self._save = save
        self.link, self.unit, self.number = QComboBox(), QSpinBox(), QSpinBox()
        self.link.addItem(translate("Radio", "no foot switch"), "")
        for link_id, name in links:
            self.link.addItem(name, link_id)
        self.unit.setRange(0, 247)
        self.unit.setValue(1)
        self.number.setRange(1, 256)
        self.opens = QCheckBox(translate("Radio", "opens when it is pressed"))
        self.form.add("link", translate("Radio", "Wire"), self.link)
        self.form.add("unit", translate("Radio", "Unit on the wire"), self.unit)
        self.form.add("number", translate("Radio", "Input, from 1"), self.number)
        self.form.add("opens", "", self.opens)
        if was is not None:
            self.form.fill(
                {
                    "link": was.link_id, "unit": was.unit, "number": was.number + 1,
                    "opens": not was.closed_talks,
                }
            )  # fmt: skip
        self.filled.connect(self._on_filled)
        self.open()
        self.link.setFocus()

    def _on_filled(self) -> None:
        told = self.form.values()
        if not told["link"]:
            self._save(None)
        else:
            self._save(Pedal(told["link"], told["unit"], told["number"] - 1, not told["opens"]))


class StatusSheet(FormSheet):
    """``save(row)`` with a row of the site's table, or None when it is to be taken out."""

    def __init__(
        self, parent: QWidget, was: RadioStatus | None, meanings: Mapping[str, Words],
        save: Callable[[RadioStatus | None], None],
    ) -> None:  # fmt: skip
        title = translate("Radio", "New status") if was is None else pick(was.words)
        told = translate(
            "Radio", "What a radio's status value means at this post; it counts from now on."
        )
        super().__init__(parent, Question(title, told, translate("Radio", "Save")))
        self._was, self._save = was, save
        self.code, self.zh, self.en = QLineEdit(), QLineEdit(), QLineEdit()
        self.meaning, self.send = QComboBox(), QCheckBox(translate("Radio", "offered for sending"))
        self.gone = QCheckBox(translate("Radio", "take this row out"))
        for code, words in meanings.items():
            self.meaning.addItem(pick(words), code)
        self.form.add("code", translate("Radio", "Value (hexadecimal)"), self.code, required=True)
        self.form.add("word", translate("Radio", "Word"), self.zh, required=True)
        self.form.add("en", translate("Radio", "English word"), self.en)
        self.form.add("meaning", translate("Radio", "Meaning"), self.meaning, required=True)
        self.form.add("send", "", self.send)
        self.form.add("gone", "", self.gone)
        self.form.show_field("gone", was is not None)
        if was is not None:
            self.form.fill(
                {
                    "code": code_text(was.code), "word": was.words.zh_CN, "en": was.words.en,
                    "meaning": was.meaning, "send": was.send,
                }
            )  # fmt: skip
        self.filled.connect(self._on_filled)
        self.open()
        self.code.setFocus()

    def _on_filled(self) -> None:
        told = self.form.values()
        if told["gone"]:
            self._save(None)
            return
        try:
            code = read_code(told["code"])
        except Refused as wrong:
            self.refused(wrong)
            return
        words = Words(told["word"], told["en"] or told["word"])
        family = self._was.family if self._was is not None else ""
        self._save(RadioStatus(code, words, str(told["meaning"]), family, bool(told["send"])))


def meanings(crew_statuses: Mapping[str, Words]) -> dict[str, Words]:
    """What a status value may mean, and what that is called."""
    steps = dict(
        zip(
            STEPS,
            (
                Words("警单：出警", "call: set off"),
                Words("警单：到场", "call: arrived"),
                Words("警单：首次反馈", "call: first feedback"),
                Words("警单：处置完毕", "call: finished"),
            ),
            strict=True,
        )
    )
    own = {EMERGENCY: Words("紧急求援", "emergency"), ASK_TALK: Words("请求通话", "asks to talk")}
    crews = {
        code: Words(f"警力状态：{words.zh_CN}", f"crew: {words.en}")
        for code, words in crew_statuses.items()
    }
    return {**steps, **own, **crews}
