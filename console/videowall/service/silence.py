"""How long a process has told nothing although it could have: a busy machine is not a hung program."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

DOUBT_S = 0.5  # before, nobody looks closer
LATE_S = 0.5  # between two looks: who looks so late was kept from it, and so was the process
MOST_EXCUSED_S = 4.0  # a process that spins waits for a processor too, and is hung all the same


class Silence:
    """``of`` is asked again and again, in monotonic seconds, with when the process was last heard."""

    def __init__(self) -> None:
        self._since = self._asked_at = self._kept_s = 0.0
        self._waited: dict[str, float] | None = None

    def of(self, pid: int, since: float, now: float) -> float:
        """The seconds since then, without those it waited for a processor or nobody could listen."""
        if since != self._since:
            self._since, self._asked_at, self._kept_s, self._waited = since, since, 0.0, None
        late_s, self._asked_at = now - self._asked_at, now
        if late_s > LATE_S:
            self._kept_s += late_s
        if now - since < DOUBT_S:
            return now - since
        waited = waited_s(pid)
        if self._waited is None:
            self._waited = waited
        known = self._waited
        starved = max((s - known.get(thread, s) for thread, s in waited.items()), default=0.0)
        return now - since - min(max(starved, self._kept_s), MOST_EXCUSED_S)


def waited_s(pid: int) -> dict[str, float]:
    """How long each of its threads was ready to run and was not let, in seconds; empty when unknown.

    Linux, Documentation/scheduler/sched-stats.rst: /proc/PID/schedstat, second figure, nanoseconds.
    """
    told: dict[str, float] = {}
    with suppress(OSError):
        for thread in Path("/proc", str(pid), "task").iterdir():
            with suppress(OSError, ValueError, IndexError):
                told[thread.name] = int((thread / "schedstat").read_text("ascii").split()[1]) / 1e9
    return told
