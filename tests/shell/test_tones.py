"""Tones: each its own, repeated until acknowledged, muted with an end, never waiting."""

from __future__ import annotations

import math
import struct
import sys
import wave
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.shell import sounds
from console.shell.player import FIRST_MS, AplayPlayer, LatePlayer, NoPlayer, find_player
from console.shell.tones import SOUNDS, TONES, Tones
from tests.conftest import HandClock


class Ear:
    """A player that hears what it is given."""

    def __init__(self) -> None:
        self.problem = ""
        self.heard: list[str] = []

    def start(self, changed: Callable[[], None]) -> None:
        self.changed = changed

    def stop(self) -> None:
        self.heard.append("stop")

    def play(self, file: Path) -> None:
        self.heard.append(file.stem)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def tones(qapp: QApplication, ear: Ear, clock: HandClock) -> Tones:
    return Tones(ear, clock)


def test_each_kind_has_its_own_file_and_it_is_what_the_maker_makes(tmp_path: Path) -> None:
    sounds.write(tmp_path)
    contents = set()
    for tone in TONES.values():
        stored = (SOUNDS / tone.file).read_bytes()
        assert stored == (tmp_path / tone.file).read_bytes()
        contents.add(stored)
    assert len(contents) == len(TONES)


def test_tones_begin_and_end_softly_and_do_not_clip() -> None:
    for name, tone in TONES.items():
        with wave.open(str(SOUNDS / tone.file)) as file:
            frames = file.readframes(file.getnframes())
            assert 0.05 < file.getnframes() / file.getframerate() < 1.2, name
        values = struct.unpack(f"<{len(frames) // 2}h", frames)
        assert abs(values[0]) < 400 and abs(values[-1]) < 400, name
        assert 5000 < max(values) < 32767, name
        assert max(abs(b - a) for a, b in pairwise(values)) < 32000 * math.tau * 2800 / 22050


def test_a_call_rings_again_until_it_is_acknowledged(
    tones: Tones, ear: Ear, clock: HandClock
) -> None:
    tones.ring("call", "JQ1")
    assert ear.heard == ["call"]
    tones.turn()
    assert ear.heard == ["call"]
    clock.pass_(5.1)
    tones.turn()
    assert ear.heard == ["call", "call"]
    tones.acknowledge("JQ1")
    clock.pass_(60)
    tones.turn()
    assert ear.heard == ["call", "call"] and tones.ringing == frozenset()


def test_one_at_a_time_the_most_urgent_first(tones: Tones, ear: Ear, clock: HandClock) -> None:
    tones.ring("message", 1)
    tones.ring("call", 2)
    tones.ring("officer_help", 3)
    for _ in range(2):
        clock.pass_(1.3)
        tones.turn()
    assert ear.heard == ["message", "officer_help", "call"]
    tones.acknowledge_all()
    clock.pass_(60)
    tones.turn()
    assert len(ear.heard) == 3


def test_a_mute_ends_by_itself_and_help_comes_through(
    tones: Tones, ear: Ear, clock: HandClock, qtbot: QtBot
) -> None:
    tones.mute(10**6)
    assert tones.muted_until == clock.now() + timedelta(hours=1)
    tones.mute(600)
    tones.ring("call", 1)
    assert ear.heard == []
    tones.ring("officer_help", 2)
    assert ear.heard == ["officer_help"]
    tones.acknowledge(2)
    clock.pass_(601)
    with qtbot.waitSignal(tones.changed):
        tones.turn()
    assert tones.muted_until is None and ear.heard[-1] == "call"
    tones.mute(600)
    tones.unmute()
    assert tones.muted_until is None


def test_a_machine_without_sound_says_so(
    qapp: QApplication, clock: HandClock, qtbot: QtBot
) -> None:
    tones = Tones(NoPlayer(), clock)
    with qtbot.waitSignal(tones.changed):
        tones.start()
    assert "No sound device" in tones.problem
    tones.ring("call", 1)
    tones.stop()
    assert find_player().problem in ("", tones.problem)


def test_a_player_that_fails_is_noticed_without_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[str] = []
    player = AplayPlayer(str(tmp_path / "nowhere"))
    player.start(lambda: told.append(player.problem))
    player.play(SOUNDS / "call.wav")
    qtbot.waitUntil(lambda: bool(told))
    assert "No sound device" in player.problem
    bad = tmp_path / "bad"
    bad.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n")
    bad.chmod(0o755)
    player = AplayPlayer(str(bad))
    player.start(lambda: told.append("again"))
    player.play(SOUNDS / "call.wav")
    player.play(SOUNDS / "call.wav")
    qtbot.waitUntil(lambda: "again" in told)
    player.stop()


def test_the_player_is_found_right_after_the_first_tone_was_due(
    qtbot: QtBot, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[Path] = []

    class Found(NoPlayer):
        def play(self, file: Path) -> None:
            played.append(file)

    looks: list[str] = []

    def find() -> NoPlayer:
        looks.append("looked")
        return Found()

    monkeypatch.setattr("console.shell.player.find_player", find)
    tones = Tones(LatePlayer(), clock)
    tones.start()
    assert (looks, tones.problem) == ([], "")
    tones.ring("message")
    clock.pass_(60)
    tones.ring("refused")
    assert looks == []  # whoever rang goes on first
    qtbot.waitUntil(lambda: len(played) == 1)
    assert looks == ["looked"]
    assert tones.problem == NoPlayer().problem != ""
    clock.pass_(60)
    tones.ring("message")
    assert len(played) == 2
    tones.stop()


def test_a_player_stopped_before_its_first_tone_looks_for_nothing(
    qtbot: QtBot, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    monkeypatch.setattr("console.shell.player.find_player", lambda: looks.append("looked"))
    tones = Tones(LatePlayer(), clock)
    tones.start()
    tones.ring("message")
    tones.stop()
    clock.pass_(60)
    tones.ring("message")  # too late
    qtbot.wait(2 * FIRST_MS)
    assert looks == []
