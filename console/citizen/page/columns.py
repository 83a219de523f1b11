"""What the lists of the counter show: the visits, and the story of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from console.citizen.model import Visit, VisitLine
from console.citizen.page.parts import Look
from console.core.text import shown
from console.ui.moments import moment_text
from console.ui.row_model import Column
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate

CELL_CHARS = 120
OPEN_RESULTS = ("lent", "under_way")

LookOf = Callable[[], Look]
Now = Callable[[], datetime]


def visit_columns(look: LookOf, now: Now) -> list[Column[Visit]]:
    """The columns of the list of visits."""
    return [
        Column(translate("Citizen", "Number"), lambda v: v.number, 132),
        Column(translate("Citizen", "Time"), lambda v: moment_text(v.at, now()), 88),
        Column(translate("Citizen", "Kind"), lambda v: pick(look().table.kind(v.kind).words), 112),
        Column(translate("Citizen", "Asked"), lambda v: one_line(v.asked)),
        Column(translate("Citizen", "Visitor"), lambda v: v.person.name or "–", 64),
        Column(
            translate("Citizen", "Result"),
            lambda v: result_text(v, look()),
            116,
            tone=lambda v: Tone.LATE if v.result in OPEN_RESULTS else Tone.CALM,
        ),
    ]


def story_columns(look: LookOf, now: Now) -> list[Column[VisitLine]]:
    """The columns of a visit's story."""
    return [
        Column(translate("Citizen", "Time"), lambda line: moment_text(line.at, now()), 80),
        Column(translate("Citizen", "What happened"), lambda line: line_words(line.kind), 74),
        Column(translate("Citizen", "By"), lambda line: line_who(line, look()), 70),
        Column(
            translate("Citizen", "Why, and what stood there"),
            lambda line: one_line(line_told(line, look())),
            tip=lambda line: line_told(line, look()),
        ),
    ]


def one_line(text: str) -> str:
    """The text as a cell shows it."""
    return " ".join(shown(text, CELL_CHARS).split())


def result_text(visit: Visit, look: Look) -> str:
    """What came of it, in words."""
    if visit.call_id is not None:
        return translate("Citizen", "became a call")
    return pick(look.table.result(visit.result).words) if visit.result else "–"


def line_words(kind: str) -> str:
    """What a line of the story tells of."""
    return {
        "recorded": translate("Citizen", "Recorded"),
        "imported": translate("Citizen", "Imported"),
        "corrected": translate("Citizen", "Corrected"),
        "call": translate("Citizen", "Made a call"),
        "revealed": translate("Citizen", "Person looked at"),
        "receipt": translate("Citizen", "Receipt written"),
        "forgotten": translate("Citizen", "Person blanked"),
    }.get(kind, kind)


def line_who(line: VisitLine, look: Look) -> str:
    """Who did it, short."""
    if line.kind == "forgotten":
        return translate("Citizen", "console")
    return look.names.get(line.by, line.by)


def line_told(line: VisitLine, look: Look) -> str:
    """Why it was done, and what stood there before."""
    if line.kind == "forgotten":
        return translate("Citizen", "the term for personal data has run out")
    was = [
        translate("Citizen", "{field} was “{value}”").format(
            field=field_words(name), value=_value(name, str(value), look) or "–"
        )
        for name, value in line.before.items()
    ]
    return translate("Citizen", "; ").join([part for part in (line.reason, *was) if part])


def field_words(name: str) -> str:
    """What a field of a visit is called."""
    return {
        "kind": translate("Citizen", "Kind"),
        "asked": translate("Citizen", "Asked"),
        "done": translate("Citizen", "Done"),
        "result": translate("Citizen", "Result"),
        "place": translate("Citizen", "Place"),
    }.get(name, name)


def _value(name: str, value: str, look: Look) -> str:
    if name == "kind":
        return pick(look.table.kind(value).words)
    if name == "result" and value:
        return pick(look.table.result(value).words)
    return value
