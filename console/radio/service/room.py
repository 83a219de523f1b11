"""The radio room of a running post: it hears the links, keeps the log, and talks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from console.core.actor import NOBODY, Actor
from console.core.clock import Clock
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.core.ids import new_id
from console.core.rounds import Rounds
from console.links.model import (
    RADIO_FAMILIES,
    UP,
    Inputs,
    LinkChanged,
    LinkState,
    RadioCall,
    ReadingArrived,
)
from console.people.model import Right, allowed, require
from console.radio import store
from console.radio.model import (
    Channel,
    ChannelsChanged,
    Exchange,
    ExchangeChanged,
    Kind,
    Moment,
    Pedal,
    RadioLimits,
    RadioSettingsChanged,
    RoomView,
    State,
    TalkChanged,
    TalkPhase,
)
from console.radio.service.channel_board import ChannelBoard
from console.radio.service.clips import Clips
from console.radio.service.floor import Floor, Heard
from console.radio.service.intake import CallOf, Intake
from console.radio.service.jobs import RADIO, Jobs
from console.radio.service.looking import CHOSEN, limits_now, pedal, statuses_now
from console.radio.service.sending import Sending
from console.radio.service.wires import Wires, crews_radios, family_of, own_radios
from console.radio.service.writing import name_of, settle_left, write

TURN_S = 0.25
FLUSH_S = 30.0
FORGET_S = 3600.0


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sits at the desk, and the call that is open there."""

    actor: Actor = NOBODY
    call_id: str = ""


def _no_call(connection: Any, unit_id: str) -> str:
    return ""


class RadioRoom:
    """From ``start`` to ``stop``; every method may be called from any thread.

    ``call_of(connection, crew)`` tells the call that holds a crew; ``who`` tells who sits at the desk:
    whoever knows sets it, and it is asked from any thread. ``take`` and ``link_changed`` hear the links.
    """

    def __init__(
        self, database: Database, bus: EventBus, clock: Clock, wires: Wires,
        call_of: CallOf = _no_call,
    ) -> None:  # fmt: skip
        self._database, self._bus, self._clock, self._wires = database, bus, clock, wires
        self._call_of = call_of
        self.who: Callable[[], Desk] = Desk
        self.board = ChannelBoard()
        self._rounds = Rounds("radio", self._turn, TURN_S, self._first)
        self._jobs = Jobs(database, self._rounds.nudge)
        self._intake = Intake(self.board, self._jobs, self._call)
        self.floor = Floor(clock, wires, self._on_talk)
        self.sending = Sending(database, wires, self.board, self._jobs)
        self.clips = Clips(database)
        self._pedal: Pedal | None = None
        self._emergencies: tuple[Exchange, ...] = ()
        self._last: Exchange | None = None
        self._over = ""
        self._stale = self._unread = False
        self._flush_at = self._forget_at = 0.0
        self._ends: list[Callable[[], None]] = []

    def start(self) -> None:
        """Readings are taken, limits are watched."""
        for kind in (RadioSettingsChanged, ExchangeChanged):
            self._ends.append(self._bus.subscribe(kind, self._on_news))
        self._reread()
        self._rounds.start()
        self.floor.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nobody talks; what was heard is in the log."""
        self.floor.stop(timeout_s)
        self._rounds.stop(timeout_s)
        while self._ends:
            self._ends.pop()()
        self._jobs.finish()
        self._flush()

    def confirmed(self, link_id: str, radio: str, by: str) -> None:
        """Elsewhere this person has seen the radio's call for help; soon it stands so in the log."""

        def note(act: Act) -> None:
            for one in store.open_lines(act.connection, Kind.EMERGENCY):
                if (one.link_id, one.radio) == (link_id, radio):
                    write(act, replace(one, state=State.CONFIRMED, by=by, settled_at=act.at))

        self._jobs.put(note, urgent=True)

    # ---- what comes in ------------------------------------------------------------------------
    def take(self, event: ReadingArrived) -> None:
        """A device said something: a radio, or the foot switch."""
        reading = event.reading
        if isinstance(reading, Inputs):
            self._take_pedal(event.link_id, reading)
            return
        family = family_of(self._wires.snapshot(), event.link_id)
        if family not in RADIO_FAMILIES:
            return
        before = self.board.states()
        self._intake.take(event, family, self._now())
        if isinstance(reading, RadioCall):
            self._follow(event.link_id, reading)
            if self.board.states() != before:
                self._bus.publish(ChannelsChanged())

    def link_changed(self, event: LinkChanged) -> None:
        """A wire stands otherwise: one that is gone talks no more, and presses nothing."""
        if event.state in UP:
            return
        self.floor.lost(event.link_id)
        pressed = self._pedal
        if pressed is not None and pressed.link_id == event.link_id:
            self.floor.let_go()

    # ---- talk ---------------------------------------------------------------------------------
    def press(self, channel_id: str = "", latched: bool = False) -> None:
        """The officer at the desk wants to talk there, by default on the chosen channel. Refused
        when nobody sits there who may, and when there is no channel."""
        require(self.who().actor, Right.TAKE_CALLS)
        channel = self.board.channel(channel_id)
        if channel is None:
            raise Refused("radio.no_channel")
        self.floor.press(channel, latched)

    def let_go(self) -> None:
        """The officer does not want to talk any more."""
        self.floor.let_go()

    def keep_voice(self, exchange_id: str, samples: bytes) -> None:
        """The sound of this talk is on the disk, and its line will name it. Not on the UI thread."""
        name = self.clips.keep(exchange_id, samples)
        if name:
            self._jobs.put(_voice_kept(exchange_id, name))

    # ---- looking ------------------------------------------------------------------------------
    def view(self) -> RoomView:
        """How the whole room stands now."""
        states = self._wires.snapshot()
        return RoomView(
            self.board.states(), self.board.chosen, self.floor.talk,
            tuple(crews_radios(states, self.board.heard())),
            {one.config.id: one.phase in UP for one in own_radios(states)},
            self._emergencies, self._intake.limits, self._last, self._jobs.dropped,
        )  # fmt: skip

    def links(self) -> tuple[LinkState, ...]:
        """How the post's links stand now."""
        return self._wires.snapshot()

    @property
    def limits(self) -> RadioLimits:
        """The limits in force."""
        return self._intake.limits

    # ---- inside -------------------------------------------------------------------------------
    def _first(self) -> None:
        with self._database.act(RADIO) as act:
            settle_left(act)
            chosen = store.setting(act.connection, CHOSEN).get("channel", "")
            heard = store.heard(act.connection)
        self.board.set_heard(heard)
        if chosen and self.board.channel(chosen) is not None:
            self.board.chosen = chosen
        self._turn()

    def _turn(self) -> None:
        now = self._now()
        found, changed = self.board.pass_time(now, self.limits)
        self._intake.overs(found)
        if self._jobs.turn():
            self._rounds.nudge()  # what is open is told between two batches of a flood
        if self._unread:
            self._unread = self._stale = False
            changed = True
            self._reread()
        elif self._stale:
            self._stale, changed = False, True
            with self._database.read() as connection:
                self._read_open(connection)
        if changed:
            self._bus.publish(ChannelsChanged())
        if now.monotonic >= self._flush_at:
            self._flush_at = now.monotonic + FLUSH_S
            self._flush()
            self._reread()
        if now.monotonic >= self._forget_at:
            self._forget_at = now.monotonic + FORGET_S
            self.clips.forget_old(RADIO)

    def _flush(self) -> None:
        told = self.board.take_unwritten()
        if told:
            with self._database.act(RADIO) as act:
                store.put_heard(act.connection, told)

    def _reread(self) -> None:
        """Set-up, limits and what is open, as the store has them."""
        with self._database.read() as connection:
            now = self._clock.now()
            limits = limits_now(connection, now)
            self._intake.limits = self.floor.limits = limits
            self._intake.statuses = statuses_now(connection, now)
            self._pedal = pedal(connection)
            self.board.set_channels(store.channels(connection))
            self._read_open(connection)

    def _read_open(self, connection: Any) -> None:
        found = tuple(store.open_lines(connection, Kind.EMERGENCY))
        self.board.mark_emergencies((one.link_id, one.channel) for one in found)
        self._emergencies, self._last = found, store.newest(connection)

    def _on_news(self, event: object) -> None:
        """What was written is read once a turn, however much of it there is."""
        self._stale = self._stale or isinstance(event, ExchangeChanged)
        self._unread = self._unread or not isinstance(event, ExchangeChanged)
        self._rounds.nudge()

    def _call(self, connection: Any, unit_id: str) -> str:
        """The call that holds the crew; for one that none holds, the call open at the desk."""
        held = self._call_of(connection, unit_id) if unit_id else ""
        return held or self.who().call_id

    def _take_pedal(self, link_id: str, reading: Inputs) -> None:
        told = self._pedal
        if told is None or (link_id, reading.unit) != (told.link_id, told.unit):
            return
        if not 0 <= told.number < len(reading.values):
            return
        if reading.values[told.number] is not told.closed_talks:
            self.floor.let_go()
        elif allowed(self.who().actor, Right.TAKE_CALLS):
            channel = self.board.channel("")
            if channel is not None:
                self.floor.press(channel)

    def _follow(self, link_id: str, reading: RadioCall) -> None:
        """What the radio itself says of our own talk."""
        if reading.phase == "talking" and reading.granted:
            self.floor.granted(link_id)
        elif reading.phase == "talking" and reading.granted is None:
            self.floor.waits(link_id)
        elif reading.phase in ("talking", "ceased", "released"):
            self.floor.taken_away(link_id, "taken" if reading.phase == "talking" else "ended")

    def _on_talk(self, heard: Heard) -> None:
        """The board and the log follow the talk; whoever listens is told."""
        talk, channel = heard.talk, heard.channel
        began = talk.phase is TalkPhase.TALKING and heard.before.phase is not TalkPhase.TALKING
        ended = heard.before.phase is TalkPhase.TALKING and talk.phase is not TalkPhase.TALKING
        now = self._now()
        over = self._over
        if channel is not None and began:
            self._intake.overs(self.board.talk(channel.id, now))
            over = self._over = new_id()
            self._jobs.put(self._talk_begins(over, channel, now))
        elif channel is not None and ended:
            self._intake.overs(self.board.fall_silent(channel.id, now, self.limits))
            self._jobs.put(_talk_ends(over, talk.cause, talk.since - heard.before.since))
        elif channel is not None and talk.phase is TalkPhase.DENIED is not heard.before.phase:
            self._jobs.put(self._talk_denied(channel, talk.cause, now))
        self._bus.publish(TalkChanged(talk, heard.cue, over))
        if talk.phase is not TalkPhase.TALKING:
            self._over = ""
        if began or ended:
            self._bus.publish(ChannelsChanged())

    def _talk_line(self, over: str, channel: Channel, now: Moment) -> Exchange:
        desk = self.who()
        return Exchange(
            over, now.at, False, Kind.TALK, channel.link_id, channel.group, State.OPEN,
            channel=channel.name, call_id=desk.call_id, by=name_of(desk.actor),
        )  # fmt: skip

    def _talk_begins(self, over: str, channel: Channel, now: Moment) -> Callable[[Act], None]:
        line = self._talk_line(over, channel, now)
        return lambda act: write(act, line)

    def _talk_denied(self, channel: Channel, cause: str, now: Moment) -> Callable[[Act], None]:
        line = replace(self._talk_line(new_id(), channel, now), state=State.FAILED, cause=cause)
        return lambda act: write(act, line)

    def _now(self) -> Moment:
        return Moment(self._clock.now(), self._clock.monotonic())


def _talk_ends(over: str, cause: str, seconds: float) -> Callable[[Act], None]:
    def note(act: Act) -> None:
        was = store.find(act.connection, over)
        if was is not None:
            new = replace(
                was, state=State.DONE, seconds=max(0.0, seconds), cause=cause, settled_at=act.at
            )
            write(act, new)

    return note


def _voice_kept(exchange_id: str, name: str) -> Callable[[Act], None]:
    def note(act: Act) -> None:
        was = store.find(act.connection, exchange_id)
        if was is not None:
            store.put_voice(act.connection, was.id, name)
            act.audit("radio.voice_kept", "radio_exchange", was.id, file=name)
            act.announce(ExchangeChanged(was.id, was.kind, was.inward, was.unit_id, was.call_id))

    return note
