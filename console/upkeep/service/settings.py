"""Changing this machine's settings: by right, checked, audited, all or nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.settings_file import Prepared
from console.people.model import Right, require
from console.settings import (
    PREFIX,
    SETTINGS_FILE,
    BadSetting,
    Settings,
    parse_settings,
    read_settings,
)
from console.upkeep.model import PATHS, Value, values_of


def written_settings(data: Path) -> Settings:
    """What the settings file says, whatever the environment adds. Refused when it is unreadable."""
    place = data / SETTINGS_FILE
    try:
        text = place.read_text("utf-8") if place.exists() else ""
        return parse_settings(data, text, {})
    except (BadSetting, UnicodeDecodeError) as bad:
        raise Refused("settings.bad", told=str(bad)) from bad


def settings_in_force(data: Path) -> Settings:
    """What file and environment make together. Refused when that cannot be."""
    try:
        return read_settings(data)
    except BadSetting as bad:
        raise Refused("settings.bad", told=str(bad)) from bad


def overridden(data: Path) -> frozenset[str]:
    """The settings that the environment decides, so that the file's value has no effect."""
    names = values_of(Settings(data))
    return frozenset(name for name in names if PREFIX + name.upper() in os.environ)


def change_settings(
    database: Database, actor: Actor, data: Path, changes: Mapping[str, Value]
) -> Settings:
    """The settings file says these values and the trail says from what they were changed.

    Refused without the right, for a path that is not absolute, and for what cannot be read back.
    """
    require(actor, Right.CHANGE_SETTINGS)
    before = written_settings(data)
    old = values_of(before)
    altered = {name: value for name, value in changes.items() if old.get(name) != value}
    if not altered:
        return before
    for name in PATHS & set(altered):
        if altered[name] and not Path(str(altered[name])).is_absolute():
            raise Refused("settings.not_absolute", field=name, path=altered[name])
    with Prepared(data, altered) as prepared, database.act(actor) as act:
        told = {name: {"from": old.get(name), "to": value} for name, value in altered.items()}
        act.audit("settings.changed", "settings", database.post, changed=told)
        prepared.put()  # last, so that a disk that refuses takes the line of the trail with it
    return prepared.settings
