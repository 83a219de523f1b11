"""Files stay small enough to be read in one sitting."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 350


def test_no_file_grows_beyond_its_room() -> None:
    places = [p for top in ("console", "drivers", "tests") for p in (ROOT / top).rglob("*.py")]
    assert len(places) > 40
    long = {
        str(place.relative_to(ROOT)): lines
        for place in places
        if (lines := len(place.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert not long
