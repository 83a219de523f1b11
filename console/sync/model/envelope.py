"""What goes upward in one request: a run of events without a gap, within the city's limits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_EVENTS = 500
MAX_BYTES = 1024 * 1024
_FRAME_BYTES = 128  # epoch, lane, brackets


@dataclass(frozen=True, slots=True)
class Event:
    """One event ready to go: what it is about, and the canonical JSON that the city gets."""

    seq: int
    event_id: str
    entity: str
    entity_id: str
    text: str


def cut_batch(
    events: Iterable[Event], after: int, max_events: int = MAX_EVENTS, max_bytes: int = MAX_BYTES
) -> list[Event]:
    """The events that follow ``after`` without a gap, as many as fit; at least one if there is one."""
    batch: list[Event] = []
    size = _FRAME_BYTES
    for event in events:
        if event.seq != after + len(batch) + 1 or len(batch) >= max_events:
            break
        size += len(event.text.encode()) + 1
        if batch and size > max_bytes:
            break
        batch.append(event)
    return batch


def envelope(epoch: str, lane: int, batch: list[Event]) -> bytes:
    """The request's body, in canonical JSON."""
    events = ",".join(event.text for event in batch)
    return f'{{"epoch":"{epoch}","events":[{events}],"lane":{lane}}}'.encode()
