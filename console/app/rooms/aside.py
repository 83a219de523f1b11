"""The page of what was set aside, in the frame: it knows what calls and crews are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.core.errors import Refused
from console.core.ids import CallId, UnitId
from console.core.words import Words
from console.dispatch import service as dispatch
from console.roster import service as roster
from console.sync.model.road import RoadChanged
from console.sync.page import AsidePage, PageParts
from console.ui.words import pick

if TYPE_CHECKING:
    from console.app.console import Console

_KINDS = {
    "audit": Words("审计链", "audit trail"),
    "alarm": Words("报警", "alarm"),
    "duty_level": Words("勤务等级", "duty level"),
    "item": Words("装备", "equipment"),
    "order": Words("指令", "order"),
    "roster": Words("排班", "roster"),
    "shift": Words("交接班", "hand-over"),
    "visit": Words("来访", "visit"),
    "coverage": Words("巡逻覆盖", "coverage"),
}
_CREW = frozenset({"unit", "position"})


def build(console: Console) -> AsidePage:
    """The page, which looks again whenever the road changes."""
    post = console.post

    def show(entity: str, entity_id: str) -> None:
        console.window.show_page("desk")
        if entity == "call":
            console.desk.open_call(CallId(entity_id))

    page = AsidePage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            lambda: post.road if post.connected else None,
            name_of,
            show,
        )
    )
    console.bridge.listen(post.bus, RoadChanged, lambda event: page.road_changed(event.state))
    return page


def name_of(connection: Any, entity: str, entity_id: str) -> str:
    """The call's number and place, the crew's call sign, or what sort of thing it is."""
    try:
        if entity == "call":
            call = dispatch.call(connection, CallId(entity_id)).call
            return f"{call.number} {call.place}".strip()
        if entity in _CREW:
            return roster.plain_unit(connection, UnitId(entity_id)).call_sign
    except Refused:
        return entity_id[:13]
    words = _KINDS.get(entity)
    return pick(words) if words is not None else entity
