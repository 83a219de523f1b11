"""Bringing a backup back on a machine without a post: the file, and the printed key where needed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from console.core import recovery_key
from console.core.errors import ConsoleError, Refused
from console.core.restore import Restored
from console.ui.forms import Form
from console.ui.keycap import KeyButton
from console.ui.panel import Notice, label
from console.ui.style import px
from console.ui.words import say_refusal
from console.upkeep.page.path_field import PathField, choose_file

translate = QCoreApplication.translate
KEYS = tuple(f"line{n}" for n in range(1, recovery_key.LINES + 1))


class RestoreForm(QFrame):
    """``wanted(file, lines)`` when it is filled in, ``left`` with Escape, ``opened`` once the post
    that was brought back shall be opened. Who builds it does the work and calls ``done`` or
    ``failed``. No lines mean: the key lies on this machine."""

    wanted = Signal(str, list)
    left = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "signCard")
        self.setFixedWidth(px(640))
        self.form = Form(2)
        kinds = translate("Upkeep", "Backups (*.backup)")
        everything = translate("Upkeep", "All files (*)")
        title = translate("Upkeep", "Backup file")
        field = PathField(title, choose_file(f"{kinds};;{everything}"))
        self.form.add("file", title, field, required=True, wide=True)
        self._lines = [QLineEdit() for _ in KEYS]
        for number, (key, line) in enumerate(zip(KEYS, self._lines, strict=True), start=1):
            told = translate("Upkeep", "Recovery key, line {n}").format(n=number)
            line.setPlaceholderText("XXXX XXXX XXXX XXXX")
            self.form.add(key, told, line)
            line.textChanged.connect(lambda text, n=number: self._on_text(n, text))
            line.editingFinished.connect(lambda n=number: self._check(n))
        self.notice = Notice()
        self.back = KeyButton(translate("Upkeep", "Back"), "Escape")
        self.restore = KeyButton(translate("Upkeep", "Restore"), "Return", "primary")
        self.open = KeyButton(translate("Upkeep", "Open the post"), "Return", "primary")
        self.open.hide()
        self.back.clicked.connect(self.left)
        self.restore.clicked.connect(self.submit)
        self.open.clicked.connect(self.opened)
        self._lay_out()
        self.setFocusProxy(field)

    def submit(self) -> None:
        """The form is checked and ``wanted`` emitted."""
        self.notice.say("")
        if self.form.missing():
            return
        values = self.form.values()
        lines = [str(values[key]) for key in KEYS if values[key]]
        if lines:
            try:
                recovery_key.key_of([str(values[key]) for key in KEYS])
            except Refused as wrong:
                self.failed(wrong)
                return
        self.wanted.emit(str(values["file"]), lines)

    def busy(self, words: str) -> None:
        """Something is under way, in these words; the fields wait."""
        self._set_enabled(False)
        self.notice.say(words)

    def failed(self, error: Exception) -> None:
        """It was refused; the form says why and can be tried again."""
        self._set_enabled(True)
        if isinstance(error, ConsoleError) and self.form.say_refused(error):
            self.notice.say("")
        else:
            self.notice.say(say_refusal(error), "alarm")

    def done(self, restored: Restored) -> None:
        """The post is back; its key is among this machine's."""
        manifest = restored.checked.manifest
        told = translate(
            "Upkeep",
            "Post {post} is back as of {time}: {rows} rows, {lines} lines of the trail, all checked. "
            "What happened after that is not in this backup. {carried} events will be told to the "
            "city again, under the new epoch {epoch}.",
        )
        self.notice.say(
            told.format(
                post=manifest.post,
                time=f"{manifest.created_at.astimezone():%Y-%m-%d %H:%M:%S}",
                rows=manifest.rows,
                lines=restored.checked.audit_lines,
                carried=restored.carried,
                epoch=restored.epoch,
            )
        )
        for line in self._lines:
            line.clear()
        self.form.hide()
        for button in (self.back, self.restore):
            button.hide()
        self.open.show()
        self.open.setFocus()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(10))
        column.addWidget(label(translate("Upkeep", "Restore from a backup"), "title"))
        told = translate(
            "Upkeep",
            "If the key of the post is not on this machine, type the four lines of the printed "
            "recovery key; a line with a mistake is named at once. Else leave them empty.",
        )
        column.addWidget(label(told, "soft", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.notice)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.back, self.restore, self.open):
            row.addWidget(button)
        column.addLayout(row)

    def _set_enabled(self, enabled: bool) -> None:
        for widget in (self.form, self.back, self.restore):
            widget.setEnabled(enabled)

    def _on_text(self, number: int, text: str) -> None:
        """A code that was scanned or pasted in one piece fills the lines that follow."""
        parts = recovery_key.split(text)
        if len(parts) < 2:
            return
        for line, part in zip(self._lines[number - 1 :], parts, strict=False):
            groups = range(0, len(part), recovery_key.GROUP)
            line.setText(" ".join(part[at : at + recovery_key.GROUP] for at in groups))

    def _check(self, number: int) -> None:
        line = self._lines[number - 1]
        words = ""
        if line.text().strip() and not line.hasFocus():
            try:
                recovery_key.check_line(number, line.text())
            except Refused as wrong:
                words = say_refusal(wrong)
        self.form.say(KEYS[number - 1], words)
