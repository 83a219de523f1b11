"""What the window makes of the news: the desk refreshes, tones ring, the top bar tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from console.app.alarm_bell import AlarmBell
from console.dispatch.model import CallChanged, CallStatus
from console.roster import service as roster
from console.roster.model import DutyLevelChanged, DutyOrder, ShiftNow, UnitMoved
from console.ui.moments import age_text, clock_text
from console.ui.style import Tone
from console.ui.words import pick

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.pages import Pages
    from console.core.ballast import BallastChanged
    from console.core.clock_watch import ClockJumped
    from console.sync.model.road import RoadChanged, RoadState

translate = QCoreApplication.translate
CLOCK_MS = 3_600_000
SHIFT_MS = 30_000  # a shift ends by the clock, and no event tells of it


def duty_words(level: str) -> str:
    """What a duty level is called."""
    return {
        "daily": translate("Console", "Daily duty"),
        "reinforced": translate("Console", "Reinforced duty"),
        "wartime": translate("Console", "Wartime duty"),
    }.get(level, level)


class DeskNews:
    """Each method hears one kind of event, in the UI thread."""

    def __init__(self, console: Console, pages: Pages) -> None:
        self._console = console
        self._pages = pages
        self.bell = AlarmBell(console)
        self._city_up: bool | None = None
        self._room_spent = False
        self._late: frozenset[str] = frozenset()
        self._shifts = QTimer(console)
        self._shifts.setInterval(SHIFT_MS)
        self._shifts.timeout.connect(self._ask_shift)
        self._clock = QTimer(console)
        self._clock.setSingleShot(True)
        self._clock.setInterval(CLOCK_MS)
        self._clock.timeout.connect(lambda: console.window.top.set_clock(""))

    def call_changed(self, event: CallChanged) -> None:
        """The desk reads the board; a new call rings until someone signs it."""
        console = self._console
        console.desk.news()
        self._pages.news()
        if event.status == CallStatus.RECEIVED and event.kind == "received":
            console.tones.ring("call", event.call_id)
        elif event.status and event.status != CallStatus.RECEIVED:
            console.tones.acknowledge(event.call_id)
        if event.kind == "cancelled":
            console.tones.ring("message")

    def late_changed(self, late: frozenset[str]) -> None:
        """The top bar counts the late calls; each rings until it is acknowledged or in time."""
        console = self._console
        console.window.top.set_late(len(late))
        for call_id in late - self._late:
            console.tones.ring("overdue", ("late", call_id))
        for call_id in self._late - late:
            console.tones.acknowledge(("late", call_id))
        self._late = late

    def officers_changed(self, event: object) -> None:
        """The system page reads the officers again."""
        self._pages.session_changed()

    def units_changed(self, event: object) -> None:
        """The desk reads the board."""
        self._console.desk.news()
        self._pages.news()

    def unit_moved(self, event: UnitMoved) -> None:
        """The maps show it soon."""
        self._console.desk.moved()

    def link_changed(self, event: object) -> None:
        """The top bar counts the wires again."""
        from console.links.model import PHASE_WORDS, UP  # the desk stands before the wires are read

        states = self._console.post.links.snapshot()
        up = sum(state.phase in UP for state in states)
        tip = "\n".join(
            f"{state.config.name}: {pick(PHASE_WORDS[state.phase])}" for state in states
        )
        self._console.window.top.set_links(up, len(states), tip)

    def road_changed(self, event: RoadChanged) -> None:
        """The top bar tells how the road to the city stands, and since when."""
        self._tell_road(event.state)

    def duty_changed(self, event: DutyLevelChanged) -> None:
        """The top bar names the duty level in force."""
        self._ask_duty()

    def ballast_changed(self, event: BallastChanged) -> None:
        """The status line tells that the disk's reserve is gone, or that it is kept again."""
        from console.app.system_page import recount

        if not event.stands:
            told = translate(
                "Console",
                "The disk is full: its reserve was given up so that calls go on. Free some space.",
            )
            self._console.say(told, Tone.ALARM)
        elif self._room_spent:
            told = translate("Console", "There is room on the disk again; its reserve is kept.")
            self._console.say(told, Tone.CALM)
        self._room_spent = not event.stands
        recount(self._console)

    def alarm_changed(self, event: object) -> None:
        """The bell counts the alarms again: they ring until they are acknowledged."""
        self.bell.refresh()

    def backups_changed(self, event: object) -> None:
        """The system page says how the backups stand."""
        self._pages.backups_changed()

    def shift_changed(self, event: object) -> None:
        """The top bar tells who of the shift is here; the page of the roster looks again."""
        self._pages.news()
        self._ask_shift()

    def clock_jumped(self, event: ClockJumped) -> None:
        """The clock in the top bar is amber for an hour, and the status line says what happened."""
        by = age_text(abs(event.seconds))
        if event.seconds > 0:
            words = translate(
                "Console", "The clock was put forward by {span}, or the machine slept."
            )
        else:
            words = translate("Console", "The clock was put back by {span}.")
        told = words.format(span=by)
        self._console.window.top.set_clock(
            told + "\n" + translate("Console", "It stands in the audit trail.")
        )
        self._console.say(told, Tone.LATE)
        self._clock.start()

    def roads_changed(self, event: object) -> None:
        """The maps draw the roads, or say why there are none; advice goes by road from now on."""
        self._console.map_view.show_roads()
        self._pages.roads_changed()
        self._console.desk.news()

    def tell_all(self) -> None:
        """The top bar shows how everything stands now."""
        self.link_changed(None)
        self._tell_road(self._console.post.road.snapshot())
        self._ask_duty()
        board = self._console.desk.board
        for card in board.cards if board is not None else ():
            if card.call.status is CallStatus.RECEIVED:  # came before this start, unsigned still
                self._console.tones.ring("call", card.call.id)
        self.bell.refresh()
        self._ask_shift()
        self._shifts.start()

    def stop(self) -> None:
        """Nothing is asked by the clock any more."""
        self._shifts.stop()
        self._clock.stop()

    def _tell_road(self, state: RoadState) -> None:
        top = self._console.window.top
        up = state.up if state.configured else None
        tip = translate("Console", "Last contact {time}").format(
            time=clock_text(state.last_contact_at)
        )
        top.set_city(up, state.since, tip)
        aside = state.set_aside + state.quarantined
        top.set_sync(state.pending, aside, state.alarm)
        self._console.window.navigation.set_count("aside", aside, Tone.LATE)
        if self._city_up is not None and up is not None and up != self._city_up:
            self._console.tones.ring("restored" if up else "city_lost")
        self._city_up = up

    def _ask_duty(self) -> None:
        post = self._console.post

        def read() -> DutyOrder | None:
            with post.database.read() as connection:
                return roster.duty_level(connection, post.clock.now())

        def show(order: DutyOrder | None) -> None:
            level = order.level if order is not None else "daily"
            self._console.window.top.set_duty(duty_words(level), level != "daily")

        self._console.background.ask(read, show, None, self._console)

    def _ask_shift(self) -> None:
        post = self._console.post

        def read() -> ShiftNow | None:
            with post.database.read() as connection:
                return roster.shift_now(connection, post.clock.now())

        self._console.background.ask(read, self._tell_shift, None, self._console)

    def _tell_shift(self, shift: ShiftNow | None) -> None:
        top = self._console.window.top
        if shift is None:
            words = translate("Console", "No roster in force")
            top.set_roster(words, False, translate("Console", "Generate and publish one (F5)"))
            return
        missing = len(shift.missing)
        words = translate("Console", "{shift} · present {here}/{all}").format(
            shift=pick(shift.name), here=shift.here, all=len(shift.expected)
        )
        if missing:
            words += " · " + translate("Console", "missing {n}").format(n=missing)
        tip = [
            f"{shift.team} {shift.starts_at.astimezone():%H:%M}–{shift.ends_at.astimezone():%H:%M}"
        ]
        if shift.missing:
            names = ", ".join(person.name for person in shift.missing)
            tip.append(translate("Console", "Missing: {names}").format(names=names))
        if shift.next_name is not None and shift.next_starts_at is not None:
            told = translate("Console", "Next: {shift} {time} {team}")
            time = f"{shift.next_starts_at.astimezone():%H:%M}"
            tip.append(told.format(shift=pick(shift.next_name), time=time, team=shift.next_team))
        top.set_roster(words, missing > 0, "\n".join(tip))
