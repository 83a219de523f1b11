"""The number of a visit: FW, the local day, and how many it was that day: FW20261121-003."""

from __future__ import annotations

import re
from datetime import date, datetime

from console.core.errors import Refused

MOST_A_DAY = 99_999
_NUMBER = re.compile(r"(?:FW)?(\d{8})-?(\d{1,5})", re.IGNORECASE | re.ASCII)


def day_of(moment: datetime) -> date:
    """The local day of a moment."""
    return moment.astimezone().date()


def visit_key(day: date, number: int) -> int:
    """The visit's place in the order of all: the day, then the number of that day.

    Refused beyond what a day can hold.
    """
    if not 1 <= number <= MOST_A_DAY:
        raise Refused("citizen.day_full", day=f"{day:%Y-%m-%d}", most=MOST_A_DAY)
    return int(f"{day:%Y%m%d}") * (MOST_A_DAY + 1) + number


def day_span(day: date) -> tuple[int, int]:
    """The keys between which every visit of this day lies."""
    first = int(f"{day:%Y%m%d}") * (MOST_A_DAY + 1)
    return first, first + MOST_A_DAY


def number_of(key: int) -> str:
    """The visit's number as people say and print it."""
    day, number = divmod(key, MOST_A_DAY + 1)
    return f"FW{day}-{number:03d}"


def read_number(text: str) -> int | None:
    """The key that a whole number names, however it was typed; None when it is none."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    try:
        day = date.fromisoformat(f"{found[1][:4]}-{found[1][4:6]}-{found[1][6:]}")
    except ValueError:
        return None
    number = int(found[2])
    return visit_key(day, number) if number else None
