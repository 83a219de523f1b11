"""A city restored to before what it had called archived: what is gone is said, what is left goes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from console.core.actor import Actor
from console.core.errors import Refused
from console.core.outbox import Lane
from console.core.tables import audit_trail, outbox
from console.drill.city.city import City
from console.settings import CityRoad
from console.sync.service import digest, resume_lane
from tests.conftest import HandClock
from tests.sync.roads import POST, Post, running, tell, wait_sent, wait_until

CHIEF = Actor("officer", "0001", frozenset({"chief", "technician"}))
DAY = date(2026, 11, 21)


def rows(post: Post) -> int:
    with post.database.read() as connection:
        count: int = connection.execute(sa.select(sa.func.count(outbox.c.seq))).scalar_one()
        return count


def meet_anew(post: Post, to_city: CityRoad, left: int) -> None:
    """The city's state was asked at a new connect, and the post keeps so many events."""
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.up and rows(post) == left)


@pytest.fixture
def pruned(post: Post, city: City, to_city: CityRoad) -> str:
    """Forty events of one unit came and were archived; the post keeps the last. Its epoch."""
    for rev in range(1, 41):
        tell(post.database, entity_id="unit-1", rev=rev)
    with running(post, to_city) as road:
        wait_sent(post, road)
    city.archive(POST)
    meet_anew(post, to_city, left=1)
    return post.database.epoch


def test_the_rest_goes_on_in_a_new_epoch_and_a_person_is_told(
    post: Post, city: City, to_city: CityRoad, pruned: str
) -> None:
    city.restore(POST, pruned, int(Lane.DAILY), 3)
    tell(post.database, entity_id="unit-1", rev=41)
    with running(post, to_city) as road:
        wait_until(road, lambda state: state.alarm == "sync.history_missing" and not state.pending)
        assert road.snapshot().stopped == ()
        assert post.database.epoch != pruned
        tell(post.database, "call.signed", Lane.URGENT)
        wait_until(road, lambda state: len(city.events(POST)) == 6 and not state.pending)
        assert [record.event["rev"] for record in city.events(POST)][3:5] == [40, 41]
    with post.database.read() as connection:
        told = connection.execute(
            sa.select(audit_trail.c.detail).where(audit_trail.c.act == "sync.history_missing")
        ).scalar_one()
        assert digest(connection, "unit", DAY).digest == city.digest(POST, "unit", str(DAY)).digest
    assert (told["city_has"], told["missing"], told["carried"]) == (3, 36, 2)
    with running(post, to_city) as road:  # it stands over a restart, until somebody has noted it
        wait_until(road, lambda state: state.up and state.alarm == "sync.history_missing")
        resume_lane(post.database, CHIEF, Lane.DAILY, "the city reads its archive back")
        road.nudge()
        wait_until(road, lambda state: state.alarm is None)
    with pytest.raises(Refused, match="lane_not_stopped"):
        resume_lane(post.database, CHIEF, Lane.DAILY, "again")


def test_a_clock_years_ahead_clears_nothing_that_is_not_archived(
    post: Post, city: City, to_city: CityRoad, clock: HandClock
) -> None:
    for rev in range(1, 11):
        tell(post.database, entity_id="unit-1", rev=rev)
    with running(post, to_city) as road:
        wait_sent(post, road)
    clock.pass_(timedelta(days=3652).total_seconds())
    tell(post.database, entity_id="unit-1", rev=11)
    with running(post, to_city) as road:  # the city's state is asked first, and what is old cleared
        wait_sent(post, road)
        city.restore(POST, post.database.epoch, int(Lane.DAILY), 2)
        wait_until(road, lambda state: len(city.events(POST)) == 11 and not state.pending)
        assert road.snapshot().alarm is None


def test_a_clock_years_behind_ages_nothing(
    post: Post, city: City, to_city: CityRoad, clock: HandClock
) -> None:
    clock.pass_(-timedelta(days=3652).total_seconds())
    for rev in range(1, 11):
        tell(post.database, entity_id="unit-1", rev=rev)
    with running(post, to_city) as road:
        wait_sent(post, road)
    clock.pass_(timedelta(days=3652).total_seconds())
    tell(post.database, entity_id="unit-1", rev=11)
    with running(post, to_city) as road:  # the city's state is asked first, and what is old cleared
        wait_sent(post, road)
    assert rows(post) == 11
