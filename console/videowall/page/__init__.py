"""The room of the video wall: its page, recordings, camera health, and what holds them together."""

from console.videowall.page.event_desk import EventDesk, EventParts
from console.videowall.page.health_page import HealthPage
from console.videowall.page.health_parts import HealthParts
from console.videowall.page.parts import PageParts
from console.videowall.page.record_key import RecordKey
from console.videowall.page.recording_parts import RecordingParts
from console.videowall.page.recordings_page import RecordingsPage
from console.videowall.page.wall_page import WallPage
from console.videowall.page.wall_room import WallRoom

__all__ = [
    "EventDesk",
    "EventParts",
    "HealthPage",
    "HealthParts",
    "PageParts",
    "RecordKey",
    "RecordingParts",
    "RecordingsPage",
    "WallPage",
    "WallRoom",
]
