"""Hytera radios and repeaters: registration, texts, places, calls and the talk key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drivers.contract import Talk
from drivers.radio.hytera_decoder import HyteraDecoder
from drivers.radio.hytera_settings import checked
from drivers.radio.hytera_talk import HyteraTalk


class HyteraDriver:
    """A radio on its data port (HRNP), or a repeater on the network (HSTRP)."""

    family = "hytera"
    silence_s = 20.0  # three of the heartbeats that the talk asks for, and a little

    def decoder(self) -> HyteraDecoder:
        return HyteraDecoder()

    def talk(self, settings: Mapping[str, Any]) -> Talk:
        return HyteraTalk(self.checked(settings))

    def checked(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        return checked(settings)
