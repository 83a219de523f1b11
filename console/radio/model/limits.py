"""The limits of the radio room, as data that a post may edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.radio.model.talk import TalkLimits


@dataclass(frozen=True, slots=True)
class RadioLimits:
    """Seconds, but for ``keep_days`` (recordings). ``late_s``: after which a radio counts as not
    heard; ``longest_over_s``: a talk whose end was never told; ``talk_key``: the key of the talk;
    ``emergency_priority``: a call of at least this priority is one for help."""

    talk: TalkLimits = TalkLimits()  # noqa: RUF009  (frozen)
    longest_over_s: float = 90.0
    late_s: float = 600.0
    order_s: float = 5.0
    recall_s: float = 300.0
    keep_days: int = 180
    emergency_priority: int = 15
    talk_key: str = "Insert"


def read_limits(table: Mapping[str, Any]) -> RadioLimits:
    """The limits of a reference table; each kept between sane ends."""

    def held(name: str, usual: float, least: float, most: float) -> float:
        return min(max(float(table.get(name, usual)), least), most)

    talk = TalkLimits(
        held("hot_mic_s", 60, 5, 600),
        held("warn_s", 10, 0, 60),
        held("ask_s", 3, 0.5, 30),
        held("queue_s", 15, 1, 120),
        held("hang_s", 5, 0, 60),
        held("denied_s", 3, 0.5, 30),
    )
    return RadioLimits(
        talk,
        held("longest_over_s", 90, 5, 600),
        held("late_s", 600, 30, 86400),
        held("order_s", 5, 0.5, 60),
        held("recall_s", 300, 30, 900),
        int(held("keep_days", 180, 1, 3650)),
        int(held("emergency_priority", 15, 1, 255)),
        str(table.get("talk_key", "Insert")),
    )
