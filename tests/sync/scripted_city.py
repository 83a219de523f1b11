"""A city that answers whatever a test wrote down for it, over real TLS with client certificates."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from console.drill.city.authority import Credentials

JSON_TYPE = {"Content-Type": "application/json"}


@dataclass
class Reply:
    """One answer: status, headers, body; a dict becomes JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON_TYPE))

    @property
    def data(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body).encode()


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    what: str  # state, feed, events
    query: dict[str, str]
    body: Any


class ScriptedCity:
    """Answers by its ``state``, ``feed`` and ``events``, which a test replaces."""

    def __init__(
        self,
        own: Credentials,
        newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
        host: str = "127.0.0.1",
    ) -> None:
        self._own = own
        self._newest = newest
        self._host = host
        self.asked: list[Asked] = []
        self.high: dict[str, int] = {}
        self.state: Callable[[Asked], Reply] = self._tell_state
        self.feed: Callable[[Asked], Reply] = self._quiet
        self.events: Callable[[Asked], Reply] = self._take
        self._ended = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"https://{self._host}:{self._server.server_address[1]}"

    def __enter__(self) -> ScriptedCity:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.maximum_version = self._newest
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(self._own.ca_file)
        context.load_cert_chain(self._own.certificate_file, self._own.key_file)
        self._server = _QuietServer((self._host, 0), _handler(self))
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="scripted-city"
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server is not None and self._thread is not None
        self._ended.set()
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        reply: Reply = getattr(self, asked.what)(asked)
        return reply

    def _tell_state(self, asked: Asked) -> Reply:
        return Reply(body={**empty_state(), "high_water": dict(self.high)})

    def _take(self, asked: Asked) -> Reply:
        through = asked.body["events"][-1]["seq"]
        self.high[str(asked.body["lane"])] = through
        return Reply(body={"ack_through": through, "rejected": []})

    def _quiet(self, asked: Asked) -> Reply:
        self._ended.wait(min(0.2, float(asked.query["wait"])))
        return Reply(body={"server_epoch": "e" * 16, "cursor": "0", "items": []})


def empty_state(**high_water: int) -> dict[str, Any]:
    """The state of a city that has this much of each lane (``l0=3``)."""
    lanes = {str(lane): high_water.get(f"l{lane}", 0) for lane in range(4)}
    return {
        "server_epoch": "e" * 16,
        "high_water": lanes,
        "archived_through": {},
        "schema": {"min": 1, "max": 1},
        "time": "2026-11-21T10:00:00.000Z",
    }


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what these tests are about."""


def _handler(city: ScriptedCity) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 5

        def do_GET(self) -> None:
            self._serve(None)

        def do_POST(self) -> None:
            self._serve(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _serve(self, body: Any) -> None:
            parts = urlsplit(self.path)
            what = parts.path.rsplit("/", 1)[1]
            reply = city.answer(Asked(what, dict(parse_qsl(parts.query)), body))
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
            self.wfile.write(reply.data)

        def log_message(self, *args: Any) -> None:
            """Nothing: the test says what it saw."""

    return Handler
