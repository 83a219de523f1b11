"""What radios say: to the board at once, to the log soon."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from console.core.database import Act
from console.core.ids import new_id
from console.core.text import shown
from console.links.model import (
    Other,
    Position,
    RadioCall,
    Reading,
    ReadingArrived,
    Status,
    Text,
    source_of,
)
from console.radio import store
from console.radio.model import (
    EMERGENCY,
    EmergencyHeard,
    Exchange,
    Kind,
    Moment,
    RadioLimits,
    State,
    Statuses,
    StatusHeard,
)
from console.radio.service.channel_board import ChannelBoard, Over
from console.radio.service.jobs import Jobs
from console.radio.service.writing import settle_line, write

HEARD_CHARS = 500
SAME_S = 60.0  # the same words of the same radio within it are counted, not written anew
MOST_SAME = 500
_STORED = (0x21, 0x22)  # the network keeps it and goes on trying
CallOf = Callable[[Any, str], str]  # (connection, crew) → the call that was open


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a radio said. ``unit_id`` is empty for a radio that no crew carries."""

    link_id: str
    family: str
    radio: str
    unit_id: str
    at: datetime


class Intake:
    """Takes readings in the link's own thread; cheap."""

    def __init__(self, board: ChannelBoard, jobs: Jobs, call_of: CallOf) -> None:
        self._board, self._jobs, self._call_of = board, jobs, call_of
        self.limits = RadioLimits()
        self.statuses = Statuses(())
        self._guard = threading.Lock()
        self._help: dict[tuple[str, str], int] = {}  # calls for help that wait to be written
        self._same: dict[tuple[object, ...], tuple[str, float]] = {}

    def take(self, event: ReadingArrived, family: str, now: Moment) -> None:
        """What this radio said is on the board, and will be in the log."""
        reading = event.reading
        radio = source_of(reading) or ""
        said = Said(event.link_id, family, radio, event.serves or "", event.received_at)
        if radio:
            how = _how(reading)
            self._board.note_heard(said.link_id, radio, said.at, how)
        match reading:
            case Status():
                self._take_status(said, reading, now)
            case Text():
                self._take_text(said, reading, now)
            case RadioCall():
                self._take_call(said, reading, now)
            case Position() if "sos" in reading.alarms:
                self._emergency(said, "", "sos")
            case Other(_, fields, "ack"):
                self._take_receipt(said, fields)
            case _:
                pass

    def overs(self, found: list[Over]) -> None:
        """Talks that began or ended will be in the log."""
        for over in found:
            self._jobs.put(self._begun(over) if over.began else _over(over))

    def _take_status(self, said: Said, reading: Status, now: Moment) -> None:
        known = self.statuses.of(reading.code, said.family)
        if known is not None and known.meaning == EMERGENCY:
            self._emergency(said, "", known.words.zh_CN)
        channel = self._board.find(said.link_id, reading.destination)
        line = self._line(said, Kind.STATUS, channel.name if channel else "")
        line = replace(line, code=reading.code, text=known.words.zh_CN if known else "")
        meaning = known.meaning if known is not None else ""
        self._write_or_count(line, (said.link_id, said.radio, "status", reading.code), now)

        def tell(act: Act) -> None:
            act.announce(
                StatusHeard(
                    said.link_id, said.radio, said.unit_id or None, reading.code, meaning, said.at
                )
            )

        self._jobs.put(tell)

    def _take_text(self, said: Said, reading: Text, now: Moment) -> None:
        channel = self._board.find(said.link_id, reading.destination)
        line = self._line(said, Kind.TEXT, channel.name if channel else "")
        line = replace(line, text=shown(reading.text, HEARD_CHARS), reference=reading.reference)
        key = (said.link_id, said.radio, "text", reading.reference, reading.text)
        self._write_or_count(line, key, now)

    def _take_call(self, said: Said, reading: RadioCall, now: Moment) -> None:
        channel = self._board.find(said.link_id, reading.group)
        name = channel.name if channel else (reading.group or "")
        if (reading.priority or 0) >= self.limits.emergency_priority and said.radio:
            self._emergency(said, name, "call")
        if channel is None or reading.granted:
            return
        key = channel.id
        match reading.phase:
            case "incoming" | "talking" if said.radio:
                self.overs(self._board.receive(key, said.radio, said.unit_id, now, self.limits))
            case "ceased":
                self.overs(self._board.fall_silent(key, now, self.limits))
            case "released":
                self.overs(self._board.release(key, now))

    def _take_receipt(self, said: Said, fields: Mapping[str, Any]) -> None:
        reference = fields.get("reference")
        state, cause = receipt(fields)
        if state is None or not isinstance(reference, int):
            return
        radios = {said.radio, *(str(fields.get(name) or "") for name in ("source", "destination"))}

        def settle_it(act: Act) -> None:
            for radio in sorted(radios - {""}):
                was = store.sent(act.connection, said.link_id, radio, reference)
                if was is not None:
                    settle_line(act, was.id, state, cause)
                    return

        self._jobs.put(settle_it)

    def _emergency(self, said: Said, channel: str, how: str) -> None:
        """A repeat is counted on the line that is open: a call for help is never one of many, and
        one that is repeated without end fills nothing."""
        if not channel:
            found = self._board.find(said.link_id, None)
            channel = found.name if found is not None else ""
        key = (said.link_id, said.radio)
        with self._guard:
            waits = self._help.get(key, 0)
            self._help[key] = waits + 1
        if waits:
            return
        line = replace(self._line(said, Kind.EMERGENCY, channel), state=State.OPEN, text=how)
        self._jobs.put(lambda act: self._write_help(act, line, key), urgent=True)

    def _write_help(self, act: Act, line: Exchange, key: tuple[str, str]) -> None:
        with self._guard:
            count = max(1, self._help.pop(key, 0))  # popped once already when the store failed
        there = store.open_lines(act.connection, Kind.EMERGENCY)
        same = [one for one in there if (one.link_id, one.radio) == key]
        if same:
            write(act, replace(same[0], count=same[0].count + count))
        else:
            call_id = self._call_of(act.connection, line.unit_id)
            write(act, replace(line, count=count, call_id=call_id))
        unit = line.unit_id or None
        act.announce(EmergencyHeard(line.link_id, line.radio, unit, line.at, count))

    def _line(self, said: Said, kind: Kind, channel: str) -> Exchange:
        return Exchange(
            new_id(), said.at, True, kind, said.link_id, said.radio, State.HEARD, said.unit_id,
            channel,
        )  # fmt: skip

    def _write_or_count(self, line: Exchange, key: tuple[object, ...], now: Moment) -> None:
        kept_id, since = self._same.get(key, ("", 0.0))
        again = bool(kept_id) and now.monotonic - since < SAME_S
        if not again:
            if len(self._same) >= MOST_SAME:
                self._same.clear()
            self._same[key] = (line.id, now.monotonic)

        def note(act: Act) -> None:
            was = store.find(act.connection, kept_id) if again else None
            if was is not None:
                write(act, replace(was, count=was.count + 1))
            else:
                call_id = self._call_of(act.connection, line.unit_id)
                write(act, replace(line, call_id=call_id))

        self._jobs.put(note)

    def _begun(self, over: Over) -> Callable[[Act], None]:
        state = over.state
        assert state.since is not None
        line = Exchange(
            over.id, state.since, True, Kind.OVER, state.channel.link_id, state.talker,
            State.OPEN, state.unit_id, state.channel.name,
        )  # fmt: skip

        def note(act: Act) -> None:
            call_id = self._call_of(act.connection, line.unit_id)
            write(act, replace(line, call_id=call_id))

        return note


def _over(over: Over) -> Callable[[Act], None]:
    def note(act: Act) -> None:
        was = store.find(act.connection, over.id)
        if was is not None and was.state is State.OPEN:
            write(
                act,
                replace(was, state=State.HEARD, seconds=over.seconds, settled_at=act.at),
            )

    return note


def receipt(fields: Mapping[str, Any]) -> tuple[State | None, str]:
    """What became of a message, as its receipt says, and why not; no state where it says nothing
    yet. TETRA gives a delivery status or a word, Hytera a result."""
    delivery, result, word = fields.get("delivery"), fields.get("result"), fields.get("report", "")
    if isinstance(delivery, int):
        if delivery in _STORED:
            return None, ""
        known = {0: State.RECEIVED, 1: State.RECEIVED, 2: State.READ}.get(delivery)
        return (known, "") if known else (State.FAILED, str(word or f"{delivery:02X}"))
    if isinstance(result, int):
        told = str(fields.get("told", result))
        return (State.RECEIVED, "") if result == 0 else (State.FAILED, told)
    known = {"received": State.RECEIVED, "consumed": State.READ}.get(str(word))
    if known is None and word:
        return State.FAILED, str(word)
    return known, ""


def _how(reading: Reading) -> str:
    match reading:
        case Status():
            return "status"
        case Text():
            return "text"
        case RadioCall():
            return "voice"
        case Position():
            return "position"
    return "sign"
