"""The wire: whom it trusts, and that it lets go at once."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from console.drill.city.authority import Authority
from console.settings import CityRoad
from console.sync.model import Pace
from tests.sync.roads import POST, Post, road_settings, running, tell, wait_until
from tests.sync.scripted_city import Asked, Reply, ScriptedCity


class TestTls:
    """Only our own authority, only TLS 1.3, only the name that was asked for."""

    def test_another_authority_is_refused(
        self, post: Post, scripted: ScriptedCity, authority: Authority, tmp_path: Path
    ) -> None:
        other = Authority(tmp_path / "other")
        other.start()
        files = replace(authority.post(POST), ca_file=other.ca_file)
        self.refused(post, scripted, road_settings(scripted.url, files))

    def test_a_certificate_of_another_authority_is_not_ours_to_show(
        self, post: Post, scripted: ScriptedCity, authority: Authority, tmp_path: Path
    ) -> None:
        other = Authority(tmp_path / "other")
        other.start()
        files = replace(other.post(POST), ca_file=authority.ca_file)
        with running(post, road_settings(scripted.url, files)) as road:
            wait_until(road, lambda state: state.trouble not in (None, "sync.not_yet"))
            assert not road.snapshot().up
        assert scripted.asked == []

    def test_another_name_is_refused(self, post: Post, authority: Authority) -> None:
        with ScriptedCity(authority.city(), host="127.0.0.2") as city:
            self.refused(post, city, road_settings(city.url, authority.post(POST)))

    def test_tls_1_2_is_refused(self, post: Post, authority: Authority) -> None:
        with ScriptedCity(authority.city(), newest=ssl.TLSVersion.TLSv1_2) as city:
            self.refused(post, city, road_settings(city.url, authority.post(POST)))

    def test_plain_http_is_refused(self, post: Post, to_scripted: CityRoad) -> None:
        plain = replace(to_scripted, url=to_scripted.url.replace("https", "http"))
        with running(post, plain) as road:
            wait_until(road, lambda state: state.trouble == "sync.not_https")

    def test_missing_files_are_named(self, post: Post, to_scripted: CityRoad) -> None:
        with running(post, replace(to_scripted, ca_file="/nowhere/ca.pem")) as road:
            wait_until(road, lambda state: state.trouble == "sync.certificate_files")

    def refused(self, post: Post, city: ScriptedCity, settings: CityRoad) -> None:
        with running(post, settings) as road:
            tell(post.database)
            wait_until(road, lambda state: state.trouble == "sync.tls_refused")
            assert not road.snapshot().up
        assert city.asked == []


@contextmanager
def swallowing(backlog: int) -> Iterator[str]:
    """An address that never answers: connections hang in the handshake, or already before it."""
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as listener:
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"


PATIENT = Pace(connect_s=60.0, answer_s=60.0, feed_wait_s=25.0)


def test_stopping_does_not_wait_for_a_swallowed_handshake(post: Post, authority: Authority) -> None:
    with swallowing(16) as url:
        # ``running`` asserts that the stop takes less than two seconds.
        with running(post, road_settings(url, authority.post(POST)), pace=PATIENT) as road:
            tell(post.database)
            wait_until(road, lambda state: state.pending == 1)
            assert not road.snapshot().up


def test_stopping_does_not_wait_for_a_swallowed_connect(post: Post, authority: Authority) -> None:
    with swallowing(0) as url, socket.socket() as first, socket.socket() as second:
        for filler in (first, second):  # the listener's queue is full: further SYNs are dropped
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", int(url.rsplit(":", 1)[1])))
        with running(post, road_settings(url, authority.post(POST)), pace=PATIENT) as road:
            tell(post.database)
            wait_until(road, lambda state: state.pending == 1)


def test_stopping_does_not_wait_for_a_long_poll(
    post: Post, scripted: ScriptedCity, to_scripted: CityRoad
) -> None:
    held, free = threading.Event(), threading.Event()
    usual = scripted.feed

    def feed(asked: Asked) -> Reply:
        if float(asked.query["wait"]) > 0:
            held.set()
            free.wait(10)
        return usual(asked)

    scripted.feed = feed
    try:
        with running(post, to_scripted, pace=PATIENT):
            assert held.wait(5)
    finally:
        free.set()
