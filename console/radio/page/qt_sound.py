"""The machine's sound through Qt Multimedia. Brought when the first voice is wanted: it is large."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QIODevice, QObject
from PySide6.QtMultimedia import (
    QAudioDevice,
    QAudioFormat,
    QAudioSink,
    QAudioSource,
    QMediaDevices,
)

from console.radio.model import RATE
from console.radio.page.voice import Samples


def voice_format() -> QAudioFormat:
    """8 kHz, 16 bit, one channel."""
    wanted = QAudioFormat()
    wanted.setSampleRate(RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted


class QtSound(QObject):
    """What this machine has."""

    def inputs(self) -> list[str]:
        """What can be listened to, by name."""
        return [one.description() for one in QMediaDevices.audioInputs()]

    def outputs(self) -> list[str]:
        """What can be spoken through, by name."""
        return [one.description() for one in QMediaDevices.audioOutputs()]

    def listen(self, name: str, heard: Samples) -> Callable[[], None] | None:
        """``heard`` gets what this input hears."""
        device = _named(name, QMediaDevices.audioInputs(), QMediaDevices.defaultAudioInput())
        if device is None:
            return None
        source = QAudioSource(device, voice_format(), self)
        opened = source.start()
        if opened is None:
            source.deleteLater()
            return None
        opened.readyRead.connect(lambda: heard(bytes(opened.readAll().data())))

        def end() -> None:
            source.stop()
            source.deleteLater()

        return end

    def speak(self, name: str) -> tuple[Samples, Callable[[], None]] | None:
        """What plays samples through this output, and what ends it."""
        device = _named(name, QMediaDevices.audioOutputs(), QMediaDevices.defaultAudioOutput())
        if device is None:
            return None
        sink = QAudioSink(device, voice_format(), self)
        queue = _Queue(sink)
        sink.start(queue)

        def end() -> None:
            sink.stop()
            sink.deleteLater()

        return queue.put, end


class _Queue(QIODevice):
    """Samples that wait for the loudspeaker; silence where there are none."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = bytearray()
        self.open(QIODevice.OpenModeFlag.ReadOnly)

    def put(self, samples: bytes) -> None:
        """These will be heard after what waits."""
        self._waiting += samples

    def bytesAvailable(self) -> int:
        return max(len(self._waiting), 1024) + super().bytesAvailable()

    def readData(self, most: int) -> bytes:
        taken = bytes(self._waiting[:most])
        del self._waiting[:most]
        return taken + bytes(most - len(taken))

    def writeData(self, data: object, most: int) -> int:
        return -1


def _named(name: str, there: list[QAudioDevice], own: QAudioDevice) -> QAudioDevice | None:
    found = [one for one in there if one.description() == name] if name else [own]
    usable = [one for one in found if there and one.isFormatSupported(voice_format())]
    return usable[0] if usable else None
