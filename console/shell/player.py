"""What makes a tone heard on this machine, and what says plainly that nothing can."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, QUrl

translate = QCoreApplication.translate
FIRST_MS = 150  # the first tone waits so long: the desk is painted meanwhile


class Player(Protocol):
    """Plays a small WAV file without waiting for it. ``problem`` says why it cannot."""

    problem: str

    def start(self, changed: Callable[[], None]) -> None:
        """Ready; ``changed`` is called whenever ``problem`` changes."""

    def stop(self) -> None:
        """Silent."""

    def play(self, file: Path) -> None:
        """The file sounds, soon."""


class QtPlayer:
    """Qt Multimedia's sound effects."""

    def __init__(self) -> None:
        self.problem = ""
        self._effects: dict[Path, QObject] = {}

    def start(self, changed: Callable[[], None]) -> None:
        """Ready."""

    def stop(self) -> None:
        """Silent."""
        for effect in self._effects.values():
            effect.deleteLater()
        self._effects.clear()

    def play(self, file: Path) -> None:
        """The file sounds, soon."""
        from PySide6.QtMultimedia import QSoundEffect

        effect = self._effects.get(file)
        if not isinstance(effect, QSoundEffect):
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(file)))
            self._effects[file] = effect
        effect.play()


class AplayPlayer(QObject):
    """ALSA's ``aplay``, one process a tone. A failure of it is kept as the problem."""

    def __init__(self, program: str) -> None:
        super().__init__()
        self.problem = ""
        self._program = program
        self._changed: Callable[[], None] = lambda: None
        self._process: QProcess | None = None

    def start(self, changed: Callable[[], None]) -> None:
        """Ready."""
        self._changed = changed

    def stop(self) -> None:
        """Silent."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def play(self, file: Path) -> None:
        """The file sounds, soon; left out while the last one still does."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(self._program, ["-q", str(file)])

    def _on_finished(self, status: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
            self._say("" if status == 0 else no_sound_words())

    def _on_error(self, error: QProcess.ProcessError) -> None:
        process = self._process
        if error is QProcess.ProcessError.FailedToStart and process is not None:
            self._process = None
            process.deleteLater()
            self._say(no_sound_words())

    def _say(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self._changed()


class NoPlayer:
    """A machine on which nothing can be heard."""

    def __init__(self) -> None:
        self.problem = no_sound_words()

    def start(self, changed: Callable[[], None]) -> None:
        """Says its problem."""
        changed()

    def stop(self) -> None:
        """Silent as before."""

    def play(self, file: Path) -> None:
        """Nothing can be heard; ``problem`` says so."""


def no_sound_words() -> str:
    """What the officer is told."""
    return translate(
        "Tones", "No sound device: tones cannot be heard. Watch the lamps; connect a loudspeaker."
    )


def find_player() -> Player:
    """The best player of this machine."""
    if _qt_has_output():
        return QtPlayer()
    program = shutil.which("aplay")
    if program and _alsa_has_card():
        return AplayPlayer(program)
    return NoPlayer()


class LatePlayer:
    """The best player of this machine, looked for right after the first tone was due, or when ``find``
    is called: asking the machine for its loudspeakers takes longer than a page, and the calls that
    ring at the start are to be seen first."""

    def __init__(self) -> None:
        self.problem = ""
        self._found: Player | None = None
        self._waiting: Path | None = None
        self._on = False
        self._changed: Callable[[], None] = lambda: None

    def start(self, changed: Callable[[], None]) -> None:
        """Ready to look."""
        self._changed = changed
        self._on = True

    def stop(self) -> None:
        """Silent."""
        self._waiting, self._on = None, False
        if self._found is not None:
            self._found.stop()
            self._found = None

    def find(self) -> Player:
        """The player; from now on ``problem`` is true."""
        if self._found is None:
            self._found = find_player()
            self._found.start(self._tell)
            self._tell()
        return self._found

    def play(self, file: Path) -> None:
        """The file sounds, soon; of several before there is a player, the last."""
        if self._found is not None:
            self._found.play(file)
        elif self._on:
            if self._waiting is None:
                QTimer.singleShot(FIRST_MS, self._play_first)
            self._waiting = file

    def _play_first(self) -> None:
        file, self._waiting = self._waiting, None
        if file is not None:
            self.find().play(file)

    def _tell(self) -> None:
        if self._found is not None:
            self.problem = self._found.problem
        self._changed()


def _qt_has_output() -> bool:
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:  # Qt Multimedia wants libpulse, which a bare machine lacks
        return False
    return bool(QMediaDevices.audioOutputs())


def _alsa_has_card() -> bool:
    cards = Path("/proc/asound/cards")
    return cards.exists() and "[" in cards.read_text("utf-8", "replace")
