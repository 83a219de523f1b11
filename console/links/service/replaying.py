"""A capture played through a real link: wire, thread, step, decoder and events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from console.core.clock import Clock
from console.core.errors import Refused
from console.core.ids import LinkId, new_id
from console.links.model import LinkConfig, LinkState, ReadingArrived, ReplayPlace
from console.links.service.runner import LinkRunner, Surroundings
from drivers.as_json import as_json
from drivers.transport.replay import ReplayWire

_LOOK_S = 0.1


def replay(
    family: str, file: Path, speed: float, clock: Clock, say: Callable[[dict[str, Any]], None]
) -> LinkState:
    """The whole capture was played; how the link stood at its end.

    ``say`` is called in this thread with each reading as JSON. Refused where the file cannot be
    read or is no capture.
    """
    wire = ReplayWire(file, speed)
    config = LinkConfig(LinkId(new_id()), file.name, family, ReplayPlace(file, speed))
    heard: SimpleQueue[object] = SimpleQueue()
    runner = LinkRunner(config, Surroundings(clock, heard.put, file.parent), wire=wire)
    runner.start()
    try:
        while not (wire.ended or runner.state.error):
            _say_next(heard, family, say)
    finally:
        runner.stop()
    while not heard.empty():
        _say_next(heard, family, say)
    if not wire.ended:
        raise Refused("links.bad_capture", told=runner.state.error)
    return runner.state


def _say_next(
    heard: SimpleQueue[object], family: str, say: Callable[[dict[str, Any]], None]
) -> None:
    try:
        event = heard.get(timeout=_LOOK_S)
    except Empty:
        return
    if isinstance(event, ReadingArrived):
        say(as_json(family, event.reading))
