"""How lines come into the log."""

from __future__ import annotations

from console.core.actor import Actor
from console.core.database import Act
from console.radio import store
from console.radio.model import Exchange, ExchangeChanged, Kind, State, settle

_TRAIL = frozenset({Kind.TEXT, Kind.STATUS, Kind.CHECK, Kind.TALK, Kind.EMERGENCY})


def write(act: Act, told: Exchange) -> None:
    """The line is in the log, new or changed; what the post itself said stands in the trail, and
    so does every call for help."""
    store.put(act.connection, told)
    if told.kind in _TRAIL and (not told.inward or told.kind is Kind.EMERGENCY):
        act.audit(
            f"radio.{told.kind}", "radio_exchange", told.id, radio=told.radio, state=told.state,
            text=told.text, code=told.code, call=told.call_id, cause=told.cause,
            seconds=None if told.seconds is None else round(told.seconds, 1),
        )  # fmt: skip
    act.announce(ExchangeChanged(told.id, told.kind, told.inward, told.unit_id, told.call_id))


def settle_line(act: Act, exchange_id: str, state: State, cause: str = "") -> Exchange | None:
    """The line stands so from now on, unless it is further already."""
    was = store.find(act.connection, exchange_id)
    if was is None:
        return None
    new = settle(was, state, cause, act.at)
    if new != was:
        write(act, new)
    return new


def settle_left(act: Act) -> None:
    """What was under way when the console ended is told as not known."""
    for one in store.unsettled(act.connection):
        write(act, settle(one, State.FAILED, "restart", act.at))


def name_of(actor: Actor) -> str:
    """Who it was, as the log says it."""
    return actor.name[:64]
