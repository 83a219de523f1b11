"""What every test may ask for: a clock in its hand, a bus, a temporary real store, an officer."""

from __future__ import annotations

import gc
import itertools
import shutil
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from console.cli.display import VirtualDisplay, has_display
from console.core.actor import Actor
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import create_key
from console.gridmap.page.engine import register_scheme, set_engine_flags

FULL_EVERY = 20  # tests: a full collection looks through all that the session holds
_ended = itertools.count(1)
_display = VirtualDisplay()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Windows of the tests appear on a virtual display where no screen is, one for each worker.

    It ends with this process and not before: what Qt still holds would fall with it.
    """
    runs_tests = session.config.getoption("dist", "no") == "no"
    if runs_tests and not has_display():
        _display.start()


ALL_ROLES = frozenset({"duty_officer", "chief", "technician", "auditor"})


def pytest_configure() -> None:
    """The map's engine is made ready before any test makes the application.

    The collector is off, as in the product: on its own it would run in whatever thread allocates,
    and destroy there the pages that an earlier test left in circles.
    """
    set_engine_flags()
    register_scheme()
    gc.disable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever needs the application is marked: windows want the machine, and the keys, for themselves.

    Side by side the files that ask for the most time begin: none of them is left over at the end.
    """
    longest: dict[Path, float] = {}
    for item in items:
        if "qapp" in getattr(item, "fixturenames", ()):
            item.add_marker("window")
        timeout = item.get_closest_marker("timeout")
        asked = float(timeout.args[0]) if timeout is not None else 0.0
        longest[item.path] = max(asked, longest.get(item.path, 0.0))
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: -longest[item.path])


def pytest_collection_finish() -> None:
    """What the imports brought is never looked through again: each collection stays short."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Between two tests, in the thread of the windows, what the last one left is collected."""
    assert not gc.isenabled(), "a test switched the collector on"
    gc.collect(2 if next(_ended) % FULL_EVERY == 0 else 1)


class HandClock:
    """A clock that moves only when a test moves it."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def pass_(self, seconds: float) -> None:
        """Time goes on by ``seconds``."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def officer() -> Actor:
    return Actor("officer", "0123", ALL_ROLES)


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "keys"
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(place))
    return place


@pytest.fixture(scope="session")
def new_post(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A new, empty post and its key: made once, since bringing up its schema takes its time."""
    folder = tmp_path_factory.mktemp("new") / "post"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POST_CONSOLE_KEYS", str(folder.parent / "keys"))
        key = create_key(folder)
    Database(folder, key, HandClock(), EventBus()).create("post-test")
    return folder, key


@pytest.fixture
def database(
    tmp_path: Path, keys: Path, clock: HandClock, bus: EventBus, new_post: tuple[Path, bytes]
) -> Iterator[Database]:
    """The store of a new post, open; its key lies in ``keys``."""
    made, key = new_post
    folder = tmp_path / "post"
    shutil.copytree(made, folder)
    shutil.copytree(made.parent / "keys", keys)
    store = Database(folder, key, clock, bus)
    store.start()
    yield store
    store.stop()


@pytest.fixture(autouse=True)
def no_stray_threads() -> Iterator[None]:
    """A thread that a test started must have ended when the test ends."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while True:
        stray = [t for t in threading.enumerate() if t not in before and t.is_alive()]
        stray = [t for t in stray if not t.name.startswith(("QtThread", "Dummy-", "pymedia"))]
        if not stray or time.monotonic() > deadline:
            break
        stray[0].join(0.1)
    assert not stray, f"stray threads: {[t.name for t in stray]}"
