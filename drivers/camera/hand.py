"""One camera in the serving program: its orders one after another, and no turn without an end."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from drivers.camera.onvif import OnvifCamera, fault_of
from drivers.errors import DriverError, LinkLost, NoAnswer

LIMIT_S = 3.0  # told to the camera with every move
RENEW_S = 1.0  # a move that goes on is told again
SILENT_S = 1.5  # nobody holds the key any more
STOP_TRIES = 3
MOST_WAITING = 50
Order = Mapping[str, Any]
Tell = Callable[[dict[str, Any]], None]
Turn = tuple[str, float, float, float]  # profile, pan, tilt, zoom


class Hand:
    """``give`` takes an order; its outcome is told by a thread of this camera's own.

    A move goes on while it is given again at least every SILENT_S; a newer one takes the place of
    one that waits, and a stop goes before everything.
    """

    def __init__(self, make: Callable[[], OnvifCamera], tell: Tell) -> None:
        self._make, self._tell = make, tell
        self._camera = make()
        self._turn: Turn | None = None  # as the camera was told last
        self._who: object = ""  # in the words of who gave the last order
        self._heard_at = self._sent_at = 0.0
        self._waiting: deque[Order] = deque()
        self._change = threading.Condition()
        self._ended = False
        self._busy = False
        threading.Thread(target=self._work, name="camera", daemon=True).start()

    @property
    def idle(self) -> bool:
        """Whether it has nothing to do and the camera stands."""
        with self._change:
            return not self._waiting and not self._busy and self._turn is None

    def give(self, order: Order) -> None:
        """The order waits for its turn."""
        with self._change:
            if order["do"] in ("move", "stop"):
                for old in [one for one in self._waiting if one["do"] == "move"]:
                    self._waiting.remove(old)
                    self._done(old, {})
            if len(self._waiting) >= MOST_WAITING:
                self._failed(order, "busy", "")
            elif order["do"] == "stop":
                self._waiting.appendleft(order)
            else:
                self._waiting.append(order)
            self._change.notify()

    def end(self, until: float) -> None:
        """No further order is taken, and the camera stands if it turned; waits until then."""
        with self._change:
            self._waiting.clear()
            self._ended = True
            self._change.notify()
            while (self._busy or self._turn is not None) and (left := until - time.monotonic()) > 0:
                self._change.wait(left)

    def _work(self) -> None:
        while True:
            with self._change:
                self._busy = False
                self._change.notify_all()
                while not self._waiting and not self._ended and not self._silent():
                    self._change.wait(0.1 if self._turn is not None else None)
                order = self._waiting.popleft() if self._waiting else None
                self._busy = True
            if order is not None:
                self._obey(order)
            elif self._turn is not None:
                self._halt(None)
            if self._ended and not self._waiting and self._turn is None:
                with self._change:
                    self._busy = False
                    self._change.notify_all()
                return

    def _silent(self) -> bool:
        return self._turn is not None and time.monotonic() - self._heard_at > SILENT_S

    def _obey(self, order: Order) -> None:
        self._who = order.get("who", "")
        if order["do"] == "stop":
            self._halt(order)
            return
        for again in (True, False):
            try:
                self._done(order, self._do(order))
                return
            except DriverError as failed:
                self._camera = self._make()  # its clock or its services may be others now
                denied = isinstance(failed, LinkLost) and failed.cause == "no_permission"
                if not (again and denied and order.get("met")):
                    self._failed(order, fault_of(failed), str(failed))
                    return

    def _do(self, order: Order) -> dict[str, Any]:
        camera, profile = self._camera, str(order.get("profile", ""))
        preset, zoom = str(order.get("preset", "")), float(order.get("zoom", 0.0))
        match order["do"]:
            case "move":
                self._move((profile, float(order["pan"]), float(order["tilt"]), zoom))
                return {}
            case "look":
                return asdict(camera.look())
            case "stream":
                return {"address": camera.stream_address(profile)}
            case "zoom_to":
                camera.zoom_to(profile, zoom)
            case "zoom_by":
                camera.zoom_by(profile, zoom)
            case "place":
                return asdict(camera.place(profile))
            case "presets":
                return {"presets": [asdict(one) for one in camera.presets(profile)]}
            case "go":
                camera.go(profile, preset)
            case "keep":
                return {"preset": camera.keep(profile, str(order["name"]), preset)}
            case "drop":
                camera.drop(profile, preset)
        return {}

    def _move(self, turn: Turn) -> None:
        now = time.monotonic()
        self._heard_at = now
        if turn == self._turn and now - self._sent_at < RENEW_S:
            return
        self._turn, self._sent_at = turn, now  # before: it may turn although its answer is lost
        try:
            self._camera.move(*turn, LIMIT_S)
        except NoAnswer:
            self._heard_at = 0.0  # a stop follows at once
            raise
        except DriverError:
            self._turn = None
            raise

    def _halt(self, order: Order | None) -> None:
        """The camera is told to stand, again when it does not answer; the failure is told else."""
        profile = str(order.get("profile", "")) if order is not None else ""
        if self._turn is not None:
            profile = self._turn[0]
        failed: DriverError | None = None
        for _ in range(STOP_TRIES):
            try:
                self._camera.stop(profile)
                failed = None
                break
            except DriverError as again:
                failed = again
                self._camera = self._make()
        with self._change:
            self._turn = None
        told = order or {"ask": 0}
        if failed is None:
            self._done(told, {})
        else:
            self._failed(told, fault_of(failed), str(failed))

    def _done(self, order: Order, fields: dict[str, Any]) -> None:
        self._tell({"of": order["ask"], "fields": fields})

    def _failed(self, order: Order, cause: str, told: str) -> None:
        self._tell({"of": order["ask"], "cause": cause, "told": told, "do": order.get("do", "stop"),
                    "who": order.get("who", self._who)})  # fmt: skip
