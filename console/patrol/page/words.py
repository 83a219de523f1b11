"""Words of the page: the shift and its end, and why somebody may not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.core.actor import Actor
from console.core.errors import Refused
from console.patrol.model import Jump, Shift
from console.people.model import RIGHT_WORDS, Right, allowed
from console.ui.moments import age_text, moment_text
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


def jumps_text(jumps: Sequence[tuple[str, Jump]], now: datetime) -> str:
    """That tracks jumped in this shift, the last of them by name; empty when none did."""
    if not jumps:
        return ""
    crew, last = jumps[-1]
    return translate("Patrol", "{count} jumps of tracks not counted, last {crew} {time}").format(
        count=len(jumps), crew=crew, time=moment_text(last.after.at, now)
    )


def jumps_tip(jumps: Sequence[tuple[str, Jump]], now: datetime) -> str:
    """The last ten jumps, one a line, and what they mean."""
    if not jumps:
        return ""
    lines = [
        translate("Patrol", "{time} {crew} {metres} m in {seconds} s").format(
            time=moment_text(jump.after.at, now),
            crew=crew,
            metres=f"{jump.metres:,.0f}",
            seconds=f"{(jump.after.at - jump.before.at).total_seconds():.0f}",
        )
        for crew, jump in jumps[-10:]
    ]
    told = translate("Patrol", "No crew can move so fast: look at its receiver.")
    return "\n".join([told, *lines])


def why_not(actor: Actor, right: Right) -> str:
    """The words of the refusal that this actor would meet; empty when he may."""
    if allowed(actor, right):
        return ""
    return say_refusal(Refused("people.not_allowed", who=actor.name, right=RIGHT_WORDS[right]))
