"""Finding streets, crossings and landmarks by name or pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from console.gridmap.model.place import EARTH_RADIUS_M, Label, StreetHit
from console.gridmap.routing.links import Floats, Ints, Links

_NEAR_M = 40.0  # carriageways of one crossing that share no node


class Names:
    """The index of one extract's names."""

    def __init__(self, links: Links, told: dict[str, Any], labels: Sequence[Label]) -> None:
        self._lat, self._lon, self._ref = links.point_lat, links.point_lon, links.point_ref
        self._initials: dict[str, str] = told["initials"]
        self._labels = labels
        points: dict[str, list[Ints]] = {}
        for way, name in enumerate(told["names"]):
            if name:
                span = np.arange(links.way_start[way], links.way_start[way + 1])
                points.setdefault(name, []).append(span)
        self._points = {name: np.concatenate(spans) for name, spans in points.items()}

    def streets(self, text: str, limit: int) -> list[StreetHit]:
        """Streets that ``text`` may mean, each with its middle point."""
        return [self._middle(name) for name in self._matching(self._points, text)[:limit]]

    def landmarks(self, text: str, limit: int) -> list[Label]:
        """Named things that ``text`` may mean."""
        names = self._matching({label.name for label in self._labels}, text)[:limit]
        place = {name: index for index, name in enumerate(names)}
        found = [label for label in self._labels if label.name in place]
        return sorted(found, key=lambda label: place[label.name])[:limit]

    def crossing(self, one: str, other: str) -> list[StreetHit]:
        """Points where a street that ``one`` means meets a street that ``other`` means."""
        found = []
        for first in self._matching(self._points, one)[:10]:
            for second in self._matching(self._points, other)[:10]:
                if first != second:
                    found += self._meeting(first, second)
        return found

    def _matching(self, names: Iterable[str], text: str) -> list[str]:
        """Exact first, then beginnings, then parts, then initials; shorter names before longer."""
        wanted = "".join(text.split()).casefold()
        if not wanted:
            return []
        ranked = []
        for name in names:
            plain = "".join(name.split()).casefold()
            initials = self._initials.get(name, "")
            if wanted in plain:
                rank = 0 if plain == wanted else 1 if plain.startswith(wanted) else 2
            elif wanted in initials:
                rank = 3 if initials == wanted else 4 if initials.startswith(wanted) else 5
            else:
                continue
            ranked.append((rank, len(name), name))
        return [name for _, _, name in sorted(ranked)]

    def _middle(self, name: str) -> StreetHit:
        """The street's own point that is nearest to the mean of its points."""
        points = self._points[name]
        lat, lon = self._lat[points], self._lon[points]
        away = (lat - lat.mean()) ** 2 + ((lon - lon.mean()) * np.cos(np.radians(lat[0]))) ** 2
        best = points[int(np.argmin(away))]
        return StreetHit(name, float(self._lat[best]), float(self._lon[best]))

    def _meeting(self, first: str, second: str) -> list[StreetHit]:
        ones, others = self._points[first], self._points[second]
        label = f"{first}与{second}"
        shared = np.isin(self._ref[ones], self._ref[others])
        if shared.any():
            _, index = np.unique(self._ref[ones[shared]], return_index=True)
            points = ones[shared][np.sort(index)]
            return self._apart(label, points)
        metres = self._distances(ones, others)
        row, column = np.unravel_index(int(np.argmin(metres)), metres.shape)
        if metres[row, column] > _NEAR_M:
            return []
        lat = (self._lat[ones[row]] + self._lat[others[column]]) / 2
        lon = (self._lon[ones[row]] + self._lon[others[column]]) / 2
        return [StreetHit(label, float(lat), float(lon))]

    def _apart(self, label: str, points: Ints) -> list[StreetHit]:
        """One hit for points of one crossing; streets that meet twice give two."""
        kept: list[int] = []
        for point in points.tolist():
            if not kept or self._distances(np.array([point]), np.array(kept)).min() > _NEAR_M:
                kept.append(point)
        return [StreetHit(label, float(self._lat[i]), float(self._lon[i])) for i in kept]

    def _distances(self, ones: Ints, others: Ints) -> Floats:
        d_lat = np.radians(self._lat[ones][:, None] - self._lat[others][None, :])
        d_lon = np.radians(self._lon[ones][:, None] - self._lon[others][None, :])
        scale = np.cos(np.radians(float(self._lat[ones[0]])))
        metres: Floats = EARTH_RADIUS_M * np.hypot(d_lat, d_lon * scale)
        return metres
