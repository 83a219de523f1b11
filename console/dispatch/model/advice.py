"""Which crew to send: minutes by road for each free one, a reason for each pick and each gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from console.core.ids import UnitId
from console.core.words import Words
from console.dispatch.model.call import Call
from console.dispatch.model.reference import Limits, Nature
from console.gridmap.model import Place, Travel
from console.roster.model import Meaning, TravelMode, UnitView, Whereabouts, distance_m

# straight lines only: metres a second of each mode, and how much longer a road is than the line
CROW_MPS = {
    TravelMode.CAR: 8.0,
    TravelMode.MOTORCYCLE: 8.0,
    TravelMode.BICYCLE: 4.0,
    TravelMode.FOOT: 1.4,
}
CROW_DETOUR = 1.3


class Router(Protocol):
    """What tells travel times by road; the road graph does."""

    def travel(self, to: Place, starts: Sequence[Place], profile: str) -> list[Travel]:
        """The quickest way from each start."""


class Why(StrEnum):
    """The fixed words of a pick."""

    CLOSEST = "closest"
    IN_AREA = "in_area"
    ONLY_ONE = "only_one"
    RESTED = "rested"
    KIT_FITS = "kit_fits"
    KIT_MISSING = "kit_missing"
    DELAY = "delay"
    AS_CROW_FLIES = "as_crow_flies"
    NO_PLACE = "no_place"


class Lack(StrEnum):
    """The fixed words of a gap."""

    OFF_DUTY = "off_duty"
    ALREADY_HERE = "already_here"
    BUSY = "busy"
    RESERVE = "reserve"
    OUT = "out"
    EMERGENCY = "emergency"
    UNKNOWN = "unknown"
    NOT_FOR_LEVEL = "not_for_level"
    NO_POSITION = "no_position"
    STALE_POSITION = "stale_position"
    OFF_ROAD = "off_road"
    OUT_OF_REACH = "out_of_reach"


WHY_WORDS: Mapping[Why, Words] = {
    Why.CLOSEST: Words("最近", "closest by time"),
    Why.IN_AREA: Words("本巡区", "in its area"),
    Why.ONLY_ONE: Words("仅此一组空闲", "the only one free"),
    Why.RESTED: Words("近期出警最少", "least busy lately"),
    Why.KIT_FITS: Words("装备齐全", "kit fits"),
    Why.KIT_MISSING: Words("缺装备：{kit_zh}", "lacks kit: {kit_en}"),
    Why.DELAY: Words("备勤，需 {minutes} 分钟出动", "on call, ready in {minutes} min"),
    Why.AS_CROW_FLIES: Words("直线估算，非道路", "straight line, not by road"),
    Why.NO_PLACE: Words("警情无定位，未计时", "the call has no point, no time"),
}
LACK_WORDS: Mapping[Lack, Words] = {
    Lack.OFF_DUTY: Words("未在岗", "off duty"),
    Lack.ALREADY_HERE: Words("已派往本警情", "assigned to this call already"),
    Lack.BUSY: Words("正在处置 {call}", "busy with {call}"),
    Lack.RESERVE: Words("暂不可派：{status_zh}", "in reserve: {status_en}"),
    Lack.OUT: Words("不可用：{status_zh}", "out of service: {status_en}"),
    Lack.EMERGENCY: Words("正在求援", "needs help itself"),
    Lack.UNKNOWN: Words("状态不明：{status_zh}", "status unknown: {status_en}"),
    Lack.NOT_FOR_LEVEL: Words(
        "{status_zh}：只接 {levels} 级警情", "{status_en}: only for level {levels}"
    ),
    Lack.NO_POSITION: Words("无定位", "no position"),
    Lack.STALE_POSITION: Words("定位过旧：{age_s} 秒前", "position too old: {age_s} s"),
    Lack.OFF_ROAD: Words("无路可达", "no way by road"),
    Lack.OUT_OF_REACH: Words("太远：约 {minutes} 分钟", "out of reach: about {minutes} min"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One fixed word and what fills it."""

    code: str
    words: Words
    detail: Mapping[str, Any] = field(default_factory=dict)

    def say(self, language: str) -> str:
        """The reason in this language."""
        return self.words.pick(language).format(**self.detail)


@dataclass(frozen=True, slots=True)
class Pick:
    """One crew to send: ``digit`` is the key that chooses it, 1 is the best. ``seconds`` from now
    to the scene, the crew's own delay included; None when the call has no point."""

    unit_id: UnitId
    call_sign: str
    digit: int
    seconds: float | None
    metres: float | None
    mode: TravelMode
    reasons: tuple[Reason, ...]
    kit_missing: frozenset[str] = frozenset()

    @property
    def minutes(self) -> float | None:
        """Minutes to the scene."""
        return None if self.seconds is None else self.seconds / 60


@dataclass(frozen=True, slots=True)
class Gap:
    """One crew that is not offered, and why."""

    unit_id: UnitId
    call_sign: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Advice:
    """The crews to send, best first, and the others with their reasons. ``by_road`` is False when
    the roads are not loaded: then the times are straight-line guesses and say so."""

    picks: tuple[Pick, ...]
    gaps: tuple[Gap, ...]
    by_road: bool
    more: int = 0  # further crews that are free, beyond the digits


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit as the advice looks at it: who holds it, and how often it went out lately."""

    view: UnitView
    held_by: str = ""
    held_here: bool = False
    sorties: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: this call, what its nature needs, the limits, the moment, the kit's words."""

    call: Call
    nature: Nature
    limits: Limits
    now: datetime
    kit_words: Mapping[str, Words]

    @property
    def place(self) -> Place | None:
        """The point of the call, if it has one."""
        if self.call.lat is None or self.call.lon is None:
            return None
        return Place(self.call.lat, self.call.lon)


def why(code: Why, **detail: Any) -> Reason:
    """A pick's reason."""
    return Reason(str(code), WHY_WORDS[code], detail)


def lack(code: Lack, **detail: Any) -> Reason:
    """A gap's reason."""
    return Reason(str(code), LACK_WORDS[code], detail)


def shortfall(candidate: Candidate, ask: Question) -> Reason | None:
    """Why this unit cannot be sent, before any question of the way; None when it can."""
    unit, status = candidate.view.unit, candidate.view.status
    words = {"status_zh": status.words.zh_CN, "status_en": status.words.en}
    if candidate.held_here:
        return lack(Lack.ALREADY_HERE)
    if not unit.on_duty:
        return lack(Lack.OFF_DUTY)
    if candidate.held_by or status.meaning is Meaning.BOUND:
        return lack(Lack.BUSY, call=candidate.held_by or status.words.zh_CN)
    if status.meaning is not Meaning.AVAILABLE:
        return lack(Lack(str(status.meaning)), **words)
    if not status.free_for(ask.call.level):
        levels = "、".join(str(level) for level in sorted(status.levels or ()))
        return lack(Lack.NOT_FOR_LEVEL, levels=levels, **words)
    if ask.place is None:
        return None
    if candidate.view.whereabouts is None:
        return lack(Lack.NO_POSITION)
    age_s = candidate.view.whereabouts.age_s(ask.now)
    if age_s > ask.limits.position_age_s:
        return lack(Lack.STALE_POSITION, age_s=int(age_s))
    return None


def travel_times(
    place: Place, candidates: Sequence[Candidate], router: Router | None
) -> dict[UnitId, Travel]:
    """The way of each candidate with a position: by road, or by a straight line without roads."""
    found: dict[UnitId, Travel] = {}
    for mode in TravelMode:
        group = [
            (c.view.unit.id, c.view.whereabouts)
            for c in candidates
            if c.view.unit.mode is mode and c.view.whereabouts is not None
        ]
        if not group:
            continue
        if router is None:
            found |= {unit_id: _crow(place, at, mode) for unit_id, at in group}
        else:
            starts = [Place(at.lat, at.lon) for _, at in group]
            ways = router.travel(place, starts, str(mode))
            found |= {unit_id: way for (unit_id, _), way in zip(group, ways, strict=True)}
    return found


def _crow(place: Place, at: Whereabouts, mode: TravelMode) -> Travel:
    metres = distance_m(place.lat, place.lon, at.lat, at.lon) * CROW_DETOUR
    return Travel(metres / CROW_MPS[mode], metres)


def advise(candidates: Sequence[Candidate], ask: Question, router: Router | None) -> Advice:
    """The advice on this question. Pure but for the router's own arithmetic."""
    gaps: list[Gap] = []
    free: list[Candidate] = []
    for candidate in candidates:
        reason = shortfall(candidate, ask)
        if reason is None:
            free.append(candidate)
        else:
            gaps.append(_gap(candidate, reason))
    place = ask.place
    ways = {} if place is None else travel_times(place, free, router)
    timed: list[tuple[Candidate, float | None, Travel | None]] = []
    for candidate in free:
        way = ways.get(candidate.view.unit.id)
        if way is None:
            timed.append((candidate, None, None))
        elif way.seconds is None:
            gaps.append(_gap(candidate, lack(Lack.OFF_ROAD)))
        elif way.seconds > ask.limits.reach_s:
            gaps.append(_gap(candidate, lack(Lack.OUT_OF_REACH, minutes=round(way.seconds / 60))))
        else:
            timed.append((candidate, way.seconds + candidate.view.status.delay_s, way))
    timed.sort(key=lambda row: _order(row[0], row[1], ask))
    chosen = timed[: ask.limits.advice_picks]
    picks = tuple(
        Pick(
            c.view.unit.id, c.view.unit.call_sign, digit, seconds, way.metres if way else None,
            c.view.unit.mode, _reasons(c, ask, timed, router is not None),
            ask.nature.kit - c.view.unit.kit,
        )
        for digit, (c, seconds, way) in enumerate(chosen, start=1)
    )  # fmt: skip
    by_road = router is not None and place is not None
    return Advice(picks, tuple(gaps), by_road, len(timed) - len(chosen))


def _gap(candidate: Candidate, reason: Reason) -> Gap:
    return Gap(candidate.view.unit.id, candidate.view.unit.call_sign, reason)


def _order(candidate: Candidate, seconds: float | None, ask: Question) -> tuple[Any, ...]:
    unit = candidate.view.unit
    if seconds is not None:
        return (seconds, candidate.sorties, unit.call_sign)
    in_area = ask.call.area_id is not None and unit.area_id == ask.call.area_id
    return (0 if in_area else 1, candidate.sorties, unit.call_sign)


def _reasons(
    candidate: Candidate,
    ask: Question,
    timed: Sequence[tuple[Candidate, float | None, Travel | None]],
    by_road: bool,
) -> tuple[Reason, ...]:
    unit, status = candidate.view.unit, candidate.view.status
    found: list[Reason] = []
    if len(timed) == 1:
        found.append(why(Why.ONLY_ONE))
    elif timed[0][0] is candidate and timed[0][1] is not None:
        found.append(why(Why.CLOSEST))
    if ask.call.area_id is not None and unit.area_id == ask.call.area_id:
        found.append(why(Why.IN_AREA))
    loads = [row[0].sorties for row in timed]
    if len(timed) > 1 and candidate.sorties == min(loads) < max(loads):
        found.append(why(Why.RESTED))
    missing = sorted(ask.nature.kit - unit.kit)
    if missing:
        words = [ask.kit_words.get(code, Words(code, code)) for code in missing]
        found.append(
            why(
                Why.KIT_MISSING,
                kit_zh="、".join(w.zh_CN for w in words),
                kit_en=", ".join(w.en for w in words),
            )
        )
    elif ask.nature.kit:
        found.append(why(Why.KIT_FITS))
    if status.delay_s:
        found.append(why(Why.DELAY, minutes=round(status.delay_s / 60)))
    if ask.place is None:
        found.append(why(Why.NO_PLACE))
    elif not by_road:
        found.append(why(Why.AS_CROW_FLIES))
    return tuple(found)
