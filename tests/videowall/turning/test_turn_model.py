"""Joystick, keys, streams by size, and which of the post's cameras one is: pure."""

from __future__ import annotations

import pytest

from console.core.errors import Refused
from console.videowall.model import (
    Discovered,
    Profile,
    Turn,
    by_keys,
    checked,
    code_of,
    known_as,
    reached_at,
    stick,
    streams_of,
)
from tests.videowall.conftest import camera


def test_a_stick_at_rest_does_not_turn_and_is_finer_near_its_middle() -> None:
    assert stick(0.0, 0.0).stands and stick(0.08, -0.08).stands
    assert stick(1.0, 0.0) == Turn(1.0, 0.0)
    assert stick(0.0, 1.0) == Turn(0.0, -1.0)  # down
    assert 0 < stick(0.5, 0.0).pan < 0.25
    far = stick(3.0, 4.0)
    assert (far.pan, far.tilt) == (0.6, -0.8)


def test_keys_that_are_held_together() -> None:
    assert by_keys(["left", "up"]) == Turn(-0.5, 0.5, 0.0)
    assert by_keys(["left", "right"]).stands
    assert by_keys(["near"], fast=True) == Turn(0.0, 0.0, 1.0)


def test_the_main_and_the_smaller_stream_go_by_size() -> None:
    sizes = [(640, 360), (2560, 1440), (1920, 1080), (320, 180), (0, 0)]
    profiles = [Profile(f"p{at}", "", *size) for at, size in enumerate(sizes)]
    main, sub = streams_of(profiles)
    assert (main.token, sub.token if sub else "") == ("p1", "p0")
    main, sub = streams_of(profiles[1:3])
    assert (main.token, sub.token if sub else "") == ("p1", "p2")  # nothing smaller is there
    assert streams_of(profiles[:1]) == (profiles[0], None)
    assert streams_of([Profile("a", "", 0, 0), Profile("b", "", 0, 0)])[1] is None


def test_a_camera_is_known_by_its_service_then_by_its_host() -> None:
    by_host = camera("rtsp://10.0.0.9/ch1", "SX001")
    same = camera(number="SX002", onvif="http://10.0.0.9:80/onvif/device_service")
    found = Discovered("http://10.0.0.9:80/onvif/device_service", "10.0.0.9")
    assert known_as(found, [by_host, same]) is same
    assert known_as(found, [by_host]) is by_host
    assert known_as(found, [camera(onvif="http://10.0.0.9/other/path")]) is not None
    assert known_as(found, [camera("rtsp://10.0.0.9/x", onvif="http://10.0.0.9:8080/")]) is None
    assert known_as(found, [camera()]) is None
    assert known_as(found, [camera(onvif="http://[::1")]) is None


def test_an_address_that_is_typed() -> None:
    assert reached_at("http://10.0.0.9").address == "http://10.0.0.9/onvif/device_service"
    assert reached_at("https://[fe80::1]:8443/x").address == "https://[fe80::1]:8443/x"
    for bad in ("http://", "http://u:p@h", "rtsp://h", "http://[::1", "http://h:x", "http://a b"):
        with pytest.raises(Refused, match="bad_onvif"):
            reached_at(bad)


def test_where_a_camera_takes_orders_is_checked_and_holds_no_password() -> None:
    one = checked(camera(onvif=" http://wache:Geheim-1@10.0.0.9/onvif ", onvif_profile=" main "))
    assert (one.onvif, one.onvif_profile) == ("http://10.0.0.9/onvif", "main")
    assert (one.user, one.password) == ("wache", "Geheim-1")
    for bad in ("rtsp://h/", "h", "http://h/?password=x", "http://"):
        with pytest.raises(Refused, match="bad_onvif"):
            checked(camera(onvif=bad))
    with pytest.raises(Refused, match="bad_profile"):
        checked(camera(onvif_profile="x" * 200))
    with pytest.raises(Refused, match="other_user"):
        checked(camera("rtsp://a:b@h/x", onvif="http://c:d@h/onvif"))


def test_every_cause_has_a_code() -> None:
    assert code_of("no_answer") == "videowall.onvif_no_answer"
    assert code_of("what nobody knows") == "videowall.onvif_not_onvif"
