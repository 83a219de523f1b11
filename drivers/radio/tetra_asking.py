"""One command at a time: what a TETRA radio was asked, and what comes after its answer."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from drivers.pending import Waiting

WAKE_S = 1.0  # a radio that is there answers at once
ANSWER_S = 3.0
_SEND_S = 10.0  # a short data message waits for the network
_DIAL_S = 6.0


class Purpose(Enum):
    """What a job is for."""

    WAKE = "wake"
    SETUP = "setup"
    ORDER = "order"
    PERMIT = "permit"
    RECEIPT = "receipt"
    POLL = "poll"


@dataclass(slots=True)
class Job:
    """Commands for one purpose, one after the other; the first that fails ends it."""

    purpose: Purpose
    commands: deque[bytes]
    waiting: Waiting | None = None
    fields: dict[str, object] = field(default_factory=dict)


class Asking:
    """The command that is out, and the job that it belongs to."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self.command = b""
        self.deadline = math.inf

    @property
    def out(self) -> bool:
        """A command waits for its answer."""
        return bool(self.command)

    def begin(self, purpose: Purpose, commands: Iterable[bytes]) -> Job:
        """This job is next."""
        self.job = Job(purpose, deque(commands))
        return self.job

    def next(self, now: float) -> bytes:
        """The job's next command goes out now, none being out; nothing where none is left."""
        if self.job is None or not self.job.commands:
            return b""
        self.command = self.job.commands.popleft()
        self.deadline = now + _patience_s(self.command)
        return self.command

    def answered(self) -> Job | None:
        """No command is out any longer; the job that it was of."""
        self.command, self.deadline = b"", math.inf
        return self.job

    def drop(self) -> None:
        """Nothing is out, and no job goes on."""
        self.job = None
        self.answered()


def _patience_s(command: bytes) -> float:
    if command.endswith(b"AT\r\n"):
        return WAKE_S
    if command.startswith(b"AT+CMGS"):
        return _SEND_S
    return _DIAL_S if command.startswith(b"ATD") else ANSWER_S
