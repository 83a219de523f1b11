"""Ways in which a city misbehaves, for the drill and the tests; switched on the Python object only."""

from __future__ import annotations

import asyncio
import threading
from enum import StrEnum
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Fault(StrEnum):
    """What the city does instead of answering. The operator's paths go on as usual."""

    ANSWER_500 = "answer_500"  # nothing is applied
    BUSY = "busy"  # 429 with Retry-After; nothing is applied
    HTML = "html"  # 200 with a sign-in page, as a captive portal gives; nothing is applied
    HALF_BODY = "half_body"  # applied, but the answer breaks off in the middle
    TIME_OUT = "time_out"  # applied, but the answer never comes
    SWALLOW = "swallow"  # nothing is read: requests and new connections hang


class Misbehaviour:
    """Stands before the application and spoils requests while a fault is switched on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._lock = threading.Lock()
        self._fault: Fault | None = None
        self._left: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._better = asyncio.Event()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Requests that hang are let go in this loop."""
        self._loop = loop

    def switch(self, fault: Fault | None, times: int | None = None) -> None:
        """From now on this fault (the next ``times`` requests only), or none. From any thread."""
        with self._lock:
            self._fault, self._left = fault, times
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._let_go)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = None
        if scope["type"] == "http" and not scope["path"].startswith("/v1/admin/"):
            fault = self._next()
        if fault is None:
            await self._app(scope, receive, self._swallowing(send))
        elif fault is Fault.ANSWER_500:
            await _answer(send, 500, b"application/json", b'{"code":"internal","message":"drill"}')
        elif fault is Fault.BUSY:
            later = (b"retry-after", b"1")
            await _answer(
                send, 429, b"application/json", b'{"code":"busy","message":"drill"}', later
            )
        elif fault is Fault.HTML:
            await _answer(send, 200, b"text/html", b"<!doctype html><title>Sign in</title>")
        elif fault is Fault.SWALLOW:
            await self._better.wait()  # then no answer: the server breaks the connection off
        else:
            kept: list[Message] = []
            await self._app(scope, receive, _keeper(kept))
            if fault is Fault.TIME_OUT:
                await self._better.wait()
            else:
                await _send_half(send, kept)

    def _next(self) -> Fault | None:
        with self._lock:
            fault = self._fault
            if fault is not None and self._left is not None:
                self._left -= 1
                if self._left <= 0:
                    self._fault = self._left = None
            return fault

    def _swallowing(self, send: Send) -> Send:
        """An answer to a poll from before the city went silent waits until it is itself again."""

        async def send_unless_silent(message: Message) -> None:
            while self._fault is Fault.SWALLOW:
                await self._better.wait()
            await send(message)

        return send_unless_silent

    def _let_go(self) -> None:
        self._better.set()
        self._better = asyncio.Event()


def _keeper(kept: list[Message]) -> Send:
    async def keep(message: Message) -> None:
        kept.append(message)

    return keep


async def _send_half(send: Send, kept: list[Message]) -> None:
    """The head with the whole length, half of the body, and no end."""
    start = next(m for m in kept if m["type"] == "http.response.start")
    body = b"".join(m.get("body", b"") for m in kept if m["type"] == "http.response.body")
    headers = [(n, v) for n, v in start["headers"] if n.lower() != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode()))
    await send({**start, "headers": headers})
    half: dict[str, Any] = {"type": "http.response.body", "body": body[: len(body) // 2]}
    await send({**half, "more_body": True})


async def _answer(
    send: Send, status: int, kind: bytes, body: bytes, *more: tuple[bytes, bytes]
) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
