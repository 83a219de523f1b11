"""What a site says of its conventional radio behind a rigctld."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drivers.errors import NotSupported

DEFAULTS: Mapping[str, Any] = {
    "channels": {},  # name → {"frequency_hz": …, "mode": "FM", "passband_hz": …}
    "transmit": True,  # whether the console may press the talk key
    "squelch": True,  # whether the radio is asked if somebody is heard
    "busy_lockout": True,  # nobody is talked over, but in an emergency
    "poll_s": 0.25,  # how often the radio is asked for its state
    "answer_s": 0.5,  # the daemon answers within this time, or the wire is opened anew
}
_MODE = re.compile(r"[A-Z0-9-]{1,10}")
_CHANNEL = frozenset(("frequency_hz", "mode", "passband_hz"))


def checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """All settings, defaults filled in. Raises NotSupported for what cannot be."""
    unknown = sorted(set(settings) - set(DEFAULTS))
    if unknown:
        raise NotSupported(f"unknown settings: {', '.join(unknown)}", "bad_setting")
    whole = {**DEFAULTS, **settings}
    for name in ("transmit", "squelch", "busy_lockout"):
        _must(isinstance(whole[name], bool), name, whole[name])
    _must(_is_number(whole["poll_s"], 0.02, 60), "poll_s", whole["poll_s"])
    _must(_is_number(whole["answer_s"], 0.05, 30), "answer_s", whole["answer_s"])
    channels = whole["channels"]
    _must(isinstance(channels, Mapping), "channels", channels)
    whole["channels"] = {str(name): _channel(name, one) for name, one in channels.items()}
    return whole


def _channel(name: object, told: object) -> dict[str, Any]:
    place = f"channel {name}"
    if not isinstance(told, Mapping) or set(told) - _CHANNEL:
        raise NotSupported(f"{place}: {told!r} cannot be", "bad_setting")
    whole = {"mode": "FM", "passband_hz": 12_500, **told}
    frequency, mode, passband = (whole.get(key) for key in ("frequency_hz", "mode", "passband_hz"))
    good = _is_number(frequency, 1e5, 1e11) and isinstance(frequency, int)
    good = good and isinstance(mode, str) and _MODE.fullmatch(mode) is not None
    good = good and _is_number(passband, 0, 1e6) and isinstance(passband, int)
    _must(good, place, told)
    return whole


def _is_number(value: object, least: float, most: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return least <= value <= most


def _must(good: bool, name: str, value: object) -> None:
    if not good:
        raise NotSupported(f"{name}: {value!r} cannot be", "bad_setting")
