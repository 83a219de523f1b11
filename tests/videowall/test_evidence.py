"""Recordings given out: a folder that anyone can check without this program."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused, Unavailable
from console.videowall.model import LookedAs, Moment, RecordingId
from console.videowall.service import evidence
from console.videowall.service import recordings as acts
from console.videowall.service.evidence import MANIFEST, SUMS, ExportOrder, export
from console.videowall.service.recorder import Recorder
from tests.videowall.recorded import DUTY, recorded, trail

REASON = "派出所调阅"


def given(
    database: Database, officer: Actor, ids: list[RecordingId], folder: Path, reason: str = REASON
) -> Path:
    folder.mkdir(exist_ok=True)
    return export(database, officer, ExportOrder(tuple(ids), folder, reason))


def test_the_folder_holds_originals_manifest_and_sums_that_sha256sum_finds_right(
    database: Database, recorder: Recorder, officer: Actor, tmp_path: Path
) -> None:
    one, two = recorded(database, recorder, call="call-7"), recorded(database, recorder)
    folder = tmp_path / "out"
    folder.mkdir()
    line = Moment(one.asked_at + timedelta(seconds=1), "到场 31号车")
    order = ExportOrder((one.id, two.id, one.id), folder, REASON, (line,))
    place = export(database, officer, order)
    assert place.parent == folder and [p.name for p in folder.iterdir()] == [place.name]
    subprocess.run(["sha256sum", "-c", SUMS], cwd=place, capture_output=True, check=True)
    told = json.loads((place / MANIFEST).read_text("utf-8"))
    assert (told["exported_by"], told["reason"], told["post"]) == (
        "officer:0123",
        REASON,
        "post-test",
    )
    assert [film["recording"] for film in told["films"]] == [one.id, two.id]
    assert told["films"][0]["sha256"] == one.sha256 and told["films"][0]["call"] == "call-7"
    assert told["timeline"] == [{"at": "2026-11-21T10:00:01.000Z", "words": "到场 31号车"}]
    for film in told["films"]:
        file = place / film["file"]
        assert file.name.isascii() and file.stat().st_size == film["bytes"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == film["sha256"]
        assert probed(file) == pytest.approx(2.0, abs=0.1)
    names = [name for name, _ in trail(database)]
    assert names[-3:] == ["recording.look", "recording.look", "recording.export"]
    manifest = hashlib.sha256((place / MANIFEST).read_bytes()).hexdigest()
    assert trail(database)[-1][1]["manifest_sha256"] == manifest
    with database.read() as connection:
        assert [look.how for look in acts.looks(connection, one.id)] == [LookedAs.EXPORT]


def probed(file: Path) -> float:
    """The length that ffprobe finds."""
    assert shutil.which("ffprobe"), "ffprobe is missing: installer/setup --dev"
    command = ["ffprobe", "-v", "error", "-show_format", "-of", "json", str(file)]
    return float(
        json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["format"][
            "duration"
        ]
    )


def test_an_altered_film_is_not_given_out_and_nothing_is_left(
    database: Database, recorder: Recorder, officer: Actor, tmp_path: Path
) -> None:
    good, bad = recorded(database, recorder), recorded(database, recorder)
    file = acts.file_of(database, bad)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1  # one bit, the same length
    file.chmod(0o600)
    file.write_bytes(data)
    evidence.require_unaltered(database, good)
    with pytest.raises(Refused, match="file_altered"):
        evidence.require_unaltered(database, bad)
    with pytest.raises(Refused, match="file_altered"):
        given(database, officer, [good.id, bad.id], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert "recording.export" not in [name for name, _ in trail(database)]


def test_only_a_leader_gives_out_and_only_with_a_reason(
    database: Database, recorder: Recorder, officer: Actor, tmp_path: Path
) -> None:
    one = recorded(database, recorder)
    with pytest.raises(Refused, match="not_allowed"):
        given(database, DUTY, [one.id], tmp_path / "out")
    with pytest.raises(Refused, match="no_reason"):
        given(database, officer, [one.id], tmp_path / "out", " ")
    with pytest.raises(Refused, match="bad_export"):
        given(database, officer, [], tmp_path / "out")
    with pytest.raises(Refused, match="no_folder"):
        export(database, officer, ExportOrder((one.id,), tmp_path / "nowhere", REASON))
    assert list((tmp_path / "out").iterdir()) == []


def test_a_disk_that_fills_leaves_nothing_behind_and_says_so(
    database: Database,
    recorder: Recorder,
    officer: Actor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = recorded(database, recorder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(evidence, "_write", full)
    with pytest.raises(Unavailable, match="unwritable"):
        given(database, officer, [one.id], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_two_in_one_second_do_not_share_a_folder(
    database: Database, recorder: Recorder, officer: Actor, tmp_path: Path
) -> None:
    one = recorded(database, recorder)
    first = given(database, officer, [one.id], tmp_path / "out")
    second = given(database, officer, [one.id], tmp_path / "out")
    assert first != second and second.name == f"{first.name}-2"
