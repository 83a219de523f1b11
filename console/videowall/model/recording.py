"""Recordings: what was kept of a camera, why, for how long, and who looked at it for which reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.camera import CameraId

RecordingId = NewType("RecordingId", str)
REASON_CHARS = 200
MOST_TOGETHER = 4


class Why(StrEnum):
    """What a recording was begun for."""

    DEMAND = "demand"
    CALL = "call"
    ALARM = "alarm"


class RecordingState(StrEnum):
    """LookedAs a recording stands."""

    RUNNING = "running"
    KEPT = "kept"
    FAILED = "failed"  # nothing was written
    MISSING = "missing"  # it was kept, and its file is not there any more
    REMOVED = "removed"  # by the post's rule, at the end of its term


class Cut(StrEnum):
    """Why a recording ended before somebody ended it, or holds nothing. Most are the player's words."""

    HIDDEN = "hidden"
    CHANGED = "changed"
    STOPPED = "stopped"
    DISK_FULL = "disk_full"
    CANNOT_WRITE = "cannot_write"
    NO_PICTURE = "no_picture"
    CODING = "coding"
    SLOW_DISK = "slow_disk"
    PLAYER_LOST = "player_lost"
    CONSOLE_ENDED = "console_ended"
    TOO_LONG = "too_long"


class LookedAs(StrEnum):
    """In which way somebody looked."""

    PLAY = "play"
    TOGETHER = "together"
    EXPORT = "export"


WHY_WORDS = {
    Why.DEMAND: Words("手动", "by hand"),
    Why.CALL: Words("警情", "call"),
    Why.ALARM: Words("告警", "alarm"),
}
STATE_WORDS = {
    RecordingState.RUNNING: Words("录制中", "recording"),
    RecordingState.KEPT: Words("已保存", "kept"),
    RecordingState.FAILED: Words("录制失败", "failed"),
    RecordingState.MISSING: Words("文件缺失", "file missing"),
    RecordingState.REMOVED: Words("到期已删", "removed at its term"),
}
CUT_WORDS = {
    Cut.HIDDEN: Words("画面关闭，录制随之结束", "ended: the picture was closed"),
    Cut.CHANGED: Words("摄像机更换了画面尺寸或编码", "ended: the camera changed size or coding"),
    Cut.STOPPED: Words("摄像机停止送流", "ended: the camera stopped sending"),
    Cut.DISK_FULL: Words("磁盘空间不足", "ended: the disk is full"),
    Cut.CANNOT_WRITE: Words("文件无法写入", "ended: the file cannot be written"),
    Cut.NO_PICTURE: Words("摄像机没有送来画面", "the camera sent no picture"),
    Cut.CODING: Words("这种编码无法存为 MP4", "no MP4 carries this coding"),
    Cut.SLOW_DISK: Words("磁盘太慢，来不及写入", "ended: the disk is too slow"),
    Cut.PLAYER_LOST: Words("播放进程更换，录制中断", "ended: the player was replaced"),
    Cut.CONSOLE_ENDED: Words("程序退出，录制随之结束", "ended with the console"),
    Cut.TOO_LONG: Words("达到单段最长时间", "ended at the longest time of one piece"),
}
LOOKED_WORDS = {
    LookedAs.PLAY: Words("回放", "played"),
    LookedAs.TOGETHER: Words("同步回放", "played together"),
    LookedAs.EXPORT: Words("导出", "exported"),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """Evidence hold: nothing removes the recording while it stands."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording. ``file`` lies under the folder of recordings; its sum is SHA-256, in hex.

    ``began_at`` is the moment of its first picture, which may be before it was asked for.
    """

    id: RecordingId
    camera_id: CameraId
    camera_number: str
    camera_name: str
    why: Why
    call_id: str | None
    asked_at: datetime
    asked_by: str
    file: str
    state: RecordingState = RecordingState.RUNNING
    began_at: datetime | None = None
    ended_at: datetime | None = None
    cut: Cut | None = None
    size: int | None = None
    sha256: str | None = None
    hold: Hold | None = None
    removed_at: datetime | None = None

    @property
    def length_s(self) -> float | None:
        """LookedAs long it is, once that is known."""
        if self.began_at is None or self.ended_at is None:
            return None
        return (self.ended_at - self.began_at).total_seconds()

    def spans(self, moment: datetime) -> bool:
        """Whether it has a picture of this moment."""
        begun, ended = self.began_at, self.ended_at
        return begun is not None and ended is not None and begun <= moment < ended


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at a recording, with the reason that was given for it."""

    recording_id: RecordingId
    at: datetime
    by: str
    how: LookedAs
    reason: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the call's timeline beside a replay."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class RecordingsChanged:
    """A recording was begun, ended, held, released or removed."""

    recording_id: RecordingId | None = None
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """The post's rule: how long recordings are kept, how long one may be, how full the disk."""

    keep_days: int
    call_days: int
    before_s: float
    most_s: float
    free_bytes: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> KeepingRule:
        """The rule of a reference table, each value held within what is still safe."""

        def within(name: str, low: int, high: int) -> int:
            return min(max(int(table[name]), low), high)

        return cls(
            keep_days=within("keep_days", 1, 3650),
            call_days=within("call_days", 1, 3650),
            before_s=within("before_s", 0, 120),
            most_s=within("most_minutes", 1, 24 * 60) * 60.0,
            free_bytes=within("free_mb", 100, 1_000_000) * 1_000_000,
        )

    def due_at(self, recording: Recording) -> datetime | None:
        """When its term ends; None while it is held: then it has none."""
        if recording.hold is not None:
            return None
        days = self.call_days if recording.call_id is not None else self.keep_days
        return (recording.ended_at or recording.asked_at) + timedelta(days=days)


def checked_reason(reason: str) -> str:
    """The reason as it is kept. Refused when there is none: no look without one."""
    told = shown(reason.replace("\n", " "), REASON_CHARS + 1)
    if not 2 <= len(told) <= REASON_CHARS:
        raise Refused("videowall.no_reason", field="reason", most=REASON_CHARS)
    return told
