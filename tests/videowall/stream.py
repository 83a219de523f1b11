"""A camera on the loopback: MPEG-TS over HTTP, with a password, and the habit of falling silent."""

from __future__ import annotations

import base64
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase

import av

PARTS_S = 10  # parts a second


def film(seconds: float, rate: int = 15, size: str = "320x180", source: str = "testsrc2") -> bytes:
    """So many seconds of moving picture, H.264 in MPEG-TS."""
    held = io.BytesIO()
    width, height = (int(part) for part in size.split("x"))
    with av.open(f"{source}=size={size}:rate={rate}", format="lavfi") as came:
        with av.open(held, "w", format="mpegts") as out:
            stream = out.add_stream(
                "libx264",
                rate=rate,
                options={"tune": "zerolatency", "preset": "ultrafast", "g": "15"},
            )
            stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
            for number, frame in enumerate(came.decode(video=0)):
                if number >= seconds * rate:
                    break
                out.mux(stream.encode(frame.reformat(format="yuv420p")))
            out.mux(stream.encode(None))
    return held.getvalue()


class LoopbackCamera:
    """Sends ``seconds`` of a film to whoever knows the password, then holds the line and is silent."""

    def __init__(
        self, seconds: float, user: str = "", password: str = "", data: bytes = b""
    ) -> None:
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.wanted = f"Basic {token}" if user else None
        self.asked = 0
        self._data, self._seconds = data or film(seconds), seconds
        self._ended = threading.Event()
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.asked += 1
                if camera.wanted not in (None, self.headers.get("Authorization")):
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", 'Basic realm="camera"')
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "video/mp2t")
                self.end_headers()
                try:
                    camera.send(self.wfile)
                except OSError:
                    return
                camera._ended.wait(30)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )

    def send(self, out: BufferedIOBase) -> None:
        """The film goes out in its own time, as a camera sends it."""
        step = len(self._data) // round(self._seconds * PARTS_S) + 1
        for at in range(0, len(self._data), step):
            out.write(self._data[at : at + step])
            out.flush()
            if self._ended.wait(1 / PARTS_S):
                return

    def address(self, known: str = "") -> str:
        """Where it is, with ``user:password@`` before the host when given."""
        return f"http://{known}127.0.0.1:{self._server.server_address[1]}/live.ts"

    def start(self) -> None:
        """It answers."""
        self._thread.start()

    def stop(self) -> None:
        """It is gone."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
