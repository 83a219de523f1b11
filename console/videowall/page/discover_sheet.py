"""The technician's sheet of cameras that answer in the network: chosen, looked at, handed on to be entered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from console.core.errors import ConsoleError, Refused
from console.ui.dialogs import Question, Sheet
from console.ui.keycap import KeyButton
from console.ui.lamp import UNKNOWN, LampFace, Shape
from console.ui.panel import label
from console.ui.style import Tone, px
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal
from console.videowall import service
from console.videowall.model import (
    ADDRESS_CHARS,
    PASSWORD_CHARS,
    USER_CHARS,
    Camera,
    CameraId,
    Device,
    Discovered,
    known_as,
    reached_at,
    size_words,
    streams_of,
)
from console.videowall.page.parts import PageParts
from console.videowall.service import Turning

translate = QCoreApplication.translate
CLOCK_S = 5.0  # a clock that is further off is told: it stands in the pictures
Entry = tuple[Camera | None, Camera]  # what it was, and what it is to be


@dataclass(frozen=True, slots=True)
class Line:
    """One camera in the list: which of the post's it is, whether it is wanted, what was said."""

    found: Discovered
    known: Camera | None = None
    wanted: bool = False
    face: LampFace = UNKNOWN


class DiscoverSheet(Sheet):
    """``search`` looks for cameras; ``ready(entries)`` when those that are wanted were looked at."""

    ready = Signal(object)

    def __init__(self, parent: QWidget, parts: PageParts, turning: Turning) -> None:
        told = translate(
            "Turn",
            "Space marks a camera. User and password are asked for once and hold for all of them.",
        )
        question = Question(
            translate("Turn", "Discover cameras"), told, translate("Turn", "Look at the marked")
        )
        super().__init__(parent, question)
        self._parts, self._turning = parts, turning
        self._busy = False
        self.lines: dict[str, Line] = {}
        self._entries: list[Entry] = []
        self.user, self.password = _line(USER_CHARS), _line(PASSWORD_CHARS)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.place = _line(ADDRESS_CHARS)
        self.place.setPlaceholderText(
            translate("Turn", "an address that does not answer by itself")
        )
        self.table = self._make_table()
        self.state = label("", "caption", wrap=True)
        self._build()
        self.setMinimumWidth(min(px(820), max(px(420), parent.window().width() - px(40))))

    def search(self) -> None:
        """Cameras that answer are in the list, in a few seconds."""
        if self._busy:
            return
        database, turning = self._parts.database, self._turning

        def work() -> tuple[list[Discovered], list[Camera]]:
            found = turning.discover()
            with database.read() as connection:
                return found, service.cameras(connection)

        def then(told: tuple[list[Discovered], list[Camera]]) -> None:
            self._set_busy(False)
            for one in told[0]:
                self._put(one, told[1])
            self._show()

        self._set_busy(True)
        self.state.setText(translate("Turn", "Asking the network …"))
        self._parts.background.ask(work, then, self._on_failed, self)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        fields = (
            (translate("Turn", "User"), self.user),
            (translate("Turn", "Password"), self.password),
            (translate("Turn", "Address"), self.place),
        )
        for column, (title, editor) in enumerate(fields):
            head = label(title, "caption")
            head.setBuddy(editor)
            editor.setAccessibleName(title)
            grid.addWidget(head, 0, column)
            grid.addWidget(editor, 1, column)
            grid.setColumnStretch(column, 2 if editor is self.place else 1)
        self.body.addLayout(grid)
        self.table.setMinimumHeight(px(260))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.state)
        self.again = KeyButton(translate("Turn", "Search again"), "F5")
        self.mark_button = KeyButton(translate("Turn", "Mark"), "Space")
        self.again.clicked.connect(self.search)
        self.mark_button.clicked.connect(self._mark)
        self.answers.insertWidget(0, self.again)
        self.answers.insertWidget(1, self.mark_button)
        self.place.returnPressed.connect(self._add_place)
        self.table.opened.connect(lambda _: self._mark())
        self.yes.clicked.connect(self._on_yes)
        self.table.setFocus()

    def _make_table(self) -> RowTable[Line]:
        empty = (
            translate("Turn", "No camera answered yet"),
            translate(
                "Turn", "Cameras behind a router do not hear the question: type their address."
            ),
        )
        columns: list[Column[Line]] = [
            Column(translate("Turn", "Marked"), lambda one: "✓" if one.wanted else "", 56),
            Column(translate("Turn", "Host"), lambda one: one.found.host, 130),
            Column(translate("Turn", "Name"), lambda one: one.found.name),
            Column(translate("Turn", "Model"), lambda one: one.found.model, 140),
            Column(
                translate("Turn", "State"), lambda one: one.face.word, 260, face=lambda o: o.face
            ),
        ]
        return RowTable(columns, lambda one: one.found.address, None, None, empty)

    def _put(self, found: Discovered, cameras: Sequence[Camera]) -> None:
        was = self.lines.get(found.address)
        known = known_as(found, cameras)
        face = LampFace(Shape.RING, Tone.CALM, translate("Turn", "new"))
        if known is not None:
            words = translate("Turn", "known as {number}").format(number=known.number)
            face = LampFace(Shape.TICK, Tone.QUIET, words)
        wanted = was.wanted if was is not None else False
        self.lines[found.address] = Line(found, known, wanted, face)

    def _show(self) -> None:
        lines = sorted(self.lines.values(), key=lambda one: one.found.address)
        self.table.show_rows(lines)
        if self.table.chosen_row() is None and lines:
            self.table.choose(lines[0].found.address)
        known = sum(1 for one in lines if one.known is not None)
        words = translate("Turn", "{n} cameras, {known} of them are known here already")
        self.state.setText(words.format(n=len(lines), known=known))
        marked = [one for one in lines if one.wanted]
        self.yes.setEnabled(bool(marked) and not self._busy)

    def _mark(self) -> None:
        chosen = self.table.chosen_row()
        if chosen is not None and not self._busy:
            self.lines[chosen.found.address] = replace(chosen, wanted=not chosen.wanted)
            self._show()

    def _add_place(self) -> None:
        """The address that was typed is in the list, marked."""
        text = self.place.text().strip()
        if not text:
            return
        address = text if "://" in text else f"http://{text}"
        try:
            one = reached_at(address)
        except Refused as refused:
            self.say(say_refusal(refused))
            return
        self.say("")
        self.place.clear()
        self.lines[one.address] = Line(
            one, None, True, LampFace(Shape.RING, Tone.CALM, translate("Turn", "typed in"))
        )
        self._show()
        self.table.choose(one.address)

    def _on_yes(self) -> None:
        if self.place.hasFocus() and self.place.text().strip():
            self._add_place()  # Enter in that field takes the address
            return
        wanted = [one for one in self.lines.values() if one.wanted]
        if not wanted or self._busy:
            return
        self.say("")
        self._entries = []
        self._set_busy(True)
        self._look(wanted)

    def _look(self, left: list[Line]) -> None:
        """One after another is looked at; when all are, those that answered are handed on."""
        if not left:
            self._set_busy(False)
            self._show()
            if self._entries and not self.message.text():
                self.accept()
                self.ready.emit(list(self._entries))
            return
        one, turning = left[0], self._turning
        asked = self._asked(one)
        words = translate("Turn", "Looking at {host} …").format(host=one.found.host)
        self.state.setText(words)

        def work() -> tuple[Device, Camera]:
            return _looked_at(turning, asked)

        def then(told: tuple[Device, Camera]) -> None:
            device, draft = told
            self._entries.append((one.known, draft))
            self._say_line(one, LampFace(Shape.TICK, Tone.CALM, _said(device)), wanted=True)
            self._look(left[1:])

        def failed(error: Exception) -> None:
            self._say_line(one, LampFace(Shape.CROSS, Tone.ALARM, _short(error)), wanted=False)
            self.say(f"{one.found.host}: {say_refusal(error)}")
            self._look(left[1:])

        self._parts.background.ask(work, then, failed, self)

    def _asked(self, one: Line) -> Camera:
        """The camera as far as it is known before it was asked."""
        user, password = self.user.text().strip(), self.password.text()
        if one.known is not None:
            known = one.known
            if user:
                known = replace(known, user=user, password=password)
            return replace(known, onvif=one.found.address)
        name = one.found.name or one.found.model
        return Camera(
            CameraId(""), "", name, math.nan, math.nan, "", user=user, password=password,
            onvif=one.found.address,
        )  # fmt: skip

    def _say_line(self, one: Line, face: LampFace, wanted: bool) -> None:
        self.lines[one.found.address] = replace(one, face=face, wanted=wanted)
        self._show()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        for button in (self.again, self.mark_button):
            button.setEnabled(not busy)
        self.yes.setEnabled(not busy and any(one.wanted for one in self.lines.values()))

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.state.setText("")
        self.say(say_refusal(error))


def _looked_at(turning: Turning, asked: Camera) -> tuple[Device, Camera]:
    """What the camera says of itself, and how it would be entered. In a worker."""
    device = turning.look(asked)
    if not device.profiles:
        raise Refused("videowall.no_profile")
    main, sub = streams_of(device.profiles)
    address = turning.stream(asked, main.token)
    smaller = turning.stream(asked, sub.token) if sub is not None else ""
    turns = next((one.token for one in (main, *device.profiles) if one.turns), main.token)
    name = asked.name or f"{device.maker} {device.model}".strip()
    return device, replace(
        asked, name=name, address=address, sub_address=smaller, ptz=device.turns,
        onvif_profile=turns,
    )  # fmt: skip


def _said(device: Device) -> str:
    main, sub = streams_of(device.profiles)
    sizes = " / ".join(pick(size_words(one)) for one in (main, sub) if one is not None)
    ptz = translate("Turn", " · PTZ") if device.turns else ""
    if abs(device.skew_s) < CLOCK_S:
        return sizes + ptz
    return sizes + ptz + translate("Turn", " · clock {n} s off").format(n=round(device.skew_s))


def _short(error: Exception) -> str:
    words = say_refusal(error)
    if isinstance(error, ConsoleError):
        return words.replace(";", "；").partition("；")[0]
    return words


def _line(most: int) -> QLineEdit:
    line = QLineEdit()
    line.setMaxLength(most)
    return line
