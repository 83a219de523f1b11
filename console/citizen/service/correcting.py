"""A visit is corrected: what it says changes, what it said stays in its story."""

from __future__ import annotations

from typing import Any

from console.citizen import store
from console.citizen.model import Correction, checked_correction, number_of
from console.citizen.service.recording import add_line, known_row, require_codes, tell
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Conflict, Refused
from console.people.model import Right, require

PLAIN = ("kind", "place", "asked", "done", "result")
PERSON = ("name", "phone", "id_number")


def correct(
    database: Database, actor: Actor, visit_id: str, base_rev: int, told: Correction
) -> None:
    """The visit says what the correction tells; the former words stay as a line of its story.

    Refused without a reason or a change, and for personal data after their term; Conflict when
    the visit was changed since ``base_rev``.
    """
    require(actor, Right.TAKE_CALLS)
    fit = checked_correction(told)
    with database.act(actor) as act:
        row = known_row(act, visit_id)
        if row.rev != base_rev:
            raise Conflict("citizen.changed_meanwhile", number=number_of(row.key))
        plain, person = _changes(row, fit, PLAIN), _changes(row, fit, PERSON)
        if not (plain or person):
            raise Refused("citizen.nothing_changed")
        if person and row.forgotten:
            raise Refused("citizen.forgotten", number=number_of(row.key))
        require_codes(act, plain.get("kind", row.kind), plain.get("result", row.result))
        store.update_visit(act.connection, visit_id, rev=row.rev + 1, **plain, **person)
        add_line(
            act, visit_id, row.rev + 1, "corrected", reason=fit.reason,
            before={name: getattr(row, name) for name in plain},
            person_before={name: getattr(row, name) for name in person},
        )  # fmt: skip
        act.audit(
            "visit.corrected", "visit", visit_id, number=number_of(row.key), reason=fit.reason,
            fields=sorted([*plain, *person]), rev=row.rev + 1,
        )  # fmt: skip
        tell(act, visit_id)


def _changes(row: Any, told: Correction, names: tuple[str, ...]) -> dict[str, str]:
    wanted = {name: getattr(told, name) for name in names}
    return {
        name: value
        for name, value in wanted.items()
        if value is not None and value != getattr(row, name)
    }
