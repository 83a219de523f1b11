"""Cameras, their addresses, and how a shown picture stands."""

from console.videowall.model.address import (
    ADDRESS_CHARS,
    SCHEMES,
    Told,
    is_live,
    opened_with,
    taken_apart,
)
from console.videowall.model.camera import (
    NAME_CHARS,
    NUMBER_CHARS,
    PASSWORD_CHARS,
    TIER_WORDS,
    USER_CHARS,
    Camera,
    CameraId,
    CamerasChanged,
    Tier,
    checked,
)
from console.videowall.model.picture import (
    FAILURE_WORDS,
    STALLED_S,
    Failure,
    Phase,
    Picture,
    phase_of,
)

__all__ = [
    "ADDRESS_CHARS",
    "FAILURE_WORDS",
    "NAME_CHARS",
    "NUMBER_CHARS",
    "PASSWORD_CHARS",
    "SCHEMES",
    "STALLED_S",
    "TIER_WORDS",
    "USER_CHARS",
    "Camera",
    "CameraId",
    "CamerasChanged",
    "Failure",
    "Phase",
    "Picture",
    "Tier",
    "Told",
    "checked",
    "is_live",
    "opened_with",
    "phase_of",
    "taken_apart",
]
