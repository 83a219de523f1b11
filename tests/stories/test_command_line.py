"""The technician's verbs as anybody runs them: data out, messages aside, status 0, 1 or 2, no traceback."""

from __future__ import annotations

import csv
import json
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from console.core.actor import SYSTEM
from console.core.clock import SystemClock
from console.core.database import Database
from console.core.events import EventBus
from console.core.keyfile import read_key
from tests.stories.outside import ROOT, Outside

TOWN = str(ROOT / "resources" / "sample_post" / "town.osm.pbf")
FIX = b"$GNRMC,092204.999,A,3524.3111,N,11700.2246,E,12.50,84.40,211125,,,A,V*"


def checked(body: bytes) -> bytes:
    total = 0
    for byte in body[1:-1]:
        total ^= byte
    return body + b"%02X\r\n" % total


# ---- decode ---------------------------------------------------------------------------------
@pytest.mark.parametrize("by_file", [True, False])
def test_decode_gives_a_line_a_frame_and_goes_on_after_noise(
    outside: Outside, tmp_path: Path, by_file: bool
) -> None:
    good = checked(FIX)
    data = good + b"\xff\x00 noise\r\n" + good[:-4] + b"00\r\n" + good
    file = tmp_path / "capture.nmea"
    file.write_bytes(data)
    words: list[object] = ["decode", "--family", "nmea"]
    told = outside(*words, file) if by_file else outside(*words, stdin=data)
    assert told.status == 0
    found = [json.loads(line) for line in told.out.splitlines()]
    assert (found[0]["kind"], found[-1]["kind"]) == ("position", "position")
    assert found[0]["lat"] == pytest.approx(35 + 24.3111 / 60, abs=1e-7)
    assert found[0]["lon"] == pytest.approx(117 + 0.2246 / 60, abs=1e-7)
    assert found[0]["time"].startswith("2025-11-21T09:22:04.999")
    assert found[0]["valid"] is True
    assert found[0]["speed_mps"] == pytest.approx(12.5 * 1852 / 3600, abs=1e-3)
    reasons = {one["reason"] for one in found if one["kind"] == "bad"}
    assert "checksum" in reasons
    assert all(bytes.fromhex(one["bytes"]) for one in found if one["kind"] == "bad")


# ---- the map --------------------------------------------------------------------------------
def test_routes_and_reach(outside: Outside) -> None:
    to, near, sea = "35.4000,121.6000", "35.4050,121.6050", "0.5,0.5"
    words = ["routes", "--roads", TOWN, "--to", to, "--from", near, "--from", sea, "--repeat", "3"]
    told = json.loads(outside(*words).out)
    assert len(told["seconds"]) == len(told["metres"]) == 2
    assert told["seconds"][1] is None
    assert 0 < told["seconds"][0] < 600
    assert told["load_ms"] > 0
    assert told["query_ms"] > 0
    rings = outside("reach", "--roads", TOWN, "--from", to, "--seconds", "60,180")
    found = json.loads(rings.out)
    assert found["type"] == "FeatureCollection"
    assert [one["properties"]["seconds"] for one in found["features"]] == [60, 180]
    assert {one["geometry"]["type"] for one in found["features"]} <= {"Polygon", "MultiPolygon"}


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("--from", "wgs84", "--to", "cgcs2000", "39.915,116.404"), "39.915000000,116.404000000"),
        (("--from", "wgs84", "--to", "gcj02", "39.915,116.404"), "39.9164"),
        (("--from", "wgs84", "--to", "bd09", "39.915,116.404"), "39.92"),
    ],
)
def test_convert(outside: Outside, words: tuple[str, ...], wanted: str) -> None:
    told = outside("convert", *words)
    assert told.status == 0
    assert told.out.startswith(wanted)
    lat, lon = told.out.strip().split(",")
    assert [len(one.partition(".")[2]) for one in (lat, lon)] == [9, 9]


def test_a_grid_code_goes_there_and_back(outside: Outside) -> None:
    code = outside("convert", "--from", "wgs84", "--to", "bdgrid", "--level", "7", "35.41,116.58")
    assert code.status == 0
    again = outside("convert", "--from", "bdgrid", "--to", "wgs84", code.out.strip())
    lat, lon = map(float, again.out.strip().split(","))
    assert abs(lat - 35.41) < 0.001
    assert abs(lon - 116.58) < 0.001


# ---- machine, city, store -------------------------------------------------------------------
def test_doctor_and_ports_tell_in_one_document(outside: Outside, post: tuple[Path, str]) -> None:
    told = outside("--data", post[0], "doctor", "--json", keys=post[1])
    document = json.loads(told.out)
    assert told.status == (0 if document["ok"] else 1)
    assert len(document["checks"]) > 8
    assert all({"title", "found", "state"} <= set(check) for check in document["checks"])
    assert all(check["mend"] for check in document["checks"] if check["state"] == "fail")
    ports = outside("ports", "--json")
    assert ports.status == 0
    assert isinstance(json.loads(ports.out)["ports"], list)


def test_the_city_serves_until_it_is_told_to_end(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "console", "city", "--port", "0", "--data", str(tmp_path)]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as city:
        assert city.stdout is not None
        told = dict(word.split("=", 1) for word in shlex.split(city.stdout.readline()))
        assert told["url"].startswith("https://127.0.0.1:")
        assert Path(told["ca_file"]).exists()
        city.send_signal(signal.SIGTERM)
        out, err = city.communicate(timeout=30)
    assert (city.returncode, out, err) == (0, "", "")


def test_backup_restore_and_audit(
    outside: Outside, post: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, keys = post
    backup, again = tmp_path / "b.backup", tmp_path / "again"
    assert outside("--data", data, "backup", backup, keys=keys).status == 0
    assert backup.stat().st_size > 10_000
    assert outside("--data", data, "restore", "--drill", backup, keys=keys).status == 0
    assert outside("--data", again, "restore", backup, keys=keys).status == 0
    refused = outside("--data", again, "--lang", "en", "restore", backup, keys=keys)
    assert refused.status == 1
    assert "--force" in refused.line
    verified = outside("--data", again, "audit", "verify", keys=keys)
    assert verified.status == 0
    trail = tmp_path / "trail.csv"
    assert outside("--data", again, "audit", "export", trail, keys=keys).status == 0
    with trail.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 20
    monkeypatch.setenv("POST_CONSOLE_KEYS", keys)
    spoil_the_trail(again)
    bad = outside("--data", again, "--lang", "en", "audit", "verify", keys=keys)
    assert bad.status == 1
    assert "record 7" in bad.line


def spoil_the_trail(folder: Path) -> None:
    """Someone with the key changed what the seventh record says."""
    store = Database(folder, read_key(folder), SystemClock(), EventBus())
    store.start()
    with store.act(SYSTEM) as act:
        act.connection.exec_driver_sql("UPDATE audit_trail SET actor = 'nobody' WHERE seq = 7")
    store.stop()


def test_bench_decode_measures_against_the_library(outside: Outside) -> None:
    told = outside("bench", "decode", "--json", seconds=120)
    figures = json.loads(told.out)["nmea"]["all"]
    assert figures["frames_per_s"] > 1000
    assert figures["ratio"] > 0


# ---- wrong ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "words",
    [
        ("sing",),
        ("decode",),
        ("decode", "--family", "morse"),
        ("routes", "--to", "1,2"),
        ("convert", "--from", "wgs84", "--to", "mars", "1,2"),
        ("city", "--port", "99999"),
        ("bench", "luck"),
        ("drill", "--seconds", "-1"),
        ("--lang", "fr", "ports"),
        ("audit",),
        ("backup",),
    ],
)
def test_wrong_usage_is_status_2(outside: Outside, words: tuple[str, ...]) -> None:
    told = outside(*words)
    assert told.status == 2
    assert told.err
    assert told.out == ""


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("decode", "--family", "nmea", "/nowhere/at/all"),
        ("routes", "--roads", "/nowhere.osm.pbf", "--to", "1,2", "--from", "1,2"),
        ("backup", "/nowhere/at/all"),
        ("restore", "/nowhere/at/all"),
        ("audit", "verify"),
        ("replay", "--family", "nmea", "/nowhere/at/all"),
        ("convert", "--from", "wgs84", "--to", "gcj02", "here"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_done_is_one_plain_line(
    outside: Outside, tmp_path: Path, words: tuple[str, ...], language: str
) -> None:
    told = outside("--data", tmp_path / "no-post", "--lang", language, *words)
    assert told.status == 1
    assert told.line
    assert told.out == ""
