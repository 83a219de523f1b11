"""Words of the page: the shift and its end, and why somebody may not."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.actor import Actor
from console.core.errors import Refused
from console.patrol.model import Shift
from console.people.model import RIGHT_WORDS, Right, allowed
from console.ui.moments import age_text
from console.ui.words import pick, say_refusal

translate = QCoreApplication.translate


def shift_text(shift: Shift, now: datetime) -> str:
    """What the shift is called, from when to when it goes, and how long it still lasts."""
    first, last = shift.starts_at.astimezone(), shift.ends_at.astimezone()
    return translate("Patrol", "{name} {first}–{last}, {left} left").format(
        name=pick(shift.name),
        first=f"{first:%H:%M}",
        last=f"{last:%H:%M}",
        left=age_text((shift.ends_at - now).total_seconds()),
    )


def why_not(actor: Actor, right: Right) -> str:
    """The words of the refusal that this actor would meet; empty when he may."""
    if allowed(actor, right):
        return ""
    return say_refusal(Refused("people.not_allowed", who=actor.name, right=RIGHT_WORDS[right]))
