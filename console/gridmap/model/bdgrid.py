"""BeiDou grid location codes, GB/T 39409-2020, two-dimensional, levels 1 to 10.

Counted in whole units of 1/2048″ from the decimal text: cell sizes as fractions of a degree in
floating point put points into wrong cells at the fine levels.
"""

from __future__ import annotations

import re
from fractions import Fraction

from console.core.errors import Refused

_DEGREE = 3600 * 2048  # units of 1/2048″
_MINUTE = 60 * 2048
_SECOND = 2048
_DECIMAL = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*", re.ASCII)
_DIGITS = "0123456789ABCDE"
_CODE = re.compile(
    r"([NS])(\d\d)([A-V])(?:([0-9AB])([0-7])(?:([0-5])(?:([0-9A-E])([0-9])"
    r"(?:([0-9A-E])([0-9A-E])(?:([0-3])(([0-7]{2}){0,4}))?)?)?)?)?",
    re.ASCII,
)
# level → the cell's size in units: (lon, lat)
SIZES = {
    1: (6 * _DEGREE, 4 * _DEGREE),
    2: (30 * _MINUTE, 30 * _MINUTE),
    3: (15 * _MINUTE, 10 * _MINUTE),
    4: (_MINUTE, _MINUTE),
    5: (4 * _SECOND, 4 * _SECOND),
    6: (2 * _SECOND, 2 * _SECOND),
    7: (512, 512),
    8: (64, 64),
    9: (8, 8),
    10: (1, 1),
}


def bdgrid_code(lat_text: str, lon_text: str, level: int) -> str:
    """The code of the cell of this level in which the point (decimal degrees as text) lies.

    Outside the north-east quarter the digits are counted away from the equator and from Greenwich.
    Refused beyond 88° of latitude, where the standard has polar cells of its own.
    """
    if level not in SIZES:
        raise Refused("gridmap.level", level=level)
    south, lat = _units(lat_text, 88)
    west, lon = _units(lon_text, 180)
    zone = 30 - lon // SIZES[1][0] if west else 31 + lon // SIZES[1][0]
    code = f"{'S' if south else 'N'}{zone:02d}{chr(ord('A') + lat // SIZES[1][1])}"
    for step in range(2, level + 1):
        (big_lon, big_lat), (cell_lon, cell_lat) = SIZES[step - 1], SIZES[step]
        i, j = lon % big_lon // cell_lon, lat % big_lat // cell_lat
        code += str(j * 2 + i) if step in (3, 6) else _DIGITS[i] + _DIGITS[j]
    return code


def bdgrid_place(code: str) -> tuple[float, float]:
    """(lat, lon) of the middle of the cell that the code names. Refused when it is no such code."""
    found = _CODE.fullmatch(code.strip().upper())
    if found is None or not 1 <= int(found[2]) <= 60:
        raise Refused("gridmap.grid_code", text=code)
    zone, west = int(found[2]), int(found[2]) <= 30
    lon = (30 - zone if west else zone - 31) * SIZES[1][0]
    lat = (ord(found[3]) - ord("A")) * SIZES[1][1]
    level, rest = 1, found[0][4:]
    while rest:
        level += 1
        if level in (3, 6):
            j, i = divmod(int(rest[0]), 2)
            rest = rest[1:]
        else:
            i, j = _DIGITS.index(rest[0]), _DIGITS.index(rest[1])
            rest = rest[2:]
        lon, lat = lon + i * SIZES[level][0], lat + j * SIZES[level][1]
    middle_lon = (lon + SIZES[level][0] / 2) / _DEGREE
    middle_lat = (lat + SIZES[level][1] / 2) / _DEGREE
    return (-middle_lat if found[1] == "S" else middle_lat), (-middle_lon if west else middle_lon)


def looks_like_code(text: str) -> bool:
    """Whether the text has the shape of a grid code."""
    return _CODE.fullmatch(text.strip().upper()) is not None


def _units(text: str, limit: int) -> tuple[bool, int]:
    """(negative, whole units away from zero) of decimal degrees given as text."""
    if not _DECIMAL.fullmatch(text):
        raise Refused("gridmap.place_text", text=text)
    degrees = Fraction(text.strip())
    if not abs(degrees) < limit:
        raise Refused("gridmap.grid_range", text=text.strip(), limit=limit)
    return degrees < 0, int(abs(degrees) * _DEGREE)
