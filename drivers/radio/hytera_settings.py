"""What a site says of its Hytera radio or repeater."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drivers.errors import NotSupported
from drivers.radio.hytera_frames import address_of

DEFAULTS: Mapping[str, Any] = {
    "carrier": "hstrp",  # hrnp: a radio on its data port; hstrp: a repeater on the network
    "own_id": "64250",  # under which radios write to the console
    "groups": (),  # the ids that are groups; every other id is a radio
    "beat_s": 5.0,  # how often life is asked for
    "answer_s": 1.0,  # after so long without an acknowledgement a packet is sent again
    "valid_s": 3600,  # so long a registration holds
    "host_address": 0x20,  # HRNP: ours
    "radio_address": 0x10,  # HRNP: the radio's
    "repeater": 1,  # HSTRP: the repeater and its slot that the connection is for
    "slot": 1,
    "broadcasts": True,  # the radio tells when it sends and receives
    # the body of RCP 0041 that presses and releases the talk key: not published, so the site's own
    "ptt_press": "0301",
    "ptt_release": "0300",
}


def checked(settings: Mapping[str, Any]) -> dict[str, Any]:
    """All settings, defaults filled in. Raises NotSupported for what cannot be."""
    unknown = sorted(set(settings) - set(DEFAULTS))
    if unknown:
        raise NotSupported(f"unknown settings: {', '.join(unknown)}", "bad_setting")
    whole = {**DEFAULTS, **settings}
    whole["groups"] = [str(group) for group in _list(whole["groups"])]
    whole["own_id"] = str(whole["own_id"])
    for name, fits in _RULES.items():
        try:
            good = fits(whole[name])
        except (ValueError, TypeError, OverflowError):
            good = False
        if not good:
            raise NotSupported(f"{name}: {whole[name]!r} cannot be", "bad_setting")
    return whole


def _list(value: object) -> list[object]:
    if isinstance(value, (list, tuple)):
        return list(value)
    raise NotSupported(f"groups: {value!r} is no list", "bad_setting")


def _number(least: float, most: float) -> Callable[[Any], bool]:
    return lambda value: not isinstance(value, bool) and least <= value <= most


def _byte(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 255


def _is_name(value: Any) -> bool:
    return len(address_of(value)) == 4


_RULES: Mapping[str, Callable[[Any], bool]] = {
    "carrier": lambda value: value in ("hrnp", "hstrp"),
    "own_id": _is_name,
    "groups": lambda value: all(_is_name(group) for group in value),
    "beat_s": _number(0.2, 60),
    "answer_s": _number(0.05, 10),
    "valid_s": lambda value: _number(1, 0xFFFE)(value) and isinstance(value, int),
    "host_address": _byte,
    "radio_address": _byte,
    "repeater": lambda value: _number(0, 0xFFFFFFFF)(value) and isinstance(value, int),
    "slot": _byte,
    "broadcasts": lambda value: isinstance(value, bool),
    "ptt_press": lambda value: 0 < len(bytes.fromhex(value)) <= 16,
    "ptt_release": lambda value: 0 < len(bytes.fromhex(value)) <= 16,
}
