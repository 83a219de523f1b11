"""Where the map looks and who decides it: the post until the officer takes hold of the map.

It fits when the set of things changes; any gesture locks it; the fit key frees and fits it; the same
choice pressed twice goes back to where it looked before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from console.gridmap.page.marker import View

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule's state: ``shown`` when the map went to the choice, ``back`` where it looked before."""

    locked: bool = False
    chosen: Choice | None = None
    shown: bool = False
    back: View | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What the rule became and what the map does: ``fit``, ``show`` the choice, ``back`` or nothing."""

    rule: Rule
    move: str = ""
    to: View | None = None


def gesture(rule: Rule) -> Step:
    """The officer moved the map: it is locked."""
    return Step(replace(rule, locked=True))


def set_changed(rule: Rule) -> Step:
    """Something came or went: a free map fits; a locked one, or one that shows a choice, stays."""
    return Step(rule, "" if rule.locked or rule.shown else "fit")


def fit_asked(rule: Rule) -> Step:
    """The fit key: the map is free and fits."""
    return Step(replace(rule, locked=False, shown=False, back=None), "fit")


def pressed(rule: Rule, choice: Choice, now: View | None) -> Step:
    """A choice is shown; pressed again it is let go and the map goes back."""
    if rule.shown and rule.chosen == choice:
        return Step(Rule(rule.locked), "back" if rule.back else "", rule.back)
    back = rule.back if rule.shown else now
    return Step(Rule(rule.locked, choice, True, back), "show")


def marked(rule: Rule, choice: Choice | None) -> Step:
    """A choice is ringed and the map does not move."""
    if rule.chosen == choice:
        return Step(rule)
    return Step(Rule(rule.locked, choice))
