"""Posts and cities for the tests of the road."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.database import Database
from console.core.events import EventBus
from console.drill.city.authority import Authority
from console.drill.city.city import City
from console.settings import CityRoad
from tests.conftest import HandClock
from tests.sync.roads import POST, Post, road_settings
from tests.sync.scripted_city import ScriptedCity


@pytest.fixture
def post(database: Database, bus: EventBus, clock: HandClock) -> Post:
    return Post(database, bus, clock)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """The reference city, started."""
    found = City(tmp_path / "city")
    found.start()
    yield found
    found.stop()


@pytest.fixture
def to_city(city: City) -> CityRoad:
    """The road to the reference city."""
    return road_settings(city.url, city.certify(POST))


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    found = Authority(tmp_path_factory.mktemp("authority"))
    found.start()
    return found


@pytest.fixture
def scripted(authority: Authority) -> Iterator[ScriptedCity]:
    """A city that answers what the test wrote down."""
    with ScriptedCity(authority.city()) as found:
        yield found


@pytest.fixture
def to_scripted(scripted: ScriptedCity, authority: Authority) -> CityRoad:
    """The road to the scripted city."""
    return road_settings(scripted.url, authority.post(POST))
