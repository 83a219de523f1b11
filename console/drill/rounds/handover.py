"""The officer's last round: a note, then the shift is handed to a colleague and taken back."""

from __future__ import annotations

from console.app.console import Console
from console.drill.keyboard import enter, type_text
from console.drill.rounds import Press
from console.drill.sample_post import drill_secret
from console.handover.page import HandoverPage
from console.handover.page.sign_sheet import SignSheet
from console.ui.dialogs import Sheet

COLLEAGUE = "0102"
NOTE = "1 号巡逻车在修，备用钥匙在值班台抽屉"


class HandoverRound:
    """He who sits here hands over; at the end he sits here again."""

    page = "handover"

    def __init__(self) -> None:
        self._noted = self._answered = False
        self._acts: list[tuple[str, str]] | None = None  # key, who signs

    def step(self, console: Console, press: Press) -> bool:
        """The next key; True once the shift went there and back."""
        page, session = console.window.page(self.page), console.session
        if not isinstance(page, HandoverPage) or page.content is None or session is None:
            return False
        if self._acts is None:
            me = session.number
            self._acts = [("S", me), ("I", COLLEAGUE), ("S", COLLEAGUE), ("I", me)]
        if not self._noted:
            self._note(page, press)
        elif self._answered:
            self._check(page, session.number)
        elif self._acts:
            button = page.sign if self._acts[0][0] == "S" else page.take
            if button.isEnabled():
                press(page, self._acts[0][0])
        return not self._acts

    def answer(self, sheet: Sheet, press: Press) -> bool:
        """The sheet to sign on: number and secret of whoever signs."""
        if not isinstance(sheet, SignSheet) or not self._acts:
            return False
        if sheet.yes.isEnabled():  # else his secret is being checked
            key, number = self._acts[0]
            if key == "I":
                enter(sheet.form.editor("number"), number)
            enter(sheet.form.editor("secret"), drill_secret(number))
            press(sheet, "Return")
            self._answered = True
        return True

    def _note(self, page: HandoverPage, press: Press) -> None:
        field = page.notes.field
        if not field.hasFocus():
            press(page, "N")
        elif NOTE not in field.toPlainText():
            type_text(field, NOTE)
        else:
            press(field, "Escape")
            self._noted = True

    def _check(self, page: HandoverPage, sits: str) -> None:
        """The act is done once the screen shows it."""
        assert self._acts
        key, number = self._acts[0]
        waiting = page.waiting
        signed = waiting is not None and waiting.outgoing.number == number
        if signed if key == "S" else sits == number and waiting is None:
            self._acts.pop(0)
            self._answered = False
