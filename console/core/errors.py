"""The sorts of error that reach a person; everything else is a bug."""

from __future__ import annotations


class ConsoleError(Exception):
    """An error with a code and details; its words stand in ``resources/i18n/refusals``."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code}({told})" if told else self.code


class Refused(ConsoleError):
    """A rule said no. The officer is told, nothing was changed."""


class Unavailable(ConsoleError):
    """The world said no: network, disk, device. Retried; a lamp, not a dialog."""


class Conflict(ConsoleError):
    """Two truths about one thing; a person decides."""


def at_the_edge(error: Exception) -> Exception:
    """The error as a person is told of it: memory that ran out is of the world, and no bug."""
    return Unavailable("store.no_memory") if isinstance(error, MemoryError) else error
