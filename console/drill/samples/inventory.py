"""The equipment of the sample post, and who has what when the drill begins. All of it invented."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from console.core.actor import SYSTEM
from console.core.database import Database
from console.inventory.service.exchange import ITEMS

FILE = Path(__file__).resolve().parents[3] / "resources" / "sample_post" / "items.csv"
# number → holder, issued so many hours ago, for so many hours: one of them is overdue
OUT = {
    "ZB012-01": ("0105", 3.0, 12.0),
    "ZB020-01": ("0105", 3.0, 12.0),
    "ZB018-01": ("0106", 2.5, 12.0),
    "ZB012-02": ("0106", 2.5, 12.0),
    "ZB023-01": ("0103", 14.0, 12.0),
}


def fill(database: Database, language: str) -> None:
    """The post has its equipment; some of it is out, one item for too long."""
    with FILE.open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    now = database.clock.now()
    rows = []
    for one in told:
        check = one["check_by"]
        row: dict[str, object] = {
            **one,
            "name": one["name_en"] if language == "en" else one["name"],
            "check_by": date.fromisoformat(check) if check else None,
        }
        del row["name_en"]
        if one["number"] in OUT:
            holder, ago_h, for_h = OUT[one["number"]]
            issued_at = now - timedelta(hours=ago_h)
            row |= {
                "holder": holder,
                "issued_at": issued_at,
                "due_at": issued_at + timedelta(hours=for_h),
            }
        rows.append(row)
    ITEMS.take(database, SYSTEM, rows)
