"""The audit trail: newest lines first, filtered by text, verified, taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from console.core.audit import AuditLine
from console.core.canonical import canonical
from console.core.clock import from_text, to_text
from console.people.model import Right
from console.settings import read_settings
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, Panel, label
from console.ui.style import px
from console.ui.tables import Column, RowTable
from console.ui.words import say_refusal
from console.upkeep import service
from console.upkeep.model import TrailFilter
from console.upkeep.page.desk import UpkeepDesk

translate = QCoreApplication.translate
PAUSE_MS = 300
HASH_CHARS = 12


def choose_target(parent: QWidget, begin: str) -> str:
    """The file that a person chose to export to; empty when none."""
    title = translate("Upkeep", "Export the audit trail")
    kinds = "CSV (*.csv);;JSON lines (*.jsonl)"
    options = QFileDialog.Option.DontConfirmOverwrite  # we never overwrite, and say so
    return QFileDialog.getSaveFileName(parent, title, begin, kinds, options=options)[0]


class AuditPanel(Panel):
    """The trail, for those who may read it; each opening of the panel is itself in the trail."""

    def __init__(self, desk: UpkeepDesk) -> None:
        super().__init__(translate("Upkeep", "Audit trail"))
        self._desk = desk
        self._filter = TrailFilter()
        self._open = False
        self.chooser: Callable[[QWidget, str], str] = choose_target
        self.notice = Notice()
        self.table: RowTable[AuditLine] = RowTable(
            _columns(),
            lambda line: line.seq,
            desk.background,
            self._page,
            (
                translate("Upkeep", "No line is like that"),
                translate("Upkeep", "Empty the fields above to see the whole trail."),
            ),
        )
        self.who, self.act, self.entity = QLineEdit(), QLineEdit(), QLineEdit()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._on_filter)
        self.verify = KeyButton(translate("Upkeep", "Verify the chain"), "Ctrl+E")
        self.export = KeyButton(translate("Upkeep", "Export …"), "Ctrl+Shift+E")
        self.verify.clicked.connect(self._on_verify)
        self.export.clicked.connect(self._on_export)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._on_opened()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(10), px(6), px(10), px(2))
        row.setSpacing(px(8))
        for editor, title in (
            (self.who, translate("Upkeep", "Who")),
            (self.act, translate("Upkeep", "Act")),
            (self.entity, translate("Upkeep", "What it was done to")),
        ):
            editor.setClearButtonEnabled(True)
            editor.setAccessibleName(title)
            editor.textChanged.connect(lambda _text: self._pause.start())
            row.addWidget(label(title, "caption"))
            row.addWidget(editor, 1)
        self.add_action(self.verify)
        self.add_action(self.export)
        self.body.addLayout(row)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)

    def _on_opened(self) -> None:
        may = self._desk.may(Right.READ_AUDIT)
        self._open = False
        self.notice.say("")
        for widget in (self.who, self.act, self.entity, self.verify, self.export):
            widget.setEnabled(may)
        if not may:
            self.table.show_rows([])
            self.table.set_empty(
                translate("Upkeep", "The trail is not shown to you"),
                translate("Upkeep", "A chief or an auditor may read it."),
            )
            return
        self.table.set_empty(
            translate("Upkeep", "No line is like that"),
            translate("Upkeep", "Empty the fields above to see the whole trail."),
        )
        desk, actor = self._desk, self._desk.actor()

        def opened(_: object) -> None:
            self._open = True
            self.table.refresh()

        desk.background.ask(
            lambda: service.open_trail(desk.database, actor), opened, self._failed, self
        )

    def _on_filter(self) -> None:
        self._filter = TrailFilter(
            self.who.text().strip(), self.act.text().strip(), self.entity.text().strip()
        )
        if self._open:
            self.table.refresh()

    def _page(self, after: AuditLine | None, limit: int) -> Sequence[AuditLine]:
        with self._desk.database.read() as connection:
            return service.trail_page(connection, self._desk.actor(), self._filter, after, limit)

    def _on_verify(self) -> None:
        desk, actor = self._desk, self._desk.actor()
        self._busy(translate("Upkeep", "Every line is being verified …"))

        def work() -> service.Proof:
            return service.prove_trail(desk.database, actor, read_settings(desk.data).city)

        def done(proof: service.Proof) -> None:
            self._rest()
            self.notice.say(proof_words(proof))

        desk.background.ask(work, done, self._failed, self)

    def _on_export(self) -> None:
        desk, actor = self._desk, self._desk.actor()
        day = f"{desk.clock.now().astimezone():%Y%m%d-%H%M%S}"
        chosen = self.chooser(self, str(Path.home() / f"audit-{desk.database.post}-{day}.csv"))
        if not chosen:
            return
        file = Path(chosen)
        self._busy(translate("Upkeep", "The trail is being written …"))

        def done(count: int) -> None:
            self._rest()
            told = translate("Upkeep", "{n} lines were written to {file}.")
            self.notice.say(told.format(n=count, file=file))
            self.table.refresh()

        desk.background.ask(
            lambda: service.export_trail(desk.database, actor, file), done, self._failed, self
        )

    def _busy(self, words: str) -> None:
        self.notice.say(words)
        self.verify.setEnabled(False)
        self.export.setEnabled(False)

    def _rest(self) -> None:
        may = self._desk.may(Right.READ_AUDIT)
        self.verify.setEnabled(may)
        self.export.setEnabled(may)

    def _failed(self, error: Exception) -> None:
        self._rest()
        self.notice.say(say_refusal(error), "alarm")


def proof_words(proof: service.Proof) -> str:
    """That the chain holds, and how far the city vouches for it."""
    told = translate("Upkeep", "The chain holds: {n} lines, the last with hash {hash}.")
    count, ends = (proof.last.seq, proof.last.hash) if proof.last else (0, "–")
    words = [told.format(n=count, hash=ends[:HASH_CHARS])]
    if proof.signed is None:
        words.append(translate("Upkeep", "The city has countersigned no line yet."))
    else:
        at = f"{from_text(proof.signed.signed_at).astimezone():%m-%d %H:%M:%S}"
        signed = translate(
            "Upkeep", "The city has countersigned it through line {n} ({time}); {rest} came later."
        )
        through = proof.signed.checkpoint.seq
        words.append(signed.format(n=through, time=at, rest=count - through))
    if proof.unasked is not None:
        words.append(translate("Upkeep", "The city could not be asked just now."))
    return "\n".join(words)


def _columns() -> list[Column[AuditLine]]:
    return [
        Column(translate("Upkeep", "No."), lambda line: str(line.seq), 70, right=True),
        Column(
            translate("Upkeep", "Time"),
            lambda line: f"{line.at.astimezone():%m-%d %H:%M:%S}",
            130,
            tip=lambda line: to_text(line.at),
        ),
        Column(translate("Upkeep", "Who"), lambda line: line.actor, 150),
        Column(translate("Upkeep", "Act"), lambda line: line.act, 190),
        Column(translate("Upkeep", "Done to"), lambda line: f"{line.entity} {line.entity_id}", 230),
        Column(translate("Upkeep", "Details"), _detail, tip=_whole),
        Column(
            translate("Upkeep", "Hash"),
            lambda line: line.hash[:HASH_CHARS],
            130,
            tip=lambda line: line.hash,
        ),
    ]


def _detail(line: AuditLine) -> str:
    return "  ".join(f"{name}={_plain(value)}" for name, value in line.detail.items())


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ",".join(map(_plain, value))
    return canonical(value).decode("utf-8") if isinstance(value, dict) else str(value)


def _whole(line: AuditLine) -> str:
    return canonical(line.detail).decode("utf-8")
