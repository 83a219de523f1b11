"""The desk's acts: asked in the background, told in the status line, offered to be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.core.actor import Actor
from console.core.ids import CallId, UnitId
from console.dispatch import service
from console.dispatch.model import Assignment, Call, How, NewCall
from console.dispatch.page.place import DeskPlace
from console.dispatch.service import Edit
from console.roster import service as roster
from console.ui.style import Tone
from console.ui.words import say_refusal

translate = QCoreApplication.translate
T = TypeVar("T")


class DeskActs(QObject):
    """Each method is one act of the desk officer; ``done(call_id)`` follows when it is saved."""

    done = Signal(str)

    def __init__(self, place: DeskPlace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self.undo_s = 60.0  # the desk keeps it as the limits in force say

    def run(
        self,
        work: Callable[[Actor], T],
        told: Callable[[T], str],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """``work`` is done in the background by whoever sits here at the key, timed to the saved row."""
        begun, by = time.monotonic(), self._place.actor()

        def timed() -> T:
            answer = work(by)
            took = self._place.database.saved_at() - begun
            self._place.timings.add("act_to_saved", max(0.0, took) * 1000)
            return answer

        def saved(answer: T) -> None:
            self._place.say(told(answer), Tone.CALM)
            if then is not None:
                then(answer)

        def refused(error: Exception) -> None:
            self._place.say(say_refusal(error), Tone.ALARM)
            if failed is not None:
                failed(error)

        self._place.background.act(timed, saved, refused, self)

    def sign(self, call: Call) -> None:
        """The officer takes the call over."""
        self._on_call(
            call,
            lambda by: service.sign(self._database, by, call.id),
            translate("Desk", "{call} signed").format(call=call.number),
        )

    def assign(
        self,
        call: Call,
        units: Sequence[tuple[UnitId, str]],
        reason: str,
        advised: Sequence[UnitId],
    ) -> None:
        """These crews are sent; for a short while Ctrl+Z takes them off again."""
        ids = [unit_id for unit_id, _ in units]
        signs = "、".join(sign for _, sign in units)
        self._on_call(
            call,
            lambda by: service.assign(self._database, by, call.id, ids, reason, advised),
            translate("Desk", "{crews} sent to {call}").format(crews=signs, call=call.number),
            undo=True,
        )

    def depart(self, call: Call, crew: Assignment) -> None:
        """The crew has set off."""
        self._on_call(
            call,
            lambda by: service.depart(self._database, by, call.id, crew.unit_id),
            translate("Desk", "{crew} on the way to {call}").format(
                crew=crew.call_sign, call=call.number
            ),
            undo=True,
        )

    def arrive(
        self,
        call: Call,
        crew: Assignment,
        note: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """The crew is there: by word with a note, else by its position."""
        latest = self._place.latest(crew.unit_id)
        self._on_call(
            call,
            lambda by: service.arrive(
                self._database,
                by,
                call.id,
                crew.unit_id,
                bool(note),
                How(note=note),
                latest,
            ),
            translate("Desk", "{crew} on the scene of {call}").format(
                crew=crew.call_sign, call=call.number
            ),
            undo=True,
            failed=failed,
        )

    def feed_back(self, call: Call, text: str) -> None:
        """The words stand in the log and go to the city."""
        self._on_call(
            call,
            lambda by: service.feed_back(self._database, by, call.id, text),
            translate("Desk", "{call}: feedback sent").format(call=call.number),
        )

    def finish(self, call: Call, disposition: str, summary: str) -> None:
        """The matter is dealt with and its crews are free again."""
        self._on_call(
            call,
            lambda by: service.finish(self._database, by, call.id, disposition, summary),
            translate("Desk", "{call} finished").format(call=call.number),
            undo=True,
        )

    def close(
        self, call: Call, reason: str = "", failed: Callable[[Exception], None] | None = None
    ) -> None:
        """The call leaves the queue."""
        self._on_call(
            call,
            lambda by: service.close(self._database, by, call.id, reason),
            translate("Desk", "{call} closed").format(call=call.number),
            failed=failed,
        )

    def return_call(self, call: Call, cause: str) -> None:
        """The city gets the call back, with the cause."""
        self._on_call(
            call,
            lambda by: service.return_call(self._database, by, call.id, cause),
            translate("Desk", "{call} returned").format(call=call.number),
        )

    def reopen(self, call: Call, reason: str) -> None:
        """The call stands in the queue again."""
        self._on_call(
            call,
            lambda by: service.reopen(self._database, by, call.id, reason),
            translate("Desk", "{call} reopened").format(call=call.number),
        )

    def set_place(self, call: Call, lat: float, lon: float) -> None:
        """The call is at this point of the map."""
        edit = Edit(point=(lat, lon))
        self._on_call(
            call,
            lambda by: service.change_call(
                self._database, by, call.id, call.rev, edit, self._place.ground
            ),
            translate("Desk", "{call}: place set").format(call=call.number),
        )

    def take_call(
        self, new: NewCall, then: Callable[[str], None], failed: Callable[[Exception], None]
    ) -> None:
        """A call taken by hand stands in the queue."""

        def work(by: Actor) -> Call:
            call_id = service.take_call(self._database, by, new, self._place.ground)
            with self._database.read() as connection:
                return service.call(connection, call_id).call

        def told(call: Call) -> str:
            return translate("Desk", "{call} taken").format(call=call.number)

        def saved(call: Call) -> None:
            self.done.emit(call.id)
            then(call.id)

        self.run(work, told, saved, failed)

    def merge(self, call_id: CallId, into: CallId) -> None:
        """The call ends as the same matter as the other one."""

        def told(_: object) -> str:
            return translate("Desk", "Merged as the same matter")

        self.run(
            lambda by: service.merge(self._database, by, call_id, into),
            told,
            lambda _: self.done.emit(into),
        )

    def set_unit(self, unit_id: UnitId, call_sign: str, status: str, words: str) -> None:
        """The crew has this status; for a short while Ctrl+Z gives it the one before."""
        before: list[str] = []

        def work(by: Actor) -> None:
            with self._database.read() as connection:
                now = self._place.clock.now()
                before.append(roster.unit(connection, unit_id, now).unit.status)
            roster.set_status(self._database, by, unit_id, status)

        def told(_: Any) -> str:
            return translate("Desk", "{crew}: {status}").format(crew=call_sign, status=words)

        def offer(_: Any) -> None:
            self.done.emit("")
            self._place.undo.offer(
                told(None), lambda: self._give_back(unit_id, before[0], call_sign), self.undo_s
            )

        self.run(work, told, offer)

    def reveal(self, call: Call, reason: str, then: Callable[[str], None]) -> None:
        """The caller's number is shown; the look and its reason are in the log."""
        self.run(
            lambda by: service.reveal_caller(self._database, by, call.id, reason),
            lambda _: translate("Desk", "The look at the number was logged"),
            then,
        )

    @property
    def _database(self) -> Any:
        return self._place.database

    def _on_call(
        self,
        call: Call,
        work: Callable[[Actor], object],
        told: str,
        undo: bool = False,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def saved(_: object) -> None:
            self.done.emit(call.id)
            if undo:
                self._place.undo.offer(told, lambda: self._take_back(call, told), self.undo_s)

        self.run(work, lambda _: told, saved, failed)

    def _take_back(self, call: Call, what: str) -> None:
        self._on_call(
            call,
            lambda by: service.undo(self._database, by, call.id),
            translate("Desk", "Taken back: {what}").format(what=what),
        )

    def _give_back(self, unit_id: UnitId, status: str, call_sign: str) -> None:
        self.run(
            lambda by: roster.set_status(self._database, by, unit_id, status),
            lambda _: translate("Desk", "Taken back: {what}").format(what=call_sign),
            lambda _: self.done.emit(""),
        )
