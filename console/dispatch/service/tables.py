"""The post's code tables as they hold now, and the act that changes the limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.dispatch.model.call import LimitsChanged
from console.dispatch.model.reference import (
    Code,
    Limits,
    Natures,
    checked_limits,
    read_codes,
    read_limits,
    read_natures,
)
from console.people.model import Right, require


def natures(connection: sa.Connection, now: datetime) -> Natures:
    """The tree of natures, with the words of the kit."""
    return _natures(reference.current_text(connection, "natures", now))


def codes(connection: sa.Connection, kind: str, now: datetime) -> Mapping[str, Code]:
    """The entries of sources, dispositions, delay_reasons or levels, by code."""
    return _codes(kind, reference.current_text(connection, kind, now))


def limits(connection: sa.Connection, now: datetime) -> Limits:
    """The limits of lamps, advice and duplicates."""
    return _limits(reference.current_text(connection, "limits", now))


# The desk asks for the tables at every glance and they change once a month: each text is parsed
# once, and the same text gives the same object.
@lru_cache(maxsize=8)
def _natures(text: str) -> Natures:
    return read_natures(json.loads(text))


@lru_cache(maxsize=32)
def _codes(kind: str, text: str) -> Mapping[str, Code]:
    return MappingProxyType(read_codes(kind, json.loads(text)))


@lru_cache(maxsize=8)
def _limits(text: str) -> Limits:
    return read_limits(json.loads(text))


def change_limits(database: Database, actor: Actor, body: Mapping[str, Any]) -> dict[str, Any]:
    """These limits hold from now on, brought within sane bounds; returns the whole table.

    Refused for a name that is no limit, and for a value that is no number.
    """
    require(actor, Right.EDIT_REFERENCE)
    with database.act(actor) as act:
        now = reference.current(act.connection, "limits", act.at)
        table = checked_limits(body, now)
        changed = {name: table[name] for name in table if table[name] != now.get(name)}
        version = reference.put(act.connection, "limits", act.at, table)
        act.audit("reference.change", "reference", "limits", version=version, changed=changed)
        act.announce(LimitsChanged(version))
    return table
