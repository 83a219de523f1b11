"""The feed downward, from the real reference city."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from console.core.actor import Actor
from console.core.database import Act, Database
from console.core.drafts import find, keep
from console.core.errors import Refused, Unavailable
from console.core.events import EventBus
from console.core.keyfile import read_key
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.service import discard_quarantined, quarantined, retry_quarantined
from tests.conftest import HandClock
from tests.sync.roads import POST, Post, example, running, wait_for, wait_until

CREATED = example("downward", "call.created")


class Desk:
    """Takes calls in, the way a room does: rows in the act's own transaction."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.refusing = False
        self.failing: Exception | None = None

    def take(self, act: Act, payload: dict[str, Any]) -> None:
        keep(act.connection, "desk", payload["call_id"], payload, act.at)
        if self.refusing:
            raise Refused("dispatch.no_such_call", call_id=payload["call_id"])
        if self.failing is not None:
            raise self.failing
        self.taken.append(payload["call_id"])

    @property
    def handlers(self) -> dict[str, Any]:
        return {"call.created": self.take}


def call(number: int) -> dict[str, Any]:
    return {**CREATED, "call_id": f"JQ{number:04}"}


def is_written(post: Post, call_id: str) -> bool:
    with post.database.read() as connection:
        return find(connection, "desk", call_id) is not None


def kept_codes(post: Post) -> list[str]:
    with post.database.read() as connection:
        return [item.code for item in quarantined(connection)]


def test_calls_come_in_order_and_once(post: Post, city: City, to_city: CityRoad) -> None:
    desk = Desk()
    for number in range(250):
        city.publish(POST, "call.created", call(number))
    with running(post, to_city, desk.handlers) as road:
        wait_for(lambda: len(desk.taken) == 250)
        city.publish(POST, "call.created", call(250))
        wait_for(lambda: len(desk.taken) == 251)
        assert road.snapshot().quarantined == 0
    assert desk.taken == [f"JQ{number:04}" for number in range(251)]
    assert is_written(post, "JQ0250")


def test_a_call_published_during_the_long_poll_comes_at_once(
    post: Post, city: City, to_city: CityRoad
) -> None:
    desk = Desk()
    with running(post, to_city, desk.handlers) as road:
        wait_until(road, lambda state: state.up)
        city.publish(POST, "call.created", call(0))
        wait_for(lambda: desk.taken)
        began = time.monotonic()
        city.publish(POST, "call.created", call(1))
        wait_for(lambda: len(desk.taken) == 2)
        assert time.monotonic() - began < 0.5


def test_the_cursor_outlives_the_process(
    post: Post, city: City, to_city: CityRoad, tmp_path: Path, clock: HandClock
) -> None:
    desk = Desk()
    for number in range(5):
        city.publish(POST, "call.created", call(number))
    with running(post, to_city, desk.handlers):
        wait_for(lambda: len(desk.taken) == 5)
    again = Database(tmp_path / "post", read_key(tmp_path / "post"), clock, EventBus())
    again.start()
    try:
        later = Desk()
        with running(Post(again, EventBus(), clock), to_city, later.handlers) as road:
            wait_until(road, lambda state: state.up)
            city.publish(POST, "call.created", call(5))
            wait_for(lambda: later.taken)
        assert later.taken == ["JQ0005"]
    finally:
        again.stop()


def test_a_fall_between_rows_and_cursor_brings_no_item_twice(
    post: Post, city: City, to_city: CityRoad
) -> None:
    """A store that fails in the middle keeps neither the row nor the cursor, and tries again."""
    desk = Desk()
    desk.failing = Unavailable("store.disk_full")
    city.publish(POST, "call.created", call(0))
    with running(post, to_city, desk.handlers) as road:
        wait_until(road, lambda state: state.trouble == "store.disk_full")
        assert not is_written(post, "JQ0000")
        assert kept_codes(post) == []
        desk.failing = None
        wait_for(lambda: desk.taken)
        wait_until(road, lambda state: state.up)
    assert desk.taken == ["JQ0000"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        ("refused", "dispatch.no_such_call"),
        ("bug", "sync.item_failed"),
        ("rule of the schema", "sync.item_failed"),
        ("unknown", "sync.item_unknown"),
        ("broken", "sync.item_broken"),
        ("another", "sync.item_for_another"),
    ],
)
def test_a_bad_item_is_kept_and_the_next_one_comes(
    post: Post,
    city: City,
    to_city: CityRoad,
    spoil: str,
    code: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.refusing = spoil == "refused"
    broken_rule = IntegrityError("INSERT", None, Exception("UNIQUE constraint failed"))
    desk.failing = {"bug": ValueError("a bug"), "rule of the schema": broken_rule}.get(spoil)
    kind = "call.levitated" if spoil == "unknown" else "call.created"
    payload = {**call(0), "reporter": "13812348000"} if spoil == "broken" else call(0)
    addressed = "post-other" if spoil == "another" else ""
    city.publish(POST, kind, payload, checked=False, addressed_to=addressed)
    with running(post, to_city, desk.handlers) as road:
        wait_until(road, lambda state: state.quarantined == 1)
        assert kept_codes(post) == [code]
        assert "13812348000" not in caplog.text  # the log is a plain file
        assert not is_written(post, "JQ0000")
        desk.refusing, desk.failing = False, None
        city.publish(POST, "call.created", call(1))
        wait_for(lambda: desk.taken == ["JQ0001"])
        assert road.snapshot().up


def test_an_item_is_taken_out_of_quarantine_or_discarded(
    post: Post, city: City, to_city: CityRoad, officer: Actor
) -> None:
    desk = Desk()
    desk.refusing = True
    first = city.publish(POST, "call.created", call(0))
    second = city.publish(POST, "call.created", call(1))
    with running(post, to_city, desk.handlers) as road:
        wait_until(road, lambda state: state.quarantined == 2)
        with pytest.raises(Refused, match=r"sync\.item_still_bad"):
            retry_quarantined(post.database, officer, road.intake, first)
        desk.refusing = False
        retry_quarantined(post.database, officer, road.intake, first)
        assert desk.taken == ["JQ0000"]
        with pytest.raises(Refused, match=r"sync\.reason_needed"):
            discard_quarantined(post.database, officer, second, "  ")
        discard_quarantined(post.database, officer, second, "市局已电话作废")
        with pytest.raises(Refused, match=r"sync\.not_quarantined"):
            discard_quarantined(post.database, officer, second, "again")
        wait_until(road, lambda state: state.quarantined == 0)
