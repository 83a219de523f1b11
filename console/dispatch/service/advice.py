"""The advice for one call: which crew to send, and why the others not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from console.core.ids import CallId, UnitId
from console.dispatch import store
from console.dispatch.model.advice import Advice, Candidate, Question, Router, advise
from console.dispatch.service.intake import known_call
from console.dispatch.service.tables import limits, natures
from console.roster.model import UnitView, Whereabouts
from console.roster.service import units

LATELY = timedelta(hours=8)  # one shift


def recommend(
    connection: sa.Connection, call_id: CallId, now: datetime, router: Router | None = None,
    latest: Mapping[UnitId, Whereabouts] | None = None,
) -> Advice:  # fmt: skip
    """The crews to send to this call, best first, and the gaps with their reasons.

    ``router``: the road graph; without one the times are straight-line guesses and say so.
    ``latest``: places newer than the stored ones (the position board's).
    """
    call = known_call(connection, call_id)
    tree = natures(connection, now)
    held = store.held(connection)
    sorties = store.sorties(connection, now - LATELY)
    candidates = []
    for view in units(connection, now):
        holder, number = held.get(view.unit.id, (None, ""))
        candidates.append(
            Candidate(
                _newest(view, latest), number, holder == call_id, sorties.get(view.unit.id, 0)
            )
        )
    ask = Question(call, tree.of(call.nature), limits(connection, now), now, tree.kit)
    return advise(candidates, ask, router)


def _newest(view: UnitView, latest: Mapping[UnitId, Whereabouts] | None) -> UnitView:
    place = (latest or {}).get(view.unit.id)
    stored = view.whereabouts
    if place is None or (stored is not None and stored.fixed_at > place.fixed_at):
        return view
    return replace(view, whereabouts=place)
