"""The exported map: one HTML file that opens anywhere without a network, made with folium.

folium writes text into JavaScript, so no text goes through it: only lines and rings of roads and
areas. Names are put in beside it as JSON and shown as text. Calls and crews are never exported.
"""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import folium
from branca.element import Element, Figure

from console.core.errors import Unavailable
from console.core.words import Words
from console.gridmap.drawable import LatLon, MapSource

LEAFLET = Path(__file__).resolve().parents[2] / "resources" / "map" / "leaflet"
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
# highway class → colour and width; every other class is a thin path
ROADS = {
    "motorway": ("#d9a441", 5),
    "trunk": ("#d9a441", 5),
    "primary": ("#c9b36a", 4.5),
    "secondary": ("#b9ae84", 4),
    "tertiary": ("#9aa5b1", 3.5),
    "unclassified": ("#aab4bf", 2.5),
    "residential": ("#aab4bf", 2.5),
    "living_street": ("#aab4bf", 2),
    "service": ("#c0c8d0", 1.5),
}
PATH = ("#c5ccc0", 1)
ZONES = {1: "#3b5bdb", 3: "#0b7f8f", 5: "#64748b"}
_STYLE = """
body { background: #eef1f4; }
.leaflet-container { background: #eef1f4; font: 13px "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
.area-name { background: none; border: 0; box-shadow: none; color: #1d2833; font-weight: 600; }
.area-name::before { display: none; }
#credit { position: fixed; right: 8px; bottom: 4px; z-index: 1000; color: #43505c; font-size: 11px; }
"""
_NAMES = """
JSON.parse(document.getElementById("names").textContent).forEach(function (row) {
  var box = document.createElement("span");
  box.textContent = row[0];
  L.tooltip({permanent: true, direction: "center", className: "area-name"})
    .setLatLng([row[1], row[2]]).setContent(box).addTo(MAP);
});
"""


def export_map(source: MapSource, place: Path, pick: Callable[[Words], str], credit: str) -> None:
    """The file holds roads and areas, whole or not at all. Unavailable when it cannot be written."""
    text = page(source, pick, credit)
    half = place.with_name(place.name + ".part")
    try:
        half.write_text(text, "utf-8", "replace")
        half.replace(place)
    except OSError as failed:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise Unavailable(
            "gridmap.export_failed", path=str(place), told=failed.strerror
        ) from failed


def page(source: MapSource, pick: Callable[[Words], str], credit: str) -> str:
    """The exported map's HTML. Raises what ``source.graph()`` raises while there are no roads."""
    lines: dict[str, list[list[LatLon]]] = defaultdict(list)
    for kind, _, line in source.graph().ways():
        if len(line) > 1:
            lines[kind.removesuffix("_link")].append(list(line))
    everywhere = [place for group in lines.values() for line in group for place in line]
    chart = folium.Map(tiles=None, prefer_canvas=True, attribution_control=False, zoom_snap=0.25)
    chart.default_js, chart.default_css = [], []
    order = [*(k for k in lines if k not in ROADS), *(k for k in reversed(ROADS) if k in lines)]
    for kind in order:
        colour, weight = ROADS.get(kind, PATH)
        folium.PolyLine(lines[kind], color=colour, weight=weight).add_to(chart)
    for area in source.areas:
        colour = ZONES.get(area.minutes, ZONES[5])
        folium.Polygon(
            list(area.ring), color=colour, weight=3.5, opacity=0.45, fill=True, fill_opacity=0.06
        ).add_to(chart)
    _fit(chart, everywhere or [place for area in source.areas for place in area.ring])
    names = [[pick(area.name), *_middle(area.ring)] for area in source.areas]
    return _whole(chart, names, credit)


def _fit(chart: folium.Map, places: list[LatLon]) -> None:
    if places:
        lats, lons = [p[0] for p in places], [p[1] for p in places]
        chart.fit_bounds([(min(lats), min(lons)), (max(lats), max(lons))])


def _whole(chart: folium.Map, names: list[list[object]], credit: str) -> str:
    """folium's page with Leaflet inside it, names as data, and a policy that lets nothing in."""
    figure = Figure()
    figure.add_child(chart)
    script = (LEAFLET / "leaflet.js").read_text("utf-8")
    script = re.sub(r"//# sourceMappingURL=\S+", "", script).replace("https://leafletjs.com", "#")
    style = re.sub(r"url\([^)]*\)", "none", (LEAFLET / "leaflet.css").read_text("utf-8"))
    licence = html.escape((LEAFLET / "LICENSE").read_text("utf-8")).replace("--", "- -")
    told = json.dumps(names).replace("<", "\\u003c")
    _raw(figure.header, f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
    _raw(figure.header, f"<!-- Leaflet:\n{licence}\n-->\n<script>{script}</script>")
    _raw(figure.header, f"<style>{style}{_STYLE}</style>")
    _raw(figure.html, f'<div id="credit">{html.escape(credit)}</div>')
    _raw(figure.html, f'<script type="application/json" id="names">{told}</script>')
    text = str(figure.render())
    after = _NAMES.replace("MAP", chart.get_name())
    return text.replace("</html>", f"<script>{after}</script>\n</html>")


def _raw(part: Element, text: str) -> None:
    part.add_child(Element("{% raw %}" + text + "{% endraw %}"))


def _middle(ring: Sequence[LatLon]) -> tuple[float, float]:
    lats, lons = [p[0] for p in ring], [p[1] for p in ring]
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
