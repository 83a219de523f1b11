"""Who may pass where and how fast, by OpenStreetMap's tags."""

from __future__ import annotations

import re
from collections.abc import Mapping

PROFILES = ("car", "motorcycle", "bicycle", "foot")
Tags = Mapping[str, str]

# km/h by road class; a class that a profile lacks is closed to it unless its own tag opens it
_CAR = {
    "motorway": 100,
    "motorway_link": 50,
    "trunk": 80,
    "trunk_link": 40,
    "primary": 60,
    "primary_link": 35,
    "secondary": 50,
    "secondary_link": 30,
    "tertiary": 40,
    "tertiary_link": 25,
    "unclassified": 30,
    "residential": 30,
    "living_street": 15,
    "service": 15,
    "track": 15,
    "road": 20,
}
_OPEN_TO_FOOT = (
    *_CAR,
    "pedestrian",
    "footway",
    "path",
    "cycleway",
    "bridleway",
    "corridor",
    "steps",
)
_NO_FOOT = ("motorway", "motorway_link")
SPEEDS: Mapping[str, Mapping[str, float]] = {
    "car": _CAR,
    "motorcycle": {name: min(speed, 80) for name, speed in _CAR.items()},
    "bicycle": {
        **{name: 15 for name in _CAR if name not in _NO_FOOT},
        "living_street": 12,
        "track": 10,
        "cycleway": 15,
        "path": 10,
    },
    "foot": {
        **{name: 5 for name in _OPEN_TO_FOOT if name not in _NO_FOOT},
        "steps": 3,
    },
}
_OPENED = {"car": 10.0, "motorcycle": 10.0, "bicycle": 10.0, "foot": 5.0}
_TOP = {"car": 120.0, "motorcycle": 80.0, "bicycle": 15.0, "foot": 5.0}
# from the most particular key to the most general; the first one that is set decides
ACCESS: Mapping[str, tuple[str, ...]] = {
    "car": ("motorcar", "motor_vehicle", "vehicle", "access"),
    "motorcycle": ("motorcycle", "motor_vehicle", "vehicle", "access"),
    "bicycle": ("bicycle", "vehicle", "access"),
    "foot": ("foot", "access"),
}
_CLOSED = frozenset(
    (
        "no",
        "private",
        "agricultural",
        "forestry",
        "military",
        "use_sidepath",
        "psv",
        "bus",
        "permit",
    )
)
_MOTOR_BARRIERS = frozenset(
    ("bollard", "block", "jersey_barrier", "log", "debris", "chain", "cycle_barrier", "planter",
     "motorcycle_barrier", "barrier_board", "rope")
)  # fmt: skip
_WHEEL_BARRIERS = frozenset(
    ("stile", "kissing_gate", "turnstile", "full-height_turnstile", "hampshire_gate", "wall",
     "fence", "hedge", "horse_stile")
)  # fmt: skip
_FOOT_BARRIERS = frozenset(("wall", "fence", "hedge"))
_SPEED = re.compile(r"(\d+(?:\.\d+)?)\s*(mph|km/h|kmh|knots)?", re.ASCII)
_FACTOR = {"mph": 1.609344, "knots": 1.852}


def passage(tags: Tags, profile: str) -> tuple[float, float]:
    """km/h along the way and against it; 0 where the profile may not go."""
    road = tags.get("highway", "")
    speed = SPEEDS[profile].get(road, 0.0)
    key, told = _told(tags, profile)
    if told in _CLOSED or (told == "dismount" and not speed):
        return 0.0, 0.0
    if profile in ("bicycle", "foot") and tags.get("motorroad") == "yes" and key in ("", "access"):
        return 0.0, 0.0
    if not speed:
        # only a tag of the profile's own opens what its class closes; "access=yes" does not
        if key in ("", "access") or road not in _OPEN_TO_FOOT:
            return 0.0, 0.0
        speed = _OPENED[profile]
    along, against = _directions(tags, profile)
    return (
        _limited(speed, tags, profile, "forward") if along else 0.0,
        _limited(speed, tags, profile, "backward") if against else 0.0,
    )


def blocks(tags: Tags, profile: str) -> bool:
    """Whether a node with these tags stops the profile."""
    key, told = _told(tags, profile)
    if key and (told in _CLOSED or key != "access"):
        return told in _CLOSED
    barrier = tags.get("barrier", "")
    if profile == "foot":
        return barrier in _FOOT_BARRIERS
    if barrier in ("gate", "lift_gate", "swing_gate") and tags.get("locked") == "yes":
        return True
    if barrier in _WHEEL_BARRIERS:
        return True
    return profile in ("car", "motorcycle") and barrier in _MOTOR_BARRIERS


def restriction_kind(tags: Tags, profile: str) -> str:
    """The turn rule of a restriction relation for the profile (``no_left_turn``); "" where none.

    Riders and walkers are not bound by it.
    """
    if profile not in ("car", "motorcycle"):
        return ""
    own = "motorcar" if profile == "car" else "motorcycle"
    exempt = {word.strip() for word in tags.get("except", "").split(";")}
    if exempt & {own, "motor_vehicle", "vehicle"}:
        return ""
    for key in (f"restriction:{own}", "restriction:motor_vehicle", "restriction"):
        if key in tags:
            kind = tags[key]
            return kind if kind.startswith(("no_", "only_")) else ""
    return ""


def _told(tags: Tags, profile: str) -> tuple[str, str]:
    """The access key that decides for the profile, and its value; two empty texts where none."""
    for key in ACCESS[profile]:
        if key in tags:
            return key, tags[key]
    return "", ""


def _directions(tags: Tags, profile: str) -> tuple[bool, bool]:
    """Whether the profile may go along the way, and against it."""
    own = {"car": "motorcar"}.get(profile, profile)
    told = tags.get(f"oneway:{own}")
    if told is None and profile in ("car", "motorcycle"):
        told = tags.get("oneway:motor_vehicle")
    if told is None:
        if profile == "foot":
            return True, True
        if profile == "bicycle" and tags.get("cycleway", "").startswith("opposite"):
            return True, True
        told = tags.get("oneway")
    if told is None:
        round_about = tags.get("junction") in ("roundabout", "circular")
        told = "yes" if round_about or tags.get("highway") == "motorway" else "no"
    if told in ("yes", "true", "1"):
        return True, False
    if told in ("-1", "reverse"):
        return False, True
    if told == "reversible":  # which way it is open now, the extract cannot say
        return False, False
    return True, True


def _limited(speed: float, tags: Tags, profile: str, direction: str) -> float:
    """``speed`` as the signs of the way change it, within what the profile can do."""
    told = tags.get(f"maxspeed:{direction}", tags.get("maxspeed", ""))
    limit = 5.0 if told == "walk" else None
    found = _SPEED.fullmatch(told.strip())
    if found:
        limit = float(found[1]) * _FACTOR.get(found[2] or "", 1.0)
    if not limit or limit <= 0:
        return speed
    return min(limit, _TOP[profile]) if profile in ("car", "motorcycle") else min(limit, speed)
