"""Sending crews: assign and reinforce, depart, arrive, take off."""

from __future__ import annotations

from collections.abc import Sequence

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Act, Database
from console.core.errors import Refused
from console.core.ids import CallId, UnitId, new_id
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model.call import BY_DESK, NOTE_CHARS, Assignment, How
from console.dispatch.model.machine import Facts, Step, standing
from console.dispatch.service.tables import codes, limits, natures
from console.dispatch.service.writing import Writing
from console.people.model import Right, require
from console.roster.model import Meaning, UnitView, Whereabouts, distance_m
from console.roster.service import plain_unit, unit

_NEVER_SENT = {
    Meaning.BOUND: "dispatch.unit_bound",
    Meaning.OUT: "dispatch.unit_out",
    Meaning.UNKNOWN: "dispatch.unit_unknown",
    Meaning.EMERGENCY: "dispatch.unit_emergency",
}


def assign(
    database: Database, actor: Actor, call_id: CallId, unit_ids: Sequence[UnitId],
    reason: str = "", advised: Sequence[UnitId] = (),
) -> tuple[UnitId, ...]:  # fmt: skip
    """These units are bound to the call; returns those newly bound. More units are reinforcement,
    and one that is bound already is not asked again.

    ``advised``: the units of the advice that the officer saw, best first; a choice outside it needs
    a ``reason`` (a code of delay_reasons, or words), and so does a unit in reserve. Refused for a
    unit that is bound, out, in need of help, of unknown state or off duty.
    """
    require(actor, Right.TAKE_CALLS)
    wanted = list(dict.fromkeys(unit_ids))
    if not wanted:
        raise Refused("dispatch.no_unit_chosen")
    why = shown(reason, NOTE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        here = {crew.unit_id for crew in writing.open_crews()}
        fresh = [unit_id for unit_id in wanted if unit_id not in here]
        if not fresh:
            raise Refused("dispatch.already_assigned", call=writing.call.number)
        writing.step(Step.ASSIGN)
        views = [unit(act.connection, unit_id, act.at) for unit_id in fresh]
        _check_units(act, writing, views, why)
        _check_advice(views, advised, why)
        ranks = {unit_id: rank for rank, unit_id in enumerate(advised, start=1)}
        for view in views:
            rank = ranks.get(view.unit.id)
            writing.new_assignment(_assignment(act, call_id, view, rank, why))
        writing.set(assigned_at=writing.row.assigned_at or act.at)
        writing.tell_dispatched(_in_words(act, why))
        writing.done(
            "assigned", "、".join(v.unit.call_sign for v in views),
            detail={
                "units": fresh, "ranks": [ranks.get(u) for u in fresh], "reason": why,
                "kit_missing": _kit_missing(act, writing, here | set(fresh)),
                "reinforcement": bool(here),
            },
        )  # fmt: skip
    return tuple(fresh)


def _assignment(
    act: Act, call_id: CallId, view: UnitView, rank: int | None, why: str
) -> Assignment:
    return Assignment(
        new_id(), call_id, view.unit.id, view.unit.call_sign, act.at, str(act.actor), rank, why
    )


def _check_units(act: Act, writing: Writing, views: Sequence[UnitView], why: str) -> None:
    held = store.held(act.connection)
    for view in views:
        name = view.unit.call_sign
        if view.unit.id in held:
            raise Refused("dispatch.unit_busy", unit=name, call=held[view.unit.id][1])
        if not view.unit.on_duty:
            raise Refused("dispatch.unit_off_duty", unit=name)
        meaning = view.status.meaning
        if meaning in _NEVER_SENT:
            raise Refused(_NEVER_SENT[meaning], unit=name)
        if meaning is Meaning.RESERVE and not why:
            raise Refused("dispatch.reserve_needs_reason", unit=name)
        if (
            meaning is Meaning.AVAILABLE
            and not view.status.free_for(writing.call.level)
            and not why
        ):
            raise Refused("dispatch.level_needs_reason", unit=name)


def _check_advice(views: Sequence[UnitView], advised: Sequence[UnitId], why: str) -> None:
    outside = [v.unit.call_sign for v in views if advised and v.unit.id not in advised]
    if outside and not why:
        raise Refused("dispatch.advice_needs_reason", units="、".join(outside))


def _kit_missing(act: Act, writing: Writing, unit_ids: set[UnitId]) -> list[str]:
    needed = natures(act.connection, act.at).of(writing.call.nature).kit
    if not needed:
        return []
    on_board = [plain_unit(act.connection, unit_id).kit for unit_id in unit_ids]
    return sorted(needed - frozenset().union(*on_board))


def _in_words(act: Act, why: str) -> str:
    found = codes(act.connection, "delay_reasons", act.at).get(why) if why else None
    return why if found is None else found.words.zh_CN


def depart(
    database: Database, actor: Actor, call_id: CallId, unit_id: UnitId, how: How = BY_DESK
) -> None:
    """The unit is on its way to the call; its status says so."""
    require(actor, Right.TAKE_CALLS)
    note = shown(how.note, NOTE_CHARS)
    with database.act(actor) as act:
        writing = Writing(act, call_id, how)
        crew = writing.crew_of(unit_id)
        if crew.departed_at or crew.arrived_at:
            raise Refused("dispatch.departed_already", unit=crew.call_sign)
        writing.step(Step.DEPART, Facts(crews=1))
        writing.assignment(crew, departed_at=writing.at)
        if writing.row.departed_at is None:
            writing.set(departed_at=writing.at)
        writing.move_unit(unit_id, "depart")
        payload = {"call_id": call_id, "unit_id": unit_id, "at": to_text(writing.at)}
        writing.tell("unit.departed", payload | ({"by_word": note} if note else {}))
        writing.done("departed", crew.call_sign, unit_id=unit_id)


def arrive(
    database: Database, actor: Actor, call_id: CallId, unit_id: UnitId, by_word: bool = False,
    how: How = BY_DESK, whereabouts: Whereabouts | None = None,
) -> None:  # fmt: skip
    """The unit is on the scene: by its place inside the arrival radius, or by word with a note.

    ``whereabouts``: the latest, where it is newer than the stored one. Refused when the place says
    otherwise, is too old or is not known, unless ``by_word`` with a note.
    """
    require(actor, Right.TAKE_CALLS)
    note = shown(how.note, NOTE_CHARS)
    if by_word and not note:
        raise Refused("dispatch.by_word_needs_note")
    with database.act(actor) as act:
        writing = Writing(act, call_id, how)
        crew = writing.crew_of(unit_id)
        if crew.arrived_at:
            raise Refused("dispatch.arrived_already", unit=crew.call_sign)
        writing.step(Step.ARRIVE, Facts(crews=1))
        range_m = None if by_word else _range(act, writing, crew, whereabouts)
        skipped = crew.departed_at is None
        writing.assignment(crew, arrived_at=writing.at)
        if writing.row.arrived_at is None:
            writing.set(arrived_at=writing.at)
        writing.move_unit(unit_id, "arrive")
        writing.tell(
            "unit.arrived",
            {
                "call_id": call_id, "unit_id": unit_id, "at": to_text(writing.at),
                "by_word": note if by_word else False,
            },
        )  # fmt: skip
        writing.done(
            "arrived", crew.call_sign, unit_id=unit_id,
            detail={"by_word": by_word, "range_m": range_m, "departure_skipped": skipped},
        )  # fmt: skip


def _range(act: Act, writing: Writing, crew: Assignment, latest: Whereabouts | None) -> int:
    """Metres from the unit to the call. Refused unless fresh and inside the radius."""
    bounds = limits(act.connection, act.at)
    stored = unit(act.connection, crew.unit_id, act.at).whereabouts
    place = latest if latest and latest.unit_id == crew.unit_id else stored
    lat, lon = writing.call.lat, writing.call.lon
    if lat is None or lon is None:
        raise Refused("dispatch.arrival_no_point", unit=crew.call_sign)
    if place is None:
        raise Refused("dispatch.arrival_no_position", unit=crew.call_sign)
    age_s = int(place.age_s(act.at))
    if age_s > bounds.position_age_s:
        raise Refused("dispatch.arrival_stale", unit=crew.call_sign, age_s=age_s)
    range_m = round(distance_m(place.lat, place.lon, lat, lon))
    if range_m > bounds.arrival_radius_m:
        raise Refused(
            "dispatch.not_at_place", unit=crew.call_sign, range_m=range_m,
            radius_m=bounds.arrival_radius_m,
        )  # fmt: skip
    return range_m


def take_off(
    database: Database, actor: Actor, call_id: CallId, unit_id: UnitId, reason: str
) -> None:
    """The unit is no longer bound to the call; the call stands where its other crews stand."""
    require(actor, Right.TAKE_CALLS)
    why = shown(reason, NOTE_CHARS)
    if not why:
        raise Refused("dispatch.reason_missing")
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        crew = writing.crew_of(unit_id)
        writing.step(Step.UNASSIGN, Facts(crews=1))
        writing.release([crew], why)
        fed_back = writing.row.first_feedback_at is not None
        now = standing(writing.status, writing.crews(), fed_back)
        writing.set(status=str(now))
        writing.tell_dispatched(why)
        writing.done("taken_off", crew.call_sign, unit_id=unit_id, detail={"reason": why})
