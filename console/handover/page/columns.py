"""The rows and columns of the page: the former hand-overs, and one document line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.handover.model import Content, Handover, Line, Part
from console.handover.page.words import section_words, state_words, told_words
from console.ui.moments import moment_text
from console.ui.style import Tone
from console.ui.tables import Column
from console.ui.words import pick

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ListRow:
    """One entry at the left: a document, or (None) how things stand now."""

    document: Handover | None

    @property
    def key(self) -> str:
        """The document's id; empty for now."""
        return "" if self.document is None else self.document.id


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of the document: a section's heading, or a thing in it."""

    key: str
    what: str
    told: str
    since: str
    tone: Tone
    heading: bool = False


def list_columns(now: Callable[[], datetime]) -> list[Column[ListRow]]:
    """When and by whom, and how far it came."""

    def when(row: ListRow) -> str:
        if row.document is None:
            return translate("Handover", "Now")
        return f"{row.document.outgoing.at.astimezone():%m-%d %H:%M}"

    def who(row: ListRow) -> str:
        if row.document is None:
            return translate("Handover", "not signed yet")
        incoming = row.document.incoming
        taker = "–" if incoming is None else incoming.name
        return f"{row.document.outgoing.name} → {taker}"

    def state(row: ListRow) -> str:
        found = row.document
        return "" if found is None else state_words(found, found.waits(now()))

    def tone(row: ListRow) -> Tone:
        found = row.document
        if found is None or found.taken:
            return Tone.CALM
        return Tone.ACCENT if found.waits(now()) else Tone.LATE

    return [
        Column(translate("Handover", "When"), when, 92),
        Column(translate("Handover", "From and to"), who),
        Column(translate("Handover", "State"), state, 72, tone=tone),
    ]


def document_columns() -> list[Column[DocumentRow]]:
    """What, how it stands, since when."""

    def tone(row: DocumentRow) -> Tone:
        return Tone.ACCENT if row.heading else Tone.CALM

    return [
        Column(
            translate("Handover", "What is handed over"),
            lambda row: row.what if row.heading else f"    {row.what}", 300, tone=tone,
        ),
        Column(
            translate("Handover", "How it stands"), lambda row: row.told, tone=lambda row: row.tone
        ),
        Column(
            translate("Handover", "Since"), lambda row: row.since, 110, tone=lambda row: row.tone
        ),
    ]  # fmt: skip


def document_rows(content: Content) -> list[DocumentRow]:
    """Every section with its heading; an empty or an unknown one says what it is."""
    return [row for part in content.parts for row in _rows(part, content.at)]


def _rows(part: Part, at: datetime) -> list[DocumentRow]:
    tone = Tone.LATE if not part.known else Tone.CALM if part.count else Tone.QUIET
    head = DocumentRow(
        str(part.section), section_words(part.section), told_words(part), "", tone, True
    )
    rows = [head, *(_row(part, line, at) for line in part.lines)]
    more = (part.count or 0) - len(part.lines)
    if more > 0:
        told = translate("Handover", "and {n} more").format(n=more)
        rows.append(DocumentRow(f"{part.section}/more", told, "", "", Tone.QUIET))
    return rows


def _row(part: Part, line: Line, at: datetime) -> DocumentRow:
    return DocumentRow(
        f"{part.section}/{line.id}",
        pick(line.what),
        pick(line.detail),
        "" if line.since is None else moment_text(line.since, at),
        Tone.LATE if line.late else Tone.CALM,
    )
