"""Orders to the radios: each stands in the log before it goes out, and its outcome after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import LinkId, new_id
from console.links.model import (
    CheckRadio,
    ChooseGroup,
    ConfirmAlarm,
    Order,
    Outcome,
    SendStatus,
    SendText,
)
from console.people.model import Right, require
from console.radio import store
from console.radio.model import (
    Channel,
    EmergencyConfirmed,
    Exchange,
    Kind,
    State,
    Target,
    checked_text,
    code_text,
    reference_of,
)
from console.radio.service.channel_board import ChannelBoard
from console.radio.service.jobs import Jobs
from console.radio.service.looking import CHOSEN, exchange, limits_now, statuses_now
from console.radio.service.wires import Wires, family_of
from console.radio.service.writing import name_of, settle_line, write


class Sending:
    """Every method writes, then orders, and does not wait for the radio. Not on the UI thread."""

    def __init__(self, database: Database, wires: Wires, board: ChannelBoard, jobs: Jobs) -> None:
        self._database, self._wires = database, wires
        self._board, self._jobs = board, jobs

    def text(self, actor: Actor, to: Target, text: str, call_id: str = "") -> str:
        """The text is on its way; returns the id of its line. Refused when it is empty or long."""
        require(actor, Right.TAKE_CALLS)
        told = checked_text(text)
        with self._database.act(actor) as act:
            reference = reference_of(store.count(act.connection) + 1)
            line = _line(act, to, Kind.TEXT, call_id)
            write(act, replace(line, text=told, reference=reference))
            limit_s = limits_now(act.connection, act.at).order_s
        self._order(line, SendText(to.radio, told, reference, True), limit_s, State.TAKEN)
        return line.id

    def status(self, actor: Actor, to: Target, code: int, call_id: str = "") -> str:
        """The status is on its way; returns the id of its line."""
        require(actor, Right.TAKE_CALLS)
        family = family_of(self._wires.snapshot(), to.link_id)
        with self._database.act(actor) as act:
            known = statuses_now(act.connection, act.at).of(code, family)
            words = known.words.zh_CN if known is not None else code_text(code)
            line = _line(act, to, Kind.STATUS, call_id)
            write(act, replace(line, text=words, code=code))
            limit_s = limits_now(act.connection, act.at).order_s
        self._order(line, SendStatus(to.radio, code), limit_s, State.TAKEN)
        return line.id

    def check(self, actor: Actor, to: Target, call_id: str = "") -> str:
        """The radio is asked whether it is there; returns the id of its line."""
        require(actor, Right.TAKE_CALLS)
        with self._database.act(actor) as act:
            line = _line(act, to, Kind.CHECK, call_id)
            write(act, line)
            limit_s = limits_now(act.connection, act.at).order_s
        self._order(line, CheckRadio(to.radio), limit_s, State.DONE)
        return line.id

    def choose(self, actor: Actor, channel: Channel) -> str:
        """The post listens and talks to this channel, and its radio is told so; returns the id of
        the line."""
        require(actor, Right.TAKE_CALLS)
        self._board.chosen = channel.id
        to = Target(channel.link_id, channel.group, channel=channel.name)
        with self._database.act(actor) as act:
            line = _line(act, to, Kind.GROUP, "")
            write(act, line)
            store.put_setting(act.connection, CHOSEN, {"channel": channel.id})
            limit_s = limits_now(act.connection, act.at).order_s
        self._order(line, ChooseGroup(channel.group), limit_s, State.DONE)
        return line.id

    def confirm(self, actor: Actor, exchange_id: str) -> None:
        """This officer has heard the call for help, and the radio is told that it was. Refused when
        somebody has confirmed it already."""
        require(actor, Right.TAKE_CALLS)
        with self._database.act(actor) as act:
            was = exchange(act.connection, exchange_id)
            if was.state is not State.OPEN or was.kind is not Kind.EMERGENCY:
                raise Refused("radio.already_confirmed", by=was.by)
            new = replace(was, state=State.CONFIRMED, by=name_of(actor), settled_at=act.at)
            write(act, new)
            limit_s = limits_now(act.connection, act.at).order_s
            act.announce(EmergencyConfirmed(was.link_id, was.radio, actor))
        order = ConfirmAlarm(was.radio)
        self._wires.order(LinkId(was.link_id), order, limit_s, lambda _: None)

    def _order(self, line: Exchange, order: Order, limit_s: float, done: State) -> None:
        def then(outcome: Outcome) -> None:
            if outcome.done and line.kind is Kind.CHECK:
                now = self._database.clock.now()
                self._board.note_heard(line.link_id, line.radio, now, "check")
            cause = "" if outcome.done else (outcome.cause or "refused")
            self._jobs.put(settled(line.id, done if outcome.done else State.FAILED, cause))

        self._wires.order(LinkId(line.link_id), order, limit_s, then)


def settled(exchange_id: str, state: State, cause: str) -> Callable[[Act], None]:
    """The job that writes what became of a line."""

    def note(act: Act) -> None:
        settle_line(act, exchange_id, state, cause)

    return note


def _line(act: Act, to: Target, kind: Kind, call_id: str) -> Exchange:
    return Exchange(
        new_id(), act.at, False, kind, to.link_id, to.radio, State.SENDING, to.unit_id,
        to.channel, call_id, by=name_of(act.actor),
    )  # fmt: skip
