"""Films as the player writes them: H.264 in a fragmented MP4, each second its own fragment."""

from __future__ import annotations

from pathlib import Path

import av
from av.video.frame import PictureType

RATE = 15


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
