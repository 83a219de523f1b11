"""Alerts of the city: leads from its sensors, which a named person verifies before anyone is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.words import Words

NOTE_CHARS = 500


class Outcome(StrEnum):
    """What a person found who looked at an alert."""

    MATCH = "match"
    NO_MATCH = "no_match"
    CANNOT_TELL = "cannot_tell"


OUTCOME_WORDS: Mapping[Outcome, Words] = {
    Outcome.MATCH: Words("核实属实", "it is so"),
    Outcome.NO_MATCH: Words("核实不符", "it is not so"),
    Outcome.CANNOT_TELL: Words("无法核实", "cannot tell"),
}
SOURCE_WORDS: Mapping[str, Words] = {
    "plate": Words("车牌识别", "number plate"),
    "face": Words("人像比对", "face"),
    "electronic": Words("电子围栏", "electronic fence"),
    "crowd": Words("人群聚集", "crowd"),
    "video": Words("视频分析", "video analysis"),
    "button": Words("一键报警", "help button"),
}


def source_words(source: str) -> Words:
    """What a kind of sensor is called; an unknown one is kept and shown as other."""
    return SOURCE_WORDS.get(source) or Words(f"其他（{source}）", f"other ({source})")


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. ``outcome`` is empty until somebody has verified it, ``expired`` when nobody did
    in time. ``fields``: what else the city says of it, shown only to who looks."""

    id: str
    source: str
    place: str
    seen_at: datetime
    expires_at: datetime
    received_at: datetime
    lat: float | None = None
    lon: float | None = None
    confidence: float | None = None
    picture: str = ""
    fields: Mapping[str, Any] | None = None
    outcome: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    alarm_id: str = ""

    @property
    def is_decided(self) -> bool:
        """Somebody has verified it, or it expired."""
        return bool(self.outcome)

    def expired(self, now: datetime) -> bool:
        """Its time is over."""
        return now >= self.expires_at


EXPIRED = "expired"


def verify(was: Alert, outcome: str, by: str, note: str, at: datetime) -> Alert:
    """This person looked and found this. Refused when it was decided, when its time is over, and
    for an outcome that nobody knows."""
    if outcome not in tuple(Outcome):
        raise Refused("alarms.unknown_outcome", outcome=outcome[:32])
    if was.outcome and was.outcome != EXPIRED:
        raise Refused("alarms.verified_already", by=was.decided_by)
    if was.outcome == EXPIRED or was.expired(at):
        raise Refused("alarms.alert_expired", at=_clock(was.expires_at))
    return replace(was, outcome=outcome, decided_by=by, decided_at=at, note=note)


def expire(was: Alert, at: datetime) -> Alert:
    """Nobody verified it in time."""
    return replace(was, outcome=EXPIRED, decided_at=at)


def require_match(alert: Alert, now: datetime) -> None:
    """Somebody may be sent for it. Refused before a person has verified it, and once it expired."""
    if alert.outcome == EXPIRED or alert.expired(now):
        raise Refused("alarms.alert_expired", at=_clock(alert.expires_at))
    if alert.outcome != Outcome.MATCH:
        raise Refused("alarms.not_verified")


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%m-%d %H:%M}"
