"""``drill``: the console on the sample post, with a training city, crews that drive, real bytes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from console.cli.display import some_display

MOST_SECONDS = 7 * 86_400


def add(parser: argparse.ArgumentParser) -> None:
    """The options of this verb."""
    parser.add_argument("--unattended", action="store_true", help="an officer plays by himself")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="N")
    parser.add_argument("--report", type=Path, metavar="FILE", help="write what was measured")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="save a PNG of every page")
    parser.add_argument("--script", type=Path, metavar="FILE", help="another training script")
    parser.add_argument("--speed", type=float, metavar="X", help="how fast the town lives")


def run(args: argparse.Namespace) -> int:
    """0 when the drill ended as it should; an unattended drill with errors gives 1."""
    if not 0 < args.seconds <= MOST_SECONDS or (
        args.speed is not None and not 0.1 <= args.speed <= 100
    ):
        print(
            f"drill: --seconds must be above 0 and up to {MOST_SECONDS}, --speed from 0.1 to 100",
            file=sys.stderr,
        )
        return 2
    with some_display() as virtual:
        if virtual and not args.unattended:
            args.unattended = True
            args.pictures = args.pictures or Path.cwd() / "drill-pictures"
            print(
                "drill: there is no display here; playing unattended for "
                f"{args.seconds:g} s on a virtual one, pictures go to {args.pictures}",
                file=sys.stderr,
            )
        from console.drill.play import play

        return play(args)
