"""Printing the recovery key: the technician shows his secret, a PDF is written, printed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from console.core.errors import Unavailable
from console.core.words import why
from console.ui.dialogs import Question, Sheet, confirm
from console.ui.form_sheet import FormSheet
from console.ui.words import say_refusal
from console.upkeep import service
from console.upkeep.page.desk import UpkeepDesk
from console.upkeep.service.recovery import RecoveryPaper

translate = QCoreApplication.translate
SECRET_CHARS = 256


class RecoverySheet(FormSheet):
    """Asks for the secret and where the PDF shall stand; once it stands, another sheet offers to
    delete it. ``then`` hears what was done."""

    def __init__(self, parent: QWidget, desk: UpkeepDesk, then: Callable[[str], None]) -> None:
        question = Question(
            translate("Upkeep", "Print the recovery key"),
            translate(
                "Upkeep",
                "Whoever has this paper and a backup can read everything of this post. "
                "Print it, lock the paper in the safe, and delete the file.",
            ),
            translate("Upkeep", "Write the PDF"),
        )
        super().__init__(parent, question)
        self._desk, self._then, self._over = desk, then, parent
        secret = QLineEdit()
        secret.setMaxLength(SECRET_CHARS)
        secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add("secret", translate("Upkeep", "Your password again"), secret, required=True)
        self.form.add("file", translate("Upkeep", "File"), QLineEdit(), required=True)
        name = f"recovery-key-{desk.database.post}.pdf"
        self.form.fill({"file": str(Path.home() / name)})
        self.filled.connect(self._on_filled)
        self.open()
        secret.setFocus()

    def _on_filled(self) -> None:
        desk, told = self._desk, self.form.values()
        session = desk.session()
        file, secret = Path(told["file"]).expanduser(), str(told["secret"])
        self.form.fill({"secret": ""})
        self.yes.setEnabled(False)

        def work() -> Path:
            folder = service.settings_in_force(desk.data).backup_folder
            service.require_apart(file, desk.data, folder)
            paper = service.recovery_paper(desk.database, session, secret)
            write_paper(paper, file)
            return file

        desk.background.act(work, self._on_written, self._on_refused, self)

    def _on_refused(self, error: Exception) -> None:
        self.refused(error)
        secret = self.form.editor("secret")
        if not self.message.isHidden():
            secret.setFocus()

    def _on_written(self, file: Path) -> None:
        self.accept()
        told = translate("Upkeep", "The recovery key was printed to {file}.").format(file=file)
        self._then(told)
        ask_to_delete(self._over, self._desk, file, self._then)


def ask_to_delete(
    parent: QWidget, desk: UpkeepDesk, file: Path, then: Callable[[str], None]
) -> Sheet:
    """Offers to delete the file, once it is on paper."""
    told = translate(
        "Upkeep",
        "The paper stands in {file}. Print it now, then delete the file here: the key must lie "
        "on paper only.",
    )
    question = Question(
        translate("Upkeep", "Print the recovery key"),
        told.format(file=file),
        translate("Upkeep", "Printed: delete the file"),
    )

    def delete() -> None:
        desk.background.act(
            lambda: _remove(file),
            lambda _: then(translate("Upkeep", "The file with the recovery key was deleted.")),
            lambda error: then(say_refusal(error)),
            parent,
        )

    return confirm(parent, question, delete)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as failed:
        raise Unavailable("file.unwritable", path=str(file), told=why(failed)) from failed


def write_paper(paper: RecoveryPaper, file: Path) -> None:
    """The paper stands in this PDF, which only its owner may read. Off the UI thread."""
    from console.ui.document import Document  # brought when one is first printed

    local = f"{paper.at.astimezone():%Y-%m-%d %H:%M}"
    made = Document(translate("Upkeep", "Recovery key"), paper.post, paper.by, paper.at)
    made.facts(
        [
            (translate("Upkeep", "Post"), paper.post),
            (translate("Upkeep", "Key number"), paper.key_id),
            (translate("Upkeep", "Printed"), local),
            (translate("Upkeep", "By"), paper.by),
        ]
    )
    made.note(
        translate(
            "Upkeep",
            "This key opens every backup of this post. Keep the paper in the safe, apart from the "
            "backups; show it to nobody who need not restore them.",
        )
    )
    made.heading(translate("Upkeep", "The key: four lines, letters and digits without 0, O, 1, I"))
    rows = [(str(n), line) for n, line in enumerate(paper.lines, start=1)]
    made.lines_and_code(rows, paper.code)
    made.note(translate("Upkeep", "The square code holds the same four lines, for a scanner."))
    made.heading(translate("Upkeep", "On a machine without the key"))
    made.note(
        translate(
            "Upkeep",
            "Open the console and choose “Restore from a backup”, or run: "
            "post-console restore FILE --recovery-key. Type the lines as they stand here; small "
            "letters and missing blanks do not matter. The last three signs of each line check it: "
            "a line with a mistake is named.",
        )
    )
    made.signatures(
        [translate("Upkeep", "Printed by"), translate("Upkeep", "Put into the safe by")]
    )
    made.write(file)
    file.chmod(0o600)
