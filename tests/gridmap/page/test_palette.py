"""What is written on the map can be read, by day and by night."""

import pytest

from console.gridmap.page.marker import TONES
from console.gridmap.page.palette import DAY, NIGHT, Palette, contrast, palette
from console.ui.tokens import THEMES


@pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
def test_contrast_is_at_least_four_and_a_half(colours: Palette) -> None:
    pairs = [
        ("text", "panel"),
        ("muted", "panel"),
        ("plateText", "plate"),
        ("stale", "plate"),
        ("onAccent", "accent"),
        ("name", "ground"),
        ("nameMain", "ground"),
        ("zone1", "ground"),
        ("zone3", "ground"),
        ("zone5", "ground"),
        *(("on", f"tone_{tone}") for tone in TONES - {"out", "underway"}),
        *((f"tone_{tone}", "hollow") for tone in ("underway",)),
    ]
    weak = {p: round(contrast(colours[p[0]][:7], colours[p[1]][:7]), 2) for p in pairs}
    assert {pair: figure for pair, figure in weak.items() if figure < 4.5} == {}


def test_day_and_night_name_the_same_colours() -> None:
    assert DAY.keys() == NIGHT.keys()
    assert {f"tone_{tone}" for tone in TONES} <= DAY.keys()


def test_the_consoles_tokens_choose_the_palette() -> None:
    from dataclasses import asdict

    day, night = (palette(asdict(THEMES[name])) for name in ("day", "night"))
    assert (day["green"], night["green"]) == (DAY["green"], NIGHT["green"])
    assert day["accent"] == THEMES["day"].accent
