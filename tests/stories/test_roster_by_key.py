"""The roster by key: who is missing signs on, a shift is swapped and published, the city hears it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.core.errors import Refused
from console.core.ids import CallId
from console.dispatch import service as dispatch
from console.dispatch.model import CallStatus
from console.roster import service as roster
from console.roster.page import DutyPage
from console.roster.page.month_view import MonthView
from console.ui.choice import ChoiceSheet
from tests.stories.hands import Hands
from tests.stories.scene import Scene

pytestmark = pytest.mark.story


def open_roster(hands: Hands) -> MonthView:
    """The roster's view has the keys."""
    hands.press("F5")
    hands.until(lambda: isinstance(hands.console.window.page("roster"), DutyPage))
    page = hands.console.window.page("roster")
    assert isinstance(page, DutyPage)
    hands.press("Ctrl+2")
    hands.until(lambda: page.months.look is not None and page.months.grid.hasFocus())
    return page.months


def walk_to(hands: Hands, view: MonthView, number: str) -> None:
    """With the arrow keys to the row of this officer."""
    seen = view.look
    assert seen is not None
    rows = [one.number for one in seen.view.officers]
    for _ in range(len(rows)):
        person = view.grid.officer()
        assert person is not None
        if person.number == number:
            return
        hands.press("Down" if rows.index(person.number) < rows.index(number) else "Up")
    raise AssertionError(f"{number} is not in the roster")


def present(scene: Scene) -> set[str]:
    """The numbers of those who are signed on."""
    with scene.post.database.read() as connection:
        here = roster.present(connection)
        now = roster.shift_now(connection, scene.clock.now())
    assert now is not None
    assert {one.id for one in now.present} == set(here)
    return {one.number for one in now.present}


def bar(hands: Hands) -> str:
    """What the frame says of the shift."""
    return hands.console.window.top._roster.words


def test_the_missing_one_signs_on_and_the_frame_tells(hands: Hands) -> None:
    hands.until(lambda: "缺岗 1" in bar(hands))
    view = open_roster(hands)
    walk_to(hands, view, "0104")
    hands.press("S")
    hands.until(lambda: "0104" in present(hands.scene))
    hands.until(lambda: "到岗 18/18" in bar(hands) and "缺岗" not in bar(hands))
    hands.until(lambda: "赵志强 已签到" in hands.words())


def test_the_last_of_a_crew_goes_and_the_crew_cannot_be_sent(hands: Hands) -> None:
    scene = hands.scene
    view = open_roster(hands)
    walk_to(hands, view, "0112")  # the only one of 201
    hands.press("O")
    hands.until(lambda: "0112" not in present(scene))
    with scene.post.database.read() as connection:
        unit = roster.unit(connection, scene.units["201"]).unit
    assert (unit.on_duty, unit.status) == (False, "off")
    call_id = scene.publish()
    hands.press("F1")
    hands.choose(call_id)
    hands.press("Return")
    hands.shows(call_id, CallStatus.SIGNED)
    with pytest.raises(Refused, match="unit_off_duty"):
        dispatch.assign(scene.post.database, scene.sign_in(), CallId(call_id), [scene.units["201"]])
    hands.until(scene.drained)
    told = [row["status"] for kind, row in scene.heard(scene.units["201"]) if "status" in kind]
    assert told == ["off"]


def test_a_shift_is_changed_and_published_by_the_chief(stage_chief: Hands) -> None:
    hands, scene = stage_chief, stage_chief.scene
    view = open_roster(hands)
    walk_to(hands, view, "0301")
    where = view.grid.where()
    assert where is not None and view.look is not None
    was = view.look.view.cells[where].shift
    hands.press("Return")
    hands.asked()
    assert isinstance(hands.sheet, ChoiceSheet)
    hands.press("2")
    hands.until(lambda: view.look is not None and view.look.view.cells[where].shift != was)
    hands.until(lambda: hands.sheet is None and view.publish.isEnabled())
    hands.press("P")
    hands.asked()
    hands.type("与同事换班")
    hands.press("Return")
    hands.until(lambda: view.look is not None and view.look.view.base_rev == 2)
    hands.until(scene.drained)
    assert view.look is not None
    heard = [row for kind, row in scene.heard(view.month) if kind == "roster.published"]
    assert len(heard) == 2 and heard[-1]["reason"] == "与同事换班"
    changed = {
        (row["officer"], row["day"]): row["shift"]
        for row in heard[-1]["shifts"]
        if row["officer"] == "0301"
    }
    assert changed["0301", where[1].isoformat()] == view.look.view.cells[where].shift
    scene.assert_whole()


@pytest.fixture
def stage_chief(scene: Scene, hands_on: Callable[[Scene], Hands]) -> Hands:
    """The chief sits at the desk."""
    made = hands_on(scene)
    made.sign_in("0101")
    assert isinstance(made, Hands)
    return made
