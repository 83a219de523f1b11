"""What lanes, codes and rows of the road are called on the screen."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication

from console.core.errors import Refused
from console.sync.model import Quarantined
from console.sync.model.road import EARLIER_REJECTED
from console.ui.words import say_refusal

translate = QCoreApplication.translate


def lane_name(lane: int) -> str:
    """What goes in this lane, in words."""
    return (
        translate("Road", "Calls and alarms"),
        translate("Road", "Custody and audit"),
        translate("Road", "Crews and daily work"),
        translate("Road", "Positions"),
    )[lane]


def why_text(item: Quarantined) -> str:
    """Why an item was not taken: the words of the refusal, with its details where it has them."""
    try:
        details = json.loads(item.message)
    except ValueError:
        details = {}
    refusal = Refused(item.code)
    refusal.details = details if isinstance(details, dict) else {}  # the city may name them anyhow
    return say_refusal(refusal)


def code_text(code: str) -> str:
    """What the city's code means for the post, and what helps."""
    told = {
        "schema": translate(
            "Aside", "The content breaks the agreed form. Edit it and send it again."
        ),
        "unknown_kind": translate("Aside", "The city does not know this kind of report yet."),
        "schema_version": translate("Aside", "The city speaks another version of the road."),
        "hash_mismatch": translate("Aside", "It was altered on its way or here. Send it again."),
        "event_id_reused": translate("Aside", "The city has another report under this number."),
        "stale": translate("Aside", "The city has a newer state of it already."),
        "checkpoint_conflict": translate(
            "Aside", "The audit trail is not the one that the city has countersigned."
        ),
        EARLIER_REJECTED: translate(
            "Aside", "An earlier report about the same is not settled yet."
        ),
    }
    return told.get(code) or translate("Aside", "Another reason: {code}").format(code=code or "–")
