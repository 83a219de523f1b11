"""A visit's receipt on paper: nothing of who came, and a code with its number."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from console.citizen.model import Visit, masked_words
from console.citizen.page.parts import Look
from console.core.actor import Actor
from console.ui.words import pick

translate = QCoreApplication.translate


def write_receipt(folder: Path, visit: Visit, look: Look, post: str, actor: Actor) -> Path:
    """The receipt stands in ``folder`` as a PDF named by the visit's number. Off the UI thread."""
    from console.ui.document import Document  # brought when a receipt is first printed

    kind = pick(look.table.kind(visit.kind).words)
    result = pick(look.table.result(visit.result).words) if visit.result else "–"
    paper = Document(translate("Citizen", "Receipt of a visit"), post, look.who(actor.name))
    paper.facts(
        [
            (translate("Citizen", "Number"), visit.number),
            (translate("Citizen", "Kind"), kind),
            (translate("Citizen", "Time"), f"{visit.at.astimezone():%Y-%m-%d %H:%M}"),
            (translate("Citizen", "Post"), post),
            (translate("Citizen", "By"), look.who(visit.by)),
            (translate("Citizen", "Result"), result),
        ]
    )
    paper.heading(translate("Citizen", "What was done"))
    paper.note(masked_words(visit.done) or translate("Citizen", "The matter is being dealt with."))
    paper.qr(visit.number, 32.0, visit.number)
    paper.note(translate("Citizen", "Please keep this receipt; its number finds the visit again."))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{visit.number}.pdf"
    paper.write(file)
    return file
