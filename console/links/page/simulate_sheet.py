"""Which device is to be simulated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from console.links.model import FAMILY_WORDS
from console.links.service import Capture, simulated_families
from console.ui.choice import ChoiceSheet, Option
from console.ui.dialogs import Question
from console.ui.moments import clock_text
from console.ui.words import pick

translate = QCoreApplication.translate


def ask_family(parent: QWidget, then: Callable[[str], None]) -> ChoiceSheet:
    """Asks for a family of which a device can be simulated; ``then`` gets it."""
    question = Question(
        translate("Trials", "Simulate a device"),
        translate(
            "Trials",
            "It works in this program and is heard on this page alone: no crew moves and no alarm "
            "rings. It ends with the console.",
        ),
        translate("Trials", "Simulate"),
    )
    options = [
        Option(family, pick(FAMILY_WORDS[family]))
        for family in simulated_families()
        if family in FAMILY_WORDS
    ]
    return ChoiceSheet(parent, question, options, lambda family, _note: then(family))


def trial_name(number: int) -> str:
    """What the link of a simulated device is called."""
    return translate("Trials", "Simulated {number}").format(number=number)


def replay_name(found: Capture | None, file: Path) -> str:
    """What the link of a recording is called."""
    told = translate("Trials", "Replay {name}")
    if found is None or found.began_at is None:
        return told.format(name=file.stem[:40])
    return told.format(name=f"{found.link} {clock_text(found.began_at)}")
