"""The map's own colours by day and by night, and what it takes over from the console's tokens.

Calm ground, one accent; amber and red only where a person is needed.
"""

from __future__ import annotations

from collections.abc import Mapping

Palette = dict[str, str]

DAY: Palette = {
    "ground": "#eef1f4",
    "panel": "#ffffff",
    "text": "#1d2833",
    "muted": "#5b6875",
    "edge": "#cbd3db",
    "accent": "#1f6feb",
    "onAccent": "#ffffff",
    "green": "#dbe8d6",
    "residential": "#e8ebef",
    "farm": "#e9ebe0",
    "commercial": "#ebe8ee",
    "public": "#ece8df",
    "park": "#d3e6cd",
    "paved": "#e4e6ea",
    "industrial": "#e6e6ec",
    "water": "#bcd7ea",
    "building": "#dde2e8",
    "buildingEdge": "#ccd3db",
    "road": "#ffffff",
    "roadEdge": "#ccd4dc",
    "roadMain": "#fff6dc",
    "roadMainEdge": "#d3c79f",
    "roadFast": "#ffe3b0",
    "path": "#b5b9ae",
    "name": "#55616d",
    "nameMain": "#3d4751",
    "poi": "#6b6478",
    "halo": "#ffffffe0",
    "zone1": "#3b5bdb",
    "zone3": "#0a7482",
    "zone5": "#566579",
    "reach": "#1f6feb",
    "rim": "#ffffff",
    "hollow": "#ffffff",
    "plate": "#ffffffee",
    "plateText": "#1d2833",
    "stale": "#66707a",
    "on": "#ffffff",
    "tone_available": "#17805d",
    "tone_bound": "#2456c4",
    "tone_reserve": "#6f5aa8",
    "tone_out": "#7b8794",
    "tone_unknown": "#66707a",
    "tone_emergency": "#c92a2a",
    "tone_waiting": "#1f6feb",
    "tone_underway": "#3d5a80",
    "tone_late": "#ad5200",
    "tone_alarm": "#c92a2a",
    "tone_open": "#3d5a80",
    "tone_reached": "#5b6875",
}

NIGHT: Palette = {
    "ground": "#12181f",
    "panel": "#1b232c",
    "text": "#d5dde5",
    "muted": "#93a1af",
    "edge": "#33404d",
    "accent": "#5b9bf5",
    "onAccent": "#0b1220",
    "green": "#16241f",
    "residential": "#161d25",
    "farm": "#171d1c",
    "commercial": "#1b1c28",
    "public": "#201f21",
    "park": "#172a21",
    "paved": "#1d242c",
    "industrial": "#191e28",
    "water": "#13293d",
    "building": "#1e2731",
    "buildingEdge": "#28323e",
    "road": "#2b3643",
    "roadEdge": "#0e1319",
    "roadMain": "#3f4a56",
    "roadMainEdge": "#0e1319",
    "roadFast": "#544f43",
    "path": "#35404b",
    "name": "#8f9dab",
    "nameMain": "#b4c0cb",
    "poi": "#8a86a0",
    "halo": "#10161de0",
    "zone1": "#7c95f5",
    "zone3": "#4fb3bf",
    "zone5": "#8594a6",
    "reach": "#5b9bf5",
    "rim": "#0e141a",
    "hollow": "#151c24",
    "plate": "#1b232ceb",
    "plateText": "#d5dde5",
    "stale": "#8b96a1",
    "on": "#0b1218",
    "tone_available": "#4cc397",
    "tone_bound": "#7ba7f7",
    "tone_reserve": "#b1a0e0",
    "tone_out": "#6d7986",
    "tone_unknown": "#8b96a1",
    "tone_emergency": "#ff7b72",
    "tone_waiting": "#5b9bf5",
    "tone_underway": "#9db4d0",
    "tone_late": "#e8a33d",
    "tone_alarm": "#ff7b72",
    "tone_open": "#9db4d0",
    "tone_reached": "#8b96a1",
}
# The console's token → ours, where it is told.
TAKEN_OVER = {
    "raised": "panel",
    "ink": "text",
    "ink_soft": "muted",
    "line": "edge",
    "accent": "accent",
}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two ``#rrggbb`` colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palette(tokens: Mapping[str, str]) -> Palette:
    """The map's colours for the console's tokens: night when their ground is dark."""
    base = dict(NIGHT if luminance(tokens.get("ground", "#ffffff")) < 0.2 else DAY)
    base.update({ours: tokens[told] for told, ours in TAKEN_OVER.items() if told in tokens})
    base["tone_waiting"] = base["reach"] = base["accent"]
    return base
