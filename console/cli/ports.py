"""``ports``: what is plugged in, by identity; the name that it has now; whether it can be used."""

from __future__ import annotations

import argparse
import json
import sys

from console.core.words import Words
from console.links.service import plugged_ports

STATES = {
    "free": Words("空闲", "free"),
    "in_use": Words("已被占用", "in use"),
    "no_permission": Words(
        "无权限（把用户加入 dialout 组）", "no permission (join the group dialout)"
    ),
}


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    """Every serial port is printed."""
    found = plugged_ports()
    if args.json:
        print(json.dumps({"ports": found}, ensure_ascii=False))
        return 0
    if not found:
        nothing = Words("没有接入任何串口设备。", "No serial device is plugged in.")
        print(nothing.pick(args.lang), file=sys.stderr)
    for port in found:
        state = STATES[port["state"]].pick(args.lang)
        if port["held_by"]:
            held = Words(f"，由 {port['held_by']} 打开", f", held by {port['held_by']}")
            state += held.pick(args.lang)
        print(f"{port['identity']}\t{port['name']}\t{state}\t{port['description']}")
    return 0
