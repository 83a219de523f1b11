"""Settings of one device: every default filled in, nothing unknown, nothing impossible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from drivers.errors import NotSupported


class Whole(NamedTuple):
    """A whole number with its default and its lowest and highest value."""

    default: int
    lowest: int
    highest: int


def filled_in(settings: Mapping[str, Any], known: Mapping[str, Whole]) -> dict[str, Any]:
    """Every known setting, as given or at its default. Raises NotSupported, in words, for an
    unknown name and for a value that is no whole number within its bounds."""
    if unknown := sorted(set(settings) - set(known)):
        raise NotSupported(f"unknown settings: {', '.join(unknown)}", "bad_setting")
    told = {name: settings.get(name, number.default) for name, number in known.items()}
    for name, value in told.items():
        _, lowest, highest = known[name]
        if type(value) is not int or not lowest <= value <= highest:
            raise NotSupported(
                f"{name} is a whole number from {lowest} to {highest}, not {value!r}", "bad_setting"
            )
    return told
