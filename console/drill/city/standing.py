"""How a lane stands before an event: whether what the event builds on was taken."""

from __future__ import annotations

from typing import Any, TypeGuard

import sqlalchemy as sa

from console.drill.city import witness
from console.drill.city.tables import refused as refused_table


class Standing:
    """What earlier events of the lane mean for later ones: what was refused, what was witnessed."""

    def __init__(self, connection: sa.Connection, post: str, epoch: str, lane: int) -> None:
        self._connection, self._post, self._lane = connection, post, lane
        of_lane = sa.and_(refused_table.c.post == post, refused_table.c.lane == lane)
        rows = connection.execute(sa.select(refused_table).where(of_lane))
        self._refused = {(row.entity, row.entity_id): int(row.rev) for row in rows}
        self._head: tuple[int, str] | None = None
        if lane == witness.LANE:
            self._head = witness.last_of(connection, post, epoch)

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
        told = {"post": self._post, "lane": self._lane, "rev": rev}
        self._connection.execute(
            refused_table.insert().values(**told, entity=named[0], entity_id=named[1])
        )

    def _of(self, named: tuple[Any, Any]) -> tuple[sa.ColumnElement[bool], ...]:
        table = refused_table.c
        place = (table.post == self._post, table.lane == self._lane)
        return (*place, table.entity == named[0], table.entity_id == named[1])


def _can_be_named(named: tuple[Any, Any]) -> bool:
    return all(isinstance(text, str) and 0 < len(text) <= 64 and "\0" not in text for text in named)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62
