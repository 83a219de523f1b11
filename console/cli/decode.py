"""``decode``: raw bytes of one device family in, one JSON object a line out."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import BinaryIO

from console.core.errors import Refused
from console.links.service import decode, families


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("--family", required=True, choices=families())
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: standard input"
    )


def run(args: argparse.Namespace) -> int:
    """Every frame of the input is printed, bad ones among them."""
    if args.file is None:
        if sys.stdin is None:  # closed by whoever called
            raise Refused("links.no_input")
        return _print_all(args.family, sys.stdin.buffer)
    with args.file.open("rb") as stream:
        return _print_all(args.family, stream)


def _print_all(family: str, stream: BinaryIO) -> int:
    live = stream is sys.stdin.buffer
    for told in decode(family, stream):
        print(json.dumps(told, ensure_ascii=False), flush=live)
    return 0
