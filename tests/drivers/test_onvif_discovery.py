"""WS-Discovery against simulated cameras over real UDP, and against an independent peer's messages."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from wsdiscovery.actions.probematch import constructProbeMatch
from wsdiscovery.message import createSOAPMessage, parseSOAPMessage
from wsdiscovery.qname import QName
from wsdiscovery.scope import Scope
from wsdiscovery.service import Service

from drivers.camera import discovery
from drivers.camera.discovery import probe, read_matches
from drivers.sim import onvif_words
from drivers.sim.onvif import OnvifSim

LOOPBACK = ["127.0.0.1"]
STREAMS = {"main": (640, 360, "rtsp://127.0.0.1/x")}


@pytest.fixture
def sims() -> Iterator[list[OnvifSim]]:
    made = [OnvifSim(STREAMS) for _ in range(3)]
    for number, sim in enumerate(made):
        sim.name = f"gate-{number}"
        sim.start()
    yield made
    for sim in made:
        sim.stop()


def test_every_camera_that_answers_is_found_once(sims: list[OnvifSim]) -> None:
    found = probe(0.8, [sim.discovery for sim in sims], LOOPBACK)
    assert {one.address for one in found} == {sim.address for sim in sims}
    assert {one.name for one in found} == {"gate-0", "gate-1", "gate-2"}
    assert {one.model for one in found} == {"SIM-PTZ"}


def test_a_camera_is_found_by_multicast_on_the_loopback() -> None:
    group = ("239.255.77.77", free_port())
    sim = OnvifSim(STREAMS)
    sim.start(group)
    try:
        assert [one.address for one in probe(0.8, [group], LOOPBACK)] == [sim.address]
    finally:
        sim.stop()


def test_the_time_is_kept_when_nobody_answers() -> None:
    begun = time.monotonic()
    assert probe(0.3, [("127.0.0.1", free_port())], LOOPBACK) == []
    assert time.monotonic() - begun < 0.8


def test_the_question_is_understood_by_an_independent_peer() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as peer:
        peer.bind(("127.0.0.1", 0))
        peer.settimeout(2)
        asking = threading.Thread(target=probe, args=(0.5, [peer.getsockname()], LOOPBACK))
        asking.start()
        data = peer.recv(1 << 16)
        asking.join()
    heard = parseSOAPMessage(data, "127.0.0.1")
    assert heard.getAction().endswith("/Probe")
    assert [one.getLocalname() for one in heard.getTypes()] == ["NetworkVideoTransmitter"]


def test_the_answer_of_an_independent_peer_is_read() -> None:
    kind = QName("http://www.onvif.org/ver10/network/wsdl", "NetworkVideoTransmitter", "dn")
    scopes = [Scope("onvif://www.onvif.org/name/North%20Gate"),
              Scope("onvif://www.onvif.org/hardware/DS-2DE")]  # fmt: skip
    address = "http://10.0.0.9:8000/onvif/device_service"
    one = Service([kind], scopes, [address], "urn:uuid:1", 1)
    one.setMetadataVersion(1)
    data = createSOAPMessage(constructProbeMatch([one], "urn:uuid:q")).encode()
    (found,) = read_matches(data, "10.0.0.9", "urn:uuid:q")
    assert (found.address, found.name, found.model) == (address, "North Gate", "DS-2DE")
    assert read_matches(data, "10.0.0.9", "urn:uuid:other") == []  # of another question


def answer(address: str, name: str = "x") -> bytes:
    return onvif_words.match("q", "urn:uuid:1", address, name)


def test_an_answer_names_no_host_but_its_own() -> None:
    (found,) = read_matches(answer("http://203.0.113.9:81/onvif/y"), "10.0.0.9", "q")
    assert found.address == "http://10.0.0.9:81/onvif/y"
    (found,) = read_matches(answer("http://bad/ http://10.0.0.9/b"), "10.0.0.9", "q")
    assert found.address == "http://10.0.0.9:80/b"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"<a>" * 1000,
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        answer("ftp://x/"),
        answer("http://[::1"),
        answer(""),
        answer("http://h/").replace(b"NetworkVideoTransmitter", b"Printer"),
        answer("http://h/").replace(b"RelatesTo", b"Other"),
    ],
)
def test_hostile_answers_are_no_cameras(data: bytes) -> None:
    assert read_matches(data, "10.0.0.9", "q") == []


def test_a_flood_ends_with_the_time_and_the_camera_is_found_all_the_same(
    sims: list[OnvifSim], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MOST_ANSWERS", 400)
    flood = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    flood.bind(("127.0.0.1", 0))
    flood.settimeout(3)

    def pour() -> None:
        _, place = flood.recvfrom(1 << 16)
        for _ in range(2000):
            flood.sendto(b"<a>" * 300, place)

    pouring = threading.Thread(target=pour)
    pouring.start()
    begun = time.monotonic()
    places = [sims[0].discovery, flood.getsockname()]
    probe(1.0, places, LOOPBACK)
    assert time.monotonic() - begun < 2.0
    pouring.join()
    flood.close()
    assert probe(0.5, [sims[0].discovery], LOOPBACK)


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
