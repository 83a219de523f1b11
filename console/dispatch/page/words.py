"""Words of the desk for what the model only codes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from console.dispatch.model import Call, CallStatus, PlaceFlag
from console.ui.style import Tone

translate = QCoreApplication.translate


def status_words(status: CallStatus) -> str:
    """What a call's status is called."""
    return {
        CallStatus.RECEIVED: translate("Desk", "To sign"),
        CallStatus.SIGNED: translate("Desk", "Signed"),
        CallStatus.ASSIGNED: translate("Desk", "Assigned"),
        CallStatus.DEPARTED: translate("Desk", "On the way"),
        CallStatus.ARRIVED: translate("Desk", "On scene"),
        CallStatus.FIRST_FEEDBACK: translate("Desk", "Fed back"),
        CallStatus.FINISHED: translate("Desk", "Finished"),
        CallStatus.CLOSED: translate("Desk", "Closed"),
        CallStatus.RETURNED: translate("Desk", "Returned"),
        CallStatus.TRANSFERRED: translate("Desk", "Passed on"),
        CallStatus.MERGED: translate("Desk", "Merged"),
        CallStatus.CANCELLED: translate("Desk", "Cancelled"),
        CallStatus.REOPENED: translate("Desk", "Reopened"),
    }[status]


def level_words(level: int) -> str:
    """What a call's level is called."""
    return {
        1: translate("Desk", "Level 1"),
        2: translate("Desk", "Level 2"),
        3: translate("Desk", "Level 3"),
        4: translate("Desk", "Level 4"),
    }.get(level, translate("Desk", "Level {n}").format(n=level))


def place_words(call: Call) -> tuple[str, Tone]:
    """The place as the card says it, and whether it needs a look."""
    flag = {
        PlaceFlag.MISSING: translate("Desk", "Place missing"),
        PlaceFlag.NO_POINT: translate("Desk", "Not on the map"),
        PlaceFlag.IMPOSSIBLE: translate("Desk", "Impossible point"),
        PlaceFlag.OUTSIDE: translate("Desk", "Off the map"),
    }.get(call.place_flag)
    if flag is None:
        return call.place, Tone.CALM
    return (f"{call.place} ({flag})" if call.place else flag), Tone.LATE


def place_advice(call: Call) -> str:
    """What to do about a place that is not fine; nothing when it is."""
    return {
        PlaceFlag.MISSING: translate(
            "Desk", "No place was told. Ask the caller, then set it with P on the map."
        ),
        PlaceFlag.NO_POINT: translate(
            "Desk", "The place is not on the map yet. Set it with P so that travel times are right."
        ),
        PlaceFlag.IMPOSSIBLE: translate(
            "Desk", "The coordinates told cannot be. They were left out; set the place with P."
        ),
        PlaceFlag.OUTSIDE: translate(
            "Desk", "The coordinates lie off this post's map. Check the place with the city."
        ),
    }.get(call.place_flag, "")


def actor_words(actor: str, names: Mapping[str, str]) -> str:
    """Who did an act: an officer by name and number, the city and the console in words."""
    kind, _, name = actor.partition(":")
    if kind == "officer":
        return f"{names[name]} {name}" if name in names else name
    return {
        "city": translate("Desk", "city"),
        "system": translate("Desk", "console"),
        "device": translate("Desk", "device"),
    }.get(kind, actor)


def log_words(kind: str) -> str:
    """What a line of the log tells of."""
    return {
        "received": translate("Desk", "Received"),
        "updated": translate("Desk", "Updated"),
        "signed": translate("Desk", "Signed"),
        "assigned": translate("Desk", "Crew sent"),
        "taken_off": translate("Desk", "Crew taken off"),
        "departed": translate("Desk", "Departed"),
        "arrived": translate("Desk", "Arrived"),
        "feedback": translate("Desk", "Feedback"),
        "finished": translate("Desk", "Finished"),
        "closed": translate("Desk", "Closed"),
        "returned": translate("Desk", "Returned"),
        "transferred": translate("Desk", "Passed on"),
        "merged": translate("Desk", "Merged"),
        "linked": translate("Desk", "Linked"),
        "cancelled": translate("Desk", "Cancelled"),
        "reopened": translate("Desk", "Reopened"),
        "undone": translate("Desk", "Taken back"),
        "caller_revealed": translate("Desk", "Caller revealed"),
        "edited": translate("Desk", "Edited"),
        "delay": translate("Desk", "Delay explained"),
        "merged_in": translate("Desk", "Another call merged in"),
        "overruled": translate("Desk", "City's word taken"),
        "cancel_late": translate("Desk", "City cancelled after arrival"),
    }.get(kind, kind)
