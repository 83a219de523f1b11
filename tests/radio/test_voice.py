"""Voice over a sound device of the test's own, and without any."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from console.radio.model import RATE, Cue, Talk, TalkChanged, TalkPhase, VoiceDevices
from console.radio.page.qt_sound import QtSound, voice_format
from console.radio.page.voice import Samples, Voice
from console.ui.translation import use_language
from tests.conftest import HandClock

WIRED = VoiceDevices("line in", "line out")
LINE_SECOND = b"\x01\x00" * RATE
SPOKEN_SECOND = b"\x02\x00" * RATE


class FakeSound:
    """Devices by name; what is played through each is kept."""

    def __init__(self, inputs: list[str], outputs: list[str]) -> None:
        self._inputs, self._outputs = inputs, outputs
        self.listening: dict[str, Samples] = {}
        self.played: dict[str, bytes] = {}
        self.open_outputs = 0
        self.broken: set[str] = set()

    def inputs(self) -> list[str]:
        return self._inputs

    def outputs(self) -> list[str]:
        return self._outputs

    def listen(self, name: str, heard: Samples) -> Callable[[], None] | None:
        if name in self.broken:
            return None
        self.listening[name] = heard
        return lambda: self.listening.pop(name, None) and None

    def speak(self, name: str) -> tuple[Samples, Callable[[], None]] | None:
        if name in self.broken or not self._outputs:
            return None
        self.open_outputs += 1

        def put(samples: bytes) -> None:
            self.played[name] = self.played.get(name, b"") + samples

        def end() -> None:
            self.open_outputs -= 1

        return put, end


class Bench:
    def __init__(self, sound: FakeSound, devices: VoiceDevices = WIRED) -> None:
        self.clock, self.sound = HandClock(), sound
        self.kept: dict[str, bytes] = {}
        self.voice = Voice(sound, self.clock, self.kept.__setitem__)
        self.voice.use(devices)

    def talk(self, phase: TalkPhase, over: str) -> None:
        self.voice.talk_changed(TalkChanged(Talk(phase, "c"), Cue.NONE, over))

    def heard(self, samples: bytes) -> None:
        self.clock.pass_(1)
        self.sound.listening["line in"](samples)


@pytest.fixture
def bench(qapp: QApplication) -> Bench:
    use_language(qapp, "en")
    return Bench(FakeSound(["line in", "mic"], ["line out", "speaker"]))


def test_the_radio_is_heard_and_each_talk_is_kept_with_its_line(bench: Bench) -> None:
    assert bench.voice.problem == "" and bench.voice.on
    bench.heard(LINE_SECOND)
    bench.voice.follow(frozenset({"over-1"}))
    bench.heard(SPOKEN_SECOND)
    bench.voice.follow(frozenset())
    assert bench.kept == {"over-1": SPOKEN_SECOND}
    assert bench.sound.played[""] == LINE_SECOND + SPOKEN_SECOND


def test_the_microphone_is_open_only_while_the_radio_has_its_permit(bench: Bench) -> None:
    bench.talk(TalkPhase.ASKED, "")
    assert "" not in bench.sound.listening
    bench.talk(TalkPhase.TALKING, "talk-1")
    bench.clock.pass_(1)
    bench.sound.listening[""](SPOKEN_SECOND)
    bench.heard(LINE_SECOND)  # its own echo is not heard twice
    bench.talk(TalkPhase.HANG, "talk-1")
    assert "" not in bench.sound.listening
    assert bench.sound.played == {"line out": SPOKEN_SECOND}
    assert bench.kept == {"talk-1": SPOKEN_SECOND}


def test_the_last_minutes_are_heard_once_more(bench: Bench) -> None:
    assert not bench.voice.recall(10)
    for _ in range(400):
        bench.heard(LINE_SECOND)
    assert bench.voice.ring.seconds == 300
    bench.sound.played.clear()
    assert bench.voice.recall(30)
    assert len(bench.sound.played[""]) == 30 * len(LINE_SECOND)
    assert bench.sound.open_outputs == 3
    bench.voice.end_recall()
    bench.voice.stop()
    assert bench.sound.open_outputs == 0


def test_a_machine_without_sound_says_so_and_pretends_nothing(qapp: QApplication) -> None:
    use_language(qapp, "en")
    bench = Bench(FakeSound([], []))
    assert "No sound device on this machine" in bench.voice.problem
    bench.voice.follow(frozenset({"over-1"}))
    bench.voice.follow(frozenset())
    assert (bench.voice.on, bench.kept, bench.voice.recall(10)) == (False, {}, False)


@pytest.mark.parametrize(
    ("devices", "broken", "told"),
    [
        (VoiceDevices(), "", "not wired"),
        (VoiceDevices("gone", "line out"), "", "not there: gone"),
        (WIRED, "line in", "cannot be opened at 8 kHz: line in"),
        (WIRED, "line out", "cannot be opened at 8 kHz: line out"),
    ],
)
def test_what_is_missing_is_said(
    qapp: QApplication, devices: VoiceDevices, broken: str, told: str
) -> None:
    use_language(qapp, "en")
    sound = FakeSound(["line in"], ["line out"])
    sound.broken.add(broken)
    bench = Bench(sound, devices)
    assert told in bench.voice.problem
    assert not bench.voice.on and sound.open_outputs == 0


def test_a_microphone_that_does_not_open_is_told(bench: Bench) -> None:
    bench.sound.broken.add("")
    bench.talk(TalkPhase.TALKING, "talk-1")
    assert "nobody hears you" in bench.voice.problem


def test_this_machines_own_devices_are_asked(qapp: QApplication) -> None:
    sound = QtSound()
    assert voice_format().sampleRate() == RATE
    assert sound.listen("no such device", lambda _: None) is None
    assert sound.speak("no such device") is None
    assert isinstance(sound.inputs(), list) and isinstance(sound.outputs(), list)
