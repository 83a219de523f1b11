"""Channels and groups: what the post listens and talks to, and how each stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.core.errors import Refused
from console.core.text import shown
from console.radio.model.limits import RadioLimits

NAME_CHARS = 24
GROUP_CHARS = 32
MOST_CHANNELS = 32


@dataclass(frozen=True, slots=True)
class NewChannel:
    """What is told of a channel: the radio it is on, its group there, and what people call it."""

    link_id: str
    group: str
    name: str

    def cleaned(self) -> NewChannel:
        """Without control characters. Refused without a name, a group or a radio."""
        name, group = shown(self.name, NAME_CHARS + 1), shown(self.group, GROUP_CHARS + 1)
        if not name or len(name) > NAME_CHARS:
            raise Refused("radio.bad_channel_name", field="name", most=NAME_CHARS)
        if not group or len(group) > GROUP_CHARS or not group.isascii() or " " in group:
            raise Refused("radio.bad_group", field="group", most=GROUP_CHARS)
        if not self.link_id:
            raise Refused("radio.no_radio_chosen", field="link")
        return NewChannel(self.link_id, group, name)


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel, or group, of one radio of the post; ``position`` orders them from 1."""

    id: str
    link_id: str
    group: str
    name: str
    position: int
    rev: int = 1


class ChannelPhase(StrEnum):
    """What goes on there."""

    QUIET = "quiet"
    RECEIVE = "receive"
    TALK = "talk"
    HANG = "hang"


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel stands. ``talker``: the radio that talks or talked last; ``until``: monotonic
    seconds at which the phase ends by itself; ``over``: the log's id of the talk under way."""

    channel: Channel
    phase: ChannelPhase = ChannelPhase.QUIET
    since: datetime | None = None
    talker: str = ""
    unit_id: str = ""
    heard_at: datetime | None = None
    emergency: bool = False
    until: float = 0.0
    over: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment on both clocks."""

    at: datetime
    monotonic: float


def receive(
    was: ChannelState, talker: str, unit_id: str, now: Moment, limits: RadioLimits
) -> ChannelState:
    """Somebody talks there; an end that is never told comes by itself."""
    if was.phase is ChannelPhase.TALK:
        return was
    same = was.phase is ChannelPhase.RECEIVE and talker in ("", was.talker)
    return replace(
        was, phase=ChannelPhase.RECEIVE, since=was.since if same else now.at,
        talker=talker or (was.talker if same else ""), unit_id=unit_id or (was.unit_id if same else ""),
        heard_at=now.at, until=now.monotonic + limits.longest_over_s, over=was.over if same else "",
    )  # fmt: skip


def talk(was: ChannelState, now: Moment) -> ChannelState:
    """The post talks there."""
    return replace(was, phase=ChannelPhase.TALK, since=now.at, talker="", unit_id="", over="")


def fall_silent(was: ChannelState, now: Moment, limits: RadioLimits) -> ChannelState:
    """The talk is over; for a while the channel is still theirs who talked."""
    if was.phase not in (ChannelPhase.RECEIVE, ChannelPhase.TALK):
        return was
    return replace(
        was,
        phase=ChannelPhase.HANG,
        since=now.at,
        until=now.monotonic + limits.talk.hang_s,
        over="",
    )


def release(was: ChannelState, now: Moment) -> ChannelState:
    """Nothing goes on there."""
    if was.phase is ChannelPhase.QUIET:
        return was
    return replace(was, phase=ChannelPhase.QUIET, since=now.at, over="")


def pass_time(was: ChannelState, now: Moment, limits: RadioLimits) -> ChannelState:
    """What ends by itself has ended."""
    if now.monotonic < was.until:
        return was
    if was.phase is ChannelPhase.RECEIVE:
        return fall_silent(was, now, limits)
    return release(was, now) if was.phase is ChannelPhase.HANG else was
