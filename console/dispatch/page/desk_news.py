"""What the desk reads in the background: the board, a call opened, the advice on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.core.ids import CallId, UnitId
from console.dispatch import service
from console.dispatch.model import Advice, CallCard, CallView, Code, Limits, Nature, Natures
from console.dispatch.model.reference import code_of
from console.dispatch.page.place import DeskPlace
from console.people import service as people
from console.roster import service as roster
from console.roster.model import Status, UnitView


@dataclass(frozen=True, slots=True)
class Board:
    """One moment of the desk."""

    cards: list[CallCard]
    units: list[UnitView]
    limits: Limits
    natures: Natures
    sources: Mapping[str, Code]
    dispositions: Mapping[str, Code]
    delays: Mapping[str, Code]
    statuses: Mapping[str, Status]
    bound: Mapping[UnitId, str]
    people: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A call opened, with the words of its codes and whom to send."""

    view: CallView
    nature: Nature
    source: Code
    limits: Limits
    advice: Advice


def read_board(place: DeskPlace) -> Board:
    """The board as the store has it now."""
    now = place.clock.now()
    with place.database.read() as connection:
        cards = place.reader.read(connection, now)
        units = roster.units(connection, now)
        signs = {view.unit.call_sign: view.unit.id for view in units}
        return Board(
            cards,
            units,
            service.limits(connection, now),
            service.natures(connection, now),
            service.codes(connection, "sources", now),
            service.codes(connection, "dispositions", now),
            service.codes(connection, "delay_reasons", now),
            roster.statuses(connection, now),
            {
                signs[sign]: card.call.number
                for card in cards
                for sign in card.crews
                if sign in signs
            },
            {one.number: one.name for one in people.officers(connection)},
        )


def read_call(place: DeskPlace, call_id: CallId) -> Opened:
    """The call with its log, its words and the advice on it."""
    now = place.clock.now()
    with place.database.read() as connection:
        view = service.call(connection, call_id)
        nature = service.natures(connection, now).of(view.call.nature)
        source = code_of(view.call.source, service.codes(connection, "sources", now))
        bounds = service.limits(connection, now)
    return Opened(view, nature, source, bounds, read_advice(place, call_id))


def read_advice(place: DeskPlace, call_id: CallId) -> Advice:
    """Whom to send to this call, by the newest places."""
    with place.database.read() as connection:
        return service.recommend(
            connection, call_id, place.clock.now(), place.ground.router(), place.positions.latest()
        )
