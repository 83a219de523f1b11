"""The printed hand-over: facts, every section, the notes, the map, both signatures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from console.handover.model import Handover, Part
from console.handover.page.parts import PageParts
from console.handover.page.words import section_words, shift_words, signature_text, told_words
from console.ui.dialogs import Question, Sheet
from console.ui.document import Document
from console.ui.forms import Form
from console.ui.moments import moment_text
from console.ui.style import Tone
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate


class PrintSheet(Sheet):
    """Asks where the PDF shall stand; a worker writes it."""

    def __init__(self, parent: QWidget, parts: PageParts, document: Handover) -> None:
        title = translate("Handover", "Print the hand-over")
        text = translate("Handover", "As a PDF with the map as it is seen now.")
        super().__init__(parent, Question(title, text, translate("Handover", "Print")))
        self._parts, self._document = parts, document
        self._picture = parts.picture()
        self._at = parts.clock.now()
        self.form = Form()
        name = f"handover-{document.outgoing.at.astimezone():%Y%m%d-%H%M}.pdf"
        self.form.add("path", translate("Handover", "File"), QLineEdit(), required=True)
        self.form.fill({"path": str(Path.home() / name)})
        self.body.addWidget(self.form)
        self.yes.clicked.connect(self._answer)
        self.open()
        self.form.editor("path").setFocus()

    def _answer(self) -> None:
        self.say("")
        if self.form.missing():
            return
        path = Path(self.form.values()["path"]).expanduser()
        session = self._parts.session()
        who = "" if session is None else f"{session.name} {session.number}"
        paper = printed(self._document, self._parts, self._picture, self._at, who)
        self.yes.setEnabled(False)

        def done(_pages: int) -> None:
            self.accept()
            told = translate("Handover", "The hand-over stands in {path}.").format(path=path)
            self._parts.say(told, Tone.CALM)

        self._parts.background.act(lambda: paper.write(path), done, self._failed, self)

    def _failed(self, error: Exception) -> None:
        self.yes.setEnabled(True)
        self.say(say_refusal(error))


def printed(
    found: Handover, parts: PageParts, picture: QImage | None, at: datetime, who: str
) -> Document:
    """The paper of this document; the map is that of ``at``."""
    content = found.content
    paper = Document(translate("Handover", "Shift hand-over"), parts.post(), who, at)
    level = parts.duty(content.level) if content.level is not None else "–"
    paper.facts(
        [
            (translate("Handover", "Post"), parts.post()),
            (translate("Handover", "As of"), f"{content.at.astimezone():%Y-%m-%d %H:%M:%S}"),
            (translate("Handover", "Shift"), shift_words(content)),
            (translate("Handover", "Duty level"), level),
            (translate("Handover", "Handed over by"), signature_text(found.outgoing)),
            (translate("Handover", "Taken over by"), signature_text(found.incoming)),
        ]
    )
    for part in content.parts:
        _print_part(paper, part, content.at)
    paper.heading(translate("Handover", "Notes for the next shift"))
    paper.note(found.notes or translate("Handover", "(no notes)"))
    paper.heading(translate("Handover", "Map"))
    if picture is None or picture.isNull():
        paper.note(translate("Handover", "The map could not be pictured."))
    else:
        caption = translate("Handover", "The map at {time}").format(
            time=f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
        )
        paper.picture(picture, 0.0, caption)
    return paper.signatures(
        [
            translate("Handover", "Handed over by"),
            translate("Handover", "Taken over by"),
            translate("Handover", "Duty leader"),
        ]
    )


def _print_part(paper: Document, part: Part, at: datetime) -> None:
    count = "?" if part.count is None else str(part.count)
    paper.heading(f"{section_words(part.section)}  {count}")
    if not part.lines:
        paper.note(told_words(part))
        return
    heads = [
        translate("Handover", "What is handed over"),
        translate("Handover", "How it stands"),
        translate("Handover", "Since"),
    ]
    rows = [
        [
            pick(line.what),
            pick(line.detail),
            "" if line.since is None else moment_text(line.since, at),
        ]
        for line in part.lines
    ]
    paper.table(heads, rows, (4, 6, 2))
    more = (part.count or 0) - len(part.lines)
    if more > 0:
        paper.note(translate("Handover", "and {n} more").format(n=more))
