"""How the channels stand, in memory: who talks where, and when each radio was last heard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.core.ids import new_id
from console.radio.model import Channel, ChannelPhase, ChannelState, Moment, RadioLimits
from console.radio.model.channel import fall_silent, pass_time, receive, release, talk


@dataclass(frozen=True, slots=True)
class Over:
    """Somebody's talk began, or ended after ``seconds``."""

    id: str
    state: ChannelState
    began: bool
    seconds: float = 0.0


class ChannelBoard:
    """Every method may be called from any thread and waits for nothing."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._states: dict[str, ChannelState] = {}
        self._heard: dict[tuple[str, str], tuple[datetime, str]] = {}
        self._unwritten: set[tuple[str, str]] = set()
        self.chosen = ""

    def set_channels(self, channels: Sequence[Channel]) -> None:
        """These are the channels; what goes on on those that stay goes on."""
        with self._guard:
            was = self._states
            self._states = {
                one.id: replace(was[one.id], channel=one) if one.id in was else ChannelState(one)
                for one in channels
            }
            if self.chosen not in self._states:
                self.chosen = next(iter(self._states), "")

    def set_heard(self, heard: dict[tuple[str, str], tuple[datetime, str]]) -> None:
        """What was known of a life before; what was heard since is newer."""
        with self._guard:
            self._heard = {**heard, **self._heard}

    def states(self) -> tuple[ChannelState, ...]:
        """Every channel as it stands, in the post's order."""
        with self._guard:
            return tuple(self._states.values())

    def channel(self, channel_id: str) -> Channel | None:
        """This channel; the chosen one for an empty id."""
        with self._guard:
            found = self._states.get(channel_id or self.chosen)
        return found.channel if found is not None else None

    def find(self, link_id: str, group: str | None) -> Channel | None:
        """The channel of this group; where the radio does not name one, the one it stands on."""
        with self._guard:
            there = [one.channel for one in self._states.values()]
            chosen = self._states.get(self.chosen)
        here = [one for one in there if one.link_id == link_id]
        named = [one for one in here if group and one.group == group]
        if named or group:
            return named[0] if named else None
        if chosen is not None and chosen.channel.link_id == link_id:
            return chosen.channel
        return here[0] if here else None

    def heard(self) -> dict[tuple[str, str], tuple[datetime, str]]:
        """When each radio was last heard, and with what."""
        with self._guard:
            return dict(self._heard)

    def note_heard(self, link_id: str, radio: str, at: datetime, how: str) -> None:
        """This radio was heard."""
        with self._guard:
            self._heard[link_id, radio] = (at, how)
            self._unwritten.add((link_id, radio))

    def take_unwritten(self) -> list[tuple[str, str, datetime, str]]:
        """What was heard and is not in the store yet; it counts as written from now on."""
        with self._guard:
            found = [(*key, *self._heard[key]) for key in sorted(self._unwritten)]
            self._unwritten.clear()
        return found

    def receive(
        self, channel_id: str, talker: str, unit_id: str, now: Moment, limits: RadioLimits
    ) -> list[Over]:
        """Somebody talks there: whose talk ended by it, and whose began."""
        with self._guard:
            was = self._states.get(channel_id)
            if was is None:
                return []
            new = receive(was, talker, unit_id, now, limits)
            if new.phase is not ChannelPhase.RECEIVE:
                return []
            ended = _ended(was, now) if was.over and was.over != new.over else []
            if new.over:
                self._states[channel_id] = new
                return ended
            new = replace(new, over=new_id())
            self._states[channel_id] = new
            return [*ended, Over(new.over, new, True)]

    def fall_silent(self, channel_id: str, now: Moment, limits: RadioLimits) -> list[Over]:
        """The talk there is over: whose it was."""
        return self._put(channel_id, now, lambda was: fall_silent(was, now, limits))

    def release(self, channel_id: str, now: Moment) -> list[Over]:
        """Nothing goes on there: whose talk ended by it."""
        return self._put(channel_id, now, lambda was: release(was, now))

    def talk(self, channel_id: str, now: Moment) -> list[Over]:
        """The post talks there: whose talk ended by it."""
        return self._put(channel_id, now, lambda was: talk(was, now))

    def pass_time(self, now: Moment, limits: RadioLimits) -> tuple[list[Over], bool]:
        """What ended by itself, and whether anything stands otherwise than before."""
        found: list[Over] = []
        before = self.states()
        for one in before:
            if one.phase in (ChannelPhase.RECEIVE, ChannelPhase.HANG):
                found += self._put(one.channel.id, now, lambda was: pass_time(was, now, limits))
        return found, self.states() != before

    def mark_emergencies(self, places: Iterable[tuple[str, str]]) -> None:
        """On these channels (radio's link and channel's name), and no others, help is called for."""
        wanted = set(places)
        with self._guard:
            for key, one in self._states.items():
                calls = (one.channel.link_id, one.channel.name) in wanted
                if calls != one.emergency:
                    self._states[key] = replace(one, emergency=calls)

    def _put(
        self, channel_id: str, now: Moment, step: Callable[[ChannelState], ChannelState]
    ) -> list[Over]:
        with self._guard:
            was = self._states.get(channel_id)
            if was is None:
                return []
            new = step(was)
            self._states[channel_id] = new
        return _ended(was, now) if was.over and new.over != was.over else []


def _ended(was: ChannelState, now: Moment) -> list[Over]:
    seconds = 0.0 if was.since is None else max(0.0, (now.at - was.since).total_seconds())
    return [Over(was.over, was, False, seconds)]
