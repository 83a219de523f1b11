"""Coordinates on a command line: ``LAT,LON``, also where the first begins with a minus."""

from __future__ import annotations

import argparse
import re

from console.core.errors import Refused
from console.gridmap.model import Place
from console.gridmap.model.place import split_pair

_MINUS = re.compile(r"-\.?\d.*")


def take_minus(parser: argparse.ArgumentParser) -> None:
    """``-33.8,151.2`` is a value for this parser and not an option."""
    parser._negative_number_matcher = _MINUS


def pair(text: str) -> tuple[str, str]:
    """The decimal texts of ``LAT,LON``; wrong usage when it is anything else."""
    try:
        return split_pair(text)
    except Refused as refused:
        raise argparse.ArgumentTypeError(f"{text!r} is not LAT,LON in decimal degrees") from refused


def place(told: tuple[str, str]) -> Place:
    """The place that the texts name. Refused out of range."""
    return Place(float(told[0]), float(told[1]))
