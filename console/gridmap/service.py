"""The post's roads and areas: loaded in a thread of their own, asked by everyone."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.core.errors import ConsoleError, Refused, Unavailable
from console.core.events import EventBus
from console.gridmap.model import Area, Cell, PlaceHit, TravelProfile, bdgrid_place, inside
from console.gridmap.model.bdgrid import looks_like_code
from console.gridmap.model.place import place_from_text
from console.gridmap.store import read_areas

if TYPE_CHECKING:
    from console.gridmap.routing import RoadGraph

_CROSSING = re.compile(r"(.+?)\s*(?:与|和|及|交|×|/|&|＋|\+|、)\s*(.+)")
_TAIL = re.compile(r"(?:的)?(?:十字|丁字)?(?:交叉口|交叉路口|交汇处|路口|交口|交汇)$")
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RoadsLoaded:
    """The post's roads can be asked."""


@dataclass(frozen=True, slots=True)
class RoadsFailed:
    """The post's roads cannot be used; the error says why."""

    error: ConsoleError


class Roads:
    """The post's road graph and patrol areas.

    ``start`` loads them in a thread; until then ``graph`` raises Unavailable. ``cache`` is a folder
    beside the post's data.
    """

    def __init__(
        self,
        file: Path | str,
        areas_file: Path | str = "",
        cache: Path | None = None,
        bus: EventBus | None = None,
    ) -> None:
        self._file = str(file)
        self._areas_file = str(areas_file)
        self._cache = cache
        self._bus = bus
        self._done = threading.Event()
        self._graph: RoadGraph | None = None
        self._areas: tuple[Area, ...] = ()
        self._failed: ConsoleError | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Loading has begun, in a thread of its own."""
        self._thread = threading.Thread(target=self._load, name="roads", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Loading has ended, or was waited for as long as that."""
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def wait(self, timeout_s: float) -> bool:
        """Whether loading has ended, well or not, within ``timeout_s``."""
        return self._done.wait(timeout_s)

    @property
    def ready(self) -> bool:
        """Whether the roads can be asked."""
        return self._graph is not None

    @property
    def failed(self) -> ConsoleError | None:
        """Why the roads or the areas cannot be used; None while all is well."""
        return self._failed

    @property
    def areas(self) -> tuple[Area, ...]:
        """The patrol areas, as their file has them; empty until loaded."""
        return self._areas

    @property
    def cache(self) -> Path | None:
        """Where what is made from the files may be kept."""
        return self._cache

    def fingerprint(self) -> str:
        """The digest of both files; empty when one of them cannot be read."""
        return fingerprint_of(self._file, self._areas_file)

    def graph(self) -> RoadGraph:
        """The road graph. Unavailable while it loads; raises why when it failed."""
        if self._graph is not None:
            return self._graph
        if self._failed is not None:
            raise self._failed
        raise Unavailable("gridmap.roads_loading")

    def area_of(self, lat: float, lon: float) -> Area | None:
        """The patrol area that the point lies in; None outside all of them."""
        return next((area for area in self._areas if inside(area.ring, lat, lon)), None)

    def cell_of(self, lat: float, lon: float) -> Cell | None:
        """The grid cell that the point lies in; None outside all of them."""
        cells = (cell for area in self._areas for cell in area.cells)
        return next((cell for cell in cells if inside(cell.ring, lat, lon)), None)

    def find_place(self, text: str, limit: int = 12) -> list[PlaceHit]:
        """Places that the text may mean, the surest first: coordinates, grid code, crossing,
        street, landmark. Refused for coordinates that cannot be."""
        wanted = text.strip()
        if not wanted:
            return []
        if looks_like_code(wanted):
            lat, lon = bdgrid_place(wanted)
            return [PlaceHit(wanted.upper(), lat, lon, "grid")]
        if re.fullmatch(r"[-+.\d\s,,;]+", wanted, re.ASCII) and re.search(r"\d", wanted):
            place = place_from_text(wanted)
            return [
                PlaceHit(f"{place.lat:.6f},{place.lon:.6f}", place.lat, place.lon, "coordinates")
            ]
        graph = self.graph()
        found = []
        plain = _TAIL.sub("", wanted)
        parts = _CROSSING.fullmatch(plain)
        if parts:
            found += [
                PlaceHit(hit.name, hit.lat, hit.lon, "crossing")
                for hit in graph.crossing(parts[1], parts[2])
            ]
        found += [PlaceHit(h.name, h.lat, h.lon, "street") for h in graph.streets(plain, limit)]
        found += [
            PlaceHit(h.name, h.lat, h.lon, "landmark") for h in graph.landmarks(wanted, limit)
        ]
        return found[:limit]

    def _load(self) -> None:
        try:
            self._attempt(self._load_areas)
            self._attempt(self._load_roads)
        finally:
            self._done.set()

    def _load_areas(self) -> None:
        if self._areas_file:
            self._areas = read_areas(Path(self._areas_file))

    def _load_roads(self) -> None:
        if not self._file:
            raise Refused("gridmap.roads_not_set")
        from console.gridmap.routing import RoadGraph  # numpy and scipy: not in the window's way

        graph = RoadGraph.load(self._file, self._cache)
        for profile in TravelProfile:
            graph.network(profile)
        self._graph = graph
        if self._bus is not None:
            self._bus.publish(RoadsLoaded())

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except ConsoleError as refused:
            self._fail(refused)
        except Exception:  # noqa: BLE001  (the thread's root: nobody may wait for ever)
            _LOG.exception("loading the roads failed")
            self._fail(Unavailable("gridmap.roads_bug", path=self._file))

    def _fail(self, error: ConsoleError) -> None:
        self._failed = error
        if self._bus is not None:
            self._bus.publish(RoadsFailed(error))


def fingerprint_of(file: str, areas_file: str) -> str:
    """The digest of an extract and its areas; empty when one of them cannot be read."""
    digest = hashlib.sha256()
    try:
        for name in filter(None, (file, areas_file)):
            digest.update(hashlib.sha256(Path(name).read_bytes()).digest())
    except OSError:
        return ""
    return digest.hexdigest() if file else ""
