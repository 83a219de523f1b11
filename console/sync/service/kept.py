"""What was set aside and what is in quarantine, as one list for the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from console.sync.model import Quarantined, SetAside
from console.sync.store import aside as store
from console.sync.store import feed as feed_store

Naming = Callable[[sa.Connection, str, str], str]
MOST = 2000


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that did not pass: an event for the city (``event``) or an item of it (``item``).

    ``belongs`` names the call or crew in words; ``behind`` counts what waits for it.
    """

    key: str
    since: datetime
    kind: str
    entity: str
    entity_id: str
    belongs: str
    behind: int
    event: SetAside | None = None
    item: Quarantined | None = None


def kept(connection: sa.Connection, name: Naming) -> list[Kept]:
    """All that a person must settle: events first in their entity's line or refused for a reason of
    their own, then items of the city; the newest first."""
    found: list[Kept] = []
    lines: dict[tuple[str, str], list[SetAside]] = {}
    for event in store.all_aside(connection, MOST):
        lines.setdefault((event.entity, event.entity_id), []).append(event)
    for (entity, entity_id), line in lines.items():
        belongs = name(connection, entity, entity_id)
        for at, event in enumerate(line):
            if at == 0 or not event.waits:
                behind = len(line) - at - 1
                found.append(
                    Kept(
                        event.event_id, event.set_aside_at, event.kind, entity, entity_id,
                        belongs, behind, event=event,
                    )
                )  # fmt: skip
    found += [_of_item(connection, item, name) for item in feed_store.kept(connection)]
    return sorted(found, key=lambda row: row.since, reverse=True)


def _of_item(connection: sa.Connection, item: Quarantined, name: Naming) -> Kept:
    entity, entity_id = _about(item.raw)
    belongs = name(connection, entity, entity_id) if entity_id else ""
    return Kept(item.item_id, item.received_at, item.kind, entity, entity_id, belongs, 0, item=item)


def _about(raw: str) -> tuple[str, str]:
    """Which call the item speaks of, as far as it says so in a way that can be read."""
    try:
        payload = json.loads(raw).get("payload")
        told = payload.get("call_id") if isinstance(payload, dict) else None
    except (ValueError, AttributeError, RecursionError):
        told = None
    return ("call", told) if isinstance(told, str) and len(told) <= 64 else ("", "")
