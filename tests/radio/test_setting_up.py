"""Channels, the table of statuses, and recordings on the disk."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from console.core import audit, reference
from console.core.actor import Actor
from console.core.errors import ConsoleError, Refused
from console.core.words import Words
from console.radio import service
from console.radio.model import RATE, NewChannel, RadioStatus, Target, VoiceDevices
from console.radio.service import Clips
from console.radio.service.clips import from_mu_law, to_mu_law
from tests.radio.conftest import CAR, RADIO_LINK, Bench

TECHNICIAN = Actor("officer", "9", frozenset({"technician"}))
KNOWN = frozenset(one["code"] for one in reference.shipped("statuses")["statuses"])


def names(bench: Bench) -> list[str]:
    with bench.database.read() as connection:
        return [one.name for one in service.channels(connection)]


def test_channels_are_added_moved_changed_and_removed(bench: Bench) -> None:
    third = service.add_channel(bench.database, TECHNICIAN, NewChannel(RADIO_LINK, "503", " 交通 "))
    service.move_channel(bench.database, TECHNICIAN, third.id, up=True)
    service.move_channel(bench.database, TECHNICIAN, third.id, up=True)
    service.move_channel(bench.database, TECHNICIAN, third.id, up=True)
    assert names(bench) == ["交通", "指挥", "巡逻"]
    service.change_channel(
        bench.database, TECHNICIAN, third.id, NewChannel(RADIO_LINK, "504", "应急")
    )
    service.remove_channel(bench.database, TECHNICIAN, bench.channels[0].id)
    assert names(bench) == ["应急", "巡逻"]
    bench.until(lambda: [o.channel.name for o in bench.room.board.states()] == names(bench))
    assert bench.room.board.channel("") is not None


def test_a_group_stands_once_and_only_a_technician_sets_it_up(bench: Bench) -> None:
    with pytest.raises(Refused) as refused:
        service.add_channel(bench.database, TECHNICIAN, NewChannel(RADIO_LINK, "501", "x"))
    assert refused.value.code == "radio.group_taken"
    nobody = Actor("officer", "8", frozenset({"duty_officer"}))
    with pytest.raises(Refused):
        service.add_channel(bench.database, nobody, NewChannel(RADIO_LINK, "9", "x"))


def test_the_sites_own_table_holds_from_now_on(bench: Bench) -> None:
    own = RadioStatus(0x0011, Words("到岗", "in place"), "arrive", "tetra", True)
    service.set_statuses(bench.database, bench.officer, [own], KNOWN)
    bench.until(lambda: bench.room._intake.statuses.rows == (own,))
    with bench.database.read() as connection:
        now = bench.database.clock.now()
        assert service.statuses_now(connection, now).to_send("tetra") == [own]
        assert service.statuses_now(connection, now).to_send("hytera") == []


def test_sound_devices_are_kept(bench: Bench) -> None:
    told = VoiceDevices("线路输入", "线路输出", "", "耳机")
    service.set_voice(bench.database, TECHNICIAN, told)
    with bench.database.read() as connection:
        assert service.voice_devices(connection) == told


def tone(seconds: float) -> bytes:
    at = np.arange(int(seconds * RATE))
    return (np.sin(at * 2 * math.pi * 440 / RATE) * 12000).astype("<i2").tobytes()


def test_mu_law_keeps_a_voice_within_its_steps() -> None:
    every = np.arange(-32768, 32768).astype("<i2").tobytes()
    before = np.frombuffer(every, "<i2").astype(int)
    after = np.frombuffer(from_mu_law(to_mu_law(every)), "<i2").astype(int)
    assert np.all(np.abs(after - np.clip(before, -32635, 32635)) <= 8 + np.abs(before) * 0.035)
    assert to_mu_law(b"\x00\x00") == b"\xff"


def recorded(bench: Bench) -> tuple[Clips, str, Path]:
    line = bench.room.sending.text(bench.officer, Target(RADIO_LINK, "1001", CAR), "x")
    bench.room.keep_voice(line, tone(1.0))
    bench.until(lambda: bench.lines()[0].voice)
    name = bench.lines()[0].voice
    return bench.room.clips, line, bench.database.path.parent / "voice" / name


def test_a_recording_is_kept_encrypted_listened_to_and_traced(bench: Bench) -> None:
    clips, line, file = recorded(bench)
    assert to_mu_law(tone(1.0))[:64] not in file.read_bytes()
    assert len(file.read_bytes()) == RATE + 28
    assert clips.open(bench.officer, line) == from_mu_law(to_mu_law(tone(1.0)))
    with bench.database.read() as connection:
        last = audit.last(connection)
    assert last is not None
    assert bench.lines()[0].voice == file.name
    with pytest.raises(Refused):
        clips.open(TECHNICIAN, line)


@pytest.mark.parametrize("at", [0, 5, 12, 4000, -1])
def test_a_changed_recording_is_not_played(bench: Bench, at: int) -> None:
    clips, line, file = recorded(bench)
    raw = bytearray(file.read_bytes())
    raw[at] ^= 1
    file.write_bytes(raw)
    with pytest.raises(Refused) as refused:
        clips.open(bench.officer, line)
    assert refused.value.code == "radio.voice_damaged"


def test_a_recording_that_is_gone_or_never_was_says_so(bench: Bench) -> None:
    clips, line, file = recorded(bench)
    file.unlink()
    with pytest.raises(ConsoleError) as gone:
        clips.open(bench.officer, line)
    assert gone.value.code == "radio.voice_not_read"
    other = bench.room.sending.check(bench.officer, Target(RADIO_LINK, "1001", CAR))
    assert clips.keep(other, b"\x00" * 100) == ""
    with pytest.raises(ConsoleError) as none:
        clips.open(bench.officer, other)
    assert none.value.code == "radio.no_recording"


def test_old_recordings_are_forgotten_and_young_ones_kept(bench: Bench) -> None:
    clips, _, file = recorded(bench)
    assert clips.forget_old(bench.officer) == 0
    with bench.database.act(bench.officer) as act:
        reference.put(act.connection, "radio_limits", act.at, {"keep_days": 0})
        moment = act.at.replace(year=act.at.year - 1)
        act.connection.exec_driver_sql(
            "UPDATE radio_exchange SET at = ?", (f"{moment:%Y-%m-%dT%H:%M:%S}.000Z",)
        )
    assert clips.forget_old(bench.officer) == 1
    assert not file.exists()
    assert bench.lines()[0].voice == ""
