"""Captures stay within their bounds."""

from __future__ import annotations

from pathlib import Path

from console.core.ids import LinkId
from console.links.model import LinkConfig, SerialPlace
from console.links.service.recorder import MOST_FILES, Recorder
from drivers.transport import capture
from tests.conftest import HandClock

LINK = LinkConfig(LinkId("link-1"), "GNSS", "nmea", SerialPlace("path:/dev/x"), record=True)


def test_offsets_are_those_of_the_monotonic_clock(tmp_path: Path, clock: HandClock) -> None:
    recorder = Recorder(tmp_path, LINK, clock)
    recorder.write(b"one")
    clock.pass_(1.5)
    recorder.write(b"\x00\xff")
    recorder.close()
    assert list(capture.pieces(tmp_path / recorder.name)) == [(0.0, b"one"), (1.5, b"\x00\xff")]


def test_a_full_capture_is_followed_by_the_next_and_the_oldest_go(
    tmp_path: Path, clock: HandClock
) -> None:
    (tmp_path / "link-2-20200101T000000000000.capture").write_text("another link's")
    recorder = Recorder(tmp_path, LINK, clock, most_bytes=1000)
    for n in range(200):
        recorder.write(bytes([n]) * 50)
        clock.pass_(1)
    recorder.close()
    files = sorted(tmp_path.glob("link-1-*.capture"))
    assert len(files) == MOST_FILES
    assert all(file.stat().st_size < 1200 for file in files)
    last = [data for file in files for _, data in capture.pieces(file)]
    assert last[-1] == bytes([199]) * 50
    assert last == [bytes([n]) * 50 for n in range(200 - len(last), 200)]
    assert len(list(tmp_path.iterdir())) == MOST_FILES + 1
