"""The life of a call as a table: which step may follow which, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from console.core.errors import Refused
from console.dispatch.model.call import Assignment, CallStatus

S = CallStatus


class Step(StrEnum):
    """What can be done to a call."""

    SIGN = "sign"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    DEPART = "depart"
    ARRIVE = "arrive"
    FEED_BACK = "feed_back"
    FINISH = "finish"
    CLOSE = "close"
    RETURN = "return_call"
    TRANSFER = "transfer"
    MERGE = "merge"
    CANCEL = "cancel"
    REOPEN = "reopen"


_BEFORE_SIGN = (S.RECEIVED,)
_SIGNED = (S.SIGNED, S.REOPENED)
_GOING = (S.ASSIGNED, S.DEPARTED)
_THERE = (S.ARRIVED, S.FIRST_FEEDBACK)
_ACTIVE = (*_SIGNED, *_GOING, *_THERE)


def _from(states: Iterable[CallStatus], to: CallStatus | None) -> dict[CallStatus, CallStatus]:
    """These states all lead to ``to``; None: each stays where it is."""
    return {state: state if to is None else to for state in states}


TABLE: dict[Step, dict[CallStatus, CallStatus]] = {
    Step.SIGN: _from(_BEFORE_SIGN, S.SIGNED),
    Step.ASSIGN: _from(_SIGNED, S.ASSIGNED) | _from((*_GOING, *_THERE), None),
    Step.UNASSIGN: _from((*_GOING, *_THERE), None),
    Step.DEPART: {S.ASSIGNED: S.DEPARTED} | _from((S.DEPARTED, *_THERE), None),
    Step.ARRIVE: _from(_GOING, S.ARRIVED) | _from(_THERE, None),
    Step.FEED_BACK: _from((*_SIGNED, *_GOING), None)
    | _from(_THERE, S.FIRST_FEEDBACK)
    | _from((S.FINISHED,), None),
    Step.FINISH: _from(_ACTIVE, S.FINISHED),
    Step.CLOSE: {S.FINISHED: S.CLOSED},
    Step.RETURN: _from((*_BEFORE_SIGN, *_SIGNED, S.ASSIGNED), S.RETURNED),
    Step.TRANSFER: _from((*_BEFORE_SIGN, *_ACTIVE), S.TRANSFERRED),
    Step.MERGE: _from((*_BEFORE_SIGN, *_ACTIVE), S.MERGED),
    Step.CANCEL: _from((*_BEFORE_SIGN, *_ACTIVE), S.CANCELLED),
    Step.REOPEN: _from((S.FINISHED, S.CLOSED, S.RETURNED, S.TRANSFERRED, S.MERGED), S.REOPENED),
}


_NOT_NOW: dict[Step, str] = {
    Step.SIGN: "dispatch.sign_not_now",
    Step.ASSIGN: "dispatch.assign_not_now",
    Step.UNASSIGN: "dispatch.unassign_not_now",
    Step.DEPART: "dispatch.depart_not_now",
    Step.ARRIVE: "dispatch.arrive_not_now",
    Step.FEED_BACK: "dispatch.feed_back_not_now",
    Step.FINISH: "dispatch.finish_not_now",
    Step.CLOSE: "dispatch.close_not_now",
    Step.RETURN: "dispatch.return_call_not_now",
    Step.TRANSFER: "dispatch.transfer_not_now",
    Step.MERGE: "dispatch.merge_not_now",
    Step.CANCEL: "dispatch.cancel_not_now",
    Step.REOPEN: "dispatch.reopen_not_now",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table alone cannot know of a call."""

    crews: int = 0  # open assignments
    arrived: bool = False  # a crew is or was on the scene
    fed_back: bool = False
    disposition: str = ""
    without_attendance: bool = False  # the disposition needs no crew on the scene
    has_text: bool = False


NO_FACTS = Facts()


def after(status: CallStatus, step: Step, facts: Facts = NO_FACTS) -> CallStatus:
    """The status to which this step leads. Refused when it makes no sense now, with why."""
    found = TABLE[step].get(status)
    if found is None:
        raise Refused(_NOT_NOW[step], status=str(status))
    if step in (Step.UNASSIGN, Step.DEPART, Step.ARRIVE) and facts.crews == 0:
        raise Refused("dispatch.no_crew", step=str(step))
    if step is Step.FEED_BACK and not facts.has_text:
        raise Refused("dispatch.feedback_empty")
    if step is Step.FINISH:
        _check_finish(facts)
    return found


def _check_finish(facts: Facts) -> None:
    if not facts.disposition:
        raise Refused("dispatch.disposition_missing")
    if facts.without_attendance:
        return
    if not facts.arrived:
        raise Refused("dispatch.nobody_arrived")
    if not (facts.fed_back or facts.has_text):
        raise Refused("dispatch.feedback_missing")


def may(status: CallStatus, step: Step) -> bool:
    """The table allows this step now; the facts may still refuse it."""
    return status in TABLE[step]


def standing(status: CallStatus, crews: Iterable[Assignment], fed_back: bool) -> CallStatus:
    """Where an active call stands by what its crews have done; used after a crew was taken off."""
    if status not in (*_GOING, *_THERE):
        return status
    bound = list(crews)
    if any(c.arrived_at for c in bound):
        return S.FIRST_FEEDBACK if fed_back and status is S.FIRST_FEEDBACK else S.ARRIVED
    open_ = [c for c in bound if c.is_open]
    if any(c.departed_at for c in open_):
        return S.DEPARTED
    return S.ASSIGNED if open_ else S.SIGNED
