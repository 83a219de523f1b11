"""Who came, looked at with a reason, and the receipt that was handed out: each look is logged."""

from __future__ import annotations

from console.citizen.model import Personal, VisitsChanged, masked_identity, number_of
from console.citizen.model.visit import REASON_CHARS, checked_words
from console.citizen.service.recording import add_line, known_row
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.people.model import Right, require


def reveal(database: Database, actor: Actor, visit_id: str, reason: str) -> Personal:
    """Who came, whole; who looked, when and why is in the visit's story and in the audit trail.

    Refused without a reason, and after the personal data's term.
    """
    require(actor, Right.TAKE_CALLS)
    why = checked_words("reason", reason, REASON_CHARS)
    if not why:
        raise Refused("citizen.reason_missing", field="reason")
    with database.act(actor) as act:
        row = known_row(act, visit_id)
        if row.forgotten:
            raise Refused("citizen.forgotten", number=number_of(row.key))
        add_line(act, visit_id, row.rev, "revealed", reason=why)
        act.audit("visit.revealed", "visit", visit_id, number=number_of(row.key), reason=why)
        act.announce(VisitsChanged(visit_id))
        return Personal(row.name, row.phone, row.id_number)


def note_card(database: Database, actor: Actor, number: str) -> None:
    """The trail says who read a visitor's card, and whose, masked; nothing else of it is kept."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        act.audit("card.read", "visit", "card", number=masked_identity(number))


def note_receipt(database: Database, actor: Actor, visit_id: str, file: str) -> None:
    """The visit's story and the trail say that its receipt was written to this file."""
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        row = known_row(act, visit_id)
        add_line(act, visit_id, row.rev, "receipt", reason=file)
        act.audit("visit.receipt", "visit", visit_id, number=number_of(row.key), file=file)
        act.announce(VisitsChanged(visit_id))
