"""What the radio room knows: channels, the talk key, statuses, the log, recent sound."""

from console.radio.model.channel import (
    GROUP_CHARS,
    MOST_CHANNELS,
    NAME_CHARS,
    Channel,
    ChannelPhase,
    ChannelState,
    Moment,
    NewChannel,
)
from console.radio.model.exchange import (
    TEXT_CHARS,
    Exchange,
    Kind,
    State,
    checked_text,
    reference_of,
    settle,
)
from console.radio.model.limits import RadioLimits, read_limits
from console.radio.model.news import (
    ChannelsChanged,
    EmergencyConfirmed,
    EmergencyHeard,
    ExchangeChanged,
    Pedal,
    Radio,
    RadioSettingsChanged,
    RoomView,
    StatusHeard,
    TalkChanged,
    Target,
    VoiceDevices,
)
from console.radio.model.ring import RATE, WIDTH, Ring
from console.radio.model.statuses import (
    ASK_TALK,
    EMERGENCY,
    STEPS,
    RadioStatus,
    Statuses,
    checked_rows,
    code_text,
    read_code,
    read_statuses,
    written,
)
from console.radio.model.talk import (
    OPEN,
    Cue,
    Do,
    Granted,
    LetGo,
    NotGranted,
    Pass,
    Press,
    Talk,
    TalkLimits,
    TalkPhase,
    Waits,
    step,
)

__all__ = [
    "ASK_TALK", "EMERGENCY", "GROUP_CHARS", "MOST_CHANNELS", "NAME_CHARS", "OPEN", "RATE", "STEPS",
    "TEXT_CHARS", "WIDTH", "Channel", "ChannelPhase", "ChannelState", "ChannelsChanged", "Cue", "Do",
    "EmergencyConfirmed", "EmergencyHeard", "Exchange", "ExchangeChanged", "Granted", "Kind",
    "LetGo", "Moment",
    "NewChannel", "NotGranted", "Pass", "Pedal", "Press", "Radio", "RadioLimits",
    "RadioSettingsChanged", "RadioStatus", "Ring", "RoomView", "State", "StatusHeard", "Statuses",
    "Talk", "TalkChanged", "TalkLimits", "TalkPhase", "Target", "VoiceDevices", "Waits",
    "checked_rows", "checked_text", "code_text", "read_code", "read_limits", "read_statuses",
    "reference_of", "settle", "step", "written",
]  # fmt: skip
