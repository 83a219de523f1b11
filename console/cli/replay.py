"""``replay``: a recorded capture through the real link stack; readings out, as ``decode`` says them."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from console.core.clock import SystemClock
from console.core.words import Words
from console.links.service import families, replay

SUMMARY = Words(
    "回放结束：{frames} 帧，{bad} 个坏帧，{received_bytes} 字节。",
    "Played: {frames} frames, {bad} bad ones, {received_bytes} bytes.",
)


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("--family", required=True, choices=families())
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="2: twice as fast")


def run(args: argparse.Namespace) -> int:
    """The capture was played to its end. Refused where the file is no capture."""
    ended = replay(args.family, args.file, args.speed, SystemClock(), _say)
    words = SUMMARY.pick(args.lang)
    told = words.format(frames=ended.frames, bad=ended.bad, received_bytes=ended.received_bytes)
    print(told, file=sys.stderr)
    return 0


def _say(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _speed(text: str) -> float:
    """A factor above 0; argparse says so otherwise."""
    speed = float(text)
    if not (speed > 0 and math.isfinite(speed)):
        raise argparse.ArgumentTypeError(f"{text} is not a factor above 0")
    return speed
