"""The training city: the reference city on loopback, and a script that publishes its calls."""

from __future__ import annotations

import json
import logging
import threading
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from console.core.clock import SystemClock, to_text
from console.core.errors import Refused
from console.core.ids import new_id
from console.drill.city_process import CityProcess
from console.gridmap.model import convert
from console.gridmap.service import Roads
from console.settings import CityRoad

log = logging.getLogger(__name__)
ALERT_PLACE = "文化街与解放路"
KINDS = ("call.created", "call.updated", "call.cancelled")


@dataclass(frozen=True, slots=True)
class Step:
    """One message of the script: seconds after the start, its kind, and the script's name of its call."""

    at_s: float
    kind: str
    call: str
    told: dict[str, Any]
    camera: str = ""  # of the sample post, that shows the call's place; the city is not told of it


def read_script(file: Path) -> list[Step]:
    """The steps of a training script, by time. Refused with the place of what is wrong."""
    try:
        steps = json.loads(file.read_text("utf-8"))["steps"]
        found = []
        for told in steps:
            rest = {k: v for k, v in told.items() if k not in ("at_s", "kind", "call", "camera")}
            if told["kind"] not in KINDS:
                raise ValueError(f"unknown kind {told['kind']!r}")
            camera = str(told.get("camera", ""))
            found.append(Step(float(told["at_s"]), told["kind"], str(told["call"]), rest, camera))
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Refused("drill.script_unreadable", path=str(file), told=str(wrong)) from wrong
    return sorted(found, key=lambda step: step.at_s)


class TrainingCity:
    """A city in a process of its own, over ``folder``, that tells its post the script's calls, ``speed`` times as fast.

    ``published`` says when each call went out: call id → monotonic seconds.
    """

    def __init__(self, folder: Path, steps: list[Step], speed: float = 1.0) -> None:
        self.city = CityProcess(folder)
        self.published: dict[str, float] = {}
        self._steps = steps
        self._speed = speed
        self._ids = {step.call: new_id() for step in steps}
        self._told: dict[str, dict[str, Any]] = {}
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """The city answers; the script has not begun."""
        self.city.start()

    def road(self) -> CityRoad:
        """How the post reaches this city."""
        return self.city.road()

    def last_open(self, count: int) -> list[str]:
        """The ids of the script's last calls that the city does not take back, in their order."""
        gone = {step.call for step in self._steps if step.kind == "call.cancelled"}
        made = [s.call for s in self._steps if s.kind == "call.created" and s.call not in gone]
        return [self._ids[call] for call in made[-count:]]

    @property
    def cameras(self) -> dict[str, str]:
        """The camera that shows each call's place, as the script knows it: call id → number."""
        return {self._ids[step.call]: step.camera for step in self._steps if step.camera}

    def begin(self, roads: Roads) -> None:
        """The script runs, in a thread of its own; places are looked up by name."""
        self._thread = threading.Thread(
            target=self._run, args=(roads,), name="drill-script", daemon=True
        )
        self._thread.start()

    def alert(self, roads: Roads) -> None:
        """The city's cameras saw a car that is looked for."""
        now = SystemClock().now()
        (hit, *_) = roads.find_place(ALERT_PLACE)
        place = {"text": ALERT_PLACE, "lat": hit.lat, "lon": hit.lon, "datum": "wgs84"}
        payload = {
            "alert_id": new_id(), "source": "plate", "place": place, "seen_at": to_text(now),
            "confidence": 0.87, "expires_at": to_text(now + timedelta(minutes=10)),
            "号牌": "鲁H·T0110", "车辆": "灰色面包车",
        }  # fmt: skip
        self.city.publish("alert.raised", payload)

    def stop(self) -> None:
        """The script has ended and the city is closed."""
        self._ending.set()
        if self._thread is not None:
            self._thread.join(5.0)
        self.city.stop()

    def _run(self, roads: Roads) -> None:
        roads.wait(30.0)
        begun = time.monotonic()
        for step in self._steps:
            due = begun + step.at_s / self._speed
            if self._ending.wait(max(0.0, due - time.monotonic())):
                return
            try:
                self._publish(step, roads)
            except Exception:
                log.exception("the training script stumbled at %s s", step.at_s)

    def _publish(self, step: Step, roads: Roads) -> None:
        call_id = self._ids[step.call]
        now = to_text(SystemClock().now())
        if step.kind == "call.cancelled":
            payload = {"call_id": call_id, "cancelled_at": now, **step.told}
        elif step.kind == "call.updated":
            payload = self._told[call_id] | step.told
        else:
            payload = self._created(step, call_id, now, roads)
            self.published[call_id] = time.monotonic()
        self._told[call_id] = payload
        self.city.publish(step.kind, payload)

    def _created(self, step: Step, call_id: str, now: str, roads: Roads) -> dict[str, Any]:
        told = dict(step.told)
        text, datum = str(told.pop("place")), str(told.pop("datum"))
        place: dict[str, Any] = {"text": text or "河边", "datum": datum}
        hits = roads.find_place(text) if text else []
        if hits:
            lat, lon = convert(hits[0].lat, hits[0].lon, "wgs84", datum)
            place |= {"lat": lat, "lon": lon}
        return {"call_id": call_id, "received_at": now, "channel": "110", "place": place, **told}
