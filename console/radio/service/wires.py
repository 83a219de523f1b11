"""What the radio room needs of the links: orders, and who can be reached behind which of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from console.core.ids import LinkId
from console.links.model import RADIO_FAMILIES, UP, LinkState, Order, Outcome
from console.radio.model import Radio

Heard = Mapping[tuple[str, str], tuple[datetime, str]]


class Wires(Protocol):
    """The post's links; the supervisor is one."""

    def snapshot(self) -> tuple[LinkState, ...]:
        """How every link stands now."""

    def order(
        self, link_id: LinkId, order: Order, deadline_s: float, then: Callable[[Outcome], None]
    ) -> str:
        """The order is given; ``then`` is called once, in any thread."""


def own_radios(states: Iterable[LinkState]) -> list[LinkState]:
    """The post's own radios."""
    return [state for state in states if state.config.family in RADIO_FAMILIES]


def crews_radios(states: Iterable[LinkState], heard: Heard) -> list[Radio]:
    """The radios of the crews, as the links are set up, by link and number."""
    found = [
        _radio(state, radio, unit, heard)
        for state in own_radios(states)
        for radio, unit in state.config.sources.items()
    ]
    return sorted(found, key=lambda one: (one.link_name, one.radio))


def _radio(state: LinkState, radio: str, unit: str, heard: Heard) -> Radio:
    config = state.config
    at, how = heard.get((config.id, radio), (None, ""))
    return Radio(config.id, radio, unit, config.name, state.phase in UP, config.family, at, how)


def family_of(states: Sequence[LinkState], link_id: str) -> str:
    """The family of this link; empty when there is none of this id."""
    return next((one.config.family for one in states if one.config.id == link_id), "")
