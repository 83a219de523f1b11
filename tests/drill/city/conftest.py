"""A real city on loopback, on both its databases, and a post that speaks to it over HTTPS."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import signal
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from console.drill.city.authority import Credentials
from console.drill.city.city import City

POST = "post-hongqi"
FIRST_PREV = "0" * 64


def canonical(value: object) -> bytes:
    """Written once more, from the contract's words, so that the city's own is checked by it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def uuid7(number: int) -> str:
    """A different, valid UUIDv7 for each number."""
    return f"019aa5c1-2d00-7b3a-9c41-{number:012x}"


def new_client(
    url: str, credentials: Credentials | None, ca_file: Path, seconds: float = 30
) -> httpx.Client:
    """An HTTPS client that trusts this CA only and shows this certificate."""
    context = ssl.create_default_context(cafile=str(ca_file))
    if credentials is not None:
        context.load_cert_chain(credentials.certificate_file, credentials.key_file)
    return httpx.Client(base_url=url, verify=context, trust_env=False, timeout=seconds)


class Post:
    """A post's end of the road, for one epoch: makes chained events and sends them."""

    def __init__(self, city: City, name: str = POST) -> None:
        self.name = name
        self.epoch = secrets.token_hex(8)
        self.client = new_client(city.url, city.certify(name), city.authority.ca_file)
        self._heads: dict[int, tuple[int, str]] = {}
        self._made = 0

    def path(self, what: str) -> str:
        return f"/v1/posts/{self.name}/{what}"

    def event(self, lane: int = 0, **given: Any) -> dict[str, Any]:
        """The next event of the lane: a signed call, unless told otherwise."""
        seq, prev = self._heads.get(lane, (0, FIRST_PREV))
        self._made += 1
        event: dict[str, Any] = {
            "seq": seq + 1,
            "event_id": uuid7(self._made),
            "entity": "call",
            "entity_id": uuid7(0xCA110000 + self._made),
            "kind": "call.signed",
            "base_rev": 0,
            "rev": 1,
            "at": "2026-11-21T10:00:00.123Z",
            "actor": "officer:0123",
            "schema": 1,
            "payload": {"by": "0123", "signed_at": "2026-11-21T10:00:00.123Z"},
            "prev": prev,
        }
        event |= given
        event.setdefault("hash", hashlib.sha256(canonical(event)).hexdigest())
        self._heads[lane] = (event["seq"], event["hash"])
        return event

    def send(
        self, events: list[dict[str, Any]], lane: int = 0, within_s: float = 30
    ) -> httpx.Response:
        body = {"epoch": self.epoch, "lane": lane, "events": events}
        return self.client.post(self.path("events"), json=body, timeout=within_s)

    def state(self) -> dict[str, Any]:
        answer = self.client.get(self.path("state"), params={"epoch": self.epoch})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def feed(self, after: str = "", wait: float = 0, limit: int = 200) -> dict[str, Any]:
        asked: dict[str, str | float] = {"after": after, "wait": wait, "limit": limit}
        answer = self.client.get(self.path("feed"), params=asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


class Cluster:
    """A private PostgreSQL of this test run, reached by a socket in its own folder."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="city-pg-"))
        self._user = "postgres" if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if self._user:
            shutil.chown(self._folder, self._user)
        data = self._folder / "data"
        made = f"{self._programs}/initdb -D {data} -U city -A trust -N -E UTF8"
        subprocess.run(
            made.split(), check=True, capture_output=True, cwd="/", user=self._user, timeout=60
        )
        served = f"{self._programs}/postgres -D {data} -k {self._folder} -F -c listen_addresses="
        self._process = subprocess.Popen(
            served.split(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            user=self._user,
        )
        self._wait_until_ready(self._process)

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"city_{secrets.token_hex(4)}"
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return f"postgresql://city@/{name}?host={self._folder}"

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # fast shutdown
            self._process.wait(30)
        shutil.rmtree(self._folder)

    def _dsn(self, database: str) -> str:
        return f"host={self._folder} user=city dbname={database}"

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        pause = threading.Event()
        for _ in range(300):
            assert process.poll() is None, "postgres ended at once"
            try:
                psycopg.connect(self._dsn("postgres")).close()
            except psycopg.OperationalError:
                pause.wait(0.1)
            else:
                return
        raise AssertionError("postgres was not ready in 30 s")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("no PostgreSQL server: /usr/lib/postgresql/*/bin/initdb (package postgresql)")
    cluster = Cluster(found[-1].parent)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[City]:
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("cluster").database()
    city = City(tmp_path / "city", database_url=url)
    city.start()
    yield city
    city.stop()


@pytest.fixture
def lite_city(tmp_path: Path) -> Iterator[City]:
    """A city on SQLite, for what has nothing to do with the database."""
    city = City(tmp_path / "city")
    city.start()
    yield city
    city.stop()


@pytest.fixture
def post_of() -> Iterator[Callable[..., Post]]:
    made: list[Post] = []

    def make(city: City, name: str = POST) -> Post:
        made.append(Post(city, name))
        return made[-1]

    yield make
    for post in made:
        post.client.close()


@pytest.fixture
def post(city: City, post_of: Callable[..., Post]) -> Post:
    return post_of(city)


@pytest.fixture
def client_of() -> Iterator[Callable[..., httpx.Client]]:
    """Makes clients; each is closed at the end."""
    made: list[httpx.Client] = []

    def make(
        city: City,
        credentials: Credentials | None,
        ca_file: Path | None = None,
        seconds: float = 30,
    ) -> httpx.Client:
        made.append(new_client(city.url, credentials, ca_file or city.authority.ca_file, seconds))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def in_thread() -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Runs something beside the test; its future gives the result."""
    with ThreadPoolExecutor(8, thread_name_prefix="asking") as threads:
        yield threads.submit


@pytest.fixture
def wait_until_listening() -> Callable[[City, str], None]:
    """Waits until a long poll of this post hangs in the city."""

    def wait(city: City, post: str) -> None:
        pause = threading.Event()
        for _ in range(1000):
            if city.polled_by(post):
                return
            pause.wait(0.01)
        raise AssertionError("nobody listens")

    return wait
