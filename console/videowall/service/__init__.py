"""What the video wall does: acts on cameras, the table of cameras, the wall that keeps the players."""

from console.videowall.service.acts import (
    add_camera,
    camera,
    camera_count,
    cameras,
    change_camera,
    looked,
    snapped,
)
from console.videowall.service.coverage import (
    Watching,
    change_rounds,
    cover,
    rounds,
    waiting,
    watches,
)
from console.videowall.service.exchange import CAMERAS
from console.videowall.service.keeper import Limits
from console.videowall.service.layouts import (
    drop_layout,
    drop_tour,
    keep_layout,
    keep_tour,
    layouts,
    leave_as,
    left_as,
    tours,
)
from console.videowall.service.pop_ups import (
    LookBack,
    before_s,
    look_back,
    pop_up_rule,
    sights_of,
)
from console.videowall.service.turning import Turning, check_turns, turned
from console.videowall.service.wall import MOST_TILES, Wall

__all__ = [
    "CAMERAS",
    "MOST_TILES",
    "Limits",
    "LookBack",
    "Turning",
    "Wall",
    "Watching",
    "add_camera",
    "before_s",
    "camera",
    "camera_count",
    "cameras",
    "change_camera",
    "change_rounds",
    "check_turns",
    "cover",
    "drop_layout",
    "drop_tour",
    "keep_layout",
    "keep_tour",
    "layouts",
    "leave_as",
    "left_as",
    "look_back",
    "looked",
    "pop_up_rule",
    "rounds",
    "sights_of",
    "snapped",
    "tours",
    "turned",
    "waiting",
    "watches",
]
