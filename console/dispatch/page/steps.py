"""What a key does to the chosen call: the step itself, or the question that must come first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from console.core.errors import ConsoleError
from console.core.ids import UnitId
from console.dispatch.model import Advice, Assignment, Call, CallView, Step, may
from console.dispatch.page.acts import DeskActs
from console.dispatch.page.desk_news import Board, read_advice
from console.dispatch.page.place import DeskPlace
from console.dispatch.page.unit_board import UnitRow
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question, ask_reason, ask_text
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate


class DeskSteps(QObject):
    """The desk officer's keys on the chosen call."""

    def __init__(self, place: DeskPlace, acts: DeskActs, page: QWidget) -> None:
        super().__init__(page)
        self._place = place
        self._acts = acts
        self._page = page
        self.board: Board | None = None
        self.opened: CallView | None = None
        self.advice: Advice | None = None

    def take(self, step_text: str) -> None:
        """The step is taken on the chosen call, after its question where it has one."""
        step, view = Step(step_text), self.opened
        if view is None or self.board is None:
            return
        call = view.call
        if not may(call.status, step):
            self._place.say(
                translate("Desk", "{call}: not possible in this state").format(call=call.number),
                Tone.LATE,
            )
            return
        {
            Step.SIGN: lambda: self._acts.sign(call),
            Step.ASSIGN: lambda: self.send(1),
            Step.DEPART: lambda: self._depart(view),
            Step.ARRIVE: lambda: self._arrive(view),
            Step.FEED_BACK: lambda: self._feed_back(call),
            Step.FINISH: lambda: self._finish(call),
            Step.CLOSE: lambda: self._close(call),
            Step.RETURN: lambda: self._return(call),
            Step.REOPEN: lambda: self._reopen(call),
        }[step]()

    def send(self, digit: int, more: bool = False) -> None:
        """The crew with this digit is sent to the chosen call; with ``more`` besides those on it."""
        view, advice = self.opened, self.advice
        if view is None or advice is None or not may(view.call.status, Step.ASSIGN):
            return
        chosen = next((one for one in advice.picks if one.digit == digit), None)
        if chosen is None:
            self._place.say(
                translate("Desk", "No crew has the digit {n}").format(n=digit), Tone.LATE
            )
            return
        self.send_units(view.call, [(chosen.unit_id, chosen.call_sign)], advice)

    def send_units(self, call: Call, units: Sequence[tuple[UnitId, str]], advice: Advice) -> None:
        """These crews are sent; a choice outside the advice asks for its reason first."""
        advised = [one.unit_id for one in advice.picks]
        if advised and any(unit_id not in advised for unit_id, _ in units):
            self._ask_reason(lambda reason: self._acts.assign(call, units, reason, advised))
            return
        self._acts.assign(call, units, "", advised)

    def send_advised(self, call: Call, units: Sequence[tuple[UnitId, str]]) -> None:
        """These crews are sent to this call, measured against the advice on it as it is now."""
        place = self._place
        place.background.ask(
            lambda: read_advice(place, call.id),
            lambda advice: self.send_units(call, units, advice),
            None,
            self,
        )

    def close(self, call: Call) -> None:
        """The call is closed, after its reason where a check is missing."""
        self._close(call)

    def reveal(self) -> None:
        """The caller's number is shown once a reason is given."""
        if self.opened is None:
            return
        call = self.opened.call
        ask_reason(
            self._page,
            Question(
                translate("Desk", "Show the caller's number"),
                translate("Desk", "The look is logged with your name and the reason."),
                translate("Desk", "Show"),
                choices=(
                    translate("Desk", "Call back the caller"),
                    translate("Desk", "Place unclear"),
                ),
            ),
            lambda reason: self._acts.reveal(
                call,
                reason,
                lambda number: self._place.say(
                    translate("Desk", "Caller of {call}: {number}").format(
                        call=call.number, number=number
                    ),
                    Tone.ACCENT,
                ),
            ),
        )

    def choose_status(self, row: UnitRow) -> None:
        """A list of statuses for this crew; a digit gives it."""
        if self.board is None:
            return
        options = [
            Option(status.code, pick(status.words)) for status in self.board.statuses.values()
        ]
        words = {option.value: option.words for option in options}
        ChoiceSheet(
            self._page,
            Question(translate("Desk", "Status of {crew}").format(crew=row.call_sign)),
            options,
            lambda code, _: self._acts.set_unit(row.unit_id, row.call_sign, code, words[code]),
        )

    def _depart(self, view: CallView) -> None:
        waiting = [c for c in view.assignments if c.is_open and not c.departed_at]
        waiting = [c for c in waiting if not c.arrived_at]
        self._each(waiting, lambda crew: self._acts.depart(view.call, crew))

    def _arrive(self, view: CallView) -> None:
        waiting = [c for c in view.assignments if c.is_open and not c.arrived_at]
        self._each(waiting, lambda crew: self._arrive_one(view.call, crew))

    def _each(self, crews: Sequence[Assignment], act: Callable[[Assignment], None]) -> None:
        if len(crews) <= 1:
            for crew in crews:
                act(crew)
            return
        every = Option("", translate("Desk", "All of them"))
        options = [*(Option(crew.id, crew.call_sign) for crew in crews), every]

        def chosen(value: str, _: str) -> None:
            for crew in crews:
                if value in ("", crew.id):
                    act(crew)

        ChoiceSheet(self._page, Question(translate("Desk", "Which crew?")), options, chosen)

    def _arrive_one(self, call: Call, crew: Assignment) -> None:
        def by_word(error: Exception) -> None:
            if not isinstance(error, ConsoleError):
                return
            ask_text(
                self._page,
                Question(
                    translate("Desk", "{crew}: arrived by word?").format(crew=crew.call_sign),
                    translate(
                        "Desk",
                        "Its position does not show it on the scene. Who said so? This is logged.",
                    ),
                    translate("Desk", "Arrived"),
                ),
                lambda note: self._acts.arrive(call, crew, note),
            )

        self._acts.arrive(call, crew, failed=by_word)

    def _feed_back(self, call: Call) -> None:
        self._ask_line(
            Question(
                translate("Desk", "Feedback on {call}").format(call=call.number),
                yes=translate("Desk", "Send"),
            ),
            (
                translate("Desk", "Crew on scene, dealing with it"),
                translate("Desk", "Scene under control"),
                translate("Desk", "Nothing unusual found"),
                translate("Desk", "More crews needed"),
            ),
            lambda text: self._acts.feed_back(call, text),
        )

    def _ask_line(
        self, question: Question, lines: Sequence[str], then: Callable[[str], None]
    ) -> None:
        """One of the lines by its digit, or own words, which go before the line."""
        ChoiceSheet(
            self._page,
            question,
            [Option(line, line) for line in lines],
            lambda line, own: then(own or line),
            note=translate("Desk", "Or in your own words: just type"),
        )

    def _finish(self, call: Call) -> None:
        assert self.board is not None
        options = [Option(code.code, pick(code.words)) for code in self.board.dispositions.values()]
        ChoiceSheet(
            self._page,
            Question(
                translate("Desk", "How did {call} end?").format(call=call.number),
                yes=translate("Desk", "Finish"),
            ),
            options,
            lambda code, note: self._acts.finish(call, code, note),
            note=translate("Desk", "In a few words (may stay empty)"),
        )

    def _close(self, call: Call) -> None:
        def ask(error: Exception) -> None:
            if isinstance(error, ConsoleError) and error.code in (
                "dispatch.leader_check",
                "dispatch.unsettled",
            ):
                self._ask_reason(lambda reason: self._acts.close(call, reason))

        self._acts.close(call, failed=ask)

    def _return(self, call: Call) -> None:
        self._ask_line(
            Question(
                translate("Desk", "Return {call} to the centre").format(call=call.number),
                translate("Desk", "The centre sees the cause and takes the call back."),
                translate("Desk", "Return"),
                danger=True,
            ),
            (
                translate("Desk", "Not in our area"),
                translate("Desk", "No crew available"),
                translate("Desk", "Duplicate call"),
            ),
            lambda cause: self._acts.return_call(call, cause),
        )

    def _reopen(self, call: Call) -> None:
        self._ask_reason(lambda reason: self._acts.reopen(call, reason))

    def _ask_reason(self, then: Callable[[str], None]) -> None:
        assert self.board is not None
        options = [Option(code.code, pick(code.words)) for code in self.board.delays.values()]
        ChoiceSheet(
            self._page,
            Question(translate("Desk", "Why?"), translate("Desk", "The reason is logged.")),
            options,
            lambda code, note: then(note or code),
            note=translate("Desk", "In your own words (for “other”)"),
        )
