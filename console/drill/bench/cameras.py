"""Nine cameras for a measurement: GStreamer's RTSP server on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from drivers.sim.gst_camera import RtspServer, film

SIZE, RATE = "640x360", 15


@contextmanager
def nine_cameras(count: int = 9) -> Iterator[list[str]]:
    """Their addresses; they send while the block runs."""
    server = RtspServer({f"camera{n}": film(SIZE, RATE) for n in range(1, count + 1)})
    server.start()
    try:
        yield [server.address(name) for name in server.mounts]
    finally:
        server.stop()
