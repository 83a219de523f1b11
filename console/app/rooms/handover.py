"""The page of the hand-over, from the console's parts; who takes over sits here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from console.app.news import duty_words
from console.core.errors import Unavailable
from console.handover.page import HandoverPage, PageParts
from console.handover.service import post_sources
from console.links.model import LinkState
from console.people import service as people
from console.people.model import Session
from console.sync.model.road import RoadState

if TYPE_CHECKING:
    from console.app.console import Console


def build(console: Console) -> HandoverPage:
    """The page; it reads the rooms of the post through their services."""
    post = console.post

    def links() -> Sequence[LinkState]:
        if not post.connected:
            raise Unavailable("handover.not_connected")
        return post.links.snapshot()

    def road() -> RoadState:
        if not post.connected:
            raise Unavailable("handover.not_connected")
        return post.road.snapshot()

    def enter(session: Session) -> None:
        before = console.session
        console.enter(session)
        if before is not None and before.officer_id != session.officer_id:
            console.background.act(lambda: people.sign_out(post.database, before))

    return HandoverPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            post_sources(links, road),
            lambda: console.session,
            enter,
            console.say,
            lambda: picture_of(console),
            duty_words,
            lambda: post.settings.post_name or post.database.post,
        )
    )


def picture_of(console: Console) -> QImage | None:
    """The desk's map as it is seen now; None where there is no map."""
    picture = console.map_view.grab().toImage()
    return None if picture.isNull() else picture
