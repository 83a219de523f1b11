"""A whole post for the stories: the reference city, the sample post, receivers, and its window."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from console.app.post import Post
from console.core import audit
from console.core.actor import Actor
from console.core.clock import Clock, SystemClock, to_text
from console.core.errors import Refused
from console.core.ids import UnitId, new_id
from console.core.tables import outbox
from console.dispatch import service as dispatch
from console.dispatch.model import CallStatus, CallView, NewCall
from console.drill.city.city import SAMPLE_POST, City
from console.drill.sample_post import add_receivers, drill_secret, make_sample_post, sample_units
from console.gridmap.model import Place
from console.people import service as people
from console.settings import CityRoad, Settings, read_settings
from console.sync.model import Pace
from console.sync.service import digest
from drivers.sim.receiver import Receiver

QUICK = Pace(first_s=0.05, longest_s=0.3, poll_s=0.2, feed_wait_s=2.0, connect_s=1.0, answer_s=1.0)
PLACE = "文化街与解放路"  # a crossing of the sample town
FRESH = timedelta(seconds=5)
T = TypeVar("T")


def wait_for(condition: Callable[[], T], timeout_s: float = 20.0) -> T:
    """What the condition gives once it holds; for posts without a window."""
    pause, deadline = threading.Event(), time.monotonic() + timeout_s
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come true in time"
        pause.wait(0.02)
    return found


def road_to(city: City) -> CityRoad:
    """The sample post's road to this city."""
    own = city.certify(SAMPLE_POST)
    return CityRoad(city.url, str(own.ca_file), str(own.certificate_file), str(own.key_file))


def set_up(template: Path, folder: Path, road: CityRoad) -> Settings:
    """A sample post of its own in ``folder``, as the template has it, on this road."""
    shutil.copytree(template, folder)
    settings = folder / "settings.toml"
    kept = settings.read_text("utf-8").partition("[city]")[0]
    settings.write_text(
        f"{kept}[city]\n"
        f'url = "{road.url}"\nca_file = "{road.ca_file}"\n'
        f'certificate_file = "{road.certificate_file}"\nkey_file = "{road.key_file}"\n',
        "utf-8",
    )
    return read_settings(folder)


def make_template(folder: Path) -> None:
    """The sample post as it is before its first day, its roads read once."""
    settings = make_sample_post(folder, CityRoad("", "", "", ""), "zh_CN")
    post = Post(settings)
    post.start()
    try:
        assert post.roads.wait(60.0)
    finally:
        post.stop()


class Scene:
    """The post ``post`` and the city ``city``; ``start`` opens the post, ``stop`` closes both."""

    def __init__(self, template: Path, folder: Path, clock: Clock | None = None) -> None:
        self.folder = folder
        self.city = City(folder / "city")
        self.city.start()
        self.settings = set_up(template, folder / "post", road_to(self.city))
        self.clock = clock or SystemClock()
        self.receivers: dict[str, Receiver] = {}
        self.reread()

    def reread(self) -> None:
        """The post is as its settings file says now; for a post that is not running."""
        self.settings = read_settings(self.settings.data)
        self.post = Post(self.settings, self.clock, QUICK)

    def start(self) -> None:
        """The post runs and its roads are loaded."""
        self.post.start()
        self.post.roads.wait(60.0)
        self.units = {u.call_sign: u.unit_id for u in sample_units(self.post.database)}

    def stop(self) -> None:
        """Nothing runs."""
        for receiver in self.receivers.values():
            receiver.unplug()
        self.post.stop()
        self.city.stop()

    def sign_in(self, number: str = "0102") -> Actor:
        """This officer, signed in."""
        return people.sign_in(self.post.database, number, drill_secret(number)).actor

    # ---- crews --------------------------------------------------------------------------------
    def plug(self, *call_signs: str) -> None:
        """These crews have receivers, plugged in and linked."""
        ports: dict[UnitId, tuple[str, str]] = {}
        for sign in call_signs:
            receiver = self.receivers[sign] = Receiver(f"gnss-{sign}", self.folder / "ports")
            receiver.plug()
            ports[self.units[sign]] = (f"{sign} GNSS", receiver.identity)
        add_receivers(self.post.database, ports)

    def stands(self, call_sign: str, place: tuple[float, float]) -> bool:
        """Whether the post knows the crew at this place; its receiver says so once more, in bytes."""
        known, now = self.whereabouts(call_sign), self.clock.now()
        if known and now - known.fixed_at < FRESH and _near((known.lat, known.lon), place):
            return True
        self.receivers[call_sign].place(*place, 0.0, 0.0, self.clock.now())
        return False

    def path(self, start: tuple[float, float], end: tuple[float, float]) -> list[Any]:
        """The way by road for a car."""
        return list(self.post.roads.graph().path(Place(*start), Place(*end), "car"))

    def spot(self, text: str = PLACE) -> tuple[float, float]:
        """Where this place of the town is."""
        hit = self.post.roads.find_place(text)[0]
        return hit.lat, hit.lon

    def whereabouts(self, call_sign: str) -> Any:
        """The latest place of this crew, or nothing."""
        return self.post.positions.latest().get(self.units[call_sign])

    # ---- calls --------------------------------------------------------------------------------
    def message(self, **changes: Any) -> dict[str, Any]:
        """A call of the city at the crossing."""
        lat, lon = (0.0, 0.0) if "place" in changes else self.spot()
        return {
            "call_id": new_id(),
            "received_at": to_text(self.clock.now()),
            "channel": "110",
            "nature": "1003",
            "level": 3,
            "place": {"text": PLACE, "lat": lat, "lon": lon, "datum": "wgs84"},
            "report": "手机被扒窃,嫌疑人往北走",
            "reporter": {"name": "何女士", "phone": "13800001021"},
            "due": {"sign_s": 30, "depart_s": 180, "feedback_s": 1800},
            **changes,
        }

    def publish(self, kind: str = "call.created", how: Any = None, **changes: Any) -> str:
        """The city publishes this; returns the call's id."""
        payload = self.message(**changes) if kind == "call.created" else changes
        self.city.publish(SAMPLE_POST, kind, payload, **(how or {}))
        return str(payload.get("call_id", ""))

    def take_by_hand(self, narrative: str) -> str:
        """A call taken at the counter; returns its id."""
        new = NewCall("walk_in", "6003", narrative, place=PLACE)
        return dispatch.take_call(self.post.database, self.sign_in(), new)

    def view(self, call_id: str) -> CallView | None:
        """The call as the post has it, or nothing."""
        with self.post.database.read() as connection:
            try:
                return dispatch.call(connection, call_id)  # type: ignore[arg-type]
            except Refused:
                return None

    def status(self, call_id: str) -> CallStatus | None:
        """Where the call stands; nothing when the post does not know it."""
        view = self.view(call_id)
        return None if view is None else view.call.status

    # ---- what the city knows ------------------------------------------------------------------
    def heard(self, call_id: str) -> list[tuple[str, dict[str, Any]]]:
        """What the city was told of this call: kind and payload, in order."""
        return [
            (record.event["kind"], record.event["payload"])
            for record in self.city.events(SAMPLE_POST)
            if record.event["entity_id"] == call_id
        ]

    def drained(self) -> bool:
        """The city has answered for everything, and nothing was set aside."""
        with self.post.database.read() as connection:
            left = connection.execute(
                sa.select(sa.func.count()).where(outbox.c.state != "acknowledged")
            ).scalar_one()
        return not left and not self.post.road.snapshot().pending

    def differing(self) -> list[tuple[str, str]]:
        """The entities and days on which post and city do not agree; none at all is no agreement."""
        with self.post.database.read() as connection:
            rows = connection.execute(sa.select(outbox.c.entity, outbox.c.at)).all()
            kinds = sorted({(row.entity, row.at.date()) for row in rows})
            assert kinds
            found = []
            for entity, day in kinds:
                ours = digest(connection, entity, day)
                theirs = self.city.digest(SAMPLE_POST, entity, f"{day:%Y-%m-%d}")
                if (ours.count, ours.digest) != (theirs.count, theirs.digest):
                    found.append((entity, f"{day}"))
        return found

    def assert_whole(self) -> None:
        """The audit chain holds; nothing came to the city twice; post and city agree."""
        with self.post.database.read() as connection:
            assert audit.first_fault(connection) is None
        ids = [record.event["event_id"] for record in self.city.events(SAMPLE_POST)]
        assert len(ids) == len(set(ids))
        assert self.differing() == []


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) < 1e-5 and abs(one[1] - other[1]) < 1e-5


def in_order(wanted: Iterable[str], told: Iterable[str]) -> bool:
    """Whether the wanted kinds come in this order among those told."""
    rest = iter(told)
    return all(kind in rest for kind in wanted)
