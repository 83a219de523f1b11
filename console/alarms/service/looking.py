"""What is known of alarms."""

from __future__ import annotations

import json
from datetime import datetime, time
from functools import lru_cache

import sqlalchemy as sa

from console.alarms import store
from console.alarms.model import Alarm, Alert, Kinds, LogLine, Look, read_kinds
from console.core import reference
from console.core.errors import Refused

LOG_LINES = 200
ALERT = "alert:"  # an originator: the city's alert of this id


def kinds_now(connection: sa.Connection, now: datetime) -> Kinds:
    """The kinds of alarms that hold now, and their limits."""
    return _kinds(reference.current_text(connection, "alarm_kinds", now))


@lru_cache(maxsize=4)
def _kinds(text: str) -> Kinds:
    """Each text is parsed once: the watch asks every few seconds."""
    return read_kinds(json.loads(text))


def open_alarms(connection: sa.Connection, now: datetime) -> list[Alarm]:
    """Every alarm that waits for something and is not shelved, the most urgent first, then the
    oldest. Tests wait for nobody, and duress is for no eyes at the post."""
    return [
        one
        for one in every_open(connection, now)
        if not (one.shelved(now) or one.is_test or one.is_silent)
    ]


def every_open(connection: sa.Connection, now: datetime) -> list[Alarm]:
    """Every alarm that is not over, be it on the shelf, a test, or hidden."""
    return store.every_open(connection, kinds_now(connection, now))


def alarms(
    connection: sa.Connection, look: Look, now: datetime, after: Alarm | None, limit: int
) -> list[Alarm]:
    """At most ``limit`` alarms of a list, those that follow ``after``; the day is the local one."""
    local = now.astimezone()
    morning = datetime.combine(local.date(), time(), local.tzinfo)
    kinds = kinds_now(connection, now)
    return store.page(connection, store.asked(look, now, morning, kinds), kinds, after, limit)


def alarm(connection: sa.Connection, alarm_id: str, now: datetime) -> Alarm:
    """This alarm. Refused when there is none of this id."""
    found = store.find(connection, alarm_id, kinds_now(connection, now))
    if found is None:
        raise Refused("alarms.no_such_alarm", alarm=alarm_id[:64])
    return found


def log_lines(connection: sa.Connection, alarm_id: str) -> list[LogLine]:
    """The newest lines of the alarm's log, newest first."""
    return store.lines(connection, alarm_id, LOG_LINES)


def alert_of(connection: sa.Connection, told: Alarm) -> Alert:
    """The city's alert behind this alarm. Refused when there is none."""
    found = store.alert(connection, told.originator.removeprefix(ALERT))
    if found is None:
        raise Refused("alarms.no_such_alert", alert=told.originator[:96])
    return found


def tally(connection: sa.Connection, since: datetime) -> dict[str, dict[str, int]]:
    """By kind, how many alarms in earnest were raised since then, acknowledged, and made a call."""
    return store.tally(connection, since)
