"""A city that lies, a hundred ways: no row of the post is lost or altered, and the post says it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from console.drill.city.authority import Authority
from console.drill.city.city import SAMPLE_POST
from console.sync.model import Pace
from tests.faults.lied_to import (
    HURRIED,
    MOST_MEMORY,
    PACE,
    Template,
    Victim,
    Weight,
    make_template,
    victim,
    wait_for,
)
from tests.faults.lies import Lie, LyingCity
from tests.faults.lies_in_answers import IN_ANSWERS
from tests.faults.lies_in_the_feed import IN_THE_FEED
from tests.faults.lies_on_the_wire import ON_THE_WIRE
from tests.sync.roads import road_settings

MOST_READ = 24 << 20  # of one answer: the post's cap of 8 MiB and what lies in the sockets' buffers


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    found = Authority(tmp_path_factory.mktemp("authority"))
    found.start()
    return found


@pytest.fixture(scope="module")
def city(authority: Authority) -> Iterator[LyingCity]:
    found = LyingCity(authority.city())
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def template(
    authority: Authority, city: LyingCity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Template]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POST_CONSOLE_KEYS", str(tmp_path_factory.mktemp("keys")))
        road = road_settings(city.url, authority.post(SAMPLE_POST))
        yield make_template(tmp_path_factory.mktemp("sample") / "post", city, road)


class House:
    """One post that lives through all the lies; after a test that failed, each has one of its own."""

    def __init__(self, template: Template, city: LyingCity, shared: Victim) -> None:
        self.template, self.city, self.shared = template, city, shared
        self.broken = False

    @contextmanager
    def post(self, folder: Path, pace: Pace) -> Iterator[Victim]:
        """A post whose city is honest so far, and whose rows are watched from now on."""
        own = pace is not PACE or self.broken
        with (
            victim(self.template, self.city, folder, pace)
            if own
            else nullcontext(self.shared) as post
        ):
            post.begin()
            try:
                yield post
            except BaseException:
                self.broken = True
                self.shared.road.stop()
                raise


@pytest.fixture(scope="module")
def house(
    template: Template, city: LyingCity, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    with victim(template, city, tmp_path_factory.mktemp("shared") / "post") as shared:
        yield House(template, city, shared)


# Lies that a post once fell for, in one way or another; they are told in every run.
pytestmark = pytest.mark.long  # after a thousand other tests some rows wait in vain; alone all pass
TELL_AGAIN_S = 5.0
# Slow ones the post once believed; they wait for the long run.
SLOW = frozenset(
    {
        "an item id that writes into the log", "a call for another post, in its payload",
        "chunks of one byte without an end", "gzip with rubbish behind it, without an end",
        "a server epoch that carries lines of a log", "another server epoch in every page",
        "cursors that go back", "nothing to say, and a body", "interim answers without an end",
    }
)  # fmt: skip
FELL_FOR = frozenset(
    {
        "ack told twice in one answer", "rejection of what was settled long ago",
        "rejection in words that are none", "gap from the very beginning",
        "busy until a year of 30 digits", "high water above ours", "high water of nothing: it forgot all",
        "a schema range above ours", "cursors that go back", "the same item 10,000 times",
        "another server epoch in every page", "a server epoch that carries lines of a log",
        "a call for another post, in its payload", "a number of 5,000 digits",
        "an item as deep as can be read", "an item of seven megabytes",
        "an item id that writes into the log", "chunks of one byte without an end",
        "gzip with rubbish behind it, without an end", "two gzips one after the other",
        "interim answers without an end", "nothing to say, and a body", "ten gigabytes",
    }
)  # fmt: skip


def told_in_turn() -> Iterator[ParameterSet]:
    """Every lie of the tables; in the short run the first of each effect, and what was fallen for."""
    known = set()
    for lie in sorted([*IN_ANSWERS, *IN_THE_FEED, *ON_THE_WIRE], key=lambda lie: lie.hurried):
        is_new = (lie.to, lie.shows) not in known and not lie.hurried
        known.add((lie.to, lie.shows))
        short = is_new or lie.name in FELL_FOR
        marks = () if short and lie.name not in SLOW else pytest.mark.long
        yield pytest.param(lie, id=lie.name, marks=marks)


def test_no_two_lies_have_one_name() -> None:
    names = [lie.name for lie in (*IN_ANSWERS, *IN_THE_FEED, *ON_THE_WIRE)]
    assert len(names) == len(set(names)) > 150
    assert set(names) >= FELL_FOR | SLOW


@pytest.mark.parametrize("lie", told_in_turn())
def test_a_lie(lie: Lie, house: House, city: LyingCity, tmp_path: Path) -> None:
    """It harms no row, is said plainly, and is over as soon as the city is honest again."""
    with house.post(tmp_path / "post", HURRIED if lie.hurried else PACE) as post:
        weight = Weight()
        city.tell(lie)
        post.tell_more()
        again = time.monotonic() + TELL_AGAIN_S

        def shown() -> bool:
            nonlocal again
            if time.monotonic() > again:  # what is told once may have gone to a line just hung up
                again += TELL_AGAIN_S
                city.tell(lie)
            return bool(weight.look()) and post.shows(lie.shows)

        wait_for(shown, bool, post.told)
        assert post.harm(lie.may) == []
        assert city.sent < MOST_READ
        assert not any(b"\r\nx-evil" in head.lower() for head in city.heads)
        post.reconcile()
        assert post.harm(lie.may | {"call", "call_log"}) == []
        assert post.city_has_all()
        assert weight.look() < MOST_MEMORY
