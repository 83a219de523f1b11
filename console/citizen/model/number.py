"""The number of a visit: FW, the local day, and how many it was that day: FW20261121-003."""

from __future__ import annotations

import re
from datetime import date, datetime

from console.core.errors import Refused

MOST_A_DAY = 99_999
_NUMBER = re.compile(r"(?:FW)?(\d{8})-?(\d{1,5})", re.IGNORECASE | re.ASCII)
_DAY = re.compile(
    r"(?:(?:(?P<year>\d{4})-?)?(?P<month>\d{1,2}(?=-)|\d{2})-?)?(?P<day>\d{1,2})", re.ASCII
)


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


def read_day(text: str, today: date) -> date | None:
    """The day that is meant by 2026-11-21, 20261121, 11-21, 1121 or 21 (the latest such day up to
    today where the year or the month is left out); None for an empty text. ValueError otherwise."""
    plain = re.sub(r"[年月日./\s-]+", "-", text.strip()).strip("-")
    if not plain:
        return None
    parts = _DAY.fullmatch(plain)
    if parts is None:
        raise ValueError(f"no day: {text[:20]}")
    year, month, day = parts["year"], parts["month"], int(parts["day"])
    if year:
        return date(int(year), int(month), day)
    for back in range(12 if not month else 9):
        guess = (today.year - back, int(month)) if month else _month_before(today, back)
        try:
            found = date(guess[0], guess[1], day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError(f"no day: {text[:20]}")


def _month_before(today: date, months: int) -> tuple[int, int]:
    count = today.year * 12 + today.month - 1 - months
    return count // 12, count % 12 + 1
