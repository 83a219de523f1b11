"""The counter's page, and the act that makes a call of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.app.rooms.card_desk import CardDesk
from console.citizen import service as citizen
from console.citizen.model import VisitsChanged
from console.citizen.page import CitizenPage, PageParts
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.ids import CallId
from console.dispatch import service as dispatch
from console.dispatch.model import NewCall
from console.gridmap.service import Roads
from console.people.model import OfficersChanged, Right, require

if TYPE_CHECKING:
    from console.app.console import Console

SOURCE = "walk_in"
NATURE = "8003"  # assistance: of a kind for which the post has named no nature


def build(console: Console) -> CitizenPage:
    """The page, told of every visit that is written."""
    post = console.post

    def make_call(actor: Actor, visit_id: str) -> str:
        return call_number(visit_to_call(post.database, post.roads, actor, visit_id))

    def call_number(call_id: str) -> str:
        with post.database.read() as connection:
            try:
                return dispatch.call(connection, CallId(call_id)).call.number
            except ConsoleError:
                return call_id  # of another post, come with an import

    cards = CardDesk(post.links, post.bus, console.bridge.post)
    page = CitizenPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            lambda: post.settings.post_name or post.database.post,
            post.settings.data / "receipts",
            make_call,
            call_number,
            cards.read,
        )
    )
    page.destroyed.connect(cards.stop)
    for kind in (VisitsChanged, OfficersChanged):
        console.bridge.listen(
            post.bus, kind, lambda _: page.refresh() if page.isVisible() else None
        )
    return page


def visit_to_call(database: Database, roads: Roads, actor: Actor, visit_id: str) -> CallId:
    """A call with the visit's words, place and person stands on the board, and each names the
    other, in one act. Refused when the visit has one already."""
    require(actor, Right.TAKE_CALLS)
    with database.read() as connection:
        place = citizen.visit(connection, visit_id).visit.place
    point = _point_of(roads, place)
    with database.act(actor) as act:
        facts = citizen.call_facts(act, visit_id)
        new = NewCall(
            SOURCE, facts.nature or NATURE, facts.narrative, place=facts.place,
            lat=point[0], lon=point[1], caller_name=facts.name, caller_phone=facts.phone,
        )  # fmt: skip
        call_id = dispatch.take_call_within(act, new, dispatch.RoadsGround(roads))
        dispatch.link_origin(act, call_id, "visit", visit_id, facts.number)
        citizen.link_call(act, visit_id, call_id)
    return call_id


def _point_of(roads: Roads, place: str) -> tuple[float, float] | tuple[None, None]:
    """Where the place is, when the post's map knows it; the desk can set it later."""
    try:
        hits = roads.find_place(place) if place else []
    except ConsoleError:
        hits = []
    return (hits[0].lat, hits[0].lon) if hits else (None, None)
