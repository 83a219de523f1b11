"""Writing to one call inside one act: what changes, one log line, one revision a message."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from console.core.clock import from_text, to_text
from console.core.database import Act
from console.core.errors import Refused
from console.core.ids import CallId, UnitId
from console.core.outbox import Lane
from console.core.text import shown
from console.dispatch import store
from console.dispatch.model.call import (
    BY_DESK,
    NARRATIVE_CHARS,
    NOTE_CHARS,
    Assignment,
    Call,
    CallChanged,
    CallStatus,
    How,
)
from console.dispatch.model.machine import NO_FACTS, Facts, Step, after
from console.roster.model import Status
from console.roster.service import change_status, plain_unit, statuses

CLOCK_SLACK = timedelta(seconds=60)


class Writing:
    """One call under the pen. ``set``, ``assignment`` and ``move_unit`` change and remember what
    was before; ``done`` writes the row, the log line, the audit line and the news."""

    def __init__(self, act: Act, call_id: str, how: How = BY_DESK) -> None:
        row = store.call_row(act.connection, call_id)
        if row is None:
            raise Refused("dispatch.no_such_call", call=str(call_id)[:64])
        self.act = act
        self.how = how
        self.row = row
        self.call: Call = store.to_call(row)
        self.rev: int = row.rev
        self.at = self._moment(how)
        self._changes: dict[str, Any] = {}
        self._before: dict[str, Any] = {"call": {}, "assignments": {}, "units": {}}
        self._table: dict[str, Status] | None = None

    @property
    def status(self) -> CallStatus:
        """Where the call stands, with what was already changed in this act."""
        return CallStatus(self._changes.get("status", self.call.status))

    def step(self, step: Step, facts: Facts = NO_FACTS) -> CallStatus:
        """The call takes this step. Refused when it makes no sense now."""
        self.set(status=str(after(self.status, step, facts)))
        return self.status

    def set(self, **changes: Any) -> None:
        """These columns of the call."""
        for name, value in changes.items():
            self._before["call"].setdefault(name, _plain(getattr(self.row, name)))
            self._changes[name] = value

    def crews(self) -> list[Assignment]:
        """Every assignment of the call as it stands in this act."""
        return store.assignments(self.act.connection, self.call.id)

    def open_crews(self) -> list[Assignment]:
        """The crews bound to the call."""
        return [crew for crew in self.crews() if crew.is_open]

    def crew_of(self, unit_id: UnitId) -> Assignment:
        """The open assignment of this unit. Refused when it is not bound to this call."""
        for crew in self.open_crews():
            if crew.unit_id == unit_id:
                return crew
        name = plain_unit(self.act.connection, unit_id).call_sign
        raise Refused("dispatch.not_assigned", unit=name, call=self.call.number)

    def assignment(self, crew: Assignment, **changes: Any) -> None:
        """These columns of one of the call's assignments."""
        was = self._before["assignments"].setdefault(crew.id, {})
        for name in changes:
            was.setdefault(name, _plain(getattr(crew, name)))
        store.update_assignment(self.act.connection, crew.id, **changes)

    def new_assignment(self, crew: Assignment) -> None:
        """A crew is bound to the call."""
        store.insert_assignment(self.act.connection, crew)
        self._before["assignments"][crew.id] = {"released_at": to_text(self.act.at)}

    def move_unit(self, unit_id: UnitId, on: str) -> None:
        """The unit gets the status that the post's table gives for this step, if it gives one."""
        if self._table is None:
            self._table = statuses(self.act.connection, self.act.at)
        code = next((s.code for s in self._table.values() if on in s.on), None)
        if code is None:
            return
        was = change_status(self.act, unit_id, code, self.call.number, self._table)
        if was is not None:
            self._before["units"][unit_id] = [was, code]

    def release(self, crews: Iterable[Assignment], text: str = "") -> None:
        """These crews are free of the call, each with a line; those that had left are returning."""
        for crew in crews:
            self.assignment(crew, released_at=self.act.at)
            if crew.departed_at or crew.arrived_at:
                self.move_unit(crew.unit_id, "release")
            self.line("released", text or crew.call_sign, unit_id=crew.unit_id)

    def line(self, kind: str, text: str = "", *, unit_id: UnitId | None = None, **more: Any) -> int:
        """One more line of the log; ``undoes`` and ``before`` may be among ``more``."""
        return store.append_line(
            self.act.connection, call_id=self.call.id, kind=kind, happened_at=self.at,
            written_at=self.act.at, actor=str(self.act.actor), origin=str(self.how.origin),
            text=text, unit_id=unit_id, detail=more.pop("detail", {}),
            before=more.pop("before", {}), undoes=more.pop("undoes", None),
        )  # fmt: skip

    def tell(self, kind: str, payload: Mapping[str, Any]) -> None:
        """The city will be told, with the call's next revision."""
        self.rev += 1
        self.act.tell_city(Lane.URGENT, "call", self.call.id, kind, self.rev, dict(payload))

    def tell_dispatched(self, reason: str = "") -> None:
        """The city will be told the whole list of bound crews, empty when there is none."""
        payload: dict[str, Any] = {
            "units": [
                {"unit_id": crew.unit_id, "call_sign": crew.call_sign} for crew in self.open_crews()
            ],
            "dispatched_at": to_text(self.at),
        }
        if reason:
            payload["reason"] = reason
        self.tell("call.dispatched", payload)

    def done(
        self, kind: str, text: str = "", *, unit_id: UnitId | None = None,
        detail: Mapping[str, Any] | None = None, undoes: int | None = None,
    ) -> int:  # fmt: skip
        """Everything set is written, with its log line and audit line; returns the line's number."""
        if self.rev == self.row.rev:
            self.rev += 1
        store.update_call(self.act.connection, self.call.id, rev=self.rev, **self._changes)
        told, text = {**(detail or {}), "rev": self.rev}, shown(text, NARRATIVE_CHARS)
        if self.how.note:
            told["note"] = shown(self.how.note, NOTE_CHARS)
        seq = self.line(
            kind, text, unit_id=unit_id, detail=told, before=self._before,
            undoes=undoes,
        )  # fmt: skip
        self.act.audit(
            f"call.{kind}", "call", self.call.id, number=self.call.number, line=seq, unit=unit_id,
            status=str(self.status), text=text[:200],
        )  # fmt: skip
        self.act.announce(CallChanged(CallId(self.call.id), str(self.status), kind))
        return seq

    def _moment(self, how: How) -> datetime:
        if how.happened_at is None:
            return self.act.at
        if how.happened_at > self.act.at + CLOCK_SLACK:
            raise Refused("dispatch.time_in_future", at=to_text(how.happened_at))
        if how.happened_at < self.call.received_at - CLOCK_SLACK:
            raise Refused("dispatch.time_before_call", at=to_text(how.happened_at))
        return min(how.happened_at, self.act.at)


def _plain(value: Any) -> Any:
    return to_text(value) if isinstance(value, datetime) else value


def lively(name: str, value: Any) -> Any:
    """A remembered value as its column takes it: times come back from text."""
    return from_text(value) if name.endswith("_at") and isinstance(value, str) else value
