"""Where the sections of a hand-over come from: the other rooms of the post, looked at from above."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from console.alarms import service as alarms
from console.core import outbox
from console.core.words import Words
from console.dispatch import service as dispatch
from console.dispatch.model import CallCard, CallStatus
from console.handover.model import Line, Part, Section, part_of
from console.handover.service.gathering import Sources
from console.inventory import service as inventory
from console.links.model import CAUSE_WORDS, PHASE_WORDS, UP, LinkState
from console.patrol import service as patrol
from console.roster import service as roster
from console.sync.model.road import RoadState
from console.sync.service import set_aside

STATUS: Mapping[CallStatus, Words] = {
    CallStatus.RECEIVED: Words("待签收", "to be signed"),
    CallStatus.SIGNED: Words("已签收，待派警", "signed, nobody sent"),
    CallStatus.ASSIGNED: Words("已派警", "assigned"),
    CallStatus.DEPARTED: Words("已出警", "on the way"),
    CallStatus.ARRIVED: Words("已到场", "on the scene"),
    CallStatus.FIRST_FEEDBACK: Words("已首次反馈", "first feedback given"),
    CallStatus.FINISHED: Words("处置完毕，待结案", "finished, not closed"),
    CallStatus.REOPENED: Words("已重新打开", "reopened"),
}
ALARM_STATE: Mapping[str, Words] = {
    "ringing": Words("未确认", "not acknowledged"),
    "active": Words("已确认，未恢复", "acknowledged, goes on"),
    "gone": Words("已恢复，未确认", "over, not acknowledged"),
}


def post_sources(
    links: Callable[[], Sequence[LinkState]], road: Callable[[], RoadState]
) -> Sources:
    """The sources of a running post. ``links`` and ``road`` tell how the wires and the city stand;
    they answer at once, from any thread."""

    def faults(_: sa.Connection, now: datetime) -> Part:
        return part_of(Section.FAULTS, _faults(links(), road()))

    return Sources(
        {
            Section.CALLS: calls_part,
            Section.ALARMS: alarms_part,
            Section.ITEMS: items_part,
            Section.POINTS: points_part,
            Section.EVENTS: events_part,
            Section.FAULTS: faults,
        },
        _level,
        _shift,
    )


def plain(text: str) -> Words:
    """A name or a place, which is the same in every language."""
    return Words(text, text)


def joined(*parts: Words) -> Words:
    """These words one after the other; empty ones are left out."""
    found = [part for part in parts if part.zh_CN]
    return Words(" · ".join(w.zh_CN for w in found), " · ".join(w.en for w in found))


def calls_part(connection: sa.Connection, now: datetime) -> Part:
    """The calls that are open, the most urgent first."""
    lines = (_call(card, now) for card in dispatch.board(connection, now))
    return part_of(Section.CALLS, tuple(lines))


def _call(card: CallCard, now: datetime) -> Line:
    call = card.call
    status = STATUS.get(call.status, plain(str(call.status)))
    what = joined(plain(call.number), card.nature.words)
    told = joined(status, plain(call.place), plain(" ".join(card.crews)))
    return Line(call.id, what, told, call.received_at, card.late(now))


def alarms_part(connection: sa.Connection, now: datetime) -> Part:
    """The alarms that wait for something."""
    lines = []
    for alarm in alarms.open_alarms(connection, now):
        state = alarm.state(now)
        times = Words(f"{alarm.count} 次", f"{alarm.count} times") if alarm.count > 1 else plain("")
        told = joined(ALARM_STATE.get(state, plain(state)), plain(alarm.place), times)
        what = joined(alarm.title, plain(alarm.name))
        lines.append(Line(alarm.id, what, told, alarm.raised_at, state == "ringing"))
    return part_of(Section.ALARMS, tuple(lines))


def items_part(connection: sa.Connection, now: datetime) -> Part:
    """The equipment that somebody has, the longest due first."""
    lines = []
    for one in inventory.issued(connection, now):
        due = f"{one.due_at.astimezone():%m-%d %H:%M}"
        when = (
            Words(f"应于 {due} 归还，已逾期", f"was due {due}")
            if one.overdue
            else Words(f"应于 {due} 归还", f"due {due}")
        )
        who = plain(f"{one.holder_name} {one.holder_number}".strip())
        what = plain(f"{one.item_name} {one.item_number}")
        lines.append(Line(one.item_id, what, joined(who, when), one.issued_at, one.overdue))
    return part_of(Section.ITEMS, tuple(lines))


def points_part(connection: sa.Connection, now: datetime) -> Part:
    """The points of the running shift that nobody has reached as often as wanted."""
    lines = []
    for state in patrol.point_states(connection, now):
        if state.reached:
            continue
        told, wanted = state.point.told, state.point.told.times
        done = Words(f"已到 {state.count}/{wanted} 次", f"reached {state.count} of {wanted} times")
        lines.append(Line(state.point.id, plain(f"{told.number} {told.name}"), done))
    return part_of(Section.POINTS, tuple(lines))


def events_part(connection: sa.Connection, now: datetime) -> Part:
    """What the city does not have yet: what it set aside line by line, what waits as one line."""
    counts = outbox.counts(connection)
    waiting, aside = counts.get("pending", 0), set_aside(connection)
    lines = [
        Line(
            event.event_id, joined(Words("市局未接收", "not taken by the city"), plain(event.kind)),
            plain(event.message), event.at, True,
        )
        for event in aside
    ]  # fmt: skip
    if waiting:
        told = Words(f"{waiting} 条，联通后自动发送", f"{waiting}, sent once the road is up")
        lines.insert(0, Line("pending", Words("待发送", "waiting to be sent"), told))
    return part_of(Section.EVENTS, tuple(lines), waiting + len(aside))


def _faults(links: Sequence[LinkState], road: RoadState) -> tuple[Line, ...]:
    lines = [
        Line(
            state.config.id, plain(state.config.name),
            joined(PHASE_WORDS[state.phase], CAUSE_WORDS.get(state.cause, plain(""))),
            state.since, True,
        )
        for state in links
        if state.phase not in UP
    ]  # fmt: skip
    if road.configured and not road.up:
        told = Words("未联通", "not connected")
        lines.insert(0, Line("city", Words("市局链路", "Road to the city"), told, road.since, True))
    return tuple(lines)


def _level(connection: sa.Connection, now: datetime) -> str:
    order = roster.duty_level(connection, now)
    return "daily" if order is None else order.level


def _shift(connection: sa.Connection, now: datetime) -> Words | None:
    running = roster.shift_now(connection, now)
    return None if running is None else running.name
