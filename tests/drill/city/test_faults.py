"""The city misbehaves when told to, and is itself again afterwards."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from console.drill.city.city import City
from console.drill.city.faults import Fault

SHORT_S = 0.5


@pytest.fixture
def post(lite_city: City, post_of: Any) -> Any:
    return post_of(lite_city)


def test_500_applies_nothing(lite_city: City, post: Any) -> None:
    batch = [post.event()]
    lite_city.misbehave(Fault.ANSWER_500)
    assert post.send(batch).status_code == 500
    assert lite_city.events(post.name) == []
    lite_city.behave()
    assert post.send(batch).json()["ack_through"] == 1


def test_busy_says_when_to_come_again(lite_city: City, post: Any) -> None:
    lite_city.misbehave(Fault.BUSY)
    answer = post.send([post.event()])
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert lite_city.contract.fault("problem.json", answer.json()) is None
    assert lite_city.events(post.name) == []


def test_html_applies_nothing(lite_city: City, post: Any) -> None:
    lite_city.misbehave(Fault.HTML)
    answer = post.send([post.event()])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html")
    assert lite_city.events(post.name) == []


def test_half_a_body_was_applied(lite_city: City, post: Any) -> None:
    batch = [post.event()]
    lite_city.misbehave(Fault.HALF_BODY)
    with pytest.raises(httpx.RemoteProtocolError):
        post.send(batch)
    assert len(lite_city.events(post.name)) == 1
    lite_city.behave()
    assert post.send(batch).json() == {"ack_through": 1, "rejected": []}
    assert len(lite_city.events(post.name)) == 1


def test_a_time_out_was_applied(lite_city: City, post: Any) -> None:
    batch = [post.event()]
    lite_city.misbehave(Fault.TIME_OUT)
    with pytest.raises(httpx.ReadTimeout):
        post.send(batch, within_s=SHORT_S)
    lite_city.behave()
    assert post.send(batch).json()["ack_through"] == 1
    assert len(lite_city.events(post.name)) == 1


def test_swallowing_reads_nothing(lite_city: City, post: Any) -> None:
    batch = [post.event()]
    post.state()  # an open connection
    lite_city.misbehave(Fault.SWALLOW)
    with pytest.raises(httpx.ReadTimeout):
        post.send(batch, within_s=SHORT_S)
    with pytest.raises(httpx.ConnectTimeout):
        post.send(batch, within_s=SHORT_S)
    assert lite_city.events(post.name) == []
    lite_city.behave()
    assert post.send(batch).json()["ack_through"] == 1


def test_a_fault_may_be_for_a_few_requests_only(lite_city: City, post: Any) -> None:
    batch = [post.event()]
    lite_city.misbehave(Fault.ANSWER_500, times=2)
    assert [post.send(batch).status_code for _ in range(3)] == [500, 500, 200]


def test_the_city_stops_in_the_middle_of_a_fault(lite_city: City, post: Any) -> None:
    lite_city.misbehave(Fault.SWALLOW)
    with pytest.raises(httpx.TimeoutException):
        post.send([post.event()], within_s=SHORT_S)
    lite_city.stop()
    lite_city.start()
    assert post.state()["high_water"]["0"] == 0


def test_an_open_poll_is_swallowed_too(
    lite_city: City, post: Any, post_of: Any, in_thread: Any, wait_until_listening: Any
) -> None:
    other = post_of(lite_city, "post-other")
    asked = in_thread(lambda: post.feed(wait=25))
    wait_until_listening(lite_city, post.name)
    lite_city.misbehave(Fault.SWALLOW)
    lite_city.publish(post.name, "call.cancelled", {"call_id": "c-1"})
    with pytest.raises(httpx.TimeoutException):
        other.send([other.event()], within_s=SHORT_S)  # by then the poll would have ended
    assert not asked.done()
    lite_city.behave()
    assert len(asked.result(10)["items"]) == 1


def test_a_full_disk_applies_nothing_and_is_told(lite_city: City, post: Any) -> None:
    batch = [post.event() for _ in range(400)]

    def allow(pages: int) -> None:
        with lite_city._store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    allow(1)  # SQLite takes the present size as the least
    answer = post.send(batch)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert post.state()["high_water"]["0"] == 0
    allow(100_000)
    assert post.send(batch).json() == {"ack_through": 400, "rejected": []}
