"""The wall: up to sixteen tiles, drawn by child processes that are replaced when they die or hang.

All that is known of a picture comes from the children's counters; an address and its password go to
a child's standard input and nowhere else.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.core.errors import Refused
from console.videowall.model import (
    Camera,
    Phase,
    Picture,
    RecordFailed,
    Stream,
    WallNews,
)
from console.videowall.service.child import PROGRAM, Child, Heard
from console.videowall.service.keeper import MOST_OF_A_CHILD, Keeper, Limits, Spares
from console.videowall.service.reading import news_of
from console.videowall.service.shown import Shown

log = logging.getLogger(__name__)
MOST_TILES = 16
TICK_S = 0.1
LAST_S = 0.5
WARM = 2  # children made ready for a page of tiles that is about to be shown
Order = tuple[int, dict[str, Any]]  # the keeper's place, and what its child is told


class Wall:
    """``show`` and ``hide`` say what is wanted, ``pictures`` how it stands. Callable from any thread;
    who asks never waits for who changes.

    The first child is started by the first ``show``; all end with ``stop``, or with this process.
    ``on_news`` is called by the wall's thread and must not wait.
    """

    def __init__(
        self,
        program: Sequence[str] = PROGRAM,
        on_news: Callable[[WallNews], None] | None = None,
        limits: Limits | None = None,
    ) -> None:
        self._program = tuple(program)
        self._on_news = on_news or (lambda _: None)
        self._guard = threading.Lock()
        self._inbox: queue.SimpleQueue[Heard | Order | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._tiles: dict[str, Shown] = {}
        self._recording: dict[str, int] = {}  # recording → keeper
        self._turn = self._born = 0
        self._warm = False
        places = range(-(-MOST_TILES // MOST_OF_A_CHILD))
        self._limits = limits or Limits()
        self._keepers = [Keeper(place, self._limits) for place in places]
        self._spares = Spares(self._bear)
        self._cameras_shown: set[str] = set()
        self._stalls = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """The children that serve tiles, in order."""
        children = [keeper.child for keeper in self._keepers]
        return tuple(child.pid for child in children if child is not None)

    def pid_of(self, tile: str) -> int | None:
        """The child that draws this tile."""
        with self._guard:
            shown = self._tiles.get(tile)
            child = None if shown is None else self._keepers[shown.keeper].child
        return None if child is None else child.pid

    def heard(self, tile: str) -> bool:
        """Whether the child that draws this tile now has told something."""
        with self._guard:
            shown = self._tiles.get(tile)
            child = None if shown is None else self._keepers[shown.keeper].child
        return child is not None and child.beat_at is not None

    @property
    def ready(self) -> bool:
        """Whether the next children are ready."""
        return self._spares.ready(WARM)

    @property
    def steady(self) -> bool:
        """Whether every child has told something and the next one is ready, should one go."""
        children = [keeper.child for keeper in self._keepers]
        heard = [child.beat_at is not None for child in children if child is not None]
        return bool(heard) and all(heard) and self._spares.ready()

    def warm(self) -> None:
        """The first children are being made ready, so that no first picture waits for them."""
        with self._guard:
            self._warm = True
            self._begin()
        self._inbox.put(None)

    def show(self, tile: str, camera: Camera, window: int, stream: Stream = Stream.SUB) -> None:
        """This camera, and no other, is drawn into the window of this number (0: decoded only).

        What is shown so already goes on untouched. Refused for the seventeenth tile.
        """
        was = self._tiles.get(tile)
        if was is not None and was.same(camera, window, stream):
            return
        with self._guard:
            was = self._tiles.get(tile)
            if was is None and len(self._tiles) >= MOST_TILES:
                raise Refused("videowall.too_many", most=MOST_TILES)
            place = self._place() if was is None else was.keeper
            self._turn += 1
            one = Shown(tile, camera, window, stream, self._turn, place)
            if was is not None:
                one.replaced = was.replaced
            self._tiles[tile] = one
            self._begin()
            self._inbox.put((place, one.order()))

    def hide(self, tile: str) -> None:
        """Nothing is taken in or decoded for this tile."""
        with self._guard:
            was = self._tiles.pop(tile, None)
            if was is not None:
                self._inbox.put((was.keeper, {"order": "hide", "tile": tile}))

    def hide_all(self) -> None:
        """Nothing is shown; the children wait."""
        for tile in tuple(self._tiles):
            self.hide(tile)

    def pictures(self) -> Mapping[str, Picture]:
        """How every tile that is wanted stands now."""
        tiles = tuple(self._tiles.items())  # one step for the interpreter
        return {name: self._picture(one) for name, one in tiles}

    def picture(self, tile: str) -> Picture:
        """How this tile stands now; off when nothing is wanted on it."""
        one = self._tiles.get(tile)
        return Picture() if one is None else self._picture(one)

    def totals(self) -> tuple[int, int]:
        """How many cameras showed a picture so far, and how often one stood still."""
        return len(self._cameras_shown), self._stalls

    def record(self, tile: str, recording_id: str, file: Path, before_s: float = 60.0) -> None:
        """What the tile shows is written as it comes, from ``before_s`` ago on; news tell the end.

        Refused when the tile shows nothing.
        """
        with self._guard:
            place = self._keeper_of(tile)
            self._recording[recording_id] = place
            order: dict[str, Any] = {"order": "record", "tile": tile, "recording": recording_id}
            order |= {"file": str(file), "before_s": before_s}
            self._inbox.put((place, {**order, "reserve_bytes": self._limits.reserve_bytes}))

    def stop_record(self, recording_id: str) -> None:
        """The recording ends; ``Recorded`` follows when its file stands whole."""
        with self._guard:
            place = self._recording.get(recording_id)
            if place is not None:
                self._inbox.put((place, {"order": "stop_record", "recording": recording_id}))

    def snapshot(self, tile: str, file: Path) -> None:
        """The picture on the tile is written as PNG, with its private zones black; ``Snapped`` follows.

        Refused when the tile shows nothing.
        """
        with self._guard:
            place, mask = self._keeper_of(tile), self._tiles[tile].camera.mask
            parts = [[one.left, one.top, one.width, one.height] for one in mask]
            order = {"order": "snapshot", "tile": tile, "file": str(file), "mask": parts}
            self._inbox.put((place, order))

    def stop(self, timeout_s: float = 4.0) -> None:
        """Every child has ended, and so has what watched them."""
        self._stopping.set()
        self._inbox.put(None)
        if self._thread is not None:
            self._thread.join(timeout_s)
            self._thread = None

    def _begin(self) -> None:
        if self._thread is None and not self._stopping.is_set():
            self._thread = threading.Thread(target=self._run, name="wall", daemon=True)
            self._thread.start()

    def _picture(self, one: Shown) -> Picture:
        return one.picture(self._keepers[one.keeper].no_player)

    def _keeper_of(self, tile: str) -> int:
        if tile not in self._tiles:
            raise Refused("videowall.not_shown")
        return self._tiles[tile].keeper

    def _place(self) -> int:
        held = [one.keeper for one in self._tiles.values()]
        return next(k.place for k in self._keepers if held.count(k.place) < MOST_OF_A_CHILD)

    # --- the thread "wall" ---------------------------------------------------------------------

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                self._keep()
                with suppress(queue.Empty):
                    self._take(self._inbox.get(timeout=TICK_S))
                    while True:
                        self._take(self._inbox.get_nowait())
                self._watch()
        except Exception:
            log.exception("the wall's supervisor failed")
        finally:
            self._end()

    def _end(self) -> None:
        """The children end, and what they told of their recordings last is passed on."""
        self._spares.drop()
        left = {keeper.child.number for keeper in self._keepers if keeper.child is not None}
        for keeper in self._keepers:
            if keeper.child is not None:
                keeper.child.end()
                keeper.child = None
        with suppress(queue.Empty):
            while left:
                news = self._inbox.get(timeout=LAST_S)
                if isinstance(news, Heard) and news.line is None:
                    left.discard(news.child)
                elif isinstance(news, Heard) and news.line is not None and "news" in news.line:
                    self._pass_on(news.line)

    def _keep(self) -> None:
        with self._guard:
            wanted = {one.keeper for one in self._tiles.values()}
        for keeper in self._keepers:
            if keeper.place in wanted and keeper.may_try:
                child = self._spares.take()
                with self._guard:
                    mine = [one for one in self._tiles.values() if one.keeper == keeper.place]
                    keeper.take(child, [one.order() for one in mine])
            keeper.rest(keeper.place in wanted)

    def _bear(self) -> Child | None:
        self._born += 1
        child = Child(self._program, self._born, self._inbox.put)
        try:
            child.start()
        except OSError as failed:
            log.warning("the player cannot be started: %s", failed.strerror)
            return None
        return child

    def _take(self, news: Heard | Order | None) -> None:
        if news is None:
            return
        if not isinstance(news, Heard):
            self._pass_down(*news)
            return
        if self._spares.hear(news.child, news.line is None):
            return
        for keeper in self._keepers:
            if keeper.child is not None and keeper.child.number == news.child:
                self._hear(keeper, news.line)

    def _pass_down(self, place: int, order: dict[str, Any]) -> None:
        child, recording = self._keepers[place].child, order.get("recording")
        with self._guard:
            gone = recording is not None and recording not in self._recording
        if child is not None and not gone:
            child.tell(order)
        elif recording is not None and not gone:
            self._pass_on({"news": "record_failed", "recording": recording, "cause": "player_lost"})
        elif order["order"] == "snapshot":
            told = {"news": "snapped", "tile": order["tile"], "file": order["file"]}
            self._pass_on({**told, "cause": "player_lost"})

    def _hear(self, keeper: Keeper, line: dict[str, Any] | None) -> None:
        if line is None:
            self._bury(keeper, "ended")
        elif "news" in line:
            self._pass_on(line)
        else:
            with self._guard:
                keeper.beat()
                for told in line["tiles"]:
                    one = self._tiles.get(told["tile"])
                    if one is not None and one.hear(told):
                        self._cameras_shown.add(one.camera.id)

    def _pass_on(self, line: dict[str, Any]) -> None:
        with self._guard:
            one = self._tiles.get(line.get("tile", ""))
            camera = one.camera.id if one is not None and one.turn == line.get("turn") else ""
            self._recording.pop(line.get("recording", ""), None)
        news = news_of(line, camera, datetime.now(UTC))
        if news is not None:
            self._tell_news(news)

    def _tell_news(self, news: WallNews) -> None:
        try:
            self._on_news(news)
        except Exception:
            log.exception("a listener of the wall failed")

    def _watch(self) -> None:
        for keeper in self._keepers:
            fault = keeper.fault()
            if fault:
                self._bury(keeper, fault)
        plays, drawn = self._warm, not self._tiles
        with self._guard:
            for one in self._tiles.values():
                no_player = self._keepers[one.keeper].no_player
                self._stalls += one.turned_still(no_player)
                plays = plays or one.picture(no_player).phase is Phase.PLAYING
                drawn = drawn or bool(one.window)
        if plays and self._limits.stays:
            self._spares.keep(drawn, 1 if self._tiles else WARM)

    def _bury(self, keeper: Keeper, how: str) -> None:
        """The child is gone; the next turn starts another one if a picture is wanted."""
        keeper.bury(how)
        with self._guard:
            for one in self._tiles.values():
                if one.keeper == keeper.place:
                    one.lose_child()
            lost = [key for key, place in self._recording.items() if place == keeper.place]
            for key in lost:
                del self._recording[key]
        for key in lost:
            self._tell_news(RecordFailed(key, "player_lost"))
