"""The steps of the page of recordings, each with its reason where one is needed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QListWidget, QWidget

from console.ui.dialogs import Question, Sheet, ask_reason
from console.ui.style import px
from console.videowall.model import Looked, Recording, RecordingState
from console.videowall.page.recording_parts import ChooseFolder, Opened
from console.videowall.page.replay_words import look_text
from console.videowall.service import evidence
from console.videowall.service import recordings as acts

if TYPE_CHECKING:
    from console.videowall.page.recordings_page import RecordingsPage

translate = QCoreApplication.translate


def choose_folder(parent: QWidget, title: str, begin: str) -> str:
    """The platform's dialog for a folder that is there."""
    return QFileDialog.getExistingDirectory(parent, title, begin)


class RecordingSteps(QObject):
    """Asks what must be asked, then acts through the page's parts."""

    def __init__(self, page: RecordingsPage) -> None:
        super().__init__(page)
        self._page = page
        self.choose_folder: ChooseFolder = choose_folder

    def play(self) -> None:
        """The picked recordings are replayed once a reason was given."""
        picked = self._page.picked()
        if not self._page.play_button.isEnabled():
            return
        names = "、".join(dict.fromkeys(one.camera_number for one in picked))
        question = Question(
            translate("Recordings", "Why do you look at these recordings?"),
            translate("Recordings", "{cameras}. Who looked, when and why is kept.").format(
                cameras=names
            ),
            translate("Recordings", "Replay"),
            choices=_reasons(),
        )
        ask_reason(self._page, question, lambda reason: self._open(picked, reason))

    def hold(self) -> None:
        """The chosen recording is held as evidence, or released, for a reason."""
        chosen = self._page.table.chosen_row()
        if chosen is None or not self._page.hold_button.isEnabled():
            return
        if chosen.hold is None:
            title = translate("Recordings", "Hold this recording as evidence?")
            told = translate("Recordings", "It is not removed at its term until it is released.")
            yes, act = translate("Recordings", "Hold"), acts.hold
            done = translate("Recordings", "Held as evidence: {camera}")
        else:
            title = translate("Recordings", "Release this evidence?")
            told = translate("Recordings", "From now on the post's term counts for it.")
            yes, act = translate("Recordings", "Release"), acts.release
            done = translate("Recordings", "Released: {camera}")
        parts, page = self._page.parts, self._page
        words = done.format(camera=chosen.camera_number)

        def then(reason: str) -> None:
            actor = parts.actor()
            parts.background.act(
                lambda: act(parts.database, actor, chosen.id, reason),
                lambda _: page.say(words),
                page.failed,
                page,
            )

        ask_reason(page, Question(title, told, yes), then)

    def end(self) -> None:
        """The chosen recording ends."""
        chosen, parts, page = self._page.table.chosen_row(), self._page.parts, self._page
        if chosen is None or chosen.state is not RecordingState.RUNNING:
            return
        actor = parts.actor()
        words = translate("Recordings", "Recording ended: {camera}")
        parts.background.act(
            lambda: parts.recorder.end(actor, chosen.id),
            lambda _: page.say(words.format(camera=chosen.camera_number)),
            page.failed,
            page,
        )

    def looks(self) -> None:
        """Who looked at the chosen recording, and why."""
        chosen, parts, page = self._page.table.chosen_row(), self._page.parts, self._page
        if chosen is None:
            return

        def read() -> list[Looked]:
            with parts.database.read() as connection:
                return acts.looks(connection, chosen.id)

        parts.background.ask(read, lambda found: self._show_looks(chosen, found), page.failed, page)

    def export(self) -> None:
        """The picked recordings are given out into a folder, for a reason."""
        page, picked = self._page, self._page.picked()
        if not page.export_button.isEnabled():
            return
        title = translate("Recordings", "Give out {n} recordings").format(n=len(picked))
        told = translate(
            "Recordings",
            "A folder with the originals, a manifest and their sums. Who, when and why stand in it.",
        )
        yes = translate("Recordings", "Choose a folder")
        ask_reason(page, Question(title, told, yes), lambda reason: self._give(picked, reason))

    def _open(self, picked: list[Recording], reason: str) -> None:
        parts, page = self._page.parts, self._page
        actor = parts.actor()

        def work() -> Opened:
            films = acts.play_together(parts.database, actor, [one.id for one in picked], reason)
            calls = {one.call_id for one in films}
            call = calls.pop() if len(calls) == 1 else None
            story = parts.story(call) if call is not None else None
            files = tuple(acts.file_of(parts.database, one) for one in films)
            return Opened(tuple(films), files, acts.masks_of(parts.database, films), story)

        parts.background.act(work, page.open_films, page.failed, page)

    def _give(self, picked: list[Recording], reason: str) -> None:
        parts, page = self._page.parts, self._page
        title = translate("Recordings", "Where the folder is made")
        chosen = self.choose_folder(page, title, "")
        if not chosen:
            return
        actor = parts.actor()

        def work() -> Path:
            calls = {one.call_id for one in picked}
            call = calls.pop() if len(calls) == 1 else None
            story = parts.story(call) if call is not None else None
            order = evidence.ExportOrder(
                tuple(one.id for one in picked),
                Path(chosen),
                reason,
                story.moments if story is not None else (),
            )
            return evidence.export(parts.database, actor, order)

        parts.background.act(work, page.export_told, page.failed, page)

    def _show_looks(self, chosen: Recording, found: list[Looked]) -> None:
        now = self._page.parts.clock.now()
        title = translate("Recordings", "Looks at {camera}").format(
            camera=f"{chosen.camera_number} {chosen.camera_name}"
        )
        told = "" if found else translate("Recordings", "Nobody has looked at it yet.")
        sheet = Sheet(self._page, Question(title, told, translate("Recordings", "Close")))
        if found:
            lines = QListWidget()
            lines.setFrameShape(QListWidget.Shape.NoFrame)
            lines.addItems([look_text(look, now) for look in found])
            lines.setMinimumSize(px(520), px(220))
            sheet.body.addWidget(lines)
        sheet.no.hide()
        sheet.yes.clicked.connect(sheet.accept)
        sheet.open()


def _reasons() -> tuple[str, ...]:
    return (
        translate("Recordings", "Handling this call"),
        translate("Recordings", "Checking what happened"),
        translate("Recordings", "Asked for by the police station"),
        translate("Recordings", "Looking for a missing person"),
    )
