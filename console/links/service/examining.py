"""What is wrong with a link, tried outside the console: opened for a moment, listened to, closed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from console.core.clock import Clock
from console.links.model import LinkConfig, LinkState, SerialPlace
from console.links.service.runner import LinkRunner, Surroundings
from drivers.errors import LinkLost
from drivers.transport import ports
from drivers.transport.holding import Access, Holder, access, holders

LISTEN_S = 2.5
ENOUGH = 20  # frames, good and bad, that say what a longer look would say
UNREADABLE_FROM = 0.5
_LOOK_S = 0.05
_STOP_S = 3.0
_LEAST_BYTES = 32  # fewer may be the tail of one frame


@dataclass(frozen=True, slots=True)
class Examined:
    """One link: how it stood at the end of the look, its port, who holds that, who may open it."""

    state: LinkState
    port: str
    holders: tuple[Holder, ...]
    access: Access | None


def unreadable(state: LinkState) -> float | None:
    """Which part of what came could not be understood, 0 to 1; None while too little came."""
    if state.frames + state.bad < 2 and state.received_bytes < _LEAST_BYTES:
        return None
    if state.frames == 0:
        return 1.0
    return state.bad / (state.frames + state.bad)


def examine(
    configs: Sequence[LinkConfig], clock: Clock, folder: Path, listen_s: float = LISTEN_S
) -> list[Examined]:
    """Each of these links was opened and heard for so long; all of them at the same time.

    For a post whose console does not run: a console holds its ports itself.
    """
    around = Surroundings(clock, lambda _event: None, folder, lambda: True)  # nothing is recorded
    runners = [LinkRunner(config, around) for config in configs]
    found = [where(config) for config in configs]  # before they hold the ports themselves
    for runner in runners:
        runner.start()
    until = time.monotonic() + listen_s
    while time.monotonic() < until and not all(_told_enough(r.state) for r in runners):
        time.sleep(_LOOK_S)
    states = [runner.state for runner in runners]
    for runner in runners:
        runner.ask_to_stop()
    for runner in runners:
        runner.stop(_STOP_S)
    return [
        Examined(state, port, tuple(holding), may)
        for state, (port, holding, may) in zip(states, found, strict=True)
    ]


def where(config: LinkConfig) -> tuple[str, list[Holder], Access | None]:
    """The port of this link as it is called now, who holds it, and who may open it."""
    place = config.transport
    if not isinstance(place, SerialPlace):
        return "", [], None
    try:
        name = ports.find(place.identity)
    except LinkLost:
        name = None
    if name is None:
        return "", [], None
    return name, holders(name), access(name)


def _told_enough(state: LinkState) -> bool:
    """It speaks well, or so badly that more of it says nothing new."""
    return state.frames + state.bad >= ENOUGH
