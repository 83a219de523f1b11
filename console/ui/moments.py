"""Times as people read them: local, short, digits in columns."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def clock_text(at: datetime | None) -> str:
    """``HH:MM:SS`` local; a dash for no time."""
    return f"{_local(at):%H:%M:%S}" if at else "–"


def moment_text(at: datetime | None, now: datetime) -> str:
    """``HH:MM:SS`` on the same local day, else ``MM-DD HH:MM``."""
    if at is None:
        return "–"
    local = _local(at)
    same_day = local.date() == now.astimezone().date()
    return f"{local:%H:%M:%S}" if same_day else f"{local:%m-%d %H:%M}"


def _local(at: datetime) -> datetime:
    """The moment on the wall's clock; at the ends of the calendar, where none is, as it is."""
    try:
        return at.astimezone()
    except (OverflowError, ValueError):
        return at


def age_text(seconds: float | None) -> str:
    """How long ago, in one unit: 12 s, 5 min, 3 h, 2 d."""
    if seconds is None:
        return "–"
    whole = max(0, int(seconds))
    if whole < 90:
        return translate("Moments", "{n} s").format(n=whole)
    if whole < 5400:
        return translate("Moments", "{n} min").format(n=whole // 60)
    if whole < 129600:
        return translate("Moments", "{n} h").format(n=whole // 3600)
    return translate("Moments", "{n} d").format(n=whole // 86400)


def span_text(seconds: float) -> str:
    """A length of time for a lamp: ``0:27``, ``12:05``, ``3:10:00``; minus in front when negative."""
    whole = int(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours}:{minutes:02d}:{left:02d}" if hours else f"{sign}{minutes}:{left:02d}"
