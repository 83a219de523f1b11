"""JT/T 808 terminals (vehicles, body-worn 4G devices), editions 2011 to 2019: the platform's side.

The wire is a TCP port to which the terminals connect, or a UDP port; one talk a connection. Nothing
on it is encrypted: what a secret can do here is to keep out who does not know it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from drivers.contract import Talk
from drivers.errors import NotSupported
from drivers.position.jt808_decoder import Jt808Decoder
from drivers.position.jt808_talk import Jt808Talk, Rules

_MOST_TERMINALS = 1000


class Jt808Driver:
    """A terminal that beats and tells its place every minute or oftener."""

    family = "jt808"
    silence_s = 180.0

    def decoder(self) -> Jt808Decoder:
        return Jt808Decoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return Jt808Talk(Jt808Decoder(), Rules(**self.checked(settings)))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """``terminals``: the numbers that may come in, all where it is empty. ``secret``: with one,
        a terminal is heard only after it authenticated with the code that registration gave it.
        ``registers``: new registrations are taken."""
        told = dict(settings)
        terminals = _numbers(told.pop("terminals", ()))
        secret, registers = told.pop("secret", ""), told.pop("registers", True)
        if told:
            raise NotSupported(f"unknown settings: {', '.join(sorted(told))}", "bad_setting")
        if not isinstance(secret, str) or len(secret) > 200:
            raise NotSupported("secret: a text of at most 200 characters", "bad_setting")
        if not isinstance(registers, bool):
            raise NotSupported("registers: yes or no", "bad_setting")
        if not registers and not secret:
            raise NotSupported("registers: closed only where there is a secret", "bad_setting")
        return {"terminals": terminals, "secret": secret, "registers": registers}


def _numbers(told: Any) -> tuple[str, ...]:
    """Terminal numbers of a list, or of a text with commas; without leading zeros."""
    if isinstance(told, str):
        told = [one for one in re.split(r"[\s,，;；]+", told) if one]
    if not isinstance(told, list | tuple) or len(told) > _MOST_TERMINALS:
        raise NotSupported("terminals: a list of numbers", "bad_setting")
    for one in told:
        if not isinstance(one, str) or not re.fullmatch(r"[0-9]{1,20}", one):
            raise NotSupported(f"terminals: {one!r} is no terminal number", "bad_setting")
    return tuple(dict.fromkeys(one.lstrip("0") or "0" for one in told))
