"""Devices of the post that raise alarms: where they stand, on which input, and their test mode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.alarms.model.alarm import SILENT, TEST, Kind, Raising
from console.alarms.model.kinds import Kinds
from console.core.errors import Refused

MOST_INPUTS = 2000  # what one Modbus question may ask for
MOST_UNIT = 65535


@dataclass(frozen=True, slots=True)
class InputPlace:
    """Where a device's contact is connected: input ``number`` (from 1, as printed on the
    terminal strip) of a unit on a link. ``normally_closed``: the contact opens when it is pressed, so a cut wire alarms."""

    link_id: str
    unit: int
    number: int
    normally_closed: bool = True

    def checked(self) -> InputPlace:
        """The same. Refused where it cannot be."""
        if not self.link_id:
            raise Refused("alarms.no_link", field="link")
        if not 0 <= self.unit <= MOST_UNIT:
            raise Refused("alarms.bad_unit", field="unit", most=MOST_UNIT)
        if not 1 <= self.number <= MOST_INPUTS:
            raise Refused("alarms.bad_input", field="number", most=MOST_INPUTS)
        return self

    def pressed(self, values: tuple[bool, ...]) -> bool | None:
        """Whether these inputs (True is closed) say that it is pressed; None where it is not
        among them."""
        if self.number > len(values):
            return None
        return values[self.number - 1] is not self.normally_closed


@dataclass(frozen=True, slots=True)
class Device:
    """A device of the post that raises alarms, and where it stands."""

    id: str
    name: str
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    kind: str = Kind.BUTTON
    input: InputPlace | None = None
    test_until: datetime | None = None
    test_by: str = ""

    @property
    def is_silent(self) -> bool:
        """The post's own panic button."""
        return self.kind == Kind.DURESS

    def in_test(self, now: datetime) -> bool:
        """What it tells now is a test."""
        return self.test_until is not None and now < self.test_until

    def raising(self, now: datetime, how: str = "", times: int = 1) -> Raising:
        """What it raises when it is pressed now."""
        originator = f"device:{self.id}"
        if self.in_test(now):
            originator, how = f"test:{self.id}", TEST
        elif self.is_silent:
            how = SILENT
        return Raising(originator, self.kind, self.name, self.place, self.lat, self.lon, how, times)


def begin_test(was: Device, until: datetime, by: str, kinds: Kinds, now: datetime) -> Device:
    """Until that time, at most for the longest, what it tells is a test. Refused for a time that
    has passed: a test always ends by itself."""
    if until <= now:
        raise Refused("alarms.end_passed", field="until")
    end = min(until, now + timedelta(seconds=kinds.test_most_s))
    return replace(was, test_until=end, test_by=by)


def end_test(was: Device) -> Device:
    """It is in earnest again. Refused when it was."""
    if was.test_until is None:
        raise Refused("alarms.no_test", device=was.name)
    return replace(was, test_until=None, test_by="")


@dataclass(frozen=True, slots=True)
class DevicesChanged:
    """A device was added, changed, removed, or its test mode began or ended."""
