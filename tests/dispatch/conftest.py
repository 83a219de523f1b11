"""A desk for every test of dispatch."""

from __future__ import annotations

import pytest

from console.core.actor import Actor
from console.core.database import Database
from tests.conftest import HandClock
from tests.dispatch.desk import Desk


@pytest.fixture
def desk(database: Database, officer: Actor, clock: HandClock) -> Desk:
    return Desk(database, officer, clock)
