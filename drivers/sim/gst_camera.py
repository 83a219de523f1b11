"""Real RTSP cameras on the loopback: GStreamer's server, in a process of its own, stopped by its id.

The system's Python runs it, from the packages that ``installer/setup --dev`` brings.
"""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

PROGRAM = ("/usr/bin/python3", str(Path(__file__).with_name("gst_program.py")))
READY_S = 15.0


def film(size: str = "640x360", rate: int = 15, coding: str = "h264", pattern: str = "ball") -> str:
    """A film without end as GStreamer makes it: a moving picture of this size and rate."""
    width, height = size.split("x")
    source = f"videotestsrc is-live=true pattern={pattern} ! video/x-raw,format=I420,width={width},height={height},framerate={rate}/1"
    pay = {
        "h264": f"x264enc tune=zerolatency speed-preset=ultrafast key-int-max={rate} bitrate=500 ! rtph264pay name=pay0 pt=96 config-interval=1",
        "h265": f"x265enc tune=zerolatency speed-preset=ultrafast key-int-max={rate} bitrate=500 ! rtph265pay name=pay0 pt=96 config-interval=1",
        "mjpeg": "jpegenc ! rtpjpegpay name=pay0 pt=26",
    }[coding]
    return f"{source} ! {pay}"


class RtspServer:
    """``start`` serves every mount, ``stop`` ends the process, ``freeze`` halts it with open sockets.

    Started again it stands on the same port.
    """

    def __init__(self, mounts: Mapping[str, str] | Sequence[str] = ("live",)) -> None:
        named = mounts if isinstance(mounts, Mapping) else {name: film() for name in mounts}
        self.mounts = dict(named)
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    def address(self, name: str = "live", known: str = "") -> str:
        """Where this mount is, with ``user:password@`` before the host when given."""
        return f"rtsp://{known}127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """It answers."""
        parts = [f"{name}={pipeline}" for name, pipeline in self.mounts.items()]
        self._process = subprocess.Popen(
            (*PROGRAM, str(self.port), *parts),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        told = self._process.stdout.readline()
        assert told.startswith("ready"), f"the RTSP server did not start: {told!r}"

    def stop(self) -> None:
        """Its process is gone, and every connection with it."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait(READY_S)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def freeze(self) -> None:
        """It sends nothing more and keeps every socket open."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def ask_for(self, user: str, password: str) -> None:
        """From now on it wants this user and this password."""
        self._tell(f"user {user} {password}")

    def only_udp(self, name: str) -> None:
        """This mount is served over UDP alone."""
        self._tell(f"udp {name}")

    def change(self, name: str, pipeline: str) -> None:
        """Who comes next is shown this film."""
        self._tell(f"film {name} {pipeline}")

    def _tell(self, line: str) -> None:
        assert self._process is not None and self._process.stdin and self._process.stdout
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().strip() == "done"


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
