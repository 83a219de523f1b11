"""The sample post's teams and roster: the crews' own team is on shift, and here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.ids import OfficerId
from console.people import service as people
from console.people.model import Role
from console.people.service.exchange import OFFICERS
from console.roster import service
from console.roster.model import LeaveKind, Rotation, Rotations, hours, month_end, month_of
from console.roster.service.exchange import ROSTER

FILE = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "roster.json"


def fill(database: Database, language: str) -> None:
    """Four teams work round the clock since the first of the month; the first is here now."""
    told = json.loads(FILE.read_text("utf-8"))
    newcomers = [
        {**one, "roles": str(Role.DUTY_OFFICER), "active": True} for one in told["officers"]
    ]
    OFFICERS.take(database, SYSTEM, newcomers)  # they sign on, and never sign in
    with database.read() as connection:
        ids = {one.number: one.id for one in people.officers(connection)}
        table = service.rotations(connection, database.clock.now())
    _fill_teams(database, told, ids, language)
    today = service.today_of(database.clock.now())
    _plan(database, told, table, language)
    for leave in told["leave"]:
        first = today + timedelta(days=leave["in_days"])
        span = (first, first + timedelta(days=leave["days"] - 1))
        note = _words(leave["note"], language)
        kind = LeaveKind(leave["kind"])
        service.add_leave(database, SYSTEM, ids[leave["officer"]], kind, span, note)
    for month in sorted({month_of(today - timedelta(days=1)), month_of(today)}):
        service.publish(database, SYSTEM, month, 0)
    for number in told["teams"][0]["members"]:
        if number not in told["not_here_yet"]:
            service.sign_on(database, SYSTEM, ids[number])


def _words(words: Mapping[str, str], language: str) -> str:
    return words["en"] if language == "en" else words["zh_CN"]


def _fill_teams(
    database: Database, told: Mapping[str, Any], ids: Mapping[str, OfficerId], language: str
) -> None:
    for team in told["teams"]:
        team_id = service.add_team(database, SYSTEM, _words(team["name"], language))
        for number in team["members"]:
            service.set_team(database, SYSTEM, ids[number], team_id)
    for number, codes in told["qualifications"].items():
        service.set_qualifications(database, SYSTEM, ids[number], codes)


def _plan(database: Database, told: Mapping[str, Any], table: Rotations, language: str) -> None:
    """The rows of the months that hold yesterday and today, taken as a table is taken."""
    now = database.clock.now()
    today, rotation = service.today_of(now), table.rotations[told["rotation"]]
    first = (today - timedelta(days=1)).replace(day=1)
    turn = _turn(table, rotation, first, now)
    rows = [
        {
            "officer": number,
            "date": first + timedelta(days=day),
            "shift": rotation.shift_on(at, day + turn),
            "team": _words(team["name"], language),
        }
        for day in range((month_end(today) - first).days + 1)
        for at, team in enumerate(told["teams"])
        for number in team["members"]
    ]
    ROSTER.take(database, SYSTEM, rows)


def _turn(table: Rotations, rotation: Rotation, first: date, now: datetime) -> int:
    """By how many days the cycle is turned so that the first team is on shift now."""
    for turn in range(len(rotation.pattern)):
        for back in (0, 1):
            day = service.today_of(now) - timedelta(days=back)
            kind = table.shift(rotation.shift_on(0, (day - first).days + turn))
            span = hours(kind, day)
            if span is not None and span[0] <= now < span[1]:
                return turn
    raise ValueError("the rotation leaves this hour to nobody")
