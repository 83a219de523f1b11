"""What a machine may be told from outside: frozen, typed, from ``settings.toml`` and environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

SETTINGS_FILE = "settings.toml"
PREFIX = "POST_CONSOLE_"
CHOICES = {"language": ("zh_CN", "en"), "theme": ("auto", "day", "night")}
RANGES = {"backup_every_h": (0, 168)}


class BadSetting(ValueError):
    """A setting that cannot be: which one, where it stands, and what is wrong."""


@dataclass(frozen=True, slots=True)
class CityRoad:
    """Where the city is and who we are to it. An empty ``url`` means: no road yet."""

    url: str = ""
    ca_file: str = ""
    certificate_file: str = ""
    key_file: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """One machine's settings. ``roads_file`` is the post's OSM extract (.osm.pbf); with
    ``backup_every_h`` 0 backups are made by hand only."""

    data: Path
    post_name: str = ""
    language: str = "zh_CN"
    theme: str = "auto"  # auto (by hour), day, night
    roads_file: str = ""
    areas_file: str = ""
    idle_lock_s: int = 600
    backup_folder: str = ""
    backup_every_h: int = 6
    city: CityRoad = field(default_factory=CityRoad)

    @property
    def cache(self) -> Path:
        """Where this post keeps what it can make again."""
        return self.data / "cache"


def default_data() -> Path:
    """The platform's own place for a post's data."""
    return Path(platformdirs.user_data_dir("post-console", appauthor=False))


def read_settings(data: Path) -> Settings:
    """The settings of this data folder; the environment (``POST_CONSOLE_THEME=…``) wins over the file.

    Raises BadSetting for an unreadable file, an unknown name or a value of the wrong type.
    """
    place = data / SETTINGS_FILE
    try:
        text = place.read_text("utf-8") if place.exists() else ""
    except UnicodeDecodeError as broken:
        raise BadSetting(f"{place}: {broken}") from broken
    return parse_settings(data, text, os.environ)


def parse_settings(data: Path, text: str, environment: Mapping[str, str]) -> Settings:
    """The settings that this text of a settings file and this environment make together.

    Raises BadSetting as ``read_settings`` does.
    """
    place = data / SETTINGS_FILE
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise BadSetting(f"{place}: {broken}") from broken
    city = _section(CityRoad, told.pop("city", {}), f"{place} [city]")
    known = {f.name: f for f in fields(Settings)}
    values: dict[str, object] = {}
    for name, value in told.items():
        if name not in known or name in ("data", "city"):
            raise BadSetting(f"{place}: unknown setting {name!r}")
        values[name] = value
    for name, setting in known.items():
        if name in ("data", "city"):
            continue
        given = environment.get(PREFIX + name.upper())
        if given is not None:
            counts = type(setting.default) is int and given.isdigit()
            values[name] = int(given) if counts else given
        wanted = type(setting.default)
        if name in values and type(values[name]) is not wanted:  # True is no number here
            raise BadSetting(f"{place}: {name} must be {wanted.__name__}, not {values[name]!r}")
        if name in CHOICES and values.get(name, CHOICES[name][0]) not in CHOICES[name]:
            raise BadSetting(f"{place}: {name} must be one of {', '.join(CHOICES[name])}")
        low, high = RANGES.get(name, (0, 0))
        number = values.get(name)
        if name in RANGES and isinstance(number, int) and not low <= number <= high:
            raise BadSetting(f"{place}: {name} must be from {low} to {high}")
    return Settings(data=data, city=city, **values)  # type: ignore[arg-type]


def _section(kind: type[CityRoad], told: object, where: str) -> CityRoad:
    if not isinstance(told, dict):
        raise BadSetting(f"{where}: not a table")
    known = {f.name for f in fields(kind)}
    for name, value in told.items():
        if name not in known:
            raise BadSetting(f"{where}: unknown setting {name!r}")
        if not isinstance(value, str):
            raise BadSetting(f"{where}: {name} must be text")
    return kind(**told)
