"""Voice: from the radio to the loudspeaker, from the microphone to the radio, and kept on the way.

The last minutes stand in memory for instant recall; each talk goes to the disk with its line of the
log. Without a sound device nothing of it is pretended: ``problem`` says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.core.clock import Clock
from console.radio.model import Ring, TalkChanged, TalkPhase, VoiceDevices

translate = QCoreApplication.translate
Samples = Callable[[bytes], None]


class Sound(Protocol):
    """The machine's sound devices; 8 kHz, 16 bit, one channel. In the UI thread."""

    def inputs(self) -> list[str]:
        """What can be listened to, by name."""

    def outputs(self) -> list[str]:
        """What can be spoken through, by name."""

    def listen(self, name: str, heard: Samples) -> Callable[[], None] | None:
        """``heard`` gets what this input hears until what is returned is called; None when it
        cannot be opened. An empty name is the machine's own."""

    def speak(self, name: str) -> tuple[Samples, Callable[[], None]] | None:
        """What plays samples through this output, and what ends it; None when it cannot be."""


class Voice(QObject):
    """Carries and keeps the voice while it is on. ``changed`` when ``problem`` or ``on`` does.

    ``keep(line of the log, samples)`` is given each talk that has ended.
    """

    changed = Signal()

    def __init__(self, sound: Sound, clock: Clock, keep: Callable[[str, bytes], None]) -> None:
        super().__init__()
        self._sound, self._clock, self._keep = sound, clock, keep
        self.devices = VoiceDevices()
        self.problem = ""
        self.ring = Ring(300)
        self._marks: dict[str, float] = {}
        self._overs: frozenset[str] = frozenset()
        self._talking = False
        self._ends: list[Callable[[], None]] = []
        self._microphone: Callable[[], None] | None = None
        self._loudspeaker: Samples | None = None
        self._to_radio: Samples | None = None
        self._recall: Callable[[], None] | None = None

    @property
    def on(self) -> bool:
        """Voice is carried."""
        return bool(self._ends)

    def use(self, devices: VoiceDevices, recall_s: float = 300.0) -> None:
        """These devices carry the voice from now on, or it is said why they do not."""
        self.stop()
        self.devices = devices
        self.ring = Ring(recall_s)
        self.problem = self._open()
        self.changed.emit()

    def stop(self) -> None:
        """Nothing is heard and nothing is sent."""
        self.end_recall()
        self._close_microphone()
        while self._ends:
            self._ends.pop()()
        self._loudspeaker = self._to_radio = None
        self._marks.clear()

    def names(self) -> tuple[list[str], list[str]]:
        """Inputs and outputs of this machine."""
        return self._sound.inputs(), self._sound.outputs()

    def talk_changed(self, event: TalkChanged) -> None:
        """The microphone is open while the radio has its permit, and not a moment longer."""
        talking = event.talk.phase is TalkPhase.TALKING
        if talking and not self._talking:
            self._marks[event.over] = self._clock.monotonic()
            if self._to_radio is not None:
                self._microphone = self._sound.listen(self.devices.microphone, self._on_spoken)
                if self._microphone is None:
                    self.problem = no_microphone_words()
                    self.changed.emit()
        elif not talking and self._talking:
            self._close_microphone()
            self._ended(event.over)
        self._talking = talking

    def follow(self, overs: frozenset[str]) -> None:
        """These talks of others go on: new ones are kept from here, those that ended were kept."""
        for over in overs - self._overs:
            self._marks[over] = self._clock.monotonic()
        for over in self._overs - overs:
            self._ended(over)
        self._overs = overs

    def _ended(self, over: str) -> None:
        """What was heard of this talk goes to the disk."""
        mark = self._marks.pop(over, None)
        if mark is not None and self.on:
            samples = self.ring.since(mark)
            if samples:
                self._keep(over, samples)

    def recall(self, seconds: float) -> bool:
        """The last so many seconds of sound are heard once more; False when there are none."""
        return self.play(self.ring.last(seconds))

    def play(self, samples: bytes) -> bool:
        """These samples are heard; False when there are none, or nothing to hear them with."""
        self.end_recall()
        if not samples:
            return False
        opened = self._sound.speak(self.devices.loudspeaker)
        if opened is None:
            self.problem = no_sound_words()
            self.changed.emit()
            return False
        put, self._recall = opened
        put(samples)
        return True

    def end_recall(self) -> None:
        """What is being recalled is silent."""
        recall, self._recall = self._recall, None
        if recall is not None:
            recall()

    def _open(self) -> str:
        inputs, outputs = self.names()
        if not inputs and not outputs:
            return no_sound_words()
        wanted = self.devices
        if not wanted.configured:
            return not_wired_words()
        lost = [
            name for name in (wanted.radio_in, wanted.microphone) if name and name not in inputs
        ]
        lost += [
            name for name in (wanted.radio_out, wanted.loudspeaker) if name and name not in outputs
        ]
        if lost:
            return translate("Radio", "Sound device not there: {names}").format(
                names=", ".join(lost)
            )
        return self._connect(wanted)

    def _connect(self, wanted: VoiceDevices) -> str:
        speaker = self._sound.speak(wanted.loudspeaker)
        ends: list[Callable[[], None]] = []
        if speaker is not None:
            self._loudspeaker = speaker[0]
            ends.append(speaker[1])
        if wanted.radio_out:
            to_radio = self._sound.speak(wanted.radio_out)
            if to_radio is None:
                _end(ends)
                return _cannot_open(wanted.radio_out)
            self._to_radio = to_radio[0]
            ends.append(to_radio[1])
        if wanted.radio_in:
            listening = self._sound.listen(wanted.radio_in, self._on_heard)
            if listening is None:
                _end(ends)
                return _cannot_open(wanted.radio_in)
            ends.append(listening)
        self._ends = ends
        return "" if speaker is not None else no_sound_words()

    def _on_heard(self, samples: bytes) -> None:
        """The radio is heard; while the post talks, its own voice is not heard twice."""
        if self._talking:
            return
        self.ring.put(samples, self._clock.monotonic())
        if self._loudspeaker is not None:
            self._loudspeaker(samples)

    def _on_spoken(self, samples: bytes) -> None:
        self.ring.put(samples, self._clock.monotonic())
        if self._to_radio is not None:
            self._to_radio(samples)

    def _close_microphone(self) -> None:
        microphone, self._microphone = self._microphone, None
        if microphone is not None:
            microphone()


def no_sound_words() -> str:
    """What the officer is told on a machine without sound."""
    return translate(
        "Radio",
        "No sound device on this machine: voice is neither heard nor recorded. "
        "Talk with the radio's own microphone.",
    )


def not_wired_words() -> str:
    """What he is told where the radio is not wired to the machine's sound."""
    return translate(
        "Radio",
        "The radio's voice is not wired to this machine; choose its sound devices with V.",
    )


def no_microphone_words() -> str:
    """What he is told when the microphone does not open."""
    return translate("Radio", "The microphone cannot be opened: nobody hears you. Check it.")


def _cannot_open(name: str) -> str:
    return translate("Radio", "Sound device cannot be opened at 8 kHz: {name}").format(name=name)


def _end(ends: list[Callable[[], None]]) -> None:
    while ends:
        ends.pop()()
