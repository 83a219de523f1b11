"""Cameras of the post: where they stand, where they look, and how often they are to be watched."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import NewType

from console.core.errors import Refused
from console.core.text import shown
from console.core.words import Words
from console.videowall.model.address import taken_apart

CameraId = NewType("CameraId", str)
NUMBER_CHARS, NAME_CHARS, USER_CHARS, PASSWORD_CHARS = 32, 64, 64, 128


class Tier(IntEnum):
    """The three tiers of video patrol; 1 is looked at most often."""

    FIRST = 1
    SECOND = 2
    THIRD = 3


TIER_WORDS = {
    Tier.FIRST: Words("一级", "tier 1"),
    Tier.SECOND: Words("二级", "tier 2"),
    Tier.THIRD: Words("三级", "tier 3"),
}


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera. ``address`` never holds a password; ``password`` is never shown.

    Its place is WGS-84, ``direction_deg`` from north, None where it is not known or turns.
    """

    id: CameraId
    number: str
    name: str
    lat: float
    lon: float
    address: str
    direction_deg: float | None = None
    tier: Tier = Tier.THIRD
    user: str = ""
    password: str = field(default="", repr=False)
    rev: int = 1


@dataclass(frozen=True, slots=True)
class CamerasChanged:
    """The list of cameras is another one."""


def checked(camera: Camera) -> Camera:
    """The camera as it may be kept: texts cleaned, the password out of the address. Or Refused."""
    number = shown(camera.number.replace("\n", " "), NUMBER_CHARS + 1)
    name = shown(camera.name.replace("\n", " "), NAME_CHARS + 1)
    if not 1 <= len(number) <= NUMBER_CHARS:
        raise Refused("videowall.bad_number", field="number", most=NUMBER_CHARS)
    if not 1 <= len(name) <= NAME_CHARS:
        raise Refused("videowall.bad_name", field="name", most=NAME_CHARS)
    told = taken_apart(camera.address)
    user, password = told.user or camera.user.strip(), told.password or camera.password
    if len(user) > USER_CHARS or len(password) > PASSWORD_CHARS:
        raise Refused("videowall.bad_user", field="user", most=USER_CHARS)
    if not (
        math.isfinite(camera.lat)
        and math.isfinite(camera.lon)
        and abs(camera.lat) <= 85
        and abs(camera.lon) <= 180
    ):
        raise Refused("videowall.bad_place", field="lat")
    turn = camera.direction_deg
    if turn is not None and not 0 <= turn <= 360:
        raise Refused("videowall.bad_direction", field="direction_deg")
    return replace(
        camera,
        number=number,
        name=name,
        address=told.address,
        user=user,
        password=password,
        lat=round(camera.lat, 7),
        lon=round(camera.lon, 7),
        direction_deg=None if turn is None else round(turn, 1) % 360,
    )
