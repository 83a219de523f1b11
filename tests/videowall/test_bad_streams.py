"""What no camera should send: it is named, it costs no child, and its neighbour goes on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from console.videowall.model import Failure, Phase
from console.videowall.service import Wall
from tests.videowall.conftest import TILE, camera, until
from tests.videowall.rude import Answer, RudeCamera, rtsp
from tests.videowall.stream import LoopbackCamera, film

SECRET = "Geheim-9431"
SDP = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H999/90000\r\na=control:trackID=1\r\n"
)


@pytest.fixture
def rude() -> Iterator[Callable[[Answer], RudeCamera]]:
    made: list[RudeCamera] = []

    def begin(answer: Answer) -> RudeCamera:
        one = RudeCamera(answer)
        made.append(one)
        one.start()
        return one

    yield begin
    for one in made:
        one.stop()


@pytest.fixture
def neighbour(wall: Wall) -> Iterator[Callable[[], None]]:
    """A tile of the same child; called, it says that it goes on and that the child is the same."""
    wall.show("neighbour", camera(number="SX002"), 0)
    until(lambda: wall.picture("neighbour").shown > 3)

    def check() -> None:
        shown = wall.picture("neighbour").shown
        until(lambda: wall.picture("neighbour").shown > shown)
        assert wall.picture("neighbour").replaced == 0

    yield check
    wall.stop()


def endless_http(peer: socket.socket, asked: bytes) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.sendall(b"X-More: " + b"a" * 900 + b"\r\n")


def endless_rtsp(peer: socket.socket, asked: bytes) -> None:
    peer.sendall(b"RTSP/1.0 200 OK\r\n")
    while True:
        peer.sendall(b"X-More: " + b"a" * 900 + b"\r\n")


def a_web_page(peer: socket.socket, asked: bytes) -> None:
    page = b"<html><body>" + b"login " * 4000 + b"</body></html>"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"
    peer.sendall(head % len(page) + page)


def to_a_file(peer: socket.socket, asked: bytes) -> None:
    peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n")


def round_and_round(peer: socket.socket, asked: bytes) -> None:
    place = f"http://127.0.0.1:{peer.getsockname()[1]}/again".encode()
    peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n")


def round_by_rtsp(peer: socket.socket, asked: bytes) -> None:
    place = f"Location: rtsp://127.0.0.1:{peer.getsockname()[1]}/again\r\n"
    peer.sendall(rtsp(asked, place, status="302 Moved Temporarily"))


def unheard_of(peer: socket.socket, asked: bytes) -> None:
    if asked.startswith(b"DESCRIBE"):
        peer.sendall(rtsp(asked, "Content-Type: application/sdp\r\n", SDP))
    elif asked.startswith(b"SETUP"):
        peer.sendall(
            rtsp(asked, "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n")
        )
    else:
        peer.sendall(rtsp(asked, "Session: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n"))


def resets(peer: socket.socket, asked: bytes) -> None:
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    peer.close()


def silent(peer: socket.socket, asked: bytes) -> None:
    peer.recv(1)


@pytest.mark.parametrize(
    ("scheme", "answer", "failures"),
    [
        ("http", endless_http, {Failure.NO_ANSWER, Failure.BROKEN}),
        ("rtsp", endless_rtsp, {Failure.NO_ANSWER}),
        ("http", a_web_page, {Failure.NOT_VIDEO}),
        ("http", to_a_file, {Failure.NOT_VIDEO, Failure.UNKNOWN_KIND}),
        ("http", round_and_round, {Failure.NO_ANSWER, Failure.NOT_VIDEO, Failure.BROKEN}),
        ("rtsp", round_by_rtsp, {Failure.NO_ANSWER, Failure.NOT_VIDEO}),
        ("rtsp", unheard_of, {Failure.UNKNOWN_CODEC, Failure.NOT_VIDEO}),
        ("http", resets, {Failure.NO_ANSWER}),
        ("rtsp", resets, {Failure.NO_ANSWER, Failure.NOT_VIDEO}),
        ("rtsp", silent, {Failure.NO_ANSWER}),
        ("http", silent, {Failure.NO_ANSWER}),
    ],
)
def test_what_is_no_stream_is_named_and_the_neighbour_goes_on(
    wall: Wall,
    neighbour: Callable[[], None],
    rude: Callable[[Answer], RudeCamera],
    scheme: str,
    answer: Answer,
    failures: set[Failure],
) -> None:
    bad = rude(answer)
    wall.show(TILE, camera(f"{scheme}://127.0.0.1:{bad.port}/live"), 0)
    until(lambda: wall.picture(TILE).phase is Phase.FAILED)
    assert wall.picture(TILE).failure in failures
    neighbour()


def test_a_redirect_does_not_carry_the_password_elsewhere(
    wall: Wall, rude: Callable[[Answer], RudeCamera]
) -> None:
    elsewhere = rude(a_web_page)

    def leads_away(peer: socket.socket, asked: bytes) -> None:
        if b"Authorization" not in asked:
            peer.sendall(
                b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n"
                b'WWW-Authenticate: Basic realm="c"\r\n\r\n'
            )
            peer.close()
            return
        place = f"http://127.0.0.1:{elsewhere.port}/x".encode()
        peer.sendall(b"HTTP/1.1 302 Found\r\nLocation: " + place + b"\r\nContent-Length: 0\r\n\r\n")

    first = rude(leads_away)
    known = camera(f"http://127.0.0.1:{first.port}/live", user="wache", password=SECRET)
    wall.show(TILE, known, 0)
    until(lambda: wall.picture(TILE).phase is Phase.FAILED)
    until(lambda: elsewhere.heard)
    assert any(b"Authorization: Basic" in asked for asked in first.heard)
    assert not any(b"Authorization" in asked or b"wache" in asked for asked in elsewhere.heard)


def test_a_stream_that_changes_its_size_goes_on_and_one_that_grows_to_8k_is_ended(
    wall: Wall, neighbour: Callable[[], None]
) -> None:
    changing = LoopbackCamera(8, data=film(4) + film(4, size="640x360"))
    growing = LoopbackCamera(8, data=film(4) + film(4, rate=1, size="7680x4320"))
    changing.start()
    growing.start()
    try:
        wall.show(TILE, camera(changing.address()), 0)
        wall.show("grows", camera(growing.address(), number="SX003"), 0)
        until(lambda: wall.picture(TILE).shown > 75, 30)  # 60 are of the first size
        until(lambda: wall.picture("grows").failure is Failure.TOO_LARGE, 30)
        neighbour()
        assert changing.asked == 1  # on the same connection
    finally:
        wall.stop()
        changing.stop()
        growing.stop()


def test_a_stream_that_resets_in_the_middle_is_opened_again_and_the_neighbour_goes_on(
    wall: Wall, neighbour: Callable[[], None], rude: Callable[[Answer], RudeCamera]
) -> None:
    data, pause = film(3), threading.Event()

    def breaks_off(peer: socket.socket, asked: bytes) -> None:
        peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp2t\r\n\r\n")
        step = len(data) // 30 + 1
        for at in range(0, len(data), step):  # in its own time, as a camera sends it
            peer.sendall(data[at : at + step])
            pause.wait(0.1)
        resets(peer, asked)

    one = rude(breaks_off)
    wall.show(TILE, camera(f"http://127.0.0.1:{one.port}/live.ts"), 0)
    until(lambda: len(one.heard) >= 2 and wall.picture(TILE).shown > 0)
    until(lambda: wall.picture(TILE).failure is not None)
    neighbour()


def test_a_camera_whose_password_is_changed_while_it_plays_says_so(wall: Wall) -> None:
    changing = LoopbackCamera(4)
    changing.start()
    try:
        wall.show(TILE, camera(changing.address()), 0)
        until(lambda: wall.picture(TILE).shown > 5)
        changing.wanted = "Basic bmV3Om5ldw=="
        until(lambda: wall.picture(TILE).failure is Failure.UNAUTHORISED, 40)
    finally:
        wall.stop()
        changing.stop()
