"""What a lying city puts into the feed: each item odd in its own way."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

from console.core.ids import new_id
from tests.faults.lies import Lie, LyingCity, Request, Tell, item, said
from tests.faults.lies_in_answers import NASTY
from tests.sync.roads import example

CALLS = frozenset({"call", "call_log"})
_turns = itertools.count(1)


def call(**other: Any) -> dict[str, Any]:
    """A call, with this otherwise."""
    return {**example("downward", "call.created"), "call_id": new_id(), **other}


def created(**other: Any) -> dict[str, Any]:
    """An item with such a call."""
    return item("call.created", call(**other))


def at(lat: Any, lon: Any) -> dict[str, Any]:
    """An item with a call at this point."""
    return created(place={"text": "路口", "lat": lat, "lon": lon, "datum": "wgs84"})


def once(*makers: Callable[[], Any]) -> Tell:
    """These items in one page, and then no more."""

    def tell(request: Request, city: LyingCity) -> bytes:
        items = [make() for make in makers] if city.told == 1 else []
        return said(city.page(items, f"lie.{city.told}"))

    return tell


def text(raw: str) -> Tell:
    """One call whose JSON has ``HERE`` replaced by this text."""

    def tell(request: Request, city: LyingCity) -> bytes:
        told = json.dumps(city.page([created(x="HERE")] if city.told == 1 else [], "lie"))
        return said(told.replace('"HERE"', raw).encode())

    return tell


def page(**other: Any) -> Tell:
    """An empty page, with this otherwise."""
    return lambda request, city: said({**city.page([], "lie"), **other})


def one_call(request: Request, city: LyingCity) -> list[Any]:
    """The same item in every answer."""
    if not hasattr(city.memory, "one"):
        city.memory.one = [created()]  # type: ignore[attr-defined]
    return city.memory.one  # type: ignore[attr-defined,no-any-return]


def stuck(request: Request, city: LyingCity) -> bytes:
    """The same item and the same cursor for ever."""
    return said(city.page(one_call(request, city), "lie.1"))


def circling(request: Request, city: LyingCity) -> bytes:
    """The same item for ever, under cursors that go back and forth."""
    return said(city.page(one_call(request, city), f"lie.{next(_turns) % 2}"))


def ten_thousand(request: Request, city: LyingCity) -> bytes:
    """The same item 10,000 times in one page."""
    return said(city.page(one_call(request, city) * 10_000, "lie.1"))


def same_id(request: Request, city: LyingCity) -> bytes:
    """An item, and then others under its id, under ever new cursors."""
    first = one_call(request, city)[0]
    other = item("call.cancelled", {"call_id": first["payload"]["call_id"], "cause": "假"})
    told = first if city.told == 1 else {**other, "item_id": first["item_id"]}
    return said(city.page([told], f"lie.{city.told}"))


def other_life(request: Request, city: LyingCity) -> bytes:
    """Another life of the server in every page."""
    return said({**city.page([], "1"), "server_epoch": f"{next(_turns):016x}"})


def backwards(request: Request, city: LyingCity) -> bytes:
    """A call, and what happened to it, in the wrong order and numbered backwards."""
    told = call()
    kinds = ("call.cancelled", "call.updated", "call.created")
    items = [item(kind, told, seq=9 - n) for n, kind in enumerate(kinds)]
    return said(city.page(items if city.told == 1 else [], f"lie.{city.told}"))


def deep(levels: int) -> Any:
    """A list in a list in a list …"""
    found: Any = []
    for _ in range(levels):
        found = [found]
    return found


def revoked() -> dict[str, Any]:
    """A revocation of somebody who does not exist."""
    persons = [{"person_id": "9999", "cause": NASTY}]
    return item(
        "person.revoked", {**example("downward", "person.revoked"), "body": {"persons": persons}}
    )


def alert(**other: Any) -> dict[str, Any]:
    """An alert, with this otherwise, and without what it says how sure it is."""
    told = {**example("downward", "alert.raised"), **other}
    return item("alert.raised", {k: v for k, v in told.items() if k != "confidence"})


def duty(**other: Any) -> dict[str, Any]:
    """A duty level, with this otherwise."""
    return item("duty_level.set", {**example("downward", "duty_level.set"), **other})


LEVELS = frozenset({"duty_level", "outbox", "lane_head"})

IN_THE_FEED = (
    Lie("a cursor that never moves", "feed", stuck, "alarm sync.feed_in_circles", CALLS),
    Lie("cursors that go back", "feed", circling, "alarm sync.feed_in_circles", CALLS),
    Lie("the same item 10,000 times", "feed", ten_thousand, "alarm sync.feed_in_circles", CALLS),
    Lie("other content under the same id", "feed", same_id, "alarm sync.feed_in_circles", CALLS),
    Lie("another server epoch in every page", "feed", other_life, "alarm sync.city_unsteady"),
    Lie("a cursor of one megabyte", "feed", page(cursor="9" * 1_000_000), "trouble sync.unreadable"),
    Lie("a cursor that is a number", "feed", page(cursor=7), "trouble sync.unreadable"),
    Lie("a cursor that carries lines of a head", "feed", page(cursor="1\r\nX-Evil: 1\r\n\r\nGET / HTTP/1.1&limit=9#"), "nothing"),
    Lie("a server epoch that carries lines of a log", "feed", page(server_epoch="e\nERROR all lost"), "trouble sync.unreadable"),
    Lie("a page with a name told twice", "feed", lambda r, c: said(b'{"server_epoch":"c0ffee0123456789","cursor":"1","cursor":"2","items":[]}'), "trouble sync.unreadable"),
    Lie("items that are no list", "feed", page(items={"a": 1}), "trouble sync.unreadable"),
    Lie("a page nested 100,000 deep", "feed", lambda r, c: said(b"[" * 100_000), "trouble sync.unreadable"),
    Lie("items that are none", "feed", once(lambda: None, lambda: 5, lambda: [], lambda: "x", lambda: {}, lambda: True), "kept sync.item_broken"),
    Lie("items in the wrong order", "feed", backwards, "nothing", CALLS | {"call_tombstone"}),
    Lie("a call for another post", "feed", once(lambda: {**created(), "post": "post-other"}), "kept sync.item_for_another"),
    Lie("a call for another post, in its payload", "feed", once(lambda: created(post='{"code": 1, "self": 2}')), "kept sync.item_for_another"),
    Lie("an order for another post", "feed", once(lambda: {**item("order.issued", example("downward", "order.issued")), "post": "post-other"}), "kept sync.item_for_another"),
    Lie("a kind that nobody knows", "feed", once(lambda: item("call.sung", {"song": NASTY})), "kept sync.item_unknown"),
    Lie("a kind that reads backwards", "feed", once(lambda: item(f"call.\u202e{NASTY}", {})), "kept sync.item_broken"),
    Lie("a place at 1e308", "feed", once(lambda: at(1e308, -1e308)), "kept sync.item_broken"),
    Lie("a place at NaN", "feed", once(lambda: at(float("nan"), 1)), "kept sync.item_unreadable"),
    Lie("a place at infinity", "feed", once(lambda: at(float("inf"), float("-inf"))), "kept sync.item_unreadable"),
    Lie("a place beyond the pole", "feed", once(lambda: at(90.0001, 0)), "kept sync.item_broken"),
    Lie("a place that is true", "feed", once(lambda: at(True, False)), "kept sync.item_broken"),
    Lie("a place in an unknown datum", "feed", once(lambda: created(place={"text": "x", "lat": 36, "lon": 117, "datum": "mars"})), "nothing", CALLS),
    Lie("unknown words for everything", "feed", once(lambda: created(channel="telepathy", nature="9x", level=9)), "nothing", CALLS),
    Lie("every field of the wrong type", "feed", once(lambda: {k: [v] for k, v in created().items()}, lambda: item("call.created", {k: {"a": v} for k, v in call().items()})), "kept sync.item_broken"),
    Lie("a number of 5,000 digits", "feed", text("9" * 5000), "kept sync.item_unreadable"),
    Lie("1e999", "feed", text("1e999"), "kept sync.item_unreadable"),
    Lie("a name told twice in an item", "feed", text('{"a":1,"a":2}'), "kept sync.item_unreadable"),
    Lie("half a character", "feed", text('"\\ud800"'), "kept sync.item_unreadable"),
    Lie("an item 40 deep", "feed", once(lambda: created(x=deep(40))), "kept sync.item_unreadable"),
    Lie("items 700 to 980 deep", "feed", once(lambda: created(x=deep(700))), "kept sync.item_unreadable"),
    Lie("an item as deep as can be read", "feed", once(lambda: created(x=deep(940))), "kept sync.item_unreadable"),
    Lie("an item of a million parts", "feed", once(lambda: created(x=[[]] * 1_000_000)), "kept sync.item_unreadable"),
    Lie("an item of seven megabytes", "feed", once(lambda: created(report="警" * 1_160_000)), "kept sync.item_unreadable"),
    Lie("an item id of one megabyte", "feed", once(lambda: {**created(), "item_id": "0" * 1_000_000}), "kept sync.item_broken"),
    Lie("an item id that writes into the log", "feed", once(lambda: {**created(), "item_id": "x\n\x1b[31mERROR"}), "kept sync.item_broken"),
    Lie("a call id of one megabyte", "feed", once(lambda: created(call_id="7" * 1_000_000)), "kept sync.item_broken"),
    Lie("a call id in SQL", "feed", once(lambda: created(call_id="'; DROP TABLE call;--")), "kept sync.item_broken"),
    Lie("a call of the year 9999", "feed", once(lambda: created(received_at="9999-12-31T23:59:59.999999Z")), "nothing", CALLS),
    Lie("a call of the year 1", "feed", once(lambda: created(received_at="0001-01-01T00:00:00Z")), "nothing", CALLS),
    Lie("a call of 30 February", "feed", once(lambda: created(received_at="2026-02-30T00:00:00Z")), "kept sync.item_broken"),
    Lie("markup and controls in every text", "feed", once(lambda: created(nature=NASTY[:32], report=NASTY * 200, reporter={"name": NASTY, "phone": NASTY}, place={"text": NASTY, "datum": NASTY}, channel=NASTY)), "nothing", CALLS),
    Lie("times to sign and set off of 10^18 seconds", "feed", once(lambda: created(due={"sign_s": 10**18, "depart_s": 0, "feedback_s": 10**18})), "nothing", CALLS),
    Lie("a cancellation of a call that never was", "feed", once(lambda: item("call.cancelled", {"call_id": new_id(), "cause": NASTY, "cancelled_at": "9999-12-31T23:59:59Z"})), "nothing", frozenset({"call_tombstone"})),
    Lie("an alert without confidence", "feed", once(alert), "kept sync.item_unknown"),
    Lie("an alert that expired in the year 1", "feed", once(lambda: alert(expires_at="0001-01-01T00:00:00Z")), "kept sync.item_unknown"),
    Lie("a revocation of a person who does not exist", "feed", once(revoked), "kept sync.item_unknown"),
    Lie("a duty level that reads backwards", "feed", once(lambda: duty(level=NASTY[:32])), "kept roster.bad_duty_level"),
    Lie("a duty level for ever, in markup", "feed", once(lambda: duty(level="<b>${x}</b>", until="9999-12-31T23:59:59Z")), "nothing", LEVELS),
    Lie("a duty level from the year 9999", "feed", once(lambda: duty(**{"from": "9999-12-31T23:59:59Z"})), "nothing", LEVELS),
)  # fmt: skip
