"""A visit that becomes a call: what the call is told, and the link between the two."""

from __future__ import annotations

from dataclasses import dataclass

from console.citizen import store
from console.citizen.model import number_of
from console.citizen.service.recording import add_line, known_row, tell
from console.citizen.service.tables import table
from console.core.database import Act
from console.core.errors import Refused


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What a call made of a visit starts with. Holds personal data: for the call's row only."""

    number: str
    nature: str
    narrative: str
    place: str
    name: str
    phone: str


def call_facts(act: Act, visit_id: str) -> CallFacts:
    """What the visit tells a call. Refused when it has a call already."""
    row = known_row(act, visit_id)
    if row.call_id is not None:
        raise Refused("citizen.has_call", number=number_of(row.key))
    kind = table(act.connection, act.at).kind(row.kind)
    said = "\n".join(part for part in (row.asked, row.done) if part)
    return CallFacts(number_of(row.key), kind.nature, said, row.place, row.name, row.phone)


def link_call(act: Act, visit_id: str, call_id: str) -> None:
    """The visit names this call; the city will be told. Within the act that makes the call."""
    row = known_row(act, visit_id)
    if row.call_id is not None:
        raise Refused("citizen.has_call", number=number_of(row.key))
    store.update_visit(act.connection, visit_id, call_id=call_id, rev=row.rev + 1)
    add_line(act, visit_id, row.rev + 1, "call", reason=call_id)
    act.audit("visit.call", "visit", visit_id, number=number_of(row.key), call=call_id)
    tell(act, visit_id)
