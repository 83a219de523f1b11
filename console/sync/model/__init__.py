"""The rules of the road to the city: what an answer means, how long to wait, what may be believed."""

from console.sync.model.answer import (
    Applied,
    Forked,
    Gap,
    Later,
    Meeting,
    Met,
    ProtocolAlarm,
    Rejection,
    TooLarge,
    Verdict,
    meet,
    read_answer,
)
from console.sync.model.digest import Digest, digest_of
from console.sync.model.envelope import MAX_BYTES, MAX_EVENTS, Event, cut_batch, envelope
from console.sync.model.message import Doubled, Unreadable, believable, kept_text, read_json
from console.sync.model.pace import Pace, pause_s, retry_after_s
from console.sync.model.road import LaneState, Quarantined, RoadChanged, RoadState, SetAside

__all__ = [
    "MAX_BYTES",
    "MAX_EVENTS",
    "Applied",
    "Digest",
    "Doubled",
    "Event",
    "Forked",
    "Gap",
    "LaneState",
    "Later",
    "Meeting",
    "Met",
    "Pace",
    "ProtocolAlarm",
    "Quarantined",
    "Rejection",
    "RoadChanged",
    "RoadState",
    "SetAside",
    "TooLarge",
    "Unreadable",
    "Verdict",
    "believable",
    "cut_batch",
    "digest_of",
    "envelope",
    "kept_text",
    "meet",
    "pause_s",
    "read_answer",
    "read_json",
    "retry_after_s",
]
