"""Makes the tones of the catalogue: ``python -m console.shell.sounds`` writes resources/sounds."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

from console.shell.tones import SOUNDS, TONES

RATE = 22050
FADE_S = 0.008

# per tone: (hertz, seconds, loudness); 0 Hz is silence
SCORES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "call": ((880, 0.14, 0.6), (0, 0.06, 0), (1175, 0.22, 0.6)),
    "officer_help": ((1400, 0.12, 0.8), (900, 0.12, 0.8)) * 4,
    "alarm": ((740, 0.18, 0.7), (0, 0.08, 0)) * 3,
    "unanswered": ((740, 0.12, 0.8), (988, 0.12, 0.8), (0, 0.06, 0)) * 3,
    "overdue": ((587, 0.16, 0.6), (0, 0.08, 0), (587, 0.16, 0.6)),
    "city_lost": ((523, 0.18, 0.5), (392, 0.3, 0.5)),
    "link_lost": ((440, 0.12, 0.5), (330, 0.2, 0.5)),
    "restored": ((392, 0.12, 0.4), (523, 0.2, 0.4)),
    "message": ((1047, 0.1, 0.4),),
    "refused": ((220, 0.18, 0.5),),
    "talk_permit": (
        (910, 0.06, 0.5),
        (0, 0.02, 0),
        (910, 0.06, 0.5),
        (0, 0.02, 0),
        (910, 0.06, 0.5),
    ),
    "talk_denied": ((311, 0.35, 0.6),),
    "talk_ends": ((660, 0.1, 0.5), (0, 0.05, 0), (660, 0.1, 0.5)),
}


def samples(score: tuple[tuple[float, float, float], ...]) -> bytes:
    """The score as 16-bit mono samples: a fundamental and a soft second, faded at both ends."""
    out = bytearray()
    for hertz, seconds, loudness in score:
        count = int(RATE * seconds)
        for at in range(count):
            edge = min(at, count - at) / RATE
            gain = loudness * min(1.0, edge / FADE_S)
            turn = 2 * math.pi * hertz * at / RATE
            value = gain * (0.8 * math.sin(turn) + 0.2 * math.sin(2 * turn))
            out += struct.pack("<h", int(value * 32000))
    return bytes(out)


def write(folder: Path = SOUNDS) -> None:
    """Every tone's file stands in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, tone in TONES.items():
        with wave.open(str(folder / tone.file), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(SCORES[name]))


if __name__ == "__main__":
    write()
