"""The room of the video wall: its page, the recordings, and what holds them together."""

from console.videowall.page.event_desk import EventDesk, EventParts
from console.videowall.page.parts import PageParts
from console.videowall.page.record_key import RecordKey
from console.videowall.page.recording_parts import RecordingParts
from console.videowall.page.recordings_page import RecordingsPage
from console.videowall.page.wall_page import WallPage
from console.videowall.page.wall_room import WallRoom

__all__ = [
    "EventDesk",
    "EventParts",
    "PageParts",
    "RecordKey",
    "RecordingParts",
    "RecordingsPage",
    "WallPage",
    "WallRoom",
]
