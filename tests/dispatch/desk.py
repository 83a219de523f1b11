"""A desk with crews and calls, for the tests of dispatch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from console.core.actor import CITY, Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.ids import CallId, UnitId, new_id
from console.core.tables import outbox
from console.dispatch import service
from console.dispatch.model import CallView, LogLine, NewCall
from console.roster import service as roster
from console.roster.model import NewUnit, UnitView, Whereabouts
from console.roster.store import keep_places
from tests.conftest import HandClock

PLACE = (35.4100, 116.5800)


@dataclass
class Desk:
    """What a test of dispatch has in its hands."""

    database: Database
    officer: Actor
    clock: HandClock

    def add(self, call_sign: str, place: tuple[float, float] | None = None, **more: Any) -> UnitId:
        """A unit, standing at ``place`` since just now."""
        unit_id = roster.add_unit(self.database, self.officer, NewUnit(call_sign, **more))
        if place is not None:
            self.stand(unit_id, place)
        return unit_id

    def stand(self, unit_id: UnitId, place: tuple[float, float]) -> None:
        """The unit's stored place, fixed just now."""
        now = self.clock.now()
        with self.database.act(self.officer) as act:
            keep_places(act.connection, [Whereabouts(unit_id, *place, now, now)])

    def message(self, **changes: Any) -> dict[str, Any]:
        """A call.created of the city, as its schema has it."""
        return {
            "call_id": new_id(),
            "received_at": to_text(self.clock.now()),
            "channel": "110",
            "nature": "2001",
            "level": 2,
            "place": {"text": "解放路12号", "lat": PLACE[0], "lon": PLACE[1], "datum": "wgs84"},
            "report": "两人打架",
            "reporter": {"name": "王某", "phone": "13812348000"},
            "due": {"sign_s": 30, "depart_s": 300, "feedback_s": 1800},
            **changes,
        }

    def city(self, kind: str, payload: dict[str, Any]) -> CallId:
        """The feed brings this message."""
        with self.database.act(CITY) as act:
            service.handlers()[kind](act, payload)
        return CallId(str(payload["call_id"]))

    def create(self, **changes: Any) -> CallId:
        """A call of the city stands on the board."""
        return self.city("call.created", self.message(**changes))

    def take(self, **changes: Any) -> CallId:
        """A call taken by hand."""
        told = {
            "source": "walk_in",
            "nature": "6003",
            "narrative": "邻里争吵",
            "place": "和平街3号",
        }
        new = NewCall(**{**told, "lat": PLACE[0], "lon": PLACE[1], **changes})
        return service.take_call(self.database, self.officer, new)

    def open(self, call_id: CallId) -> CallView:
        """The call opened."""
        with self.database.read() as connection:
            return service.call(connection, call_id)

    def status(self, call_id: CallId) -> str:
        """Where the call stands."""
        return str(self.open(call_id).call.status)

    def lines(self, call_id: CallId, kind: str) -> list[LogLine]:
        """The log's lines of this kind."""
        return [line for line in self.open(call_id).log if line.kind == kind]

    def unit(self, unit_id: UnitId) -> UnitView:
        """The unit as it stands."""
        with self.database.read() as connection:
            return roster.unit(connection, unit_id, self.clock.now())

    def told(self, kind: str) -> list[dict[str, Any]]:
        """What the city will be told of this kind, in order."""
        with self.database.read() as connection:
            rows = connection.execute(
                sa.select(outbox.c.payload).where(outbox.c.kind == kind).order_by(outbox.c.seq)
            )
            return [dict(row.payload) for row in rows]

    def run(self, call_id: CallId, unit_id: UnitId, upto: str) -> None:
        """The call goes the ordinary way up to and with this status."""
        how = service
        steps: dict[str, Callable[[], object]] = {
            "signed": lambda: how.sign(self.database, self.officer, call_id),
            "assigned": lambda: how.assign(self.database, self.officer, call_id, [unit_id]),
            "departed": lambda: how.depart(self.database, self.officer, call_id, unit_id),
            "arrived": lambda: how.arrive(self.database, self.officer, call_id, unit_id),
            "first_feedback": lambda: how.feed_back(
                self.database, self.officer, call_id, "已到场,双方已分开"
            ),
            "finished": lambda: how.finish(
                self.database, self.officer, call_id, "settled", "双方和解"
            ),
            "closed": lambda: how.close(self.database, self.officer, call_id),
        }
        for name, step in steps.items():
            step()
            if name == upto:
                return
