"""The last minutes of sound in memory, for instant recall. Samples are 16 bit, one channel."""

from __future__ import annotations

from dataclasses import dataclass

RATE = 8000  # as a radio's voice channel is; samples a second
WIDTH = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Sound from one moment on the monotonic clock to another."""

    begins: float
    samples: bytes

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / (RATE * WIDTH)


class Ring:
    """Keeps the last ``seconds`` of sound; silence between two pieces takes no room."""

    def __init__(self, seconds: float) -> None:
        self._most = int(seconds * RATE) * WIDTH
        self._pieces: list[Stretch] = []
        self._kept = 0

    @property
    def seconds(self) -> float:
        """How much sound is kept."""
        return self._kept / (RATE * WIDTH)

    def put(self, samples: bytes, now: float) -> None:
        """These samples ended at ``now``; the oldest beyond the limit are gone."""
        whole = samples[: len(samples) // WIDTH * WIDTH][-self._most :]
        if not whole:
            return
        self._pieces.append(Stretch(now - len(whole) / (RATE * WIDTH), whole))
        self._kept += len(whole)
        while self._kept > self._most:
            first = self._pieces.pop(0)
            over = self._kept - self._most
            self._kept -= len(first.samples)
            if over < len(first.samples):
                cut = Stretch(first.begins + over / (RATE * WIDTH), first.samples[over:])
                self._pieces.insert(0, cut)
                self._kept += len(cut.samples)

    def last(self, seconds: float) -> bytes:
        """The last so many seconds of sound."""
        wanted = int(seconds * RATE) * WIDTH
        found: list[bytes] = []
        for piece in reversed(self._pieces):
            if wanted <= 0:
                break
            found.append(piece.samples[-wanted:])
            wanted -= len(piece.samples)
        return b"".join(reversed(found))

    def since(self, moment: float) -> bytes:
        """What was heard from this moment on."""
        found: list[bytes] = []
        for piece in self._pieces:
            early = int(max(0.0, moment - piece.begins) * RATE) * WIDTH
            found.append(piece.samples[early:])
        return b"".join(found)

    def clear(self) -> None:
        """Nothing is kept."""
        self._pieces.clear()
        self._kept = 0
