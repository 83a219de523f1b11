"""A city that lies, a hundred ways: no row of the post is lost or altered, and the post says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.drill.city.authority import Authority
from console.drill.city.city import SAMPLE_POST
from tests.faults.lied_to import HURRIED, MOST_MEMORY, PACE, Template, Weight, make_template, victim, wait_for
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


@pytest.mark.parametrize("lie", [*IN_ANSWERS, *IN_THE_FEED, *ON_THE_WIRE], ids=lambda lie: lie.name)
def test_a_lie_harms_no_row_is_said_and_is_over_when_the_city_is_honest(
    lie: Lie, template: Template, city: LyingCity, tmp_path: Path
) -> None:
    pace = HURRIED if lie.hurried else PACE
    with victim(template, city, tmp_path / "post", pace) as post:
        weight = Weight()
        city.tell(lie)
        post.tell_more()
        wait_for(lambda: weight.look() and post.shows(lie.shows), bool, post._told)
        assert post.harm(lie.may) == []
        assert city.sent < MOST_READ
        post.reconcile()
        assert post.harm(lie.may | {"call", "call_log"}) == []
        assert post.city_has_all()
        assert weight.look() < MOST_MEMORY
