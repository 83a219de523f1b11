"""Taking back a mistaken step: a further line puts back what was, the line itself stays, struck."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from console.core.actor import Actor
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.ids import CallId, UnitId
from console.dispatch import store
from console.dispatch.service.tables import limits
from console.dispatch.service.writing import Writing, lively
from console.people.model import Right, require
from console.roster.service import change_status, plain_unit

UNDOABLE = frozenset({"assigned", "departed", "arrived", "finished", "taken_off"})
# lines that say something and change nothing: they do not stand between a step and its undo
_REMARKS = frozenset(
    {"feedback", "delay", "caller_revealed", "released", "linked", "updated", "overruled"}
)


def undo(database: Database, actor: Actor, call_id: CallId) -> str:
    """The call's last step is taken back, for the city too; returns the kind of that step.

    Refused after the undo time of the limits, when another step came after it, and for steps that
    cannot be taken back.
    """
    return _undo(database, actor, call_id, UNDOABLE)


def undo_assign(database: Database, actor: Actor, call_id: CallId) -> str:
    """The same, but only when the last step was an assignment."""
    return _undo(database, actor, call_id, frozenset({"assigned"}))


def _undo(database: Database, actor: Actor, call_id: CallId, kinds: frozenset[str]) -> str:
    require(actor, Right.TAKE_CALLS)
    with database.act(actor) as act:
        writing = Writing(act, call_id)
        line = _last_step(writing)
        if line is None or line.kind not in kinds:
            raise Refused("dispatch.nothing_to_undo", call=writing.call.number)
        within_s = limits(act.connection, act.at).undo_s
        if act.at - line.written_at > timedelta(seconds=within_s):
            raise Refused("dispatch.undo_too_late", call=writing.call.number, seconds=within_s)
        try:
            _put_back(writing, line.before)
        except IntegrityError as bound:
            raise Refused("dispatch.undo_crew_elsewhere", call=writing.call.number) from bound
        if line.kind in ("assigned", "taken_off", "finished"):
            writing.tell_dispatched("更正")
        if line.kind != "assigned":
            text = f"更正:撤销“{_SPOKEN[line.kind]}”"
            payload = {"text": text, "at": to_text(act.at), "first": False}
            writing.tell("call.feedback", payload)
        writing.done("undone", line.text, undoes=line.seq, detail={"kind": line.kind})
    return str(line.kind)


_SPOKEN = {"departed": "出警", "arrived": "到场", "finished": "处置完毕", "taken_off": "撤离警力"}


def _last_step(writing: Writing) -> Any:
    lines = store.newest_lines(writing.act.connection, writing.call.id)
    struck = {line.undoes for line in lines if line.undoes is not None}
    for line in lines:
        if line.seq in struck or line.undoes is not None or line.kind in _REMARKS:
            continue
        return line
    return None


def _put_back(writing: Writing, before: dict[str, Any]) -> None:
    writing.set(**{name: lively(name, value) for name, value in before["call"].items()})
    crews = {crew.id: crew for crew in writing.crews()}
    for crew_id, columns in before["assignments"].items():
        values = {name: lively(name, value) for name, value in columns.items()}
        if "released_at" in values and values["released_at"] is not None:
            values["released_at"] = writing.act.at  # the assignment itself is taken back: now
        writing.assignment(crews[crew_id], **values)
    for unit_id, (was, given) in before["units"].items():
        if plain_unit(writing.act.connection, UnitId(unit_id)).status == given:
            change_status(writing.act, UnitId(unit_id), was, "更正")
