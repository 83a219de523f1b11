"""What the rescue page says of backups and of what is lost."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from console.core.backups_there import BackupThere, LostSince
from console.core.table_words import words_of
from console.ui.style import Tone
from console.ui.words import pick

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Choice:
    """A backup and what restoring it would lose; None for one that cannot be restored."""

    there: BackupThere
    lost: LostSince | None


class Progress:
    """How far a work is: written by its worker, looked at by the page."""

    def __init__(self, step: str, changes: bool) -> None:
        self.step, self.share, self.changes = step, 0.0, changes

    def __call__(self, step: str, share: float) -> None:
        self.step, self.share = step, share


def state_of(choice: Choice) -> str:
    """Whether the check found it good."""
    return translate("Rescue", "good") if choice.there.good else translate("Rescue", "damaged")


def tone_of(choice: Choice) -> Tone:
    """A damaged one is to be seen."""
    return Tone.CALM if choice.there.good else Tone.ALARM


def why_of(choice: Choice) -> str:
    """What is wrong with it."""
    damage = choice.there.damage
    return pick(damage.what) + "\n" + pick(damage.means) if damage else ""


def lost_of(choice: Choice) -> str:
    """What a restore of it would lose, or what is wrong with it."""
    if choice.lost is None:
        return translate("Rescue", "cannot be restored")
    if not choice.lost.known:
        return translate("Rescue", "everything since then; how much is not known")
    told = translate("Rescue", "{acts} acts, {calls} calls touched")
    return told.format(acts=choice.lost.acts, calls=choice.lost.calls)


def loss_words(table: str, lost: int, exact: bool, orphans: int) -> str:
    """What of this table is lost; where it was not counted, ``lost`` is the most, or 0 for unknown."""
    name = pick(words_of(table))
    if not exact and not lost:
        told = translate("Rescue", "{table}: an unknown number of records is lost")
        return told.format(table=name)
    if not exact:
        return translate("Rescue", "{table}: at most {n} records lost").format(table=name, n=lost)
    if orphans:
        told = translate("Rescue", "{table}: {n} records lost, {orphans} left behind with them")
        return told.format(table=name, n=lost, orphans=orphans)
    return translate("Rescue", "{table}: {n} records lost").format(table=name, n=lost)
