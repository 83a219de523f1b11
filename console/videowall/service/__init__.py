"""What the video wall does: acts on cameras, the table of cameras, the player's supervisor."""

from console.videowall.service.acts import (
    add_camera,
    camera,
    camera_count,
    cameras,
    change_camera,
    looked,
)
from console.videowall.service.exchange import CAMERAS
from console.videowall.service.player import Player

__all__ = [
    "CAMERAS",
    "Player",
    "add_camera",
    "camera",
    "camera_count",
    "cameras",
    "change_camera",
    "looked",
]
