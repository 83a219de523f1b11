"""What the post still lacks, said as advice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from console.ui.panel import Notice
from console.upkeep.model import Missing

translate = QCoreApplication.translate


def missing_words(lacking: Sequence[Missing]) -> str:
    """One line that names everything that is lacking; empty when nothing is."""
    names = {
        Missing.ROOM: translate("Upkeep", "room on the disk"),
        Missing.CREWS: translate("Upkeep", "crews"),
        Missing.ROADS: translate("Upkeep", "the roads extract"),
        Missing.AREAS: translate("Upkeep", "the patrol areas"),
        Missing.CITY: translate("Upkeep", "the road to the city"),
        Missing.BACKUP: translate("Upkeep", "the backup folder"),
    }
    if not lacking:
        return ""
    told = translate("Upkeep", ", ").join(names[one] for one in lacking)
    return translate("Upkeep", "This post still lacks: {names}.").format(names=told)


def missing_advice(lacking: Sequence[Missing]) -> list[str]:
    """For each thing that is lacking, what it means and what to do."""
    advice = {
        Missing.ROOM: translate(
            "Upkeep",
            "The disk is full: its reserve was given up so that calls go on. Imports, recordings and "
            "backups to this disk wait. Free some space; the reserve is then made again by itself.",
        ),
        Missing.CREWS: translate("Upkeep", "No crews: nobody can be sent. Add the post's crews."),
        Missing.ROADS: translate(
            "Upkeep",
            "No roads: no map and no minutes by road. Choose the extract (.osm.pbf) in Settings.",
        ),
        Missing.AREAS: translate(
            "Upkeep", "No areas: arrival limits go by the general one. Choose the file in Settings."
        ),
        Missing.CITY: translate(
            "Upkeep",
            "No city: calls come by hand only and nothing is reported. Enter the road in Settings.",
        ),
        Missing.BACKUP: translate(
            "Upkeep", "No backup folder: a broken disk loses everything. Choose one in Settings."
        ),
    }
    return [advice[one] for one in lacking]


class MissingNotice(Notice):
    """Lists what the post lacks; hidden when it lacks nothing."""

    def show_missing(self, lacking: Sequence[Missing]) -> None:
        """The notice names exactly these."""
        lines = [missing_words(lacking), *(f"· {told}" for told in missing_advice(lacking))]
        self.say("\n".join(lines) if lacking else "", "late")
