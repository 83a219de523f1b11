"""Datums of Chinese maps: WGS-84 and CGCS2000 (equal here), GCJ-02, BD-09.

The console keeps WGS-84 and converts at its edge only. The offsets are made for China: outside the
published box GCJ-02 changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum

_A = 6378245.0  # Krasovsky 1940, as the published vectors have it (6378137 would be 9 mm off)
_EE = 0.00669342162296594323
_K = math.pi * 3000 / 180  # not π: that is a known library's mistake, up to 76 m
_STEP = 1e-12

Pair = tuple[float, float]


class Datum(StrEnum):
    """What a pair of degrees is measured against."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"  # within millimetres of WGS-84, so taken as equal
    GCJ02 = "gcj02"
    BD09 = "bd09"


def convert(lat: float, lon: float, from_: str, to: str) -> Pair:
    """The same point (lat, lon in degrees) against another datum.

    Raises ValueError for a datum that is not one of ``Datum``.
    """
    source, target = Datum(from_), Datum(to)
    if source is target:
        return lat, lon
    wgs = (lat, lon)
    if source is Datum.BD09:
        wgs = _inverse(_to_gcj, _inverse(_gcj_to_bd, wgs))
    elif source is Datum.GCJ02:
        wgs = _inverse(_to_gcj, wgs)
    if target is Datum.GCJ02:
        # from BD-09 by one step only: the way through WGS-84 and back would change nothing
        return _inverse(_gcj_to_bd, (lat, lon)) if source is Datum.BD09 else _to_gcj(wgs)
    if target is Datum.BD09:
        return _gcj_to_bd((lat, lon) if source is Datum.GCJ02 else _to_gcj(wgs))
    return wgs


def _to_gcj(point: Pair) -> Pair:
    lat, lon = point
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return point
    x, y, sin = lon - 105, lat - 35, math.sin
    s = 20 * sin(6 * math.pi * x) + 20 * sin(2 * math.pi * x)
    t_lat = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + 2 / 3 * (
        s + 20 * sin(math.pi * y) + 40 * sin(math.pi * y / 3)
        + 160 * sin(math.pi * y / 12) + 320 * sin(math.pi * y / 30)
    )  # fmt: skip
    t_lon = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + 2 / 3 * (
        s + 20 * sin(math.pi * x) + 40 * sin(math.pi * x / 3)
        + 150 * sin(math.pi * x / 12) + 300 * sin(math.pi * x / 30)
    )  # fmt: skip
    phi = math.radians(lat)
    m = 1 - _EE * sin(phi) ** 2
    root = math.sqrt(m)
    return (
        lat + t_lat * 180 / (_A * (1 - _EE) / (m * root) * math.pi),
        lon + t_lon * 180 / (_A / root * math.cos(phi) * math.pi),
    )


def _gcj_to_bd(point: Pair) -> Pair:
    y, x = point
    z = math.hypot(x, y) + 2e-5 * math.sin(y * _K)
    theta = math.atan2(y, x) + 3e-6 * math.cos(x * _K)
    return z * math.sin(theta) + 0.006, z * math.cos(theta) + 0.0065


def _inverse(forward: Callable[[Pair], Pair], target: Pair) -> Pair:
    """The point that ``forward`` brings to ``target``, to well under a millimetre."""
    lat, lon = target
    for _ in range(50):
        there = forward((lat, lon))
        d_lat, d_lon = target[0] - there[0], target[1] - there[1]
        lat, lon = lat + d_lat, lon + d_lon
        if abs(d_lat) < _STEP and abs(d_lon) < _STEP:
            break
    return lat, lon
