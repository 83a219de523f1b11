"""The links as a file: given out; and taken in, after it was seen what that would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from console.links.model import FAMILY_WORDS
from console.links.page.columns import place_text
from console.links.service import Fate, Planned
from console.ui.background import Background
from console.ui.dialogs import Question, Sheet
from console.ui.file_field import FileField, choose_open, choose_save
from console.ui.keycap import KeyButton
from console.ui.panel import Notice
from console.ui.style import Tone, px
from console.ui.tables import Column, RowTable
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate

ENDINGS = (".json",)
WIDE, HIGH, EDGE = 940, 520, 40


@dataclass(frozen=True, slots=True)
class Files:
    """What the sheets do with a file, off the UI thread."""

    plan: Callable[[Path], Sequence[Planned]]
    take: Callable[[Sequence[Planned]], int]
    give: Callable[[Path], int]


class ImportSheet(Sheet):
    """Enter reads the file and shows what would become of each link; Enter again takes it in.

    ``taken`` tells how many links changed. Nothing is kept while there is a fault.
    """

    taken = Signal(int)

    def __init__(self, parent: QWidget, background: Background, files: Files) -> None:
        title = translate("LinksFile", "Import the configuration of the links")
        told = translate(
            "LinksFile", "Links are told apart by name; those the file does not name stay."
        )
        super().__init__(parent, Question(title, told, translate("LinksFile", "Read the file")))
        self._background, self._files = background, files
        self._read_from: Path | None = None
        self._busy = False
        self.planned: Sequence[Planned] = ()
        kinds = translate("LinksFile", "Configurations ({names})")
        self.field = FileField(title, ENDINGS, choose_open, kinds)
        self.notice = Notice()
        self.table = _plan_table()
        self.again = KeyButton(translate("LinksFile", "Read again"), "F5")
        self.answers.insertWidget(0, self.again)
        for widget in (self.field, self.notice, self.table):
            self.body.addWidget(widget)
        room = parent.window().size()
        self.setFixedWidth(min(px(WIDE), max(px(420), room.width() - px(EDGE))))
        self.setFixedHeight(min(px(HIGH), max(px(320), room.height() - px(EDGE))))
        self.field.changed.connect(self._allow)
        self.yes.clicked.connect(self._on_yes)
        self.again.clicked.connect(self._read)
        self._show(())

    def ask_file(self, path: Path | None = None) -> None:
        """The sheet is open; a path that is given is read at once."""
        self.open()
        self.field.setFocus()
        if path is not None:
            self.field.line.setText(str(path))
            self._read()

    def _on_yes(self) -> None:
        if not self._fits():
            self._read()
            return
        planned = self.planned
        self._begin()
        self._background.act(
            lambda: self._files.take(planned), self._on_taken, self._on_failed, self
        )

    def _begin(self) -> None:
        self.say("")
        self._busy = True
        self._allow()

    def _read(self) -> None:
        path = self.field.path()
        if path is None:
            self.say(translate("LinksFile", "Which file? Type its path, or browse for it."))
            return
        self._begin()

        def then(found: Sequence[Planned]) -> None:
            self._read_from = path
            self._show(found)

        self._background.ask(lambda: self._files.plan(path), then, self._on_failed, self)

    def _on_taken(self, changed: int) -> None:
        self.accept()
        self.taken.emit(changed)

    def _on_failed(self, error: Exception) -> None:
        self._read_from = None
        self._show(())
        self.say(say_refusal(error))

    def _show(self, planned: Sequence[Planned]) -> None:
        self._busy = False
        self.planned = planned
        self.table.show_rows(planned)
        bad = sum(one.fate is Fate.BAD for one in planned)
        unknown = sorted({sign for one in planned for sign in one.unknown})
        if bad:
            words = translate(
                "LinksFile", "{count} links have faults: nothing is taken until the file is mended."
            )
            first = next(one for one in planned if one.fate is Fate.BAD)
            told = f"{words.format(count=bad)}\n{first.name or first.number}: {_notes(first)}"
            self.notice.say(told, "alarm")
        elif unknown:
            words = translate(
                "LinksFile", "This post has no unit {names}: those links are taken without it."
            )
            self.notice.say(
                words.format(names=translate("LinksFile", ", ").join(unknown[:8])), "late"
            )
        else:
            self.notice.say("")
        self._allow()

    def _fits(self) -> bool:
        """What is shown is what the path names."""
        return self._read_from is not None and self.field.path() == self._read_from

    def _allow(self) -> None:
        fits = self._fits()
        moving = sum(one.fate in (Fate.ADD, Fate.CHANGE) for one in self.planned)
        bad = any(one.fate is Fate.BAD for one in self.planned)
        if fits and not bad and moving:
            self.yes.setText(translate("LinksFile", "Take {count} links").format(count=moving))
        elif fits and not bad:
            self.yes.setText(translate("LinksFile", "Nothing to take"))
        elif fits:
            self.yes.setText(translate("LinksFile", "Mend the file first"))
        else:
            self.yes.setText(translate("LinksFile", "Read the file"))
        self.yes.setEnabled(not self._busy and not (fits and (bad or not moving)))
        self.again.setEnabled(not self._busy and self._read_from is not None)
        self.yes.updateGeometry()


def export_sheet(
    parent: QWidget, background: Background, files: Files, done: Callable[[int, Path], None]
) -> Sheet:
    """Asks for a file; then every link stands in it, and ``done`` gets their number."""
    title = translate("LinksFile", "Export the configuration of the links")
    told = translate(
        "LinksFile",
        "The file holds addresses and secrets of the devices: keep it where keys are kept.",
    )
    sheet = Sheet(parent, Question(title, told, translate("LinksFile", "Export")))
    sheet.setFixedWidth(min(px(620), max(px(420), parent.window().width() - px(EDGE))))
    kinds = translate("LinksFile", "Configurations ({names})")
    field = FileField(title, ENDINGS, choose_save, kinds)
    sheet.body.addWidget(field)

    def failed(error: Exception) -> None:
        sheet.yes.setEnabled(True)
        sheet.say(say_refusal(error))

    def answer() -> None:
        path = field.path()
        if path is None:
            sheet.say(translate("LinksFile", "Which file? Type its path, or browse for it."))
            field.setFocus()
            return
        target = path if path.suffix else path.with_suffix(ENDINGS[0])

        def then(count: int) -> None:
            sheet.accept()
            done(count, target)

        sheet.say("")
        sheet.yes.setEnabled(False)
        background.act(lambda: files.give(target), then, failed, sheet)

    sheet.yes.clicked.connect(answer)
    sheet.open()
    field.setFocus()
    return sheet


def _plan_table() -> RowTable[Planned]:
    made: RowTable[Planned] = RowTable(
        [
            Column(translate("LinksFile", "Link"), lambda one: one.name or f"#{one.number}", 170),
            Column(translate("LinksFile", "What happens"), _fate, 100, tone=_tone),
            Column(translate("LinksFile", "Kind of device"), _family, 220),
            Column(translate("LinksFile", "Device"), _place, 200),
            Column(translate("LinksFile", "Notes"), _notes, tone=_tone),
        ],
        lambda one: one.number,
        empty=(
            translate("LinksFile", "Nothing was read yet"),
            translate(
                "LinksFile", "What would become of each link stands here before it is taken."
            ),
        ),
    )
    made.freshness.hide()
    return made


def _fate(one: Planned) -> str:
    return {
        Fate.ADD: translate("LinksFile", "new"),
        Fate.CHANGE: translate("LinksFile", "changed"),
        Fate.SAME: translate("LinksFile", "as it is"),
        Fate.BAD: translate("LinksFile", "fault"),
    }[one.fate]


def _tone(one: Planned) -> Tone:
    if one.fate is Fate.BAD:
        return Tone.ALARM
    if one.unknown:
        return Tone.LATE
    return Tone.QUIET if one.fate is Fate.SAME else Tone.CALM


def _family(one: Planned) -> str:
    words = FAMILY_WORDS.get(one.config.family) if one.config is not None else None
    return pick(words) if words else "–"


def _place(one: Planned) -> str:
    return place_text(one.config.transport) if one.config is not None else "–"


def _notes(one: Planned) -> str:
    if one.fault is not None:
        return say_refusal(one.fault)
    if one.unknown:
        names = translate("LinksFile", ", ").join(one.unknown)
        return translate("LinksFile", "no such unit here: {names}").format(names=names)
    return ""
