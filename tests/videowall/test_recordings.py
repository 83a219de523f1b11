"""Recordings in a real store: entered, held, looked at for a reason, removed at their term."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from console.core import reference
from console.core.actor import Actor
from console.core.database import Database
from console.core.errors import Refused
from console.core.events import EventBus
from console.videowall.model import (
    Cut,
    KeepingRule,
    LookedAs,
    Recorded,
    RecordFailed,
    RecordingId,
    RecordingsChanged,
    RecordingState,
    Why,
)
from console.videowall.service import recordings as acts
from console.videowall.service.film import sum_of
from console.videowall.service.recorder import Recorder
from tests.conftest import HandClock
from tests.videowall.conftest import until
from tests.videowall.films import write_film
from tests.videowall.recorded import (
    DUTY,
    NEVER_S,
    TECHNICIAN,
    HandWall,
    ids,
    kept,
    recorded,
    trail,
)


def test_what_was_recorded_stands_with_times_sum_call_and_a_line_in_the_trail(
    database: Database, recorder: Recorder, hand_wall: HandWall, bus: EventBus
) -> None:
    heard: list[RecordingsChanged] = []
    bus.subscribe(RecordingsChanged, heard.append)
    one = recorded(database, recorder, 2.0, "call-7")
    file = acts.file_of(database, one)
    assert one.state is RecordingState.KEPT and one.cut is None
    assert (one.size, one.sha256) == sum_of(file)
    assert one.length_s == 2.0 and one.began_at is not None and one.began_at < one.asked_at
    assert (one.call_id, one.asked_by, one.camera_number) == ("call-7", "officer:0102", "SX001")
    assert file.stat().st_mode & 0o777 == 0o400 and file.parent.stat().st_mode & 0o077 == 0
    assert hand_wall.before_s == 60.0
    names = [name for name, _ in trail(database)]
    assert names == ["recording.begin", "recording.end", "recording.kept"]
    assert trail(database)[-1][1]["sha256"] == one.sha256
    assert {event.call_id for event in heard} == {"call-7"}
    assert recorder.running() == ()


def test_a_camera_that_is_not_shown_or_is_recorded_already_is_refused(
    database: Database, recorder: Recorder, hand_wall: HandWall
) -> None:
    first, second = ids(database)
    recorder.begin(DUTY, first, Why.DEMAND)
    with pytest.raises(Refused, match="already_recording"):
        recorder.begin(DUTY, first, Why.DEMAND)
    del hand_wall.shown["tile-SX002"]
    with pytest.raises(Refused, match="not_shown"):
        recorder.begin(DUTY, second, Why.DEMAND)
    with pytest.raises(Refused, match="not_allowed"):
        recorder.begin(TECHNICIAN, first, Why.DEMAND)
    assert [name for name, _ in trail(database)] == ["recording.begin"]


@pytest.mark.parametrize("cause", ["disk_full", "player_lost", "slow_disk", "words nobody knows"])
def test_a_recording_that_broke_keeps_what_its_file_holds(
    database: Database, recorder: Recorder, cause: str
) -> None:
    one = recorder.begin(DUTY, ids(database)[0], Why.DEMAND)
    file = write_film(acts.file_of(database, one), 4.0)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) * 3 // 4])
    recorder.hear(RecordFailed(one.id, cause))
    recorder._turn()
    found = kept(database, one.id)
    assert found.state is RecordingState.KEPT
    assert found.cut is (Cut(cause) if cause in set(Cut) else Cut.STOPPED)
    assert found.length_s is not None and 2.0 <= found.length_s <= 3.0
    recorder.hear(RecordFailed(one.id, cause))  # told twice
    recorder._turn()
    assert kept(database, one.id) == found


def test_a_recording_without_a_picture_failed_and_leaves_no_file(
    database: Database, recorder: Recorder
) -> None:
    one = recorder.begin(DUTY, ids(database)[0], Why.DEMAND)
    file = acts.file_of(database, one)
    file.write_bytes(b"\x00\x00\x00\x18ftypisom")
    recorder.hear(RecordFailed(one.id, "no_picture"))
    recorder._turn()
    found = kept(database, one.id)
    assert (found.state, found.cut) == (RecordingState.FAILED, Cut.NO_PICTURE)
    assert not file.exists()
    with pytest.raises(Refused, match="nothing_kept"):
        acts.play(database, DUTY, one.id, "核对现场")


def test_what_an_earlier_console_was_recording_is_taken_up(
    database: Database, hand_wall: HandWall
) -> None:
    first, second = ids(database)
    earlier = Recorder(database, hand_wall, NEVER_S)
    one = earlier.begin(DUTY, first, Why.DEMAND)
    two = earlier.begin(DUTY, second, Why.ALARM)
    write_film(acts.file_of(database, one), 3.0)
    later = Recorder(database, hand_wall, NEVER_S)
    later.start()
    try:
        until(lambda: kept(database, two.id).state is RecordingState.FAILED)
    finally:
        later.stop()
    found = kept(database, one.id)
    assert (found.state, found.cut) == (RecordingState.KEPT, Cut.CONSOLE_ENDED)
    assert found.length_s == pytest.approx(3.0, abs=0.05)


def test_the_end_of_the_console_ends_and_enters_what_runs(
    database: Database, hand_wall: HandWall
) -> None:
    recorder = Recorder(database, hand_wall, NEVER_S)
    recorder.start()
    one = recorder.begin(DUTY, ids(database)[0], Why.DEMAND)
    file = write_film(acts.file_of(database, one), 1.0)

    def told(recording_id: str) -> None:
        ended = one.asked_at + timedelta(seconds=1)
        recorder.hear(Recorded(recording_id, file, one.asked_at, ended, 15, 1))

    hand_wall.on_stop = told
    recorder.stop()
    assert hand_wall.stopped == [one.id]
    assert kept(database, one.id).cut is Cut.CONSOLE_ENDED


def test_a_disk_without_room_refuses_and_ends_what_runs(
    database: Database, recorder: Recorder, hand_wall: HandWall, officer: Actor
) -> None:
    first, second = ids(database)
    one = recorder.begin(DUTY, first, Why.DEMAND)
    with database.act(officer) as act:
        body = {**reference.shipped("recordings"), "free_mb": 1_000_000}
        reference.put(act.connection, "recordings", act.at, body)
    with pytest.raises(Refused, match="no_room"):
        recorder.begin(DUTY, second, Why.DEMAND)
    recorder._turn()
    assert hand_wall.stopped == [one.id]
    file = write_film(acts.file_of(database, one), 1.0)
    ended = one.asked_at + timedelta(seconds=1)
    recorder.hear(Recorded(one.id, file, one.asked_at, ended, 15, 1))
    recorder._turn()
    assert kept(database, one.id).cut is Cut.DISK_FULL


def test_a_recording_that_is_too_long_ends(
    database: Database, recorder: Recorder, hand_wall: HandWall, clock: HandClock
) -> None:
    one = recorder.begin(DUTY, ids(database)[0], Why.DEMAND)
    clock.pass_(7199)
    recorder._turn()
    assert hand_wall.stopped == []
    clock.pass_(2)
    recorder._turn()
    recorder._turn()
    assert hand_wall.stopped == [one.id]  # told once


def test_every_look_needs_a_reason_and_is_listed(database: Database, recorder: Recorder) -> None:
    one = recorded(database, recorder)
    for bad in ("", " ", "看", "长" * 201):
        with pytest.raises(Refused, match="no_reason"):
            acts.play(database, DUTY, one.id, bad)
    with pytest.raises(Refused, match="not_allowed"):
        acts.play(database, TECHNICIAN, one.id, "检查设备")
    acts.play(database, DUTY, one.id, "核对现场\u202e人数")
    acts.play_together(database, DUTY, [one.id, one.id], "再看一次")
    with database.read() as connection:
        found = acts.looks(connection, one.id)
    assert [(look.by, look.how, look.reason) for look in found] == [
        ("officer:0102", LookedAs.PLAY, "再看一次"),
        ("officer:0102", LookedAs.PLAY, "核对现场人数"),
    ]
    told = [detail for name, detail in trail(database) if name == "recording.look"]
    assert json.dumps(told, ensure_ascii=False).count("核对现场人数") == 1 and len(told) == 2


def test_more_than_four_together_are_refused(database: Database, recorder: Recorder) -> None:
    with pytest.raises(Refused, match="too_many_together"):
        acts.play_together(database, DUTY, [RecordingId(str(n)) for n in range(5)], "核对现场")
    with pytest.raises(Refused, match="too_many_together"):
        acts.play_together(database, DUTY, [], "核对现场")
    with pytest.raises(Refused, match="no_recording"):
        acts.play(database, DUTY, RecordingId("nobody"), "核对现场")


def test_a_file_that_is_gone_or_altered_is_not_played(
    database: Database, recorder: Recorder, clock: HandClock
) -> None:
    one = recorded(database, recorder)
    file = acts.file_of(database, one)
    whole = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(whole + b"x")
    with pytest.raises(Refused, match="file_altered"):
        acts.play(database, DUTY, one.id, "核对现场")
    file.unlink()
    with pytest.raises(Refused, match="file_gone"):
        acts.play(database, DUTY, one.id, "核对现场")
    acts.sweep(database, clock.now())
    assert kept(database, one.id).state is RecordingState.MISSING
    file.write_bytes(whole)
    acts.sweep(database, clock.now())
    assert kept(database, one.id).state is RecordingState.KEPT
    assert [name for name, _ in trail(database)][-2:] == ["recording.missing", "recording.found"]


def test_the_rule_removes_at_its_term_and_spares_what_is_held(
    database: Database, recorder: Recorder, clock: HandClock, officer: Actor
) -> None:
    plain = recorded(database, recorder)
    held = recorded(database, recorder)
    called = recorded(database, recorder, call="call-7")
    acts.hold(database, DUTY, held.id, "涉嫌妨碍公务，留作证据")
    with pytest.raises(Refused, match="held_already"):
        acts.hold(database, DUTY, held.id, "再次保全")
    clock.pass_(89 * 86400)
    assert acts.sweep(database, clock.now()) == 0
    clock.pass_(2 * 86400)
    assert acts.sweep(database, clock.now()) == 1
    gone = kept(database, plain.id)
    assert gone.state is RecordingState.REMOVED and gone.removed_at == clock.now()
    assert not acts.file_of(database, plain).exists()
    assert acts.file_of(database, held).exists() and acts.file_of(database, called).exists()
    clock.pass_(90 * 86400)
    assert acts.sweep(database, clock.now()) == 1
    assert kept(database, called.id).state is RecordingState.REMOVED
    with pytest.raises(Refused, match="not_allowed"):
        acts.release(database, DUTY, held.id, "已移交")
    acts.release(database, officer, held.id, "已移交派出所")
    assert acts.sweep(database, clock.now()) == 1
    assert acts.sweep(database, clock.now()) == 0
    names = [name for name, _ in trail(database)]
    assert names.count("recording.removed") == 3
    with pytest.raises(Refused, match="nothing_kept"):
        acts.hold(database, DUTY, held.id, "太晚了")


def test_a_removal_that_was_cut_short_is_ended(
    database: Database, recorder: Recorder, clock: HandClock
) -> None:
    one = recorded(database, recorder)
    film = acts.file_of(database, one).read_bytes()
    clock.pass_(91 * 86400)
    acts.sweep(database, clock.now())
    acts.file_of(database, one).write_bytes(film)
    acts.sweep(database, clock.now())
    assert not acts.file_of(database, one).exists()


def test_many_held_ones_do_not_hide_what_is_due(
    database: Database, recorder: Recorder, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 2)
    for _ in range(4):
        recorded(database, recorder, 0.5, "call-7")
    plain = recorded(database, recorder, 0.5)
    clock.pass_(91 * 86400)
    assert acts.sweep(database, clock.now()) == 1
    assert kept(database, plain.id).state is RecordingState.REMOVED


def test_recordings_are_read_newest_first_by_window_camera_and_call(
    database: Database, recorder: Recorder, clock: HandClock
) -> None:
    made = []
    for at in range(5):
        made.append(recorded(database, recorder, 0.5, "call-7" if at % 2 else None).id)
        clock.pass_(at % 2)  # some in the same moment
    with database.read() as connection:
        first = acts.recordings(connection, limit=2)
        rest = acts.recordings(connection, after=first[-1])
        assert {one.id for one in first + rest} == set(made) and len(first + rest) == 5
        assert [one.asked_at for one in first + rest] == sorted(
            (one.asked_at for one in first + rest), reverse=True
        )
        assert len(acts.recordings(connection, call_id="call-7")) == 2
        assert len(acts.recordings(connection, "sx001")) == 5
        assert acts.recordings(connection, "%") == []


def test_the_rule_is_held_within_what_is_safe() -> None:
    rule = KeepingRule.of(reference.shipped("recordings"))
    assert (rule.keep_days, rule.call_days, rule.before_s) == (90, 180, 60.0)
    wild = {"keep_days": 0, "call_days": -5, "before_s": 9999, "most_minutes": 0, "free_mb": 0}
    safe = KeepingRule.of(wild)
    assert (safe.keep_days, safe.call_days, safe.before_s) == (1, 1, 120)
    assert safe.most_s == 60 and safe.free_bytes == 100_000_000


def test_a_recording_knows_what_it_spans(database: Database, recorder: Recorder) -> None:
    one = recorded(database, recorder)
    assert one.began_at is not None and one.ended_at is not None
    assert one.spans(one.began_at) and not one.spans(one.ended_at)
    assert not replace(one, began_at=None).spans(one.began_at)
