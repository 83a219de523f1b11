"""The four ways in which a device says no."""

from __future__ import annotations


class DriverError(Exception):
    """What went wrong on a wire, in words for the technician; ``cause`` says it in one word.

    Causes: not_plugged, ambiguous, in_use, no_permission, cannot_open, unplugged, unreachable,
    closed, stalled, bad_file, ended.
    """

    def __init__(self, told: str, cause: str = "cannot_open") -> None:
        super().__init__(told)
        self.cause = cause


class LinkLost(DriverError):
    """The wire is gone or cannot be opened: unplugged, refused, closed by the other side."""


class NoAnswer(DriverError):
    """The wire stands, but the device did not take or answer in time."""


class BadFrame(DriverError):
    """Bytes that are not a frame; ``reason`` is checksum, length, escape, syntax or value."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSupported(DriverError):
    """This device, family or place is not one that the drivers know."""
