"""The radio page in the frame: it knows what crews and calls are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from console.core.errors import ConsoleError, Unavailable
from console.core.ids import CallId
from console.core.words import Words
from console.dispatch import service as dispatch
from console.radio.page.parts import OpenCall, PageParts
from console.radio.page.radio_page import RadioPage
from console.roster import service as roster

if TYPE_CHECKING:
    from console.app.console import Console


def build(console: Console) -> RadioPage:
    """The page, which looks again at each news of the radio room."""
    post = console.post
    if not post.connected:
        raise Unavailable("radio.not_connected")

    def open_call() -> OpenCall:
        opened = console.desk.steps.opened
        return OpenCall() if opened is None else OpenCall(opened.call.id, opened.call.number)

    def show_call(call_id: str) -> None:
        console.window.show_page("desk")
        console.desk.open_call(CallId(call_id))

    def crew_statuses() -> Mapping[str, Words]:
        with post.database.read() as connection:
            found = roster.statuses(connection, post.clock.now())
        return {code: status.words for code, status in found.items()}

    page = RadioPage(
        PageParts(
            post.database,
            console.background,
            post.clock,
            console.actor,
            console.say,
            post.radio,
            console.radio.voice,
            open_call,
            crews,
            call_numbers,
            crew_statuses,
            show_call,
        )
    )
    console.radio.news.connect(page.refresh)
    console.radio.talk_changed.connect(page.show_talk)
    return page


def crews(connection: Any) -> Mapping[str, str]:
    """Call signs by crew."""
    return {view.unit.id: view.unit.call_sign for view in roster.units(connection)}


def call_numbers(connection: Any, ids: Sequence[str]) -> Mapping[str, str]:
    """What people call these calls; those that are here no more are left out."""
    found = {}
    for call_id in ids:
        try:
            found[call_id] = dispatch.call(connection, CallId(call_id)).call.number
        except ConsoleError:
            continue
    return found
