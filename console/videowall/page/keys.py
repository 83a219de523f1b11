"""What the keys and buttons of the wall do, on the page and on a screen of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from console.core.errors import Refused
from console.ui.style import Tone
from console.ui.words import say_refusal
from console.videowall import service
from console.videowall.model import (
    Arrangement,
    CameraId,
    Grid,
    Snapped,
    Spot,
    reshaped,
    with_tile,
    without_tile,
)
from console.videowall.page.full_screen import FullScreen, bind, other_screen
from console.videowall.page.turn_desk import TurnDesk

if TYPE_CHECKING:
    from console.videowall.page.wall_page import WallPage

translate = QCoreApplication.translate
WAYS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}


class WallKeys(QObject):
    """Built with the page. ``elsewhere`` while the stage is on a screen of its own."""

    def __init__(self, page: WallPage) -> None:
        super().__init__(page)
        self._page = page
        self._full: FullScreen | None = None
        self._waits: dict[str, CameraId] = {}  # file of a single picture → its camera
        self.turns = TurnDesk(page)
        bar = page.bar
        bar.divided.connect(page.divide)
        page.show_button.clicked.connect(page.show_chosen)
        page.stop_button.clicked.connect(page.step_back)
        page.map_button.clicked.connect(page.show_on_map)
        page.tiers.log_button.clicked.connect(page.show_log)
        page.tiers.rounds_button.clicked.connect(page.keeping.ask_rounds)
        for button, work in (
            (bar.alone_button, self.toggle_alone),
            (bar.layouts_button, page.keeping.ask_layout),
            (bar.tour_button, self.toggle_tour),
            (bar.patrol_button, self.toggle_patrol),
            (bar.snapshot_button, self.take_snapshot),
            (bar.turn_button, self.turns.toggle),
            (bar.screen_button, self.toggle_screen),
        ):
            button.clicked.connect(lambda _=False, work=work: work())
        bind(page, self._plain_keys())
        bind(page, [("Ctrl+F", page.cameras.search.setFocus)])  # "/" is the frame's

    @property
    def elsewhere(self) -> bool:
        """Whether the stage is on a screen of its own."""
        return self._full is not None

    def toggle_alone(self) -> None:
        """The marked tile fills the stage, or all are back."""
        self._page.stage.set_alone(not self._page.stage.alone)
        self._page.table.setFocus()

    def toggle_tour(self) -> None:
        """A tour is chosen and runs on the marked tile; one that runs ends."""
        page = self._page
        if page.runner.tour is not None:
            page.runner.stop()
        else:
            page.bar.tour_button.setChecked(False)
            page.keeping.ask_tour()

    def toggle_patrol(self) -> None:
        """The tiles show who waits longest, tier by tier; or patrol ends."""
        page = self._page
        if page.runner.patrol is not None:
            page.runner.stop()
        elif not page.known:
            page.bar.patrol_button.setChecked(False)
            page.notice.say(say_refusal(Refused("videowall.no_cameras")), "late")
        else:
            page.keeping.with_rounds(page.runner.start_patrol)

    def take_snapshot(self) -> None:
        """What the marked tile shows is being kept as a file; ``snapped`` tells when it is."""
        page = self._page
        camera = page.shown_camera
        folder = page.parts.pictures
        if camera is None:
            page.notice.say(say_refusal(Refused("videowall.not_shown")), "late")
            return
        number = "".join(c if c.isalnum() or c in "-_" else "_" for c in camera.number)
        file = folder / f"{number}-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.png"
        key = page.tile_key

        def order() -> None:
            folder.mkdir(parents=True, exist_ok=True)
            page.parts.wall.snapshot(key, file)

        self._waits[str(file)] = camera.id
        page.parts.background.act(order, None, self._on_failed, page)

    def snapped(self, news: Snapped) -> None:
        """The picture is in its file, or is not; the trail and the officer are told."""
        page, camera_id = self._page, self._waits.pop(str(news.file), None)
        if camera_id is None:
            return
        if news.cause:
            page.notice.say(say_refusal(Refused("videowall.no_snapshot")), "alarm")
            return
        database, actor = page.parts.database, page.parts.actor()

        def saved(_: object) -> None:
            told = translate("Wall", "Snapshot kept: {file}").format(file=news.file)
            page.parts.say(told, Tone.CALM)

        page.parts.background.act(
            lambda: service.snapped(database, actor, camera_id, news.file),
            saved,
            self._on_failed,
            page,
        )

    def toggle_screen(self) -> None:
        """The stage covers the second screen (its own one where there is no other), or is back."""
        page = self._page
        if self._full is not None:
            self._full.close()
            return
        full = self._full = FullScreen(page.stage, [*self._plain_keys(), *self._bar_keys()])
        full.closed.connect(self._bring_back)
        screen = other_screen(page)
        page.bar.screen_button.setChecked(True)
        full.open_on(screen)
        page.stage.show()
        page.stage.again()
        if screen is not page.window().screen():
            page.window().activateWindow()  # the keys stay with the page beside it

    def _bring_back(self) -> None:
        full, page = self._full, self._page
        self._full = None
        page.place.insertWidget(0, page.stage, 1)
        page.stage.show()
        page.stage.again()
        page.bar.screen_button.setChecked(False)
        if not page.isVisible():
            page.rest()
        if full is not None:
            full.deleteLater()
        page.window().activateWindow()

    def _plain_keys(self) -> list[tuple[str, Callable[[], object]]]:
        """The keys that have no button."""
        stage = self._page.stage
        keys: list[tuple[str, Callable[[], object]]] = [
            ("+", partial(stage.zoom, 1)),
            ("=", partial(stage.zoom, 1)),
            ("-", partial(stage.zoom, -1)),
            ("0", partial(stage.zoom, -9)),
            ("Ins", self._add_tile),
            ("Del", self._remove_tile),
            ("Shift+T", self._page.keeping.ask_new_tour),
        ]
        for name, way in WAYS.items():
            keys.append((f"Ctrl+{name}", partial(stage.step, *way)))
            keys.append((f"Shift+{name}", partial(stage.pan, *way)))
            keys.append((f"Alt+{name}", partial(self._reshape, *way, 0, 0)))
            keys.append((f"Alt+Shift+{name}", partial(self._reshape, 0, 0, *way)))
        return keys + self.turns.shortcuts()

    def _bar_keys(self) -> list[tuple[str, Callable[[], object]]]:
        """The keys of the buttons, for a window that has none."""
        page = self._page
        grids = [(str(place + 1), partial(page.divide, grid)) for place, grid in enumerate(Grid)]
        return [
            *grids,
            ("F", self.toggle_alone),
            ("P", self.toggle_patrol),
            ("S", self.take_snapshot),
            ("W", self.toggle_screen),
            ("Escape", self._step_back_or_home),
        ]

    def _step_back_or_home(self) -> None:
        if self._page.stage.alone:
            self._page.stage.set_alone(False)
        else:
            self.toggle_screen()

    def _reshape(self, dx: int, dy: int, wider: int, higher: int) -> None:
        stage = self._page.stage
        was = stage.arrangement.spots[stage.marked]
        spot = Spot(was.x + dx, was.y + dy, was.w + wider, was.h + higher)
        camera = stage.arrangement.cameras[stage.marked]
        self._try(lambda: reshaped(stage.arrangement, stage.marked, spot))
        places = [at for at, one in enumerate(stage.arrangement.spots) if one == spot]
        if places and stage.arrangement.cameras[places[0]] == camera:
            stage.mark(places[0])

    def _add_tile(self) -> None:
        self._try(lambda: with_tile(self._page.stage.arrangement))

    def _remove_tile(self) -> None:
        stage = self._page.stage
        self._try(lambda: without_tile(stage.arrangement, stage.marked))

    def _try(self, made: Callable[[], Arrangement]) -> None:
        try:
            self._page.change(made())
            self._page.notice.say("")
        except Refused as refused:
            self._page.notice.say(say_refusal(refused), "late")

    def _on_failed(self, error: Exception) -> None:
        self._page.notice.say(say_refusal(error), "alarm")
