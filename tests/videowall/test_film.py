"""Films as the player writes them: how long they are, and how several are shown by one clock."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import pytest

from console.core.actor import Actor
from console.videowall.model import (
    CallStory,
    CameraId,
    Moment,
    Recording,
    RecordingId,
    Replay,
    Start,
    Why,
    film_address,
    opened_with,
    start_of,
)
from console.videowall.player.replay import Played
from console.videowall.service.film import length_s
from tests.videowall.films import RATE, write_film

AT = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [0.2, 1.0, 3.4, 7.0])
@pytest.mark.parametrize("whole", [True, False])
def test_the_length_is_the_one_that_ffprobe_finds(
    tmp_path: Path, seconds: float, whole: bool
) -> None:
    assert shutil.which("ffprobe"), "ffprobe is missing: installer/setup --dev"
    file = write_film(tmp_path / "a.mp4", seconds, whole=whole)
    command = ["ffprobe", "-v", "error", "-show_format", "-of", "json", str(file)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    assert length_s(file) == pytest.approx(float(told["format"]["duration"]), abs=0.001)
    assert length_s(file) == pytest.approx(seconds, abs=1 / RATE)


def test_a_film_that_was_cut_anywhere_is_as_long_as_its_whole_fragments(tmp_path: Path) -> None:
    whole = write_film(tmp_path / "a.mp4", 5.0).read_bytes()
    lengths = []
    for share in range(0, 101, 3):
        cut = tmp_path / "cut.mp4"
        cut.write_bytes(whole[: len(whole) * share // 100])
        lengths.append(length_s(cut))
    assert lengths == sorted(lengths)
    assert lengths[0] == 0 and 3.0 <= lengths[-2] <= 5.0
    assert {round(length, 3) for length in lengths} <= {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize("data", [b"", b"\x00", b"moov" * 9, bytes(4096), b"\xff" * 4096])
def test_what_is_no_film_has_no_length(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.mp4"
    file.write_bytes(data)
    assert length_s(file) == 0
    assert length_s(tmp_path / "nothing.mp4") == 0


def test_an_address_carries_the_start_and_any_path() -> None:
    for path in ("/data/警务站 1/50%#a.mp4", "/a?b&c.mp4"):
        address = film_address(path, Start(12.5, 1763800000.25, 2.0))
        plain, start = start_of(address)
        assert start == Start(12.5, 1763800000.25, 2.0)
        assert opened_with(plain, "", "") == (path, None)
    assert start_of("rtsp://a/b#t=1&at=2&rate=1")[1] is None
    assert start_of("file:///a.mp4") == ("file:///a.mp4", None)
    assert start_of("file:///a.mp4#t=1&at=2&rate=0")[1] is None


def test_a_start_says_where_the_film_is_then() -> None:
    start = Start(10.0, 100.0, 2.0)
    assert start.position_at(99.0) == 10.0
    assert start.position_at(103.0) == 16.0
    assert start.moment_of(16.0) == 103.0


def shown(file: Path, start: Start, most: int) -> list[tuple[float, float, bool]]:
    """When each packet came (Unix time), its time stamp in seconds, whether it is a key picture."""
    ended, found = threading.Event(), []
    with av.open(str(file)) as came:
        for packet in Played(start, ended).packets(came):
            found.append((time.time(), float(packet.pts * packet.time_base), packet.is_keyframe))
            if len(found) >= most:
                break
    return found


def test_a_film_is_entered_at_the_key_picture_and_keeps_to_the_clock(tmp_path: Path) -> None:
    file = write_film(tmp_path / "a.mp4", 12.0, gop=3 * RATE)
    begun = time.time() + 0.3
    found = shown(file, Start(7.4, begun), 45)
    assert found[0][2], "it begins with a picture that needs no other"
    before = [one for one in found if one[1] < 1.0]  # the place asked for has the stamp 1 s
    assert 20 <= len(before) <= 22  # from 6.0 to 7.4 at 15 a second
    assert before[-1][1] - before[0][1] < 0.05  # they run past
    for at, stamp, _ in found[len(before) :]:
        assert at - begun == pytest.approx(stamp - 1.0, abs=0.15)
    stamps = [one[1] for one in found]
    assert stamps == sorted(stamps) and len(set(stamps)) == len(stamps)


def test_who_opens_later_finds_the_same_place(tmp_path: Path) -> None:
    file = write_film(tmp_path / "a.mp4", 12.0)
    start = Start(2.0, time.time() - 5.0, 1.0)  # five seconds ago it was at 2
    found = shown(file, start, RATE + 8)
    live = [one for one in found if one[1] >= 1.0]
    at, stamp, _ = live[-1]
    assert at - start.at_unix_s == pytest.approx(5.0 + stamp - 1.0, abs=0.2)


def test_twice_as_fast_takes_half_the_time(tmp_path: Path) -> None:
    file = write_film(tmp_path / "a.mp4", 6.0)
    found = shown(file, Start(0.0, time.time(), 2.0), 31)
    assert found[30][0] - found[0][0] == pytest.approx(1.0, abs=0.15)
    assert found[30][1] - found[0][1] == pytest.approx(1.0, abs=0.05)


def film(number: str, begins: float, seconds: float) -> Recording:
    began = AT + timedelta(seconds=begins)
    one = Recording(
        RecordingId(number), CameraId(number), number, number, Why.CALL, "7", began,
        str(Actor("officer", "0102")), f"{number}.mp4",
    )  # fmt: skip
    from dataclasses import replace

    return replace(one, began_at=began, ended_at=began + timedelta(seconds=seconds))


def test_a_replay_knows_where_each_film_is_at_a_moment() -> None:
    replay = Replay.of([film("1", 0, 60), film("2", 30, 60), film("3", 200, 10)])
    assert (replay.begins, replay.length_s) == (AT, 210.0)
    at = AT + timedelta(seconds=45)
    assert replay.positions(at) == (45.0, 15.0, None)
    assert replay.positions(AT + timedelta(seconds=60)) == (None, 30.0, None)
    assert replay.positions(AT + timedelta(seconds=150)) == (None, None, None)
    assert replay.within(AT - timedelta(days=1)) == AT
    assert replay.within(AT + timedelta(days=1)) == replay.ends


def test_a_replay_begins_where_the_call_has_its_first_picture() -> None:
    replay = Replay.of([film("1", 0, 60), film("2", 30, 60)])
    assert replay.best_begin(None) == AT
    lines = tuple(Moment(AT + timedelta(seconds=s), "…") for s in (-40, 20, 50))
    assert replay.best_begin(CallStory("7", lines)) == AT + timedelta(seconds=20)
    assert replay.best_begin(CallStory("7", lines[:1])) == AT
