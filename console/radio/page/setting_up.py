"""Setting up from the page: channels, sound devices, the site's table of statuses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from console.links.model import RADIO_FAMILIES, LinkState
from console.radio import service
from console.radio.model import (
    Channel,
    NewChannel,
    Pedal,
    RadioStatus,
    Statuses,
    VoiceDevices,
    code_text,
)
from console.radio.page.acts import RadioActs
from console.radio.page.parts import PageParts
from console.radio.page.sheets import (
    ChannelSheet,
    PedalSheet,
    StatusSheet,
    VoiceSheet,
    meanings,
)
from console.radio.service import own_radios
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.form_sheet import FormSheet
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

NEW = "new"


class SettingUp(QObject):
    """Opens the sheets and saves what they say."""

    def __init__(self, parts: PageParts, acts: RadioActs, over: QWidget) -> None:
        super().__init__(over)
        self._parts, self._acts, self._over = parts, acts, over

    def new_channel(self) -> None:
        """Asks for a channel and adds it."""
        radios = self._radios()
        if not radios:
            told = translate("Radio", "No radio of the post is set up: see the page of the wires.")
            self._parts.say(told, Tone.LATE)
            return
        database = self._parts.database

        def save(told: NewChannel) -> None:
            actor = self._parts.actor()
            said = translate("Radio", "Channel added: {name}").format(name=told.name)
            self._save(lambda: service.add_channel(database, actor, told), sheet, said)

        sheet = ChannelSheet(self._over, radios, None, save)

    def change_channel(self, was: Channel) -> None:
        """What is to be done with this channel."""
        question = Question(was.name, translate("Radio", "Group {group}").format(group=was.group))
        options = [
            Option("change", translate("Radio", "Change")),
            Option("up", translate("Radio", "Move up")),
            Option("down", translate("Radio", "Move down")),
            Option("remove", translate("Radio", "Remove; the log stays")),
        ]
        database = self._parts.database

        def chosen(what: str, _: str) -> None:
            actor = self._parts.actor()
            if what == "change":
                self._ask_change(was)
            elif what == "remove":
                told = translate("Radio", "Channel removed: {name}").format(name=was.name)
                self._do(lambda: service.remove_channel(database, actor, was.id), told)
            else:
                told = translate("Radio", "Channel moved: {name}").format(name=was.name)
                self._do(lambda: service.move_channel(database, actor, was.id, what == "up"), told)

        ChoiceSheet(self._over, question, options, chosen)

    def devices(self) -> None:
        """Asks for the sound devices of the voice."""
        voice, database = self._parts.voice, self._parts.database

        def save(told: VoiceDevices) -> None:
            actor = self._parts.actor()
            said = translate("Radio", "Sound devices chosen")
            self._save(lambda: service.set_voice(database, actor, told), sheet, said)

        sheet = VoiceSheet(self._over, voice.names(), voice.devices, save)

    def foot_switch(self) -> None:
        """Asks for the input of the foot switch."""
        parts = self._parts

        def read() -> Pedal | None:
            with parts.database.read() as connection:
                return service.pedal(connection)

        parts.background.ask(read, self._ask_pedal, self._refused, self)

    def statuses(self) -> None:
        """The site's table of statuses: a row is chosen, changed, added or taken out."""
        parts = self._parts

        def read() -> Statuses:
            with parts.database.read() as connection:
                return service.statuses_now(connection, parts.clock.now())

        parts.background.ask(read, self._choose_row, self._refused, self)

    def _ask_pedal(self, was: Pedal | None) -> None:
        database = self._parts.database
        links = [
            (state.config.id, state.config.name)
            for state in self._parts.room.links()
            if state.config.family not in RADIO_FAMILIES
        ]

        def save(told: Pedal | None) -> None:
            actor = self._parts.actor()
            said = translate("Radio", "Foot switch saved")
            self._save(lambda: service.set_pedal(database, actor, told), sheet, said)

        sheet = PedalSheet(self._over, links, was, save)

    def _ask_change(self, was: Channel) -> None:
        database = self._parts.database

        def save(told: NewChannel) -> None:
            actor = self._parts.actor()
            said = translate("Radio", "Channel changed: {name}").format(name=told.name)
            self._save(lambda: service.change_channel(database, actor, was.id, told), sheet, said)

        sheet = ChannelSheet(self._over, self._radios(), was, save)

    def _choose_row(self, table: Statuses) -> None:
        words = meanings(self._parts.crew_statuses())
        question = Question(
            translate("Radio", "The site's table of radio statuses"),
            translate("Radio", "What radios send and what it means here."),
            translate("Radio", "Change"),
        )
        options = [Option(NEW, translate("Radio", "New status"))]
        for at, row in enumerate(table.rows):
            meaning = pick(words[row.meaning]) if row.meaning in words else row.meaning
            told = f"{code_text(row.code)}   {pick(row.words)}   →   {meaning}"
            options.append(Option(str(at), f"{told}   {row.family}".rstrip()))

        def chosen(which: str, _: str) -> None:
            self._ask_row(table, None if which == NEW else table.rows[int(which)])

        ChoiceSheet(self._over, question, options, chosen)

    def _ask_row(self, table: Statuses, was: RadioStatus | None) -> None:
        database, known = self._parts.database, frozenset(self._parts.crew_statuses())

        def save(row: RadioStatus | None) -> None:
            actor = self._parts.actor()
            rows = [one for one in table.rows if one is not was] + ([row] if row else [])
            said = translate("Radio", "The table of statuses counts from now on")
            self._save(lambda: service.set_statuses(database, actor, rows, known), sheet, said)

        sheet = StatusSheet(self._over, was, meanings(self._parts.crew_statuses()), save)

    def _radios(self) -> list[tuple[str, str]]:
        def name(state: LinkState) -> tuple[str, str]:
            return state.config.id, state.config.name

        return [name(state) for state in own_radios(self._parts.room.links())]

    def _save(self, work: Callable[[], object], sheet: FormSheet, told: str) -> None:
        def saved(_: object) -> None:
            sheet.accept()
            self._parts.say(told, Tone.CALM)

        self._parts.background.act(work, saved, sheet.refused, sheet)

    def _do(self, work: Callable[[], object], told: str) -> None:
        self._parts.background.act(
            work, lambda _: self._parts.say(told, Tone.CALM), self._refused, self
        )

    def _refused(self, error: Exception) -> None:
        self._parts.say(say_refusal(error), Tone.ALARM)
