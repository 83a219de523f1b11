"""What a child's lines of news mean."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from console.videowall.model import Judged, Recorded, RecordFailed, Snapped, Verdict, WallNews


def news_of(line: dict[str, Any], camera_id: str, now: datetime) -> WallNews | None:
    """The line as news; None for a verdict on what is shown no more."""
    match line["news"]:
        case "recorded":
            return Recorded(
                line["recording"],
                Path(line["file"]),
                datetime.fromisoformat(line["began_at"]),
                datetime.fromisoformat(line["ended_at"]),
                line["packets"],
                line["bytes"],
                line["cause"],
            )
        case "record_failed":
            return RecordFailed(line["recording"], line["cause"])
        case "snapped":
            return Snapped(line["tile"], Path(line["file"]), line["cause"])
        case "judged" if camera_id:
            return Judged(camera_id, Verdict(line["verdict"]), now)
    return None
