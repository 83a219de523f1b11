"""Writing ``settings.toml``: comments stay, nothing half-written ever stands in its place."""

from __future__ import annotations

import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from console.core.errors import Refused, Unavailable
from console.core.whole_file import make_folder, sync
from console.settings import SETTINGS_FILE, BadSetting, CityRoad, Settings, parse_settings

Value = str | int
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_HEAD = re.compile(r"\s*\[\s*([A-Za-z0-9_-]+)\s*\]\s*(#.*)?")
_LINE = re.compile(
    r"""(?P<key>\s*[A-Za-z0-9_-]+)\s*=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#\s]+)(?P<rest>\s*(?:\#.*)?)"""
)


def write_settings(data: Path, changes: Mapping[str, Value]) -> Settings:
    """The settings file of ``data`` says these values; its other lines stay.

    Keys are the names of ``Settings``, those of its city as ``city.url``. Returns what the file now
    says. Refused, and the file untouched, when that could not be read back; Unavailable when the
    disk does not take it.
    """
    with Prepared(data, changes) as prepared:
        prepared.put()
    return prepared.settings


class Prepared:
    """New settings, checked and on the disk beside the old ones until ``put`` changes them over."""

    def __init__(self, data: Path, changes: Mapping[str, Value]) -> None:
        self._place = data / SETTINGS_FILE
        self._part = data / f".{SETTINGS_FILE}.{secrets.token_hex(4)}.new"
        text = changed_text(_read(self._place), changes)
        try:
            self.settings = parse_settings(data, text, {})
        except BadSetting as bad:
            raise Refused("settings.bad", told=str(bad)) from bad
        self._bytes = text.encode("utf-8")

    def __enter__(self) -> Prepared:
        try:
            make_folder(self._part.parent)
            with self._part.open("xb") as out:
                out.write(self._bytes)
                out.flush()
                os.fsync(out.fileno())
        except OSError as failed:
            self.__exit__()
            raise _failed(self._place, failed) from failed
        return self

    def put(self) -> None:
        """The new settings stand in the place of the old ones."""
        try:
            self._part.replace(self._place)
            sync(self._place.parent)
        except OSError as failed:
            raise _failed(self._place, failed) from failed

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._part.unlink(missing_ok=True)


def changed_text(text: str, changes: Mapping[str, Value]) -> str:
    """This TOML with these values; comments and order stay wherever a line is one plain setting.

    Refused when ``text`` is no TOML, or a value cannot be written.
    """
    wanted = _with(_loaded(text), changes)
    edited = _edited(text, changes)
    try:
        if tomllib.loads(edited) == wanted:
            return edited
    except tomllib.TOMLDecodeError:
        pass
    return _anew(wanted)  # an uncommon way of writing: true values go before kept comments


def toml_text(value: Value) -> str:
    """The value as TOML 1.0 writes it. Refused for text that is not Unicode."""
    if isinstance(value, int):
        return str(value)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as odd:
        raise Refused("settings.not_text") from odd
    return '"' + "".join(map(_escaped, value)) + '"'


def city_changes(city: CityRoad) -> dict[str, Value]:
    """The changes that make this the road to the city."""
    return {f"city.{name}": value for name, value in asdict(city).items()}


def _escaped(letter: str) -> str:
    if letter in _SHORT:
        return _SHORT[letter]
    return f"\\u{ord(letter):04X}" if letter < " " or letter == "\x7f" else letter


def _read(place: Path) -> str:
    try:
        return place.read_text("utf-8") if place.exists() else ""
    except UnicodeDecodeError as broken:
        raise Refused("settings.bad", told=f"{place}: {broken}") from broken
    except OSError as failed:
        raise _failed(place, failed) from failed


def _loaded(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise Refused("settings.bad", told=f"{SETTINGS_FILE}: {broken}") from broken


def _with(told: dict[str, Any], changes: Mapping[str, Value]) -> dict[str, Any]:
    for key, value in changes.items():
        section, _, name = key.rpartition(".")
        table = told.setdefault(section, {}) if section else told
        if not isinstance(table, dict):
            raise Refused("settings.bad", told=f"{SETTINGS_FILE}: [{section}]")
        table[name] = value
    return told


def _edited(text: str, changes: Mapping[str, Value]) -> str:
    left = dict(changes)
    parts: dict[str, list[str]] = {"": []}
    section = ""
    for line in re.split(r"\r?\n", text.rstrip("\r\n")) if text else ():
        head = _HEAD.fullmatch(line)
        if head:
            section = head[1]
        found = _LINE.fullmatch(line)
        if found:
            key = ".".join(filter(None, (section, found["key"].strip())))
            if key in left:
                line = f"{found['key']} = {toml_text(left.pop(key))}{found['rest']}"
        parts.setdefault(section, []).append(line)
    for key, value in left.items():
        section, _, name = key.rpartition(".")
        lines = parts.setdefault(section, [f"[{section}]"])
        at = len(lines)
        while at and not lines[at - 1].strip():
            at -= 1
        lines.insert(at, f"{name} = {toml_text(value)}")
    return "\n".join("\n".join(lines) for lines in parts.values() if lines) + "\n"


def _anew(told: dict[str, Any]) -> str:
    lines = [f"{name} = {toml_text(v)}" for name, v in told.items() if isinstance(v, (str, int))]
    for section, table in told.items():
        if isinstance(table, dict):
            lines += ["", f"[{section}]"]
            lines += [
                f"{n} = {toml_text(v)}" for n, v in table.items() if isinstance(v, (str, int))
            ]
    return "\n".join(lines) + "\n"


def _failed(place: Path, failed: OSError) -> Unavailable:
    return Unavailable("settings.not_written", path=str(place), told=failed.strerror or str(failed))
