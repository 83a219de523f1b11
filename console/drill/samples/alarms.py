"""The help pillars of the sample post."""

from __future__ import annotations

import json
from pathlib import Path

from console.alarms import service
from console.core.actor import SYSTEM
from console.core.database import Database

PILLARS = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "help_buttons.json"


def fill(database: Database, language: str) -> None:
    """Five pillars with a button stand in the town."""
    for one in json.loads(PILLARS.read_text("utf-8")):
        name = one["name"]["en" if language == "en" else "zh_CN"]
        service.add_device(database, SYSTEM, name, one["place"], (one["lat"], one["lon"]))
