"""``doctor``: what the post needs, what was found, and how to mend it. Works before set-up too."""

from __future__ import annotations

import argparse
import json
import time

from console.cli.doctor import city, links, machine, screen, store
from console.cli.doctor.finding import State

_SIGNS = {State.OK: "✓", State.WARN: "!", State.FAIL: "✗"}
_STATES = {
    "zh_CN": {State.OK: "正常", State.WARN: "注意", State.FAIL: "故障"},
    "en": {State.OK: "ok", State.WARN: "warn", State.FAIL: "fail"},
}


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    """Every check was made and told; 1 when any of them failed."""
    started = (time.time(), time.monotonic())
    found = [
        *machine.libraries(),
        *screen.checks(),
        *store.checks(args.data),
        *machine.disk(args.data),
        *machine.ports(),
        *links.checks(args.data),
        *city.checks(args.data),
        *machine.account(),
        *machine.clock(*started),  # last, so that it sees whether the clock jumped meanwhile
    ]
    failed = any(finding.state is State.FAIL for finding in found)
    if args.json:
        told = {"ok": not failed, "checks": [finding.told(args.lang) for finding in found]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return int(failed)
    for finding in found:
        said = finding.told(args.lang)
        state = _STATES[args.lang][finding.state]
        print(f"{_SIGNS[finding.state]} {state}  {said['title']}: {said['found']}")
        if said["mend"]:
            print(f"    → {said['mend']}")
    return int(failed)
