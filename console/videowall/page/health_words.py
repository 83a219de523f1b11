"""What the page of camera health says, and the tables that it gives out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from console.core.exchange import ExchangeColumn
from console.core.words import Words
from console.ui.lamp import LampFace, Shape
from console.ui.moments import age_text, moment_text
from console.ui.style import Tone
from console.ui.words import pick
from console.videowall.model.health import CAUSE_WORDS, RATE_WORDS, Figure, Looker, Rate
from console.videowall.page.health_parts import Line, Seen

translate = QCoreApplication.translate
ICONS = {
    Rate.REGISTERED: (Shape.RING, Tone.LATE),
    Rate.ONLINE: (Shape.CROSS, Tone.ALARM),
    Rate.INTACT: (Shape.TRIANGLE, Tone.LATE),
    Rate.PLACED: (Shape.HALF, Tone.LATE),
}


def share_text(figure: Figure | None) -> str:
    """The figure in percent, cut and not rounded up: 94.96 is not 95.0. A dash where none is."""
    if figure is None or figure.share is None:
        return "–"
    tenths = figure.good * 1000 // figure.known
    return f"{tenths // 10}.{tenths % 10} %"


def rate_face(figure: Figure | None, bar_percent: int) -> LampFace:
    """Whether the bar is reached, as a lamp."""
    meets = None if figure is None else figure.meets(bar_percent)
    if meets is None:
        return LampFace(Shape.DASH, Tone.QUIET, translate("CameraHealth", "no data yet"))
    if not meets:
        return LampFace(Shape.SQUARE, Tone.ALARM, translate("CameraHealth", "below the bar"))
    return LampFace(Shape.DOT, Tone.CALM, translate("CameraHealth", "bar reached"))


def rate_note(figure: Figure | None, cameras: int) -> str:
    """How many that is of the post's cameras, and how many nobody looked at."""
    if not cameras:
        return translate("CameraHealth", "No camera yet")
    if figure is None:
        return translate("CameraHealth", "Being counted …")
    told = translate("CameraHealth", "{good} of {known}").format(
        good=figure.good, known=figure.known
    )
    if not figure.unknown:
        return told
    more = translate("CameraHealth", "{n} not known today").format(n=figure.unknown)
    return f"{told} · {more}"


def line_face(line: Line) -> LampFace:
    """What the camera fails, as a lamp."""
    if line.rate is None:
        return LampFace(Shape.DASH, Tone.QUIET, translate("CameraHealth", "off by plan"))
    shape, tone = ICONS[line.rate]
    word = {
        Rate.REGISTERED: translate("CameraHealth", "entry"),
        Rate.ONLINE: translate("CameraHealth", "offline"),
        Rate.INTACT: translate("CameraHealth", "picture"),
        Rate.PLACED: translate("CameraHealth", "position"),
    }[line.rate]
    return LampFace(shape, tone, word)


def cause_text(line: Line) -> str:
    """What is wrong with it."""
    if line.rate is None:
        return line.cause
    told = CAUSE_WORDS.get(line.cause)
    return pick(told[0]) if told is not None else line.cause


def advice_text(line: Line | None, now: datetime) -> str:
    """What to do about it, and when the camera was looked at last."""
    if line is None:
        return ""
    if line.outage is not None:
        until = moment_text(line.outage.ends_at, now)
        return translate("CameraHealth", "Off by plan until {until}, says {by}.").format(
            until=until, by=line.outage.by
        )
    told = CAUSE_WORDS.get(line.cause)
    advice = pick(told[1]) if told is not None else ""
    if line.looked is None:
        return advice
    by = (
        translate("CameraHealth", "on the wall")
        if line.looked.by is Looker.WALL
        else translate("CameraHealth", "by the patrol")
    )
    last = translate("CameraHealth", "Last looked at {age} ago {by}.").format(
        age=age_text((now - line.looked.at).total_seconds()), by=by
    )
    return f"{advice}  {last}"


def failing_table(seen: Seen) -> tuple[list[ExchangeColumn], list[dict[str, Any]]]:
    """The list as a table."""
    heads = (
        ("number", Words("摄像机编号", "camera")),
        ("name", Words("名称", "name")),
        ("rate", Words("不达标项", "fails")),
        ("cause", Words("原因", "cause")),
        ("since", Words("起始时间", "since")),
        ("tier", Words("巡查等级", "tier")),
    )
    rows = [
        {
            "number": line.camera.number,
            "name": line.camera.name,
            "rate": line_face(line).word if line.rate is None else pick(RATE_WORDS[line.rate]),
            "cause": cause_text(line),
            "since": _local(line.since),
            "tier": int(line.camera.tier),
        }
        for line in seen.lines
    ]
    return [ExchangeColumn(name, words) for name, words in heads], rows


def figures_table(seen: Seen) -> tuple[list[ExchangeColumn], list[dict[str, Any]]]:
    """The figures of the last days as a table."""
    heads = (
        ("day", Words("日期", "day")),
        ("rate", Words("指标", "rate")),
        ("percent", Words("百分比", "percent")),
        ("good", Words("合格", "good")),
        ("known", Words("已查", "known")),
        ("total", Words("总数", "all")),
        ("meets", Words("达标", "bar reached")),
    )
    rows = [
        {
            "day": one.day.isoformat(),
            "rate": pick(RATE_WORDS[one.rate]),
            "percent": share_text(one),
            "good": one.good,
            "known": one.known,
            "total": one.total,
            "meets": rate_face(one, seen.rule.bar_percent).word,
        }
        for one in seen.figures
    ]
    return [ExchangeColumn(name, words) for name, words in heads], rows


def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
