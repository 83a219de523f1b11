"""The ONVIF driver against a simulated camera over real sockets: what it says, how it turns, what it
does wrong. Nothing is asked of any host but the camera's own."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from drivers.camera.digest import answer_to, challenge_of
from drivers.camera.hostile_xml import tree_of
from drivers.camera.onvif import OnvifCamera, fault_of
from drivers.camera.post import Known, host_of
from drivers.camera.soap import SERVICES, document
from drivers.errors import BadFrame, DriverError, LinkLost, NotSupported
from drivers.sim.onvif import OnvifSim
from drivers.sim.onvif_faults import FAULTS

SECRET = "密码-Geheim/9431"
STREAMS = {
    "main": (1920, 1080, "rtsp://10.9.9.9:8554/live?a=1&b=2"),
    "sub": (640, 360, "rtsp://u:p@127.0.0.1:8554/sub"),
}


@pytest.fixture
def sim() -> Iterator[OnvifSim]:
    made = OnvifSim(STREAMS, "wache", SECRET)
    made.start()
    yield made
    made.stop()


def camera(sim: OnvifSim, password: str = SECRET) -> OnvifCamera:
    return OnvifCamera(sim.address, "wache", password)


@pytest.mark.parametrize("digest", [False, True])
@pytest.mark.parametrize("hours", [0, -7, 400])
def test_a_camera_says_what_it_is_whatever_its_clock_says(
    sim: OnvifSim, digest: bool, hours: int
) -> None:
    sim.digest, sim.skew = digest, timedelta(hours=hours)
    told = camera(sim).look()
    assert (told.maker, told.model, told.turns) == ("SIM", "PTZ-1", True)
    assert [(one.token, one.width, one.height) for one in told.profiles] == [
        ("main", 1920, 1080),
        ("sub", 640, 360),
    ]
    assert told.skew_s == pytest.approx(hours * 3600, abs=2)


def test_pictures_are_on_the_cameras_own_host_and_hold_no_password(sim: OnvifSim) -> None:
    one = camera(sim)
    assert one.stream_address("main") == "rtsp://127.0.0.1:8554/live?a=1&b=2"
    assert one.stream_address("sub") == "rtsp://127.0.0.1:8554/sub"


def test_services_that_are_said_to_be_elsewhere_are_asked_for_on_the_camera(sim: OnvifSim) -> None:
    sim.elsewhere = "http://203.0.113.7:81"
    assert camera(sim).look().turns
    assert "GetProfiles" in sim.asked


def test_it_turns_over_time_and_stands_when_stopped(sim: OnvifSim) -> None:
    one = camera(sim)
    one.move("main", 1.0, -0.5, 0.4, 3.0)
    assert sim.head.moving
    begun = one.place("main")
    reached(lambda: sim.head.place[0] > (begun.pan or 0) + 0.05)
    one.stop("main")
    assert not sim.head.moving
    at = one.place("main")
    assert at.pan is not None and at.pan > 0.05
    assert at.tilt == pytest.approx(-at.pan / 2, abs=0.01)
    assert sim.head.place[0] == pytest.approx(at.pan, abs=1e-3)


def test_a_move_ends_by_itself_where_the_camera_keeps_its_limit(sim: OnvifSim) -> None:
    camera(sim).move("main", 1.0, 0.0, 0.0, 0.2)
    reached(lambda: not sim.head.moving)
    assert sim.head.place[0] == pytest.approx(0.1, abs=0.02)


def test_presets_are_kept_gone_to_and_dropped_and_zoom_is_set(sim: OnvifSim) -> None:
    one = camera(sim)
    one.zoom_to("main", 0.75)
    token = one.keep("main", "东门 <&>")
    one.zoom_by("main", -0.25)
    assert one.place("main").zoom == pytest.approx(0.5)
    assert [(p.token, p.name) for p in one.presets("main")] == [(token, "东门 <&>")]
    one.go("main", token)
    assert one.place("main").zoom == pytest.approx(0.75)
    assert one.keep("main", "西门", token) == token
    one.drop("main", token)
    assert one.presets("main") == ()


def test_a_camera_without_a_head_says_so(sim: OnvifSim) -> None:
    sim.turns = False
    one = camera(sim)
    assert not one.look().turns
    with pytest.raises(NotSupported) as said:
        one.move("main", 1, 0, 0, 1)
    assert fault_of(said.value) == "not_supported"


def test_old_and_new_ways_to_find_its_services(sim: OnvifSim) -> None:
    sim.fault = "GetCapabilities"
    assert camera(sim).look().turns
    assert "GetServices" in sim.asked


@pytest.mark.parametrize("digest", [False, True])
def test_a_wrong_password_is_told_and_stands_nowhere(sim: OnvifSim, digest: bool) -> None:
    sim.digest = digest
    with pytest.raises(LinkLost) as said:
        camera(sim, "falsch-77").look()
    assert fault_of(said.value) == "no_permission"
    assert "falsch-77" not in repr(said.value)
    assert SECRET not in repr(Known("wache", SECRET))


CAUSES = {"silent": "no_answer", "drip": "no_answer", "redirect": "elsewhere",
          "reset": "unreachable", "denied": "no_permission", "broken": "refused",
          "odd": "not_supported"}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_camera_does_wrong_ends_in_time_and_has_a_word(sim: OnvifSim, fault: str) -> None:
    sim.fault = fault
    begun = time.monotonic()
    with pytest.raises(DriverError) as said:
        camera(sim).look(0.6)
    assert time.monotonic() - begun < 1.6
    assert fault_of(said.value) == CAUSES.get(fault, "not_onvif")
    sim.fault = ""
    assert camera(sim).look().profiles


def test_a_fault_in_the_middle_is_told_too(sim: OnvifSim) -> None:
    sim.fault, sim.faulty = "bomb", {"GetProfiles"}
    with pytest.raises(BadFrame):
        camera(sim).look()


def test_a_host_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/onvif/device_service"
        with pytest.raises(LinkLost) as said:
            OnvifCamera(address).look(1.0)
    assert fault_of(said.value) == "unreachable"


@pytest.mark.parametrize(
    "address",
    ["", "rtsp://h/", "http://", "http://h:99999/", "http://h/a b", "http://[::1", "ftp://h"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(NotSupported) as said:
        OnvifCamera(address)
    assert fault_of(said.value) == "bad_address"


def test_a_host_in_the_new_numbers_is_written_with_brackets() -> None:
    host, path = host_of("http://[fe80::1]:8000/onvif/x?y=1")
    assert host.address(path) == "http://[fe80::1]:8000/onvif/x?y=1"


def test_the_descriptions_are_read_without_any_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection would fail here; the descriptions name hosts on the internet all the same."""
    from drivers.camera import soap

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(soap, "_documents", {})
    monkeypatch.setattr(socket, "getaddrinfo", never)
    monkeypatch.setattr(socket.socket, "connect", never)
    for service, (_, binding) in SERVICES.items():
        assert "{http://www.onvif.org/" + binding in document(service).bindings
    with pytest.raises(NotSupported):
        soap._Bundle().load("http://www.w3.org/2001/xml.xsd")
    with pytest.raises(NotSupported):
        soap._Bundle().load("/etc/hostname")


def test_a_proxy_in_the_environment_is_not_asked(
    sim: OnvifSim, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert camera(sim).look().profiles


def test_bounds_of_a_document() -> None:
    assert tree_of(b"<a><b/></a>").tag == "a"
    for bad in (b"<a>" * 60 + b"</a>" * 60, b"<a>" + b"<b/>" * 30_000 + b"</a>", b"x" * (2 << 20)):
        with pytest.raises(BadFrame) as said:
            tree_of(bad)
        assert said.value.reason in ("length", "syntax")
    for bad in (b"", b"<!DOCTYPE a><a/>", b'<?xml version="1.0" encoding="nope"?><a/>'):
        with pytest.raises(BadFrame):
            tree_of(bad)
    hidden = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    with pytest.raises(BadFrame):
        tree_of(hidden)


def test_the_digest_of_the_standard() -> None:
    """RFC 2617 without qop, by its own formula; and never Basic."""
    asked = challenge_of(['Basic realm="x"', 'Digest realm="testrealm@host.com", nonce="dcd9"'])
    assert asked is not None
    told = answer_to(asked, "Mufasa", "Circle Of Life", "/dir/index.html")
    assert 'response="' in told and "Circle" not in told
    assert challenge_of(['Basic realm="x"']) is None
    assert challenge_of(["Digest realm"]) is None
    assert challenge_of(['Digest nonce="a", qop="auth-int"']) is None
    both = challenge_of(['Digest nonce="a"', 'Digest nonce="b", algorithm=SHA-256'])
    assert both is not None and both["nonce"] == "b"


def reached(condition: object, timeout_s: float = 5.0) -> None:
    import threading

    assert callable(condition)
    pause, until = threading.Event(), time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < until
        pause.wait(0.005)


def test_no_log_holds_the_password(sim: OnvifSim, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    for sim.digest in (False, True):
        camera(sim).look()
        with pytest.raises(LinkLost):
            camera(sim, "falsch-77").look()
    assert SECRET not in caplog.text and "falsch-77" not in caplog.text


def test_a_camera_that_signs_its_own_certificate_is_asked_over_tls(
    sim: OnvifSim, tmp_path: Path
) -> None:
    sim.protect(*own_certificate(tmp_path))
    assert sim.address.startswith("https://")
    one = camera(sim)
    assert one.look().turns
    one.move("main", 1.0, 0.0, 0.0, 3.0)
    one.stop("main")
    sim.fault = "drip"
    with pytest.raises(DriverError) as said:
        camera(sim).look(0.5)
    assert fault_of(said.value) == "no_answer"


def own_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody else signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "camera")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    paths = folder / "camera.pem", folder / "camera.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths
