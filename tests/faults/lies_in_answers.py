"""What a lying city answers to events and to the question how far it is."""

from __future__ import annotations

import itertools
from typing import Any

from tests.faults.lies import Lie, LyingCity, Request, Tell, said

_lives = itertools.count(1)
NASTY = "\u202e<b onclick=x>${7*7}</b>\x1b[2J'; DROP TABLE call;--"


def ack(through: Any, rejected: Any = ()) -> Tell:
    """An acknowledgement of just this, whatever was sent."""
    listed = list(rejected) if isinstance(rejected, tuple) else rejected
    return lambda request, city: said({"ack_through": through, "rejected": listed})


def raw(text: str, status: int = 200) -> Tell:
    """An answer of this JSON text; FIRST and LAST become the numbers that were sent."""

    def tell(request: Request, city: LyingCity) -> bytes:
        told = text.replace("EPOCH", city.memory.epoch)
        if request.events:
            told = told.replace("FIRST", str(request.events[0]["seq"]))
            told = told.replace("LAST", str(request.events[-1]["seq"]))
        return said(told.encode(), status)

    return tell


def rejecting(*seqs: Any, **text: Any) -> Tell:
    """Everything is acknowledged and these are rejected: numbers counted from the first sent."""

    def tell(request: Request, city: LyingCity) -> bytes:
        first, last = request.events[0]["seq"], request.events[-1]["seq"]
        words = {"code": "city_says_no", "message": "no", **text}
        listed = [{"seq": first + seq if isinstance(seq, int) else seq, **words} for seq in seqs]
        return said({"ack_through": last, "rejected": listed})

    return tell


def refusing(code: str, *rest: str) -> Tell:
    """Every event is taken by the city, and rejected with this code for each."""

    def tell(request: Request, city: LyingCity) -> bytes:
        city.memory.high[request.query["epoch"], request.lane] = request.events[-1]["seq"]
        return rejecting(*range(len(request.events)), code=code, message="".join(rest))(
            request, city
        )  # type: ignore[return-value]

    return tell


def back(steps: int) -> Tell:
    """An acknowledgement that lies this far before what was sent."""
    return lambda request, city: said(
        {"ack_through": request.events[0]["seq"] - 1 - steps, "rejected": []}
    )


def gap(steps: int) -> Tell:
    """A gap, this far before what was sent; a negative one lies beyond it."""
    return lambda request, city: said(
        {"code": "gap", "have_through": request.events[0]["seq"] - 1 - steps}, 409
    )


def state(**other: Any) -> Tell:
    """The honest state, with this otherwise."""
    return lambda request, city: said(city.state(request, **other))


def lanes(number: Any) -> dict[str, Any]:
    """The same number for every lane."""
    return {str(lane): number for lane in range(4)}


def wait(header: str, status: int = 429) -> Tell:
    """Busy, with this Retry-After."""
    return lambda request, city: said({}, status, "application/json", f"Retry-After: {header}")


def other_life(request: Request, city: LyingCity) -> bytes:
    """Another life of the city's server in every answer."""
    return said(city.state(request, server_epoch=f"{next(_lives):016x}"))


IN_ANSWERS = (
    Lie("ack of what was never sent", "events", ack(10**6), "alarm sync.ack_above_sent"),
    Lie("ack of a number as large as a lane", "events", ack(2**62 - 1), "alarm sync.ack_above_sent"),
    Lie("ack of a number beyond all numbers", "events", ack(10**400), "trouble sync.unreadable"),
    Lie("ack of 5,000 digits", "events", raw('{"ack_through":' + "9" * 5000 + ',"rejected":[]}'), "trouble sync.unreadable"),
    Lie("ack of a negative number", "events", ack(-1), "trouble sync.unreadable"),
    Lie("ack of a fraction", "events", ack(1.5), "trouble sync.unreadable"),
    Lie("ack of a whole float", "events", raw('{"ack_through":LAST.0,"rejected":[]}'), "trouble sync.unreadable"),
    Lie("ack of text", "events", raw('{"ack_through":"LAST","rejected":[]}'), "trouble sync.unreadable"),
    Lie("ack of NaN", "events", raw('{"ack_through":NaN,"rejected":[]}'), "trouble sync.unreadable"),
    Lie("ack of infinity", "events", raw('{"ack_through":Infinity,"rejected":[]}'), "trouble sync.unreadable"),
    Lie("ack of true", "events", ack(True), "trouble sync.unreadable"),
    Lie("ack of nothing", "events", ack(None), "trouble sync.unreadable"),
    Lie("ack told twice in one answer", "events", raw('{"ack_through":1000000,"rejected":[],"ack_through":LAST}'), "trouble sync.unreadable"),
    Lie("ack going back", "events", back(1), "alarm sync.ack_below_earlier"),
    Lie("ack that goes nowhere", "events", back(0), "lane sync.no_progress"),
    Lie("rejection of what was never sent", "events", rejecting(10**6), "alarm sync.ack_above_sent"),
    Lie("rejection of what was settled long ago", "events", rejecting(-1), "alarm sync.rejected_not_sent"),
    Lie("rejection of number 0", "events", raw('{"ack_through":LAST,"rejected":[{"seq":0,"code":"x","message":"x"}]}'), "alarm sync.rejected_not_sent"),
    Lie("rejection without a number", "events", rejecting(None), "trouble sync.unreadable"),
    Lie("rejections that are no list", "events", raw('{"ack_through":LAST,"rejected":{"seq":1}}'), "trouble sync.unreadable"),
    Lie("rejections that are words", "events", raw('{"ack_through":LAST,"rejected":["all"]}'), "trouble sync.unreadable"),
    Lie("the same rejection 100,000 times", "events", rejecting(*[0] * 100_000), "trouble sync.unreadable"),
    Lie("rejection of everything, in markup and controls", "events", refusing(NASTY, NASTY * 500), "aside DROP"),
    Lie("rejection in characters that are none", "events", rejecting(0, message="\x00\ud800"), "trouble sync.unreadable"),
    Lie("rejection in words that are none", "events", refusing([["deep"]], "x"), "aside rejected"),  # type: ignore[arg-type]
    Lie("gap before what it has acknowledged", "events", gap(2), "alarm sync.gap_untrue"),
    Lie("gap from the very beginning", "events", raw('{"code":"gap","have_through":0}', 409), "alarm sync.gap_untrue"),
    Lie("gap beyond what was sent", "events", raw('{"code":"gap","have_through":1000000}', 409), "alarm sync.ack_above_sent"),
    Lie("gap at a negative number", "events", raw('{"code":"gap","have_through":-7}', 409), "trouble sync.unreadable"),
    Lie("gap that is none", "events", gap(0), "lane sync.no_progress"),
    Lie("conflict of an unknown sort", "events", raw('{"code":"${spoon}"}', 409), "trouble sync.unreadable"),
    Lie("fork that is none", "events", raw('{"code":"fork"}', 409), "alarm sync.fork"),
    Lie("a single event is too large for it", "events", raw('{"code":"too_large"}', 413), "trouble sync.too_large_for_city"),
    Lie("busy for ten years", "events", wait("315360000"), "lane sync.city_busy"),
    Lie("busy until yesterday", "events", wait("-86400"), "lane sync.city_busy"),
    Lie("busy until the year 9999", "events", wait("Fri, 31 Dec 9999 23:59:59 GMT"), "lane sync.city_busy"),
    Lie("busy until a year of 30 digits", "events", wait(f"Fri, 31 Dec {'9' * 30} 23:59:59 GMT"), "lane sync.city_busy"),
    Lie("failing, and busy for 10^500 seconds", "events", wait("9" * 500, 503), "trouble sync.city_failing"),
    Lie("high water above ours", "state", state(high_water=lanes(10**6)), "alarm sync.city_ahead"),
    Lie("high water of nothing: it forgot all", "state", state(high_water={}), "nothing"),
    Lie("high water below zero", "state", state(high_water=lanes(-3)), "trouble sync.unreadable"),
    Lie("high water as text", "state", state(high_water=lanes("7")), "trouble sync.unreadable"),
    Lie("high water 1e308", "state", state(high_water=lanes(1e308)), "trouble sync.unreadable"),
    Lie("high water told twice", "state", raw('{"server_epoch":"EPOCH","high_water":{"0":0,"0":99},"archived_through":{},"schema":{"min":1,"max":1},"time":""}'), "trouble sync.unreadable"),
    Lie("archived through what it never had", "state", state(archived_through=lanes(10**9)), "nothing", frozenset({"outbox"})),
    Lie("archived below zero", "state", state(archived_through=lanes(-1)), "trouble sync.unreadable"),
    Lie("a schema range above ours", "state", state(schema={"min": 2, "max": 9}), "alarm sync.schema_excluded"),
    Lie("a schema range below ours", "state", state(schema={"min": 0, "max": 0}), "alarm sync.schema_excluded"),
    Lie("a schema range of words", "state", state(schema={"min": "a", "max": []}), "trouble sync.unreadable"),
    Lie("another server epoch in every state", "state", other_life, "nothing"),
    Lie("a server epoch of one megabyte", "state", state(server_epoch="e" * 1_000_000), "trouble sync.unreadable"),
    Lie("the year 9999 and digests of rows that are not ours", "state", state(time="9999-12-31T23:59:59Z", digest={"call": "0" * 32}, count=-1), "nothing"),
    Lie("a state that is a list", "state", raw("[1,2,3]"), "trouble sync.unreadable"),
    Lie("a state that is null", "state", raw("null"), "trouble sync.unreadable"),
)  # fmt: skip
