"""Films as the player writes them: H.264 in a fragmented MP4, each second its own fragment."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.video.frame import PictureType

RATE = 15
BARS = 10


def write_film(file: Path, seconds: float, gop: int = RATE, whole: bool = False) -> Path:
    """So many seconds of a moving picture stand in ``file``; ``whole`` as it is once it was closed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kind = "hybrid_fragmented+frag_keyframe" if whole else "frag_keyframe+empty_moov"
    options = {"movflags": f"{kind}+default_base_moof"}
    with av.open(f"testsrc2=size=320x180:rate={RATE}", format="lavfi") as came:
        with av.open(str(file), "w", format="mp4", options=options) as out:
            coding = {"tune": "zerolatency", "g": str(gop), "keyint_min": str(gop)}
            stream = out.add_stream("libx264", rate=RATE, options=coding)
            stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
            for number, frame in enumerate(came.decode(video=0)):
                if number >= round(seconds * RATE):
                    break
                shown = frame.reformat(format="yuv420p")
                shown.pict_type = PictureType.NONE  # else each is a key picture, as it was raw
                out.mux(stream.encode(shown))
            out.mux(stream.encode(None))
    return file


def write_counted(file: Path, first: int, seconds: float) -> Path:
    """Each picture shows its number, counted from ``first``, as ten bars: white for a one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    options = {"movflags": "hybrid_fragmented+frag_keyframe+default_base_moof"}
    with av.open(str(file), "w", format="mp4", options=options) as out:
        coding = {"tune": "zerolatency", "g": str(4 * RATE), "keyint_min": str(4 * RATE)}
        stream = out.add_stream("libx264", rate=RATE, options=coding)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(first, first + round(seconds * RATE)):
            bars = [235 if number >> bit & 1 else 16 for bit in reversed(range(BARS))]
            row = np.repeat(np.array(bars, np.uint8), 320 // BARS)
            grey = np.tile(row, (180, 1))
            picture = av.VideoFrame.from_ndarray(np.stack([grey] * 3, axis=2), format="rgb24")
            out.mux(stream.encode(picture.reformat(format="yuv420p")))
        out.mux(stream.encode(None))
    return file


def counted(bright: list[int]) -> int:
    """The number that these brightnesses of the ten bars' middles mean."""
    return sum(1 << bit for bit, one in enumerate(reversed(bright)) if one > 128)
