"""The devices of the sample post that raise alarms."""

from __future__ import annotations

import json
from pathlib import Path

from console.alarms import service
from console.alarms.model import Device, Kind
from console.core.actor import SYSTEM
from console.core.database import Database

PILLARS = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "help_buttons.json"


def fill(database: Database, language: str) -> None:
    """Five pillars with a button stand in the town; a door and the desk's panic button at the post."""
    for one in json.loads(PILLARS.read_text("utf-8")):
        name = one["name"]["en" if language == "en" else "zh_CN"]
        kind = one.get("kind", Kind.BUTTON)
        device = Device("", name, one["place"], one.get("lat"), one.get("lon"), kind)
        service.keep_device(database, SYSTEM, device)
