"""Downward: the feed by long poll, its cursor, and what the operator publishes."""

from __future__ import annotations

import time
from typing import Any

import pytest

from console.drill.city.store import UnfitPublication

CANCELLED = {"call_id": "019aa5c1-2d00-7b3a-9c41-0242ac120002", "cause": "报警人撤回"}


def test_what_is_published_is_fed_in_order(city: Any, post: Any) -> None:
    ids = [city.publish(post.name, "call.cancelled", CANCELLED) for _ in range(3)]
    page = post.feed()
    assert city.contract.fault("feed.json", page) is None
    assert [item["item_id"] for item in page["items"]] == ids
    assert [item["seq"] for item in page["items"]] == [1, 2, 3]
    for item in page["items"]:
        assert city.contract.fault("item.json", item) is None
        assert (item["payload"], item["post"]) == (CANCELLED, post.name)


def test_the_cursor_goes_on_where_it_was(city: Any, post: Any) -> None:
    ids = [city.publish(post.name, "call.cancelled", CANCELLED) for _ in range(3)]
    first = post.feed(limit=2)
    second = post.feed(after=first["cursor"])
    assert [item["item_id"] for item in first["items"] + second["items"]] == ids
    third = post.feed(after=second["cursor"])
    assert (third["items"], third["cursor"]) == ([], second["cursor"])


def test_a_poll_hears_at_once_what_is_published(
    city: Any, post: Any, in_thread: Any, wait_until_listening: Any
) -> None:
    asked = in_thread(lambda: post.feed(wait=25))
    wait_until_listening(city, post.name)
    started = time.monotonic()
    item_id = city.publish(post.name, "call.cancelled", CANCELLED)
    assert [item["item_id"] for item in asked.result(30)["items"]] == [item_id]
    assert time.monotonic() - started < 5


def test_a_poll_in_vain_ends_after_its_wait(post: Any) -> None:
    started = time.monotonic()
    assert post.feed(wait=0.3)["items"] == []
    assert 0.3 <= time.monotonic() - started < 5


def test_another_posts_items_do_not_wake_or_reach_it(city: Any, post: Any) -> None:
    city.publish("post-elsewhere", "call.cancelled", CANCELLED)
    assert post.feed(wait=0.1)["items"] == []


def test_a_closing_city_answers_its_polls(
    lite_city: Any, post_of: Any, in_thread: Any, wait_until_listening: Any
) -> None:
    post = post_of(lite_city)
    asked = in_thread(lambda: post.feed(wait=25))
    wait_until_listening(lite_city, post.name)
    started = time.monotonic()
    lite_city.stop()
    assert asked.result(30)["items"] == []
    assert time.monotonic() - started < 5


def test_after_a_restore_the_feed_begins_again(city: Any, post: Any) -> None:
    item_id = city.publish(post.name, "call.cancelled", CANCELLED)
    before = post.feed()
    city.restore(post.name, post.epoch, lane=0, through=0)
    after = post.feed(after=before["cursor"])
    assert after["server_epoch"] != before["server_epoch"]
    assert [item["item_id"] for item in after["items"]] == [item_id]


@pytest.mark.parametrize(
    "asked",
    [
        {"after": "elsewhere"},
        {"after": "0123456789abcdef.-1"},
        {"wait": "26"},
        {"wait": "nan"},
        {"wait": "soon"},
        {"limit": "0"},
        {"limit": "201"},
    ],
)
def test_unreadable_questions_get_400(lite_city: Any, post_of: Any, asked: Any) -> None:
    post = post_of(lite_city)
    answer = post.client.get(post.path("feed"), params=asked)
    assert answer.status_code == 400
    assert lite_city.contract.fault("problem.json", answer.json()) is None


def test_what_breaks_the_contract_is_published_only_unchecked(city: Any, post: Any) -> None:
    with pytest.raises(UnfitPublication, match=r"tea\.served"):
        city.publish(post.name, "tea.served", {})
    with pytest.raises(UnfitPublication, match="call_id"):
        city.publish(post.name, "call.cancelled", {})
    assert post.feed()["items"] == []
    city.publish(post.name, "tea.served", {}, checked=False)
    city.publish(post.name, "call.cancelled", CANCELLED, addressed_to="post-elsewhere")
    items = post.feed()["items"]
    assert [(i["kind"], i["post"]) for i in items] == [
        ("tea.served", post.name),
        ("call.cancelled", "post-elsewhere"),
    ]


def test_text_of_any_kind_comes_through_unchanged(city: Any, post: Any) -> None:
    nasty = "${7*7} </script><img onerror=x> \u0000 \u2028 红旗街"
    city.publish(post.name, "call.cancelled", {"call_id": "c-1", "cause": nasty})
    assert post.feed()["items"][0]["payload"]["cause"] == nasty
