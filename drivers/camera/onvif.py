"""One ONVIF camera: what it is, where its pictures are, how it turns. ONVIF Core, Media 1, PTZ 2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from drivers.camera.post import Known
from drivers.camera.soap import Soap, soon
from drivers.errors import BadFrame, DriverError, LinkLost, NotSupported

MOST_PROFILES, MOST_PRESETS = 32, 300
TEXT_CHARS, TOKEN_CHARS, ADDRESS_CHARS = 64, 128, 500
Number = float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """One stream of a camera; width and height are 0 where it does not say."""

    token: str
    name: str
    width: int
    height: int
    coding: str
    turns: bool


@dataclass(frozen=True, slots=True)
class Device:
    """What a camera says of itself."""

    maker: str
    model: str
    firmware: str
    serial: str
    skew_s: float
    turns: bool
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A place that the camera remembers."""

    token: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the camera looks: pan and tilt −1…1, zoom 0…1; None where it does not say."""

    pan: Number
    tilt: Number
    zoom: Number


class OnvifCamera:
    """Questions and orders to one camera, each within its seconds. For one thread at a time.

    Raises LinkLost (unreachable, closed, no_permission), NoAnswer, BadFrame, NotSupported.
    """

    def __init__(self, address: str, user: str = "", password: str = "") -> None:
        self._soap = Soap(address, Known(user, password))
        self._met = False
        self._skew_s = 0.0
        self._takes_timeout = True

    def look(self, within_s: float = 8.0) -> Device:
        """What it is and which streams it has."""
        until = soon(within_s)
        self._meet(until)
        told = self._soap.call("device", "GetDeviceInformation", until)
        found = self._soap.call("media", "GetProfiles", until) or []
        profiles = tuple(_profile(one) for one in list(found)[:MOST_PROFILES])
        turns = self._soap.knows("ptz") and any(one.turns for one in profiles)
        names = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber")
        maker, model, firmware, serial = (plain(getattr(told, name, "")) for name in names)
        return Device(maker, model, firmware, serial, self._skew_s, turns, profiles)

    def stream_address(self, token: str, within_s: float = 5.0) -> str:
        """Where the pictures of this profile are: always on the camera's own host."""
        until = soon(within_s)
        self._meet(until)
        how = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}
        told = self._soap.call("media", "GetStreamUri", until, StreamSetup=how, ProfileToken=token)
        return _on_host(str(getattr(told, "Uri", "") or ""), self._soap.host)

    def move(self, token: str, pan: float, tilt: float, zoom: float, for_s: float) -> None:
        """It turns with these speeds (−1…1) and stops by itself after ``for_s`` where it can."""
        until = soon(2.0)
        self._meet(until)
        speed = {
            "PanTilt": {"x": _bounded(pan), "y": _bounded(tilt)},
            "Zoom": {"x": _bounded(zoom)},
        }
        fields: dict[str, Any] = {"ProfileToken": token, "Velocity": speed}
        if self._takes_timeout:
            try:
                limit = timedelta(seconds=for_s)
                self._soap.call("ptz", "ContinuousMove", until, **fields, Timeout=limit)
                return
            except NotSupported:
                self._takes_timeout = False  # some refuse a limit; the stop is ours alone then
        self._soap.call("ptz", "ContinuousMove", until, **fields)

    def stop(self, token: str, within_s: float = 1.5) -> None:
        """It stands still."""
        until = soon(within_s)
        self._meet(until)
        self._soap.call("ptz", "Stop", until, ProfileToken=token, PanTilt=True, Zoom=True)

    def zoom_to(self, token: str, zoom: float) -> None:
        """It zooms to this share of its range, 0 wide, 1 near."""
        self._ptz("AbsoluteMove", token, Position={"Zoom": {"x": max(0.0, _bounded(zoom))}})

    def zoom_by(self, token: str, zoom: float) -> None:
        """It zooms by this share of its range."""
        self._ptz("RelativeMove", token, Translation={"Zoom": {"x": _bounded(zoom)}})

    def place(self, token: str) -> Place:
        """Where it looks now."""
        told = self._ptz("GetStatus", token)
        at = getattr(told, "Position", None)
        turn, zoom = getattr(at, "PanTilt", None), getattr(at, "Zoom", None)
        return Place(_number(turn, "x"), _number(turn, "y"), _number(zoom, "x"))

    def presets(self, token: str) -> tuple[Preset, ...]:
        """The places that it remembers."""
        found = list(self._ptz("GetPresets", token) or [])[:MOST_PRESETS]
        named = [Preset(_token(one), plain(getattr(one, "Name", ""))) for one in found]
        return tuple(one for one in named if one.token)

    def go(self, token: str, preset: str) -> None:
        """It turns to this preset."""
        self._ptz("GotoPreset", token, PresetToken=preset)

    def keep(self, token: str, name: str, preset: str = "") -> str:
        """Where it looks now is kept under this name; returns the preset's token."""
        fields = {"PresetName": name} | ({"PresetToken": preset} if preset else {})
        return plain(self._ptz("SetPreset", token, **fields), TOKEN_CHARS)

    def drop(self, token: str, preset: str) -> None:
        """The preset is forgotten."""
        self._ptz("RemovePreset", token, PresetToken=preset)

    def _ptz(self, name: str, token: str, **fields: Any) -> Any:
        until = soon(4.0)
        self._meet(until)
        return self._soap.call("ptz", name, until, ProfileToken=token, **fields)

    def _meet(self, until: float) -> None:
        """Its clock is known, and where its services are."""
        if self._met:
            return
        self._set_clock(until)
        found = self._services(until)
        for service in ("media", "ptz"):
            if found.get(service):
                self._soap.learn(service, found[service])
        self._met = True

    def _set_clock(self, until: float) -> None:
        try:
            told = self._soap.ask_openly("device", "GetSystemDateAndTime", until)
            day, time = told.UTCDateTime.Date, told.UTCDateTime.Time
            now = datetime(day.Year, day.Month, day.Day, time.Hour, time.Minute, min(59, time.Second),
                           tzinfo=UTC)  # fmt: skip
        except (NotSupported, AttributeError, TypeError, ValueError):
            return  # it keeps its clock to itself: ours is taken
        except LinkLost as denied:
            if denied.cause != "no_permission":
                raise
            return
        self._skew_s = (now - datetime.now(UTC)).total_seconds()
        self._soap.set_clock(now)

    def _services(self, until: float) -> dict[str, str]:
        try:
            told = self._soap.call("device", "GetCapabilities", until, Category=["All"])
            parts = {"media": getattr(told, "Media", None), "ptz": getattr(told, "PTZ", None)}
            return {name: str(getattr(one, "XAddr", "") or "") for name, one in parts.items()}
        except NotSupported:
            found = self._soap.call("device", "GetServices", until, IncludeCapability=False) or []
        ends = {"media": "/ver10/media/wsdl", "ptz": "/ver20/ptz/wsdl"}
        return {
            name: str(one.XAddr or "")
            for one in list(found)[:64]
            for name, end in ends.items()
            if str(one.Namespace or "").endswith(end)
        }


def fault_of(error: DriverError) -> str:
    """In one word why a camera did not do it: unreachable, no_answer, no_permission, …"""
    if isinstance(error, BadFrame):
        return "elsewhere" if error.reason == "redirect" else "not_onvif"
    return {"stalled": "no_answer", "closed": "unreachable", "cannot_open": "bad_address"}.get(
        error.cause, error.cause
    )


def plain(text: object, most: int = TEXT_CHARS) -> str:
    """What a camera calls something, as one printable line."""
    return "".join(c for c in str(text or "") if c.isprintable()).strip()[:most]


def _profile(one: Any) -> Profile:
    video = getattr(one, "VideoEncoderConfiguration", None)
    size = getattr(video, "Resolution", None)
    turns = getattr(one, "PTZConfiguration", None) is not None
    return Profile(
        _token(one),
        plain(getattr(one, "Name", "")),
        _whole(getattr(size, "Width", 0)),
        _whole(getattr(size, "Height", 0)),
        plain(getattr(video, "Encoding", ""), 16),
        turns,
    )


def _token(one: Any) -> str:
    return plain(getattr(one, "token", ""), TOKEN_CHARS)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and 0 < value < 100_000 else 0


def _number(of: object, name: str) -> Number:
    value = getattr(of, name, None)
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else None


def _bounded(speed: float) -> float:
    return max(-1.0, min(1.0, speed)) if math.isfinite(speed) else 0.0


def _on_host(address: str, host: str) -> str:
    """The stream's address on this host, without user and password in it."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise BadFrame("syntax") from wrong
    odd = len(address) > ADDRESS_CHARS or not all(c.isprintable() for c in address)
    if odd or parts.scheme not in ("rtsp", "rtsps", "http", "https") or not parts.hostname:
        raise BadFrame("syntax")
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place += f":{port}"
    return urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
