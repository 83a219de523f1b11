"""Fits when the set changes, any gesture locks, the key fits again, the same press goes back."""

from console.gridmap.page.marker import View
from console.gridmap.page.view_rule import Rule, fit_asked, gesture, marked, pressed, set_changed

HERE = View(30.0, 120.0, 14)
THERE = View(30.1, 120.1, 16)
FIRST, SECOND = ("calls", "1"), ("calls", "2")


def test_a_free_map_fits_when_the_set_changes() -> None:
    assert set_changed(Rule()).move == "fit"


def test_a_gesture_locks_until_the_fit_key() -> None:
    locked = gesture(Rule()).rule
    assert locked.locked
    assert set_changed(locked).move == ""
    freed = fit_asked(locked)
    assert (freed.move, freed.rule.locked) == ("fit", False)
    assert set_changed(freed.rule).move == "fit"


def test_the_same_choice_pressed_twice_goes_back_to_where_it_looked() -> None:
    shown = pressed(Rule(), FIRST, HERE)
    assert (shown.move, shown.rule.chosen) == ("show", FIRST)
    other = pressed(shown.rule, SECOND, THERE)
    assert (other.move, other.rule.chosen) == ("show", SECOND)
    back = pressed(other.rule, SECOND, THERE)
    assert (back.move, back.to, back.rule.chosen) == ("back", HERE, None)


def test_a_shown_choice_is_not_driven_away_by_a_new_thing() -> None:
    assert set_changed(pressed(Rule(), FIRST, HERE).rule).move == ""


def test_a_mark_rings_without_moving() -> None:
    step = marked(Rule(), FIRST)
    assert (step.move, step.rule.chosen) == ("", FIRST)
    assert marked(step.rule, None).rule.chosen is None


def test_a_mark_does_not_hold_the_map() -> None:
    assert set_changed(marked(Rule(), FIRST).rule).move == "fit"
    assert pressed(marked(Rule(), FIRST).rule, FIRST, HERE).move == "show"


def test_the_fit_key_lets_a_shown_choice_go_without_its_ring() -> None:
    freed = fit_asked(pressed(Rule(), FIRST, HERE).rule).rule
    assert (freed.chosen, freed.shown) == (FIRST, False)
    assert set_changed(freed).move == "fit"
