"""The sample post's cameras: test pictures at crossings of the invented town."""

from __future__ import annotations

import json
from pathlib import Path

from console.core.actor import SYSTEM
from console.core.database import Database
from console.videowall import service
from console.videowall.model import Camera, CameraId, Tier

PLACE = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "cameras.json"


def fill(database: Database, language: str) -> None:
    """Every camera of the sample post stands, named in this language."""
    for one in json.loads(PLACE.read_text("utf-8")):
        words = one["name"]
        service.add_camera(
            database,
            SYSTEM,
            Camera(
                CameraId(""),
                one["number"],
                words["en"] if language == "en" else words["zh_CN"],
                one["lat"],
                one["lon"],
                one["address"],
                one["direction_deg"],
                Tier(one["tier"]),
                view_deg=one["view_deg"],
                range_m=one["range_m"],
            ),
        )
