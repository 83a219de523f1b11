"""Bytes to messages without a link, and what is plugged in: for the technician's command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from drivers import catalog
from drivers.as_json import as_json
from drivers.contract import Bad
from drivers.transport import ports
from drivers.transport.holding import holders

_PIECE = 65536


def families() -> tuple[str, ...]:
    """The device families that the drivers know."""
    return tuple(catalog.FAMILIES)


def decode(family: str, stream: BinaryIO) -> Iterator[dict[str, Any]]:
    """Each frame of the stream as a JSON object, in order, as soon as its bytes are there."""
    decoder = catalog.driver(family).decoder()
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    while data := read(_PIECE):
        for message in decoder.feed(data):
            yield as_json(family, message)
    for message in decoder.finish():
        yield as_json(family, message)


def decode_all(family: str, stream: BinaryIO) -> tuple[int, int]:
    """How many good and how many bad frames the stream has; nothing is printed or kept."""
    decoder = catalog.driver(family).decoder()
    good = bad = 0
    more = True
    while more:
        data = stream.read(_PIECE)
        more = bool(data)
        messages = decoder.feed(data) if more else decoder.finish()
        wrong = len([True for message in messages if type(message) is Bad])
        good, bad = good + len(messages) - wrong, bad + wrong
    return good, bad


def plugged_ports() -> list[dict[str, str]]:
    """Every serial port: identity, name now, description, state, and who holds it."""
    return [
        {
            "identity": port.identity,
            "name": port.name,
            "description": port.description,
            "state": port.state,
            "held_by": ", ".join(f"{one.program} ({one.pid})" for one in holders(port.name)),
        }
        for port in ports.plugged()
    ]


def default_settings() -> dict[str, dict[str, Any]]:
    """What each family may be told of its device, with the defaults."""
    return {family: dict(catalog.driver(family).checked({})) for family in catalog.FAMILIES}
