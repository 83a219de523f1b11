"""HTTPS on loopback in a named thread: TLS 1.3, client certificates of one private authority."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from console.drill.city.authority import Credentials

LOOPBACK = "127.0.0.1"
_KEEP_ALIVE_S = 75  # longer than the longest poll, so that a quiet post keeps its connection
_GRACE_S = 3
_FAREWELL_S = 0.1


class _KnowsItsClient(H11Protocol):
    """Tells the application, as ``request.state.client_cn``, whose certificate the client showed."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        certificate = transport.get_extra_info("peercert") or {}
        self.app_state = {**self.app_state, "client_cn": common_name(certificate)}


def common_name(certificate: dict[str, Any]) -> str:
    """The subject's only CN; empty when there is none, or more than one."""
    subject = certificate.get("subject", ())
    names = [value for part in subject for name, value in part if name == "commonName"]
    return names[0] if len(names) == 1 else ""


def make_context(city: Credentials) -> ssl.SSLContext:
    """TLS 1.3 only; a client without a certificate of our authority does not get in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(city.certificate_file, city.key_file)
    context.load_verify_locations(city.ca_file)
    return context


class _Uvicorn(uvicorn.Server):
    """Says when it listens, and can stop taking connections up without closing its address."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        breaking_off = asyncio.create_task(self._break_off())
        try:
            await super().shutdown(sockets)
        finally:
            breaking_off.cancel()

    async def _break_off(self) -> None:
        """Does not wait for clients that leave our TLS farewell unanswered."""
        before: set[asyncio.Transport] = set()
        while True:
            await asyncio.sleep(_FAREWELL_S)
            open_ones = [c for c in self.server_state.connections if isinstance(c, H11Protocol)]
            closing = {c.transport for c in open_ones if c.transport.is_closing()}
            for transport in closing & before:
                transport.abort()
            before = closing

    def deaf(self) -> None:
        for server in self.servers:
            server.close()
        self.servers = []

    async def hear(self, listener: socket.socket) -> None:
        if not self.servers and not self.should_exit:
            server = await asyncio.get_running_loop().create_server(
                self._make_protocol, sock=listener.dup(), ssl=self.config.ssl
            )
            self.servers = [server]

    def _make_protocol(self) -> asyncio.Protocol:
        return _KnowsItsClient(self.config, self.server_state, self.lifespan.state)


class Server:
    """Serves ``app`` on loopback from ``start`` to ``stop``."""

    def __init__(self, app: ASGIApp, port: int, city: Credentials) -> None:
        self._app = app
        self._asked_port = port
        self._city = city
        self._listener: socket.socket | None = None
        self._uvicorn: _Uvicorn | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._started = threading.Event()

    @property
    def port(self) -> int:
        """The port it listens on."""
        if self._listener is None:
            raise RuntimeError("the city is not started")
        return int(self._listener.getsockname()[1])

    def start(self, attach: Callable[[asyncio.AbstractEventLoop], None]) -> None:
        """Requests are answered; ``attach`` was called with the loop. OSError where the port is taken."""
        self._listener = _bind(self._asked_port)
        config = uvicorn.Config(
            self._app,
            loop="asyncio",
            http=_KnowsItsClient,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
            ssl_context_factory=lambda _config, _default: make_context(self._city),
        )

        def on_started() -> None:
            self._loop = asyncio.get_running_loop()
            attach(self._loop)
            self._started.set()

        self._uvicorn = _Uvicorn(config, on_started)
        sockets = [self._listener.dup()]
        self._thread = threading.Thread(
            target=self._uvicorn.run, args=(sockets,), name="reference-city"
        )
        self._thread.start()
        while not self._started.wait(0.05):
            if not self._thread.is_alive():
                self.stop(1)
                raise RuntimeError("the city's server did not start")

    def deaf(self, is_deaf: bool) -> None:
        """Connections are not taken up (they hang in the handshake), or taken up again."""
        server, loop, listener = self._uvicorn, self._loop, self._listener
        if server is None or loop is None or listener is None:
            raise RuntimeError("the city is not started")

        async def turn() -> None:
            if is_deaf:
                server.deaf()
            else:
                await server.hear(listener)

        asyncio.run_coroutine_threadsafe(turn(), loop).result(5)

    def stop(self, timeout_s: float) -> None:
        """The address is free and the thread has ended."""
        if self._uvicorn is not None:
            self._uvicorn.should_exit = True
        if self._thread is not None:
            self._thread.join(timeout_s)
            if self._thread.is_alive():
                raise RuntimeError(f"the city's server did not end within {timeout_s:g} s")
        if self._listener is not None:
            self._listener.close()
        self._uvicorn = self._thread = self._listener = self._loop = None
        self._started.clear()


def _bind(port: int) -> socket.socket:
    # Named as TCP, or asyncio leaves Nagle's algorithm on and an answer may wait 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    listener.setblocking(False)
    return listener
