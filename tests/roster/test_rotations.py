"""Rotations: the cycle of each preset, wall-clock hours, the past, and what leave leaves open."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.core.errors import Refused
from console.core.ids import OfficerId
from console.core.reference import shipped
from console.roster.model import (
    Cell,
    Leave,
    LeaveKind,
    Rotations,
    draft_cells,
    expand,
    hours,
    month_days,
    open_gaps,
    read_rotations,
    short_days,
)

START = date(2026, 12, 1)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


@pytest.fixture
def table() -> Rotations:
    return read_rotations(shipped("rotations"))


@pytest.mark.parametrize("code", ["rota_4x3", "rota_4x6", "rota_12_24"])
def test_every_hour_has_one_team_and_nobody_is_worn_out(table: Rotations, code: str) -> None:
    """Round the clock exactly one team works, and between two shifts lie at least 8 hours."""
    rotation = table.rotations[code]
    teams = [f"t{n}" for n in range(rotation.teams)]
    spans: dict[str, list[tuple[datetime, datetime]]] = {team: [] for team in teams}
    for one in expand(rotation, START, START + timedelta(days=23), teams, START):
        span = hours(table.shift(one.shift), one.day, SHANGHAI)
        if span is not None:
            spans[one.team_id].append(span)
    moment = datetime(2026, 12, 3, 0, 30, tzinfo=SHANGHAI).astimezone(UTC)
    for _ in range(24 * 18):
        at_work = [t for t, own in spans.items() if any(a <= moment < b for a, b in own)]
        assert len(at_work) == 1, moment
        moment += timedelta(hours=1)
    for own in spans.values():
        rests = [after[0] - before[1] for before, after in zip(own, own[1:], strict=False)]
        assert min(rests) >= timedelta(hours=8)


def test_four_crews_three_shifts_by_its_letters(table: Rotations) -> None:
    shifts = expand(
        table.rotations["rota_4x3"], START, START + timedelta(days=7), ["a", "b", "c", "d"], START
    )
    letters = "".join(table.shift(one.shift).letter.zh_CN for one in shifts if one.team_id == "a")
    assert letters == "早早中中夜夜休休"
    first = {one.team_id: one.shift for one in shifts if one.day == START}
    assert first == {"a": "day", "b": "evening", "c": "night", "d": "off"}


def test_a_shift_keeps_its_wall_clock_hours_when_the_clocks_change(table: Rotations) -> None:
    before = hours(table.shift("half_night"), date(2026, 3, 28), BERLIN)
    after = hours(table.shift("half_day"), date(2026, 3, 29), BERLIN)
    assert before is not None and after is not None
    assert before[1] - before[0] == timedelta(hours=11)
    assert before[1] == after[0]
    assert after[0].astimezone(BERLIN).hour == 8


def test_a_rotation_that_begins_in_the_past_is_refused(table: Rotations) -> None:
    with pytest.raises(Refused, match="roster.begins_in_past") as refused:
        expand(table.rotations["rota_12_24"], START, START, ["a", "b", "c"], date(2026, 12, 2))
    assert refused.value.details["start"] == "2026-12-01"


@pytest.mark.parametrize("teams", [["a", "b"], ["a", "b", "b"], ["a", "b", "c", "d"]])
def test_the_wrong_number_of_teams_is_refused(table: Rotations, teams: list[str]) -> None:
    with pytest.raises(Refused, match="roster.wrong_teams"):
        expand(table.rotations["rota_12_24"], START, START, teams, START)


def test_months_have_their_days() -> None:
    assert len(month_days("2028-02")) == 29
    for bad in ("2026-13", "2026", "morgen", ""):
        with pytest.raises(Refused, match="roster.bad_month"):
            month_days(bad)


def test_leave_leaves_a_gap_that_a_stand_in_closes(table: Rotations) -> None:
    one, two = OfficerId("o1"), OfficerId("o2")
    shifts = expand(
        table.rotations["rota_4x3"], START, START + timedelta(days=7), ["a", "b", "c", "d"], START
    )
    works = {code: kind.works for code, kind in table.shifts.items()}
    away = Leave("l", one, LeaveKind.TRAINING, START, START + timedelta(days=7))
    cells = draft_cells(shifts, {"a": [one], "d": [two]}, [away], works)
    mine = [cell.shift for cell in cells if cell.officer_id == one]
    assert mine == ["training"] * 6 + ["off", "off"]  # a day off needs no leave
    assert short_days(cells, table) == {START + timedelta(days=n): 1 for n in range(6)}
    index = next(n for n, c in enumerate(cells) if c.officer_id == two and c.day == START)
    assert cells[index].shift == "off"
    cells[index] = Cell(two, START, "day", "off", "d", one)
    assert START not in short_days(cells, table)
    assert len(open_gaps(cells, table)) == 5
