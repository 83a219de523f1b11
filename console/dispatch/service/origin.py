"""Where a call came from inside the post: what another room's act leaves on the call's log."""

from __future__ import annotations

from console.core.database import Act
from console.core.ids import CallId
from console.dispatch.service.writing import Writing


def link_origin(act: Act, call_id: CallId, entity: str, entity_id: str, number: str) -> None:
    """The call's log names the visit, alarm or picture it was made from. Within the same act."""
    Writing(act, call_id).done("linked", number, detail={"entity": entity, "id": entity_id})
