"""A talk with a device that only speaks: nothing is asked of it, and it takes no orders."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from drivers.contract import Decoder, Order, Turn
from drivers.errors import NotSupported

NOTHING = Turn()


class Listening:
    """Hands on what the decoder understands."""

    def __init__(self, decoder: Decoder) -> None:
        self.identity = ""
        self.beat_at: float | None = None
        self._decoder = decoder

    def begin(self, now: float) -> Turn:
        return NOTHING

    def hear(self, data: bytes, now: float) -> Turn:
        return Turn(self._decoder.feed(data))

    def order(self, order_id: str, order: Order, deadline: float, now: float) -> Turn:
        raise NotSupported(f"takes no orders: {type(order).__name__}", "not_supported")

    def pass_time(self, now: float) -> Turn:
        return NOTHING

    def wake_at(self) -> float:
        return math.inf

    def end(self) -> Turn:
        return Turn(self._decoder.finish())


def no_settings(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What a family without settings makes of those it is given. Raises NotSupported for any."""
    if settings:
        raise NotSupported(f"unknown settings: {', '.join(sorted(settings))}", "bad_setting")
    return {}
