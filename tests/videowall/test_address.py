"""Camera addresses: a password in one is taken out, whatever it looks like."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.errors import Refused
from console.videowall.model import (
    channel_addresses,
    is_live,
    opened_with,
    smaller_of,
    taken_apart,
)


@pytest.mark.parametrize(
    ("entered", "address", "user", "password"),
    [
        ("rtsp://10.0.0.9:554/h264", "rtsp://10.0.0.9:554/h264", "", ""),
        ("RTSP://admin:s3cret@10.0.0.9/ch1", "rtsp://10.0.0.9/ch1", "admin", "s3cret"),
        ("rtsp://admin:p%40ss@10.0.0.9/ch1", "rtsp://10.0.0.9/ch1", "admin", "p@ss"),
        ("rtsp://admin:p@ss@10.0.0.9/ch1", "rtsp://10.0.0.9/ch1", "admin", "p@ss"),
        ("rtsp://admin:a/b?c#d@10.0.0.9/ch1", "rtsp://10.0.0.9/ch1", "admin", "a/b?c#d"),
        ("rtsp://admin@10.0.0.9/ch1", "rtsp://10.0.0.9/ch1", "admin", ""),
        ("http://h/v?user=a&pwd=geheim&x=1", "http://h/v?user=a&pwd={password}&x=1", "", "geheim"),
        (
            "rtsp://h:554/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp",
            "rtsp://h:554/user=admin_password={password}_channel=1_stream=0.sdp",
            "",
            "tlJwpbo6",
        ),
        ("rtsp://10.0.0.9:554/live@2", "rtsp://10.0.0.9:554/live@2", "", ""),
        ("lavfi:testsrc2=size=640x360", "lavfi:testsrc2=size=640x360", "", ""),
        ("file:///srv/a.mp4", "file:///srv/a.mp4", "", ""),
    ],
)
def test_an_address_is_taken_apart(entered: str, address: str, user: str, password: str) -> None:
    told = taken_apart(entered)
    assert (told.address, told.user, told.password) == (address, user, password)
    again = taken_apart(
        told.address
    )  # what is kept can be entered again, and nothing is left in it
    assert (again.address, again.user, again.password) == (address, "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "videowall.bad_kind"),
        ("10.0.0.9", "videowall.bad_kind"),
        ("concat:/etc/passwd", "videowall.bad_kind"),
        ("rtsp:10.0.0.9", "videowall.bad_address"),
        ("rtsp://", "videowall.bad_address"),
        ("rtsp://u:p@/x", "videowall.bad_address"),
        ("rtsp://h/\u202egnp", "videowall.bad_address"),
        ("lavfi:", "videowall.bad_address"),
        ("http://h/" + "a" * 600, "videowall.bad_address"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        taken_apart(text)
    assert refused.value.code == code
    if len(text) > 8:
        assert text not in str(refused.value)


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1))
def test_no_password_stays_in_the_address_and_the_player_gets_it_back(secret: str) -> None:
    from urllib.parse import quote, urlsplit

    told = taken_apart(f"rtsp://wache:{quote(secret, safe='')}@kamera.example:554/ch1"[:500])
    if told.address == "rtsp://kamera.example:554/ch1":
        assert told.password == secret
        place, form = opened_with(told.address, told.user, told.password)
        assert form is None
        assert urlsplit(place).hostname == "kamera.example"
        assert taken_apart(place).password == secret
    assert "Told(" in repr(told)
    if len(secret) > 5:
        assert secret not in repr(told)


def test_the_player_opens_what_the_address_means() -> None:
    assert opened_with("lavfi:testsrc=rate=5", "", "") == ("testsrc=rate=5", "lavfi")
    assert opened_with("file:///a%20b.mp4", "", "") == ("/a b.mp4", None)
    assert opened_with("http://h/?pwd={password}", "u", "x y") == ("http://h/?pwd=x%20y", None)
    assert is_live("rtsp://h/") and not is_live("lavfi:testsrc") and not is_live("file:/a")


def test_known_makers_are_asked_by_channel() -> None:
    assert channel_addresses("hikvision", "10.0.0.9", 1) == (
        "rtsp://10.0.0.9/Streaming/Channels/101",
        "rtsp://10.0.0.9/Streaming/Channels/102",
    )
    main, sub = channel_addresses("dahua", "fd00::9", 12, 8554)
    assert main == "rtsp://[fd00::9]:8554/cam/realmonitor?channel=12&subtype=0"
    assert sub == "rtsp://[fd00::9]:8554/cam/realmonitor?channel=12&subtype=1"
    for maker, host, channel, code in (
        ("nobody", "h", 1, "bad_maker"),
        ("dahua", "h", 0, "bad_channel"),
        ("dahua", "", 1, "bad_address"),
    ):
        with pytest.raises(Refused, match=code):
            channel_addresses(maker, host, channel)


def test_the_smaller_stream_is_known_from_the_main_one() -> None:
    for maker in ("hikvision", "dahua"):
        main, sub = channel_addresses(maker, "h", 3)
        assert smaller_of(main) == sub
        assert smaller_of(sub) == ""
    assert smaller_of("rtsp://h/Streaming/Channels/10101") == "rtsp://h/Streaming/Channels/10102"
    assert smaller_of("rtsp://h/live") == ""
