"""A call's lamps as countdowns with their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.dispatch.model import Call, CallCard, Lamp, LampState, Limits, lamps
from console.ui.countdown import Countdown

translate = QCoreApplication.translate


def lamp_word(name: str) -> str:
    """What a lamp counts down to."""
    return {
        "sign": translate("Desk", "Sign"),
        "depart": translate("Desk", "Depart"),
        "arrive": translate("Desk", "Arrive"),
        "feedback": translate("Desk", "Feedback"),
    }[name]


def countdowns(call: Call, limits: Limits, now: datetime) -> list[Countdown]:
    """All four lamps, in the order of a call's life."""
    return [_countdown(lamp) for lamp in lamps(call, limits, now)]


def short_countdowns(call: Call, limits: Limits, now: datetime) -> list[Countdown]:
    """The three lamps of a card: sign, arrive, feedback."""
    return [_countdown(lamp) for lamp in lamps(call, limits, now) if lamp.name != "depart"]


def late_calls(cards: Iterable[CallCard], now: datetime) -> frozenset[str]:
    """The ids of the calls that have a late lamp now."""
    return frozenset(card.call.id for card in cards if card.late(now))


def _countdown(lamp: Lamp) -> Countdown:
    word = lamp_word(lamp.name)
    if lamp.state is LampState.IDLE:
        return Countdown(word, lamp.limit_s)
    if lamp.state is LampState.DONE:
        return Countdown(word, lamp.limit_s, took_s=lamp.limit_s - lamp.seconds)
    return Countdown(word, lamp.limit_s, left_s=lamp.seconds)
