"""The command bar's verbs: sign, assign, status, close, find."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.core.errors import Refused
from console.core.ids import CallId, UnitId
from console.core.words import Words
from console.dispatch import service
from console.dispatch.model import Call, CallStatus, Step, may
from console.dispatch.page.words import status_words
from console.shell.model import Candidate, Slot, Verb
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.moments import moment_text
from console.ui.style import Tone
from console.ui.words import pick

if TYPE_CHECKING:
    from console.app.console import Console

translate = QCoreApplication.translate


class _Verbs:
    """What the verbs do on this console."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def calls(self) -> Sequence[Candidate]:
        """The open calls, from memory."""
        board = self._console.desk.board
        if board is None:
            return ()
        return [
            Candidate(
                card.call.id,
                card.call.number,
                f"{pick(card.nature.words)} {card.call.place}",
                (card.call.number.removeprefix("JQ").lstrip("0"),),
            )
            for card in board.cards
        ]

    def units(self) -> Sequence[Candidate]:
        """The crews, from memory."""
        board = self._console.desk.board
        if board is None:
            return ()
        return [
            Candidate(
                view.unit.id,
                view.unit.call_sign,
                f"{view.unit.name} {pick(view.status.words)}",
                (view.unit.name,),
            )
            for view in board.units
        ]

    def statuses(self) -> Sequence[Candidate]:
        """The statuses of crews, from memory."""
        board = self._console.desk.board
        if board is None:
            return ()
        return [
            Candidate(status.code, pick(status.words), "", (status.code,))
            for status in board.statuses.values()
        ]

    def call_of(self, call_id: str) -> Call:
        """The open call of this id. Refused when it has left the board."""
        board = self._console.desk.board
        for card in board.cards if board is not None else ():
            if card.call.id == call_id:
                return card.call
        raise Refused("dispatch.no_such_call", call=call_id[:64])

    def sign_of(self, unit_id: str) -> str:
        """The crew's call sign."""
        return next((u.label for u in self.units() if u.key == unit_id), unit_id)

    def _checked(self, call_id: str, step: Step) -> Call:
        call = self.call_of(call_id)
        if not may(call.status, step):
            raise Refused(f"dispatch.{step}_not_now", status=status_words(call.status))
        return call

    def preview_sign(self, keys: tuple[str, ...]) -> str:
        call = self._checked(keys[0], Step.SIGN)
        return translate("Console", "sign {call}").format(call=call.number)

    def sign(self, keys: tuple[str, ...]) -> None:
        self._console.desk.acts.sign(self.call_of(keys[0]))

    def preview_assign(self, keys: tuple[str, ...]) -> str:
        call = self._checked(keys[1], Step.ASSIGN)
        return translate("Console", "send {crew} to {call}").format(
            crew=self.sign_of(keys[0]), call=call.number
        )

    def assign(self, keys: tuple[str, ...]) -> None:
        console, call = self._console, self.call_of(keys[1])
        units = [(UnitId(keys[0]), self.sign_of(keys[0]))]
        console.desk.steps.send_advised(call, units)

    def preview_status(self, keys: tuple[str, ...]) -> str:
        return f"{self.sign_of(keys[0])} → {self._status(keys[1])}"

    def status(self, keys: tuple[str, ...]) -> None:
        self._console.desk.acts.set_unit(
            UnitId(keys[0]), self.sign_of(keys[0]), keys[1], self._status(keys[1])
        )

    def _status(self, code: str) -> str:
        return next((s.label for s in self.statuses() if s.key == code), code)

    def preview_close(self, keys: tuple[str, ...]) -> str:
        call = self._checked(keys[0], Step.CLOSE)
        return translate("Console", "close {call}").format(call=call.number)

    def close(self, keys: tuple[str, ...]) -> None:
        self._console.desk.steps.close(self.call_of(keys[0]))

    def preview_find(self, keys: tuple[str, ...]) -> str:
        return translate("Console", "find calls with “{text}”").format(text=keys[0])

    def find(self, keys: tuple[str, ...]) -> None:
        console, text = self._console, keys[0]

        def read() -> list[Call]:
            with console.post.database.read() as connection:
                return service.find(connection, text)

        console.background.ask(read, lambda found: self._show_found(text, found), None, console)

    def _show_found(self, text: str, found: Sequence[Call]) -> None:
        console = self._console
        if not found:
            console.say(
                translate("Console", "No call holds “{text}”.").format(text=text), Tone.LATE
            )
            return
        now = console.post.clock.now()
        options = [
            Option(
                call.id,
                f"{call.number}  {moment_text(call.received_at, now)}  "
                f"{status_words(CallStatus(call.status))}  {call.place or call.narrative[:30]}",
            )
            for call in found
        ]
        title = translate("Console", "{n} calls hold “{text}”").format(n=len(found), text=text)
        ChoiceSheet(
            console.window,
            Question(title, yes=translate("Console", "Open")),
            options,
            lambda call_id, _: self._open(CallId(call_id)),
        )

    def _open(self, call_id: CallId) -> None:
        self._console.window.show_page("desk")
        self._console.desk.open_call(call_id)


def build_verbs(console: Console) -> tuple[Verb, ...]:
    """The verbs, in the order of a call's life."""
    do = _Verbs(console)
    call = Slot(Words("警情", "call"), do.calls)
    unit = Slot(Words("警力", "crew"), do.units)
    status = Slot(Words("状态", "status"), do.statuses)
    text = Slot(Words("内容", "text"), None, rest=True)
    return (
        Verb("sign", Words("签收", "sign"), (call,), do.preview_sign, do.sign),
        Verb(
            "assign", Words("派警", "assign"), (unit, call), do.preview_assign, do.assign, ("派",)
        ),
        Verb("status", Words("状态", "status"), (unit, status), do.preview_status, do.status),
        Verb("close", Words("结案", "close"), (call,), do.preview_close, do.close),
        Verb("find", Words("查找", "find"), (text,), do.preview_find, do.find, ("/",)),
    )
