"""How the backups by the clock stand, in words and as a lamp."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.ui.lamp import Lamp, LampFace, Shape
from console.ui.moments import age_text
from console.ui.panel import Notice, label
from console.ui.style import Tone, px
from console.ui.words import say_refusal
from console.upkeep.model import BackupAge, BackupStanding

translate = QCoreApplication.translate
_FACES = {
    BackupAge.OFF: (Shape.DASH, Tone.QUIET),
    BackupAge.NEVER: (Shape.RING, Tone.LATE),
    BackupAge.FRESH: (Shape.DOT, Tone.CALM),
    BackupAge.OLD: (Shape.TRIANGLE, Tone.LATE),
    BackupAge.STALE: (Shape.SQUARE, Tone.ALARM),
}


class StandingLine(QWidget):
    """The lamp and the age of the last good backup, and how often one is made."""

    def __init__(self) -> None:
        super().__init__()
        self.lamp = Lamp()
        self.rest = label("", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.lamp)
        row.addWidget(self.rest, 1)

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self.lamp.face.word} {self.rest.text()}".strip()

    def show_standing(self, standing: BackupStanding) -> None:
        """It says how these stand now."""
        shape, tone = _FACES[standing.age]
        self.lamp.show_face(LampFace(shape, tone, age_words(standing)))
        self.rest.setText(rhythm_words(standing))


class TroubleNotice(Notice):
    """What is wrong with the backups and since when; hidden while nothing is."""

    def show_standing(self, standing: BackupStanding, now: datetime) -> None:
        """It says what is wrong with these."""
        tone = "alarm" if standing.alarming else "late"
        self.say(trouble_words(standing, now), tone)


def age_words(standing: BackupStanding) -> str:
    """How old the last good backup is."""
    if standing.age is BackupAge.OFF:
        return translate("Upkeep", "No backups by the clock")
    if standing.age is BackupAge.NEVER:
        return translate("Upkeep", "No good backup yet")
    age = age_text(standing.age_s)
    return translate("Upkeep", "Last good backup {age} ago").format(age=age)


def rhythm_words(standing: BackupStanding) -> str:
    """How often one is made, and what is being done."""
    if not standing.folder:
        return translate("Upkeep", "choose a backup folder in Settings")
    if not standing.every_h:
        return translate("Upkeep", "switched off in Settings: by hand only")
    told = translate("Upkeep", "one every {n} h, three are kept").format(n=standing.every_h)
    doing = {
        "copy": translate("Upkeep", "being copied now …"),
        "check": translate("Upkeep", "being checked now …"),
        "place": translate("Upkeep", "being checked now …"),
    }.get(standing.doing, "")
    return f"{told} · {doing}" if doing else told


def trouble_words(standing: BackupStanding, now: datetime) -> str:
    """What is wrong and since when; empty when nothing is."""
    lines = []
    if standing.trouble is not None:
        told = translate("Upkeep", "Backups fail since {time}; tried again by itself. {why}")
        lines.append(
            told.format(time=_since(standing.since, now), why=say_refusal(standing.trouble))
        )
    elif standing.age is BackupAge.STALE:
        told = translate("Upkeep", "The last good backup is {age} old: make one now (Ctrl+B).")
        lines.append(told.format(age=age_text(standing.age_s)))
    if standing.unreadable:
        told = translate(
            "Upkeep",
            "The last run found backups that cannot be read and kept them aside as {names}: the "
            "disk may be failing.",
        )
        lines.append(told.format(names=translate("Upkeep", ", ").join(standing.unreadable)))
    return "\n".join(lines)


def _since(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "–"
    same_day = at.astimezone().date() == now.astimezone().date()
    return f"{at.astimezone():%H:%M}" if same_day else f"{at.astimezone():%m-%d %H:%M}"
