"""``bench``: the project's own measurements, each as a ratio to a baseline in the same run."""

from __future__ import annotations

import argparse
import importlib
import json
import sys

from console.cli.display import some_display

# name → (module with ``measure() -> dict``, whether it needs a window)
BENCHES: dict[str, tuple[str, bool]] = {
    "start": ("console.cli.bench_start", True),
    "intake": ("console.cli.bench_intake", True),
    "load": ("console.cli.bench_load", True),
    "drain": ("console.cli.bench_drain", False),
    "decode": ("console.cli.bench_decode", False),
    "routes": ("console.cli.bench_routes", False),
    "wall": ("console.cli.bench_wall", True),
    "search": ("console.cli.bench_search", False),
}
TIMED = ("load", "wall")


def add(parser: argparse.ArgumentParser) -> None:
    """The options of this verb."""
    parser.add_argument("name", choices=sorted(BENCHES), metavar="NAME")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--seconds", type=float, metavar="N", help=f"how long; of {' and '.join(TIMED)} alone"
    )


def run(args: argparse.Namespace) -> int:
    """The figures stand on standard output."""
    module, windowed = BENCHES[args.name]
    if args.seconds is not None and (args.name not in TIMED or args.seconds <= 0):
        sys.stderr.write(f"--seconds N goes with {' and '.join(TIMED)} and is more than 0\n")
        return 2
    options = {} if args.seconds is None else {"seconds": args.seconds}
    if windowed:
        with some_display():
            figures = importlib.import_module(module).measure(**options)
    else:
        figures = importlib.import_module(module).measure(**options)
    if args.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        _print(figures, "")
    return 0


def _print(figures: dict[str, object], indent: str) -> None:
    for name, value in figures.items():
        if isinstance(value, dict):
            print(f"{indent}{name}:")
            _print(value, indent + "  ")
        else:
            told = f"{value:.4g}" if isinstance(value, float) else value
            print(f"{indent}{name}: {told}")
