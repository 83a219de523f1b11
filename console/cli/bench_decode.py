"""``bench decode``: frames a second for each family, against the best library on PyPI for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from statistics import median

import pynmea2

from console.cli.bench_streams import STREAMS
from console.links.service import decode_all

# one second of a receiver that sees BeiDou and GPS, as such receivers send it
_SENTENCES = (
    "GNRMC,092204.999,A,3524.3111,N,11700.2246,E,12.50,84.40,211125,,,A,V",
    "GNGGA,092204.999,3524.3111,N,11700.2246,E,1,12,0.9,85.0,M,-6.1,M,,",
    "GNGLL,3524.3111,N,11700.2246,E,092204.999,A,A",
    "GNGSA,A,3,01,03,06,08,,,,,,,,,1.4,0.9,1.1,4",
    "GNGSA,A,3,10,12,15,24,,,,,,,,,1.4,0.9,1.1,1",
    "BDGSV,2,1,05,01,44,140,38,03,52,198,40,06,61,340,36,08,30,175,33",
    "BDGSV,2,2,05,11,20,010,30",
    "GPGSV,1,1,04,10,44,140,38,12,52,198,40,15,61,340,36,24,30,175,33",
    "GNVTG,84.40,T,,M,12.50,N,23.15,K,A",
    "GNZDA,092204.999,21,11,2025,00,00",
)
SECONDS_OF_STREAM = 2000
ROUNDS = 5
FRAMES = 20_000  # of every other family, a round
LEAST_FRAMES_S, LEAST_LINE_RATES = 20_000, 50


def measure() -> dict[str, object]:
    """Frames a second by family: ours from raw bytes to readings, the library's from cut lines.

    Both in this run, in turn, the median of five rounds. Ours also frames, resynchronises, checks
    values and dates positions; pynmea2 is given whole lines and leaves the fields as text. The
    second pair is of the two sentences that give positions, with pynmea2 asked for what ours gives.
    """
    found: dict[str, object] = {
        "nmea": {"all": _pair(_SENTENCES, _parse), "positions": _pair(_SENTENCES[:2], _read)}
    }
    return found | {family: _alone(family) for family in STREAMS}


def _alone(family: str) -> dict[str, object]:
    """A family without a library to be measured against: frames a second, and how many times the
    rate of its line that is. One of the two is enough."""
    turn, frames, line_bytes_s = STREAMS[family]
    turns = max(1, FRAMES // frames)
    stream, wanted = turn * turns, frames * turns
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        decoded, bad = decode_all(family, BytesIO(stream))
        taken.append(time.perf_counter() - begun)
        if (decoded, bad) != (wanted, 0):
            raise AssertionError(f"{family}: decoded {decoded} of {wanted} frames, {bad} bad")
    rate = wanted / median(taken)
    times = len(stream) / median(taken) / line_bytes_s
    return {
        "frames": wanted,
        "frames_per_s": round(rate),
        "line_rates": round(times, 1),
        "ok": rate >= LEAST_FRAMES_S or times >= LEAST_LINE_RATES,
    }


def _pair(sentences: tuple[str, ...], library: Callable[[str], object]) -> dict[str, float]:
    lines = [f"${text}*{pynmea2.NMEASentence.checksum(text):02X}" for text in sentences]
    stream = "".join(line + "\r\n" for line in lines).encode("ascii") * SECONDS_OF_STREAM
    cut = lines * SECONDS_OF_STREAM
    ours, theirs = [], []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        frames, bad = decode_all("nmea", BytesIO(stream))
        ours.append(frames / (time.perf_counter() - begun))
        if (frames, bad) != (len(cut), 0):
            raise AssertionError(f"decoded {frames} of {len(cut)} frames, {bad} bad")
        begun = time.perf_counter()
        for line in cut:
            library(line)
        theirs.append(len(cut) / (time.perf_counter() - begun))
    return {
        "frames": len(cut),
        "frames_per_s": round(median(ours)),
        "pynmea2_frames_per_s": round(median(theirs)),
        "ratio": round(median(ours) / median(theirs), 2),
    }


def _parse(line: str) -> object:
    return pynmea2.parse(line)


def _read(line: str) -> object:
    found = pynmea2.parse(line)
    return (found.latitude, found.longitude, found.timestamp)
