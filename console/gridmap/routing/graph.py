"""The road graph of an extract: loaded once (cached), asked many times."""

from __future__ import annotations

import hashlib
import threading
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from console.core.errors import Refused
from console.gridmap.model.place import Label, Place, Reach, StreetHit, Travel
from console.gridmap.routing.extract import check_file, read_extract
from console.gridmap.routing.links import Links, build, restore, save
from console.gridmap.routing.names import Names
from console.gridmap.routing.network import Network, Route
from console.gridmap.routing.reach import outlines
from console.gridmap.routing.rules import PROFILES

Line = list[tuple[float, float]]


class RoadGraph:
    """Roads, streets and ground of one extract. Never changes; may be asked from any thread."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._told = links.told()
        self._networks: dict[str, Network] = {}
        self._making = threading.Lock()
        self._names: Names | None = None

    @classmethod
    def load(cls, path: Path | str, cache: Path | None = None) -> RoadGraph:
        """The graph of the extract at ``path``.

        ``cache`` is a folder beside the post's data; without it nothing is kept. Refused for an
        extract that is missing, empty, too large, cut short or not OSM.
        """
        path = Path(path)
        check_file(path)
        if cache is None:
            return cls(build(read_extract(path)))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        file = cache / f"roads-{digest[:16]}.npz"
        links = _kept(file, digest)
        if links is None:
            links = build(read_extract(path))
            try:
                save(links, file, digest)
            except OSError:  # a full disk costs the next start a second, nothing more
                with suppress(OSError):
                    file.with_name(f"{file.name}.new").unlink()
        return cls(links)

    # -- travel -----------------------------------------------------------------------------

    def travel(
        self, to: Place, starts: Sequence[Place], profile: str, limit_s: float = float("inf")
    ) -> list[Travel]:
        """For each start the quickest way to ``to``; Travel(None, None) where there is none."""
        return self.network(profile).travel(to, starts, limit_s)

    def path(self, start: Place, to: Place, profile: str) -> Line:
        """(lat, lon) along the quickest way, from road point to road point; empty where none."""
        return self._line(self.network(profile).routes(to, [start])[0])

    def reach(self, start: Place, seconds: Sequence[float], profile: str) -> list[Reach]:
        """For each time, in order, what can be reached within it; a longer time covers a shorter.

        Refused when no road of the profile is within 500 m of ``start``.
        """
        return outlines(self.network(profile), start, seconds)

    def network(self, profile: str) -> Network:
        """The net of a profile, made at the first question. Refused for an unknown profile."""
        if profile not in PROFILES:
            raise Refused("gridmap.profile", profile=profile, known=", ".join(PROFILES))
        with self._making:
            if profile not in self._networks:
                self._networks[profile] = Network(self._links, profile)
            return self._networks[profile]

    # -- names ------------------------------------------------------------------------------

    def streets(self, text: str, limit: int = 20) -> list[StreetHit]:
        """Streets whose name or pinyin initials hold ``text``; the nearest matches first."""
        return self.names.streets(text, limit)

    def landmarks(self, text: str, limit: int = 20) -> list[Label]:
        """Named things whose name or pinyin initials hold ``text``."""
        return self.names.landmarks(text, limit)

    def crossing(self, one: str, other: str) -> list[StreetHit]:
        """Where streets of these names meet."""
        return self.names.crossing(one, other)

    @property
    def names(self) -> Names:
        """The index of names, made at the first question."""
        with self._making:
            if self._names is None:
                self._names = Names(self._links, self._told, self.labels())
            return self._names

    # -- drawing ----------------------------------------------------------------------------

    def ways(self) -> Iterator[tuple[str, str | None, Line]]:
        """Every highway as (class, name, [(lat, lon), …]), in the order of the file."""
        links = self._links
        bounds = links.way_start.tolist()
        lat, lon = links.point_lat.tolist(), links.point_lon.tolist()
        for index, (road, name) in enumerate(
            zip(self._told["classes"], self._told["names"], strict=True)
        ):
            a, b = bounds[index], bounds[index + 1]
            yield road, name or None, list(zip(lat[a:b], lon[a:b], strict=True))

    def shapes(self) -> Iterator[tuple[str, Line]]:
        """The ground as (kind, [(lat, lon), …]): closed rings, and lines for river and stream.

        Kinds: water, green, park, farm, residential, commercial, industrial, public, paved,
        building, river, stream.
        """
        links = self._links
        bounds = links.shape_start.tolist()
        lat, lon = links.shape_lat.tolist(), links.shape_lon.tolist()
        for index, kind in enumerate(self._told["kinds"]):
            a, b = bounds[index], bounds[index + 1]
            yield kind, list(zip(lat[a:b], lon[a:b], strict=True))

    def labels(self) -> list[Label]:
        """Named things of the extract, each with its kind (school, hospital, bank, …)."""
        return [Label(*told) for told in self._told["labels"]]

    def bounds(self) -> tuple[float, float, float, float]:
        """South, west, north, east of all highways."""
        lat, lon = self._links.point_lat, self._links.point_lon
        return float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max())

    def _line(self, route: Route) -> Line:
        links = self._links
        found: Line = []
        for index, arc in enumerate(route.arcs):
            link, against = arc >> 1, arc & 1
            span = slice(int(links.first[link]), int(links.last[link]) + 1)
            along = links.along_m[span] - links.along_m[span.start]
            low = route.skipped if index == 0 else 0.0
            high = 1.0 - route.left_over if index == len(route.arcs) - 1 else 1.0
            if against:
                low, high = 1.0 - high, 1.0 - low
            low, high = low * along[-1], high * along[-1]
            marks = np.unique(
                np.concatenate(([low], along[(along > low) & (along < high)], [high]))
            )
            lat = np.interp(marks, along, links.point_lat[span]).tolist()
            lon = np.interp(marks, along, links.point_lon[span]).tolist()
            piece = list(zip(lat, lon, strict=True))
            piece = piece[::-1] if against else piece
            found += piece[1:] if found and found[-1] == piece[0] else piece
        return found


def _kept(file: Path, digest: str) -> Links | None:
    """The links of a cache file; None where there is none, or a damaged or an older one."""
    damaged: tuple[type[Any], ...] = (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError)
    try:
        return restore(file, digest)
    except damaged:
        return None
