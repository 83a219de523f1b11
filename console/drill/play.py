"""The drill: sample post, training city, crews, wires, and – unattended – an officer."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from console.alarms.model import Kind
from console.app.console import Console
from console.app.post import Post
from console.core.keyfile import key_id_of
from console.dispatch.model import CallStatus
from console.drill.crews import Crews
from console.drill.devices import Devices
from console.drill.entry import application
from console.drill.officer import Officer
from console.drill.orders import Orders
from console.drill.pictures import SIZES, Pictures
from console.drill.report import ErrorKeeper, Played, make_report, rss_mb
from console.drill.rounds import Raisers
from console.drill.sample_post import SAMPLE, add_receivers, make_sample_post, sample_units
from console.drill.training import TrainingCity, read_script
from console.settings import default_data, read_settings
from console.ui.gap_meter import GapMeter

log = logging.getLogger(__name__)
UNATTENDED_SPEED = 6.0
PULLED = "403"  # this crew's receiver is pulled out for a few seconds
PULLED_MS = 3000
DRAIN_S = 15.0
# the shift that is pictured ends with calls in work: the last ones of the script stand here
LEFT_AT = (
    CallStatus.DEPARTED,
    CallStatus.FIRST_FEEDBACK,
    CallStatus.ARRIVED,
    CallStatus.SIGNED,
)


class Drill(QObject):
    """One drill on a running Qt application."""

    def __init__(self, args: argparse.Namespace, folder: Path) -> None:
        super().__init__()
        self._args = args
        self.errors = ErrorKeeper()
        self._speed = args.speed or (UNATTENDED_SPEED if args.unattended else 1.0)
        steps = read_script(args.script or SAMPLE / "training.json")
        if args.unattended:
            steps = [step for step in steps if step.at_s <= max(5.0, args.seconds - 20)]
        script_speed = args.speed or 1.0
        self.training = TrainingCity(folder / "city", steps, script_speed)
        self._folder = folder
        self.report: dict[str, Any] = {}
        self._stops: list[Callable[[], object]] = []
        self._rss_start_mb: float | None = None
        self._desk_since = 0.0

    def start(self) -> None:
        """The city answers, the post runs, the crews drive, the window is open."""
        self.errors.start()
        self._stops += [self.errors.stop, self.training.stop]
        self.training.start()
        data = self._folder / "post"
        if key_id_of(data) is None:
            make_sample_post(data, self.training.road(), self._args.lang)
        settings = read_settings(data)
        self.post = Post(settings)
        self.post.start()
        self._stops.append(self.post.stop)
        self.post.roads.wait(60.0)
        units = sample_units(self.post.database)
        graph = self.post.roads.graph()
        self.crews = Crews(graph, units, self._folder / "ports", self._speed)
        self.crews.start()
        self._stops.append(self.crews.stop)
        self.devices = Devices(units, self._folder / "ports")
        self.devices.start()
        self._stops.append(self.devices.stop)
        self.crews.on_move = self.devices.moved
        add_receivers(self.post.database, self.crews.ports())
        self.devices.add_to(self.post.database, self._args.lang)
        self.orders = Orders(self.post.database, self.post.bus, self.crews, self.devices)
        self.orders.start()
        self._stops.append(self.orders.stop)
        self.console = Console(self._args.app, self.post, drill=True)
        if self._args.unattended:  # nothing of the window is hidden behind a frame
            self.console.window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            self.console.window.setGeometry(0, 0, *SIZES[0])
        self.console.start()
        self._stops.append(self.console.stop)
        self.console.desk.call_painted.connect(self._on_painted)
        self.gaps = GapMeter(self)
        raisers = Raisers(
            self.devices.press, self.devices.sos, lambda: self.training.alert(self.post.roads)
        )
        self.officer = Officer(self.console, raisers, self._left_at(), self.devices.talkers)
        self._stops += [self.gaps.stop, self.officer.stop]
        self.console.signed_in.connect(lambda: self.training.begin(self.post.roads))
        self.console.usable.connect(self._on_usable)
        self.console.window.page_shown.connect(self._on_page)
        self._begun, self._begun_at = time.monotonic(), self.post.clock.now()
        if self._args.unattended:
            self.officer.start()
            QTimer.singleShot(round(self._args.seconds * 1000), self, self._on_time)
            self._pull()

    def stop(self) -> None:
        """Everything that was started is taken down in reverse."""
        while self._stops:
            self._stops.pop()()

    def _left_at(self) -> dict[str, CallStatus]:
        if self._args.pictures is None:
            return {}
        return dict(zip(self.training.last_open(len(LEFT_AT)), LEFT_AT, strict=False))

    def _on_usable(self) -> None:
        if self._rss_start_mb is None:
            self._rss_start_mb = rss_mb()
            QTimer.singleShot(1000, self, self.gaps.start)

    def _on_page(self, key: str) -> None:
        if key == "desk":
            self._desk_since = time.monotonic()

    def _on_painted(self, call_id: str, at: float) -> None:
        """A call that came while another page was in front tells of the officer, not of the way."""
        published = self.training.published.get(call_id)
        if published is not None and published > self._desk_since:
            self.post.timings.add("city_to_screen", (at - published) * 1000)

    def _pull(self) -> None:
        """A crew's receiver and the post's radio are pulled out for a while, and somebody presses
        the panic button: nobody at the post sees or hears that."""
        middle = round(self._args.seconds * 400)
        for pulled in (self.crews.receiver(PULLED), self.devices.radio):
            QTimer.singleShot(middle, self, pulled.unplug)
            QTimer.singleShot(middle + PULLED_MS, self, pulled.plug)
        QTimer.singleShot(middle, self, lambda: self.devices.press(Kind.DURESS))

    def _on_time(self) -> None:
        self.officer.stop()
        self.gaps.stop()
        self._seconds = time.monotonic() - self._begun
        if self._rss_start_mb is None:
            log.error("the desk could not be used in %.0f s", self._seconds)
        self._until = time.monotonic() + DRAIN_S
        self._drain()

    def _drain(self) -> None:
        """Waits, without blocking, until the city has everything; then measures."""
        state = self.post.road.snapshot()
        if state.pending and time.monotonic() < self._until:
            QTimer.singleShot(100, self, self._drain)
            return
        start_mb = rss_mb() if self._rss_start_mb is None else self._rss_start_mb
        played = Played(
            self.console,
            self.crews,
            self.devices,
            self.gaps,
            self._begun_at,
            self.officer.seen,
            self.training.cameras,
        )
        self.report = make_report(played, self._seconds, start_mb)
        if self._args.pictures is None:
            self._args.app.quit()
            return
        self._pictures = Pictures(self.console, self._args.pictures)
        self._pictures.take(lambda _: self._args.app.quit())


def play(args: argparse.Namespace) -> int:
    """0 when the drill ended as it should; 1 when an unattended one met errors."""
    with tempfile.TemporaryDirectory(prefix="post-drill-") as scratch:
        own = args.data != default_data()
        folder = args.data if own else Path(scratch)
        if not own:
            os.environ["POST_CONSOLE_KEYS"] = str(folder / "keys")
        with application(args.lang) as args.app:
            report, errors = _played(args, folder)
        if not args.unattended:
            return 0
        text = json.dumps({**report, "errors": errors}, ensure_ascii=False, indent=1)
        if args.report is not None:
            args.report.write_text(text + "\n", "utf-8")
        else:
            sys.stdout.write(text + "\n")
        return 1 if errors or not report else 0


def _played(args: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], list[str]]:
    """What the drill measured, and its errors; its widgets are gone before the application goes."""
    drill = Drill(args, folder)
    try:
        drill.start()
        args.app.exec()
    finally:
        drill.stop()
    return drill.report, drill.errors.errors
