"""Camera health: the four rates of a day, and since when which camera fails which of them.

The city asks that each rate be 95 % at least, and names them without a rule for counting. Here:

* **registered**: the camera's entry is complete: number, name, address, place, and the way it looks.
  A camera that turns has no one way. The twenty digits of the city's platform are not asked for.
* **online**: the last look found living pictures. A look is what the wall shows, or a patrol's.
* **picture intact**: the pictures that came were judged neither frozen, black nor scrambled. A camera
  that gives none is told under *online* and does not count here a second time.
* **position right**: a person who compared place and picture decides, as long as the place is the
  one that he checked. Where nobody did, a place inside the post's area is taken as right, and one
  outside as wrong. Where the post has no areas it is not known.

What nobody knows is in no rate: it is counted apart, and an empty set is no data, never 100 % or 0.
A camera whose outage is planned counts neither as online nor as failing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.camera import Camera, CameraId
from console.videowall.model.picture import FAILURE_WORDS, VERDICT_WORDS, Verdict

RIGHT = ""  # in place of a cause
STALLED, NO_WAY, NO_PLACE, OUTSIDE, WRONG = (
    "stalled",
    "no_direction",
    "no_place",
    "outside",
    "wrong_place",
)
MOST_OUTAGE = timedelta(days=90)
NOTE_CHARS = 200


class Rate(StrEnum):
    """The four rates, in the city's order."""

    REGISTERED = "registered"
    ONLINE = "online"
    INTACT = "intact"
    PLACED = "placed"


RATE_WORDS = {
    Rate.REGISTERED: Words("注册率", "registered"),
    Rate.ONLINE: Words("在线率", "online"),
    Rate.INTACT: Words("图像完好率", "picture intact"),
    Rate.PLACED: Words("点位标注准确率", "position right"),
}
SEEN = (Rate.ONLINE, Rate.INTACT)  # those that a look tells
_JUDGED = Words(
    "请到现场或在摄像机页面检查镜头、供电和编码；恢复后本项自动消除。",
    "Check lens, power and coding of the camera; this line ends by itself.",
)
# what is wrong, and what to do
CAUSE_WORDS: dict[str, tuple[Words, Words]] = {
    **{str(failure): told for failure, told in FAILURE_WORDS.items()},
    **{str(verdict): (told, _JUDGED) for verdict, told in VERDICT_WORDS.items()},
    STALLED: (
        Words("画面停住，不再更新", "The picture stands still, no new one comes"),
        Words("请检查网络和供电；恢复后自动续播。", "Check network and power; it goes on by itself."),
    ),
    NO_WAY: (
        Words("未填朝向", "The way it looks is not entered"),
        Words("请技术员在视频墙按 E 填写朝向，球机请勾选云台。", "A technician presses E on the wall and enters the direction, or that it turns."),
    ),
    NO_PLACE: (
        Words("未填点位坐标", "Its place is not entered"),
        Words("请技术员在视频墙按 E 填写坐标。", "A technician presses E on the wall and enters its place."),
    ),
    OUTSIDE: (
        Words("点位在本站辖区之外", "Its place lies outside the post's area"),
        Words("请对照地图和画面：无误按 G，有误按 B。", "Compare map and picture: G if it is right, B if it is wrong."),
    ),
    WRONG: (
        Words("经核对，点位标注有误", "A person found its place to be wrong"),
        Words("请技术员在视频墙按 E 改正坐标，再核对一次。", "A technician presses E on the wall, corrects the place, and it is checked again."),
    ),
}  # fmt: skip


class Looker(StrEnum):
    """What looked."""

    WALL = "wall"
    PATROL = "patrol"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: living pictures (and what they look like), or none since ``since``."""

    camera_id: CameraId
    at: datetime
    online: bool
    cause: str = RIGHT
    verdict: Verdict | None = None
    by: Looker = Looker.PATROL
    since: datetime | None = None

    def same(self, other: Found | None) -> bool:
        """Whether that found the same."""
        mine = (self.online, self.cause, self.verdict)
        return other is not None and mine == (other.online, other.cause, other.verdict)


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """A person compared the camera's picture with this place."""

    camera_id: CameraId
    lat: float
    lon: float
    right: bool
    at: datetime
    by: str

    def holds(self, camera: Camera) -> bool:
        """Whether the camera still stands where he checked it."""
        return abs(self.lat - camera.lat) < 1e-6 and abs(self.lon - camera.lon) < 1e-6


@dataclass(frozen=True, slots=True)
class Outage:
    """The camera is off by plan until then: works on the mast, a moved line."""

    camera_id: CameraId
    begins_at: datetime
    ends_at: datetime
    reason: str
    by: str

    def holds(self, now: datetime) -> bool:
        """Whether it is off by plan now."""
        return self.begins_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Fault:
    """This camera fails this rate since then, and did until then (None: still)."""

    id: str
    camera_id: CameraId
    rate: Rate
    cause: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failing:
    """A line of the list of those that fail."""

    fault: Fault
    camera: Camera
    looked: Found | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One rate of one day: ``good`` of the ``known``; ``total`` cameras of which it is asked."""

    day: date
    rate: Rate
    good: int
    known: int
    total: int

    @property
    def share(self) -> float | None:
        """Of one; None where nothing is known."""
        return self.good / self.known if self.known else None

    @property
    def unknown(self) -> int:
        """Cameras that nobody looked at this day."""
        return self.total - self.known

    def meets(self, bar_percent: int) -> bool | None:
        """Whether the bar is reached, counted exactly; None where nothing is known."""
        return self.good * 100 >= bar_percent * self.known if self.known else None


@dataclass(frozen=True, slots=True)
class HealthRule:
    """The post's rule: the bar, how the patrol looks, and how long figures and faults are kept."""

    bar_percent: int
    look_s: float
    pause_s: Mapping[str, float]  # by duty level; 0: no patrol then
    again_s: float
    failing_again_s: float
    busy_percent: float
    lost_s: float
    keep_days: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> HealthRule:
        """The rule of a reference table, each value held within what makes sense."""

        def within(name: str, low: float, high: float) -> float:
            return min(max(float(table[name]), low), high)

        pauses = {
            str(level): min(max(float(told), 0.0), 3600.0)
            for level, told in dict(table["pause_s"]).items()
        }
        return cls(
            bar_percent=int(within("bar_percent", 1, 100)),
            look_s=within("look_s", 5, 60),
            pause_s=pauses,
            again_s=within("again_min", 5, 24 * 60) * 60,
            failing_again_s=within("failing_again_min", 1, 24 * 60) * 60,
            busy_percent=within("busy_percent", 10, 95),
            lost_s=within("lost_s", 3, 300),
            keep_days=int(within("keep_days", 31, 3650)),
        )


@dataclass(frozen=True, slots=True)
class HealthChanged:
    """A camera fails, or does so no more; or somebody told of a place or an outage."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one camera beside its entry. ``inside``: of the post's area, None: no areas."""

    looked: Found | None = None
    check: PlaceCheck | None = None
    inside: bool | None = None
    off: bool = False  # by plan, now


@dataclass(frozen=True, slots=True)
class Standing:
    """One camera: what is told of each rate now, and which it fails by a fault that goes on."""

    told: Mapping[Rate, str | None]
    failing: frozenset[Rate]
    off: bool


def causes(camera: Camera, known: Known, today: datetime) -> dict[Rate, str | None]:
    """For each rate RIGHT, the cause why it fails, or None: not known (since ``today`` began)."""
    looked = None if known.off else known.looked
    if looked is not None and looked.online and looked.at < today:
        looked = None  # that was yesterday
    online = None if looked is None else looked.cause if not looked.online else RIGHT
    intact: str | None = None
    if looked is not None and looked.online and looked.verdict is not None:
        intact = RIGHT if looked.verdict is Verdict.GOOD else str(looked.verdict)
    return {
        Rate.REGISTERED: _registered(camera),
        Rate.ONLINE: online,
        Rate.INTACT: intact,
        Rate.PLACED: _placed(camera, known),
    }


def _registered(camera: Camera) -> str:
    if abs(camera.lat) < 1e-4 and abs(camera.lon) < 1e-4:
        return NO_PLACE
    all_round = camera.ptz or camera.view_deg == 360
    return NO_WAY if camera.direction_deg is None and not all_round else RIGHT


def _placed(camera: Camera, known: Known) -> str | None:
    if known.check is not None and known.check.holds(camera):
        return RIGHT if known.check.right else WRONG
    if known.inside is None:
        return None
    return RIGHT if known.inside else OUTSIDE


def figures_of(day: date, standings: Sequence[Standing]) -> list[Figure]:
    """The four figures of the day, of cameras that stand so."""
    made = []
    for rate in Rate:
        asked = [one for one in standings if not (one.off and rate in SEEN)]
        bad = sum(rate in one.failing for one in asked)
        good = sum(one.told[rate] == RIGHT for one in asked)
        made.append(Figure(day, rate, good, good + bad, len(asked)))
    return made


def next_look(
    cameras: Sequence[Camera],
    looked: Mapping[CameraId, Found],
    tried: Mapping[CameraId, datetime],
    rule: HealthRule,
    now: datetime,
) -> Camera | None:
    """The camera that the patrol looks at next: never tried first, then who is longest over its time.
    One that failed, or whose look found nothing, comes again sooner. None when nobody is due."""
    waiting: list[tuple[float, str, Camera]] = []
    for one in cameras:
        last, went = looked.get(one.id), tried.get(one.id)
        seen = None if last is None else last.at
        times = [at for at in (seen, went) if at is not None and at <= now]
        if not times:  # or the clock was put back
            waiting.append((float("-inf"), one.number, one))
            continue
        told = last is not None and (went is None or went <= last.at)
        fine = told and last is not None and last.online and last.verdict in (None, Verdict.GOOD)
        share = (now - max(times)).total_seconds() / (
            rule.again_s if fine else rule.failing_again_s
        )
        if share >= 1:
            waiting.append((-share, one.number, one))
    return min(waiting, key=lambda entry: entry[:2])[2] if waiting else None


def checked_outage(
    camera_id: CameraId, ends_at: datetime, reason: str, now: datetime, by: str
) -> Outage:
    """The outage as it may be kept. Refused without a reason, for an end that has passed or is too
    far: an outage always ends by itself."""
    told = checked_why(reason)
    if not now < ends_at <= now + MOST_OUTAGE:
        raise Refused("videowall.bad_outage", field="until", most=MOST_OUTAGE.days)
    return Outage(camera_id, now, ends_at, told, by)


def checked_why(reason: str) -> str:
    """The reason as it is kept. Refused when there is none."""
    told = shown(reason.replace("\n", " "), NOTE_CHARS + 1)
    if not 2 <= len(told) <= NOTE_CHARS:
        raise Refused("videowall.no_why", field="reason", most=NOTE_CHARS)
    return told
