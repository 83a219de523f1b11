"""What the radio room tells: events, and how the whole room stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from console.core.actor import Actor
from console.radio.model.channel import ChannelState
from console.radio.model.exchange import Exchange, Kind
from console.radio.model.limits import RadioLimits
from console.radio.model.talk import Cue, Talk


@dataclass(frozen=True, slots=True)
class StatusHeard:
    """A radio sent a status. ``meaning`` as the site's table says it (see RadioStatus): a step of
    the crew's call, emergency, ask_talk or a crew status; empty for a value it does not know."""

    link_id: str
    source: str
    unit_id: str | None
    code: int
    meaning: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EmergencyHeard:
    """A radio calls for help, ``count`` times since the last of these; at first ``at``."""

    link_id: str
    source: str
    unit_id: str | None
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class EmergencyConfirmed:
    """At the radio somebody has heard the call for help of this radio."""

    link_id: str
    source: str
    by: Actor


@dataclass(frozen=True, slots=True)
class ExchangeChanged:
    """A line of the log is new or stands otherwise."""

    exchange_id: str
    kind: Kind
    inward: bool
    unit_id: str = ""
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class ChannelsChanged:
    """A channel stands otherwise, or what is open in the log does."""


@dataclass(frozen=True, slots=True)
class TalkChanged:
    """The talk of the post stands otherwise; ``cue`` is to be heard now."""

    talk: Talk
    cue: Cue
    over: str  # the log's id of the talk under way; empty when none is


@dataclass(frozen=True, slots=True)
class RadioSettingsChanged:
    """Channels, statuses, the foot switch or the sound devices were set up anew."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom an exchange is for: a radio or a group behind a link, and the crew that carries it."""

    link_id: str
    radio: str
    unit_id: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Radio:
    """One radio of a crew: behind which link, and when it was last heard, with what."""

    link_id: str
    radio: str
    unit_id: str
    link_name: str
    link_up: bool
    family: str
    heard_at: datetime | None = None
    heard_by: str = ""

    @property
    def target(self) -> Target:
        """This radio as a target."""
        return Target(self.link_id, self.radio, self.unit_id)


@dataclass(frozen=True, slots=True)
class RoomView:
    """How the whole room stands at one moment. ``links``: the post's own radios by id, and whether
    each is up; ``emergencies``: those that nobody has confirmed."""

    channels: tuple[ChannelState, ...]
    chosen: str
    talk: Talk
    radios: tuple[Radio, ...]
    links: Mapping[str, bool]
    emergencies: tuple[Exchange, ...]
    limits: RadioLimits
    last: Exchange | None = None
    dropped: int = 0

    @property
    def chosen_channel(self) -> ChannelState | None:
        """The channel that the talk key speaks to."""
        return next((one for one in self.channels if one.channel.id == self.chosen), None)


@dataclass(frozen=True, slots=True)
class Pedal:
    """The foot switch: an input of a link. ``closed_talks`` False where it opens when pressed."""

    link_id: str
    unit: int
    number: int
    closed_talks: bool = True


@dataclass(frozen=True, slots=True)
class VoiceDevices:
    """Sound devices by name; empty for the machine's own. ``radio_in`` is where the radio is heard,
    ``radio_out`` what goes to its microphone; without those two no voice is carried."""

    radio_in: str = ""
    radio_out: str = ""
    microphone: str = ""
    loudspeaker: str = ""

    @property
    def configured(self) -> bool:
        """A radio is wired to this machine's sound."""
        return bool(self.radio_in or self.radio_out)
