"""The ground under the net: a plane in metres, and the nearest point of an open road."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from console.gridmap.model.place import EARTH_RADIUS_M, Place
from console.gridmap.routing.links import Floats, Ints, Links

SNAP_M = 500.0  # farther than this from any road: no way by road


@dataclass(frozen=True, slots=True)
class Snap:
    """The nearest point of the net: the link, and how far along it (0 … 1)."""

    link: int
    part: float


class Ground:
    """The open links' pieces on a plane, in a tree for the nearest one."""

    def __init__(self, links: Links, open_links: Ints) -> None:
        self._links = links
        counts = links.last[open_links] - links.first[open_links]
        link = np.repeat(open_links, counts)
        step = np.arange(len(link)) - np.repeat(np.cumsum(counts) - counts, counts)
        self._piece_link = link
        self._piece_from = links.first[link] + step
        self._lat0 = float(links.point_lat.mean())
        self._lon0 = float(links.point_lon.mean())
        self.xy = self.plane(links.point_lat, links.point_lon)
        ends = np.stack((self.xy[self._piece_from], self.xy[self._piece_from + 1]), axis=1)
        self._tree = shapely.STRtree([shapely.LineString(piece) for piece in ends])

    def plane(self, lat: Floats, lon: Floats) -> Floats:
        """Metres east and north of the middle of the extract, one row a point."""
        scale = np.cos(np.radians(self._lat0))
        x = np.radians(lon - self._lon0) * EARTH_RADIUS_M * scale
        return np.stack((x, np.radians(lat - self._lat0) * EARTH_RADIUS_M), axis=-1)

    def globe(self, xy: Floats) -> Floats:
        """The inverse of ``plane``, as (lon, lat) rows."""
        scale = np.cos(np.radians(self._lat0))
        lon = np.degrees(xy[..., 0] / (EARTH_RADIUS_M * scale)) + self._lon0
        return np.stack((lon, np.degrees(xy[..., 1] / EARTH_RADIUS_M) + self._lat0), axis=-1)

    def snap(self, places: Sequence[Place]) -> list[Snap | None]:
        """For each place the nearest point of an open link; None beyond 500 m."""
        found: list[Snap | None] = [None] * len(places)
        if not places or not len(self._piece_link):
            return found
        at = self.plane(
            np.array([place.lat for place in places]), np.array([place.lon for place in places])
        )
        which, piece = self._tree.query_nearest(
            shapely.points(at), max_distance=SNAP_M, all_matches=False
        )
        links, start = self._links, self._piece_from[piece]
        a, b = self.xy[start], self.xy[start + 1]
        span = b - a
        square = np.maximum((span**2).sum(axis=1), 1e-12)
        share = np.clip(((at[which] - a) * span).sum(axis=1) / square, 0.0, 1.0)
        link = self._piece_link[piece]
        begin = links.along_m[start]
        here = begin + share * (links.along_m[start + 1] - begin) - links.along_m[links.first[link]]
        whole = np.maximum(links.metres[link], 1e-9)
        for place, on, part in zip(which, link, np.clip(here / whole, 0.0, 1.0), strict=True):
            found[int(place)] = Snap(int(on), float(part))
        return found
