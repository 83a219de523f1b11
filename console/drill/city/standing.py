"""How a lane stands before an event: whether what the event builds on was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from console.drill.city import witness
from console.drill.city.tables import refused as refused_table


@dataclass(frozen=True, slots=True)
class LaneKey:
    """One lane of one life of one post."""

    post: str
    epoch: str
    lane: int


class Standing:
    """What earlier events of the lane mean for later ones: what was refused, what was witnessed."""

    def __init__(self, connection: sa.Connection, key: LaneKey) -> None:
        self._connection, self._key = connection, key
        of_lane = sa.and_(refused_table.c.post == key.post, refused_table.c.lane == key.lane)
        rows = connection.execute(sa.select(refused_table).where(of_lane))
        self._refused = {(row.entity, row.entity_id): int(row.rev) for row in rows}
        self._head: tuple[int, str] | None = None
        if key.lane == witness.LANE:
            self._head = witness.last_of(connection, key.post, key.epoch)

    def refusal(self, event: dict[str, Any]) -> tuple[str, str] | None:
        """Why an event that is in order by itself cannot be taken now."""
        waits_for = self._refused.get((event["entity"], event["entity_id"]))
        if waits_for is not None and event["base_rev"] >= waits_for:
            told = f"it builds on revision {event['base_rev']}; {waits_for} was rejected"
            return "earlier_rejected", told
        if event["kind"] == witness.KIND:
            return witness.refusal(self._head, event["payload"])
        return None

    def judged(self, event: dict[str, Any], refusal: tuple[str, str] | None) -> None:
        """The event was taken, or refused for this reason."""
        named = (event.get("entity"), event.get("entity_id"))
        rev = event.get("rev")
        if refusal is None:
            if self._refused.pop(named, None) is not None:
                self._connection.execute(refused_table.delete().where(*self._of(named)))
            if event["kind"] == witness.KIND:
                self._head = (event["payload"]["seq"], event["payload"]["hash"])
        elif refusal[0] != "earlier_rejected" and _can_be_named(named) and _is_count(rev):
            self._note(named, rev)

    def _note(self, named: tuple[Any, Any], rev: int) -> None:
        if self._refused.get(named, rev) < rev:
            return
        if self._refused.pop(named, None) is not None:
            self._connection.execute(refused_table.delete().where(*self._of(named)))
        self._refused[named] = rev
        told = {"post": self._key.post, "lane": self._key.lane, "rev": rev}
        self._connection.execute(
            refused_table.insert().values(**told, entity=named[0], entity_id=named[1])
        )

    def _of(self, named: tuple[Any, Any]) -> tuple[sa.ColumnElement[bool], ...]:
        table = refused_table.c
        place = (table.post == self._key.post, table.lane == self._key.lane)
        return (*place, table.entity == named[0], table.entity_id == named[1])


def _can_be_named(named: tuple[Any, Any]) -> bool:
    return all(isinstance(text, str) and 0 < len(text) <= 64 and "\0" not in text for text in named)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62
