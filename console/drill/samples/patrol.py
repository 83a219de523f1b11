"""The sample post's must-reach points, on the roads on which its crews drive."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from console.core import reference
from console.core.actor import SYSTEM
from console.core.database import Database
from console.patrol import service
from console.patrol.model import NewPoint

POINTS = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "points.geojson"
FASTEST = 6.0  # an unattended drill's town lives so much faster, and so its crews drive
SINCE = datetime(2026, 1, 2, tzinfo=UTC)


def fill(database: Database, language: str) -> None:
    """The points stand, and a drill's quick crews are believed where real ones would not be."""
    for feature in json.loads(POINTS.read_text("utf-8"))["features"]:
        told = feature["properties"]
        lon, lat = feature["geometry"]["coordinates"]
        until = told.get("active_until")
        new = NewPoint(
            told["number"],
            told["name_en"] if language == "en" else told["name"],
            lat,
            lon,
            told["radius_m"],
            told["dwell_s"],
            told["times"],
            told["area_id"],
            active_until=date.fromisoformat(until) if until else None,
        )
        service.add_point(database, SYSTEM, new)
    table = reference.shipped("patrol")
    quicker = {mode: most * FASTEST for mode, most in table["most_mps"].items()}
    with database.act(SYSTEM) as act:
        version = reference.put(
            act.connection, "patrol", SINCE, {**table, "most_mps": quicker, "thin_s": 1}
        )
        act.audit("reference.change", "reference", "patrol", version=version, changed=["most_mps"])
