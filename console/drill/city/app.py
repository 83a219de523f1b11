"""The paths of ``openapi.json``: who may ask, what is read, what is answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect

from console.drill.city.authority import OPERATOR, POST_ID
from console.drill.city.bell import Bell
from console.drill.city.contract import SCHEMA_MAX, SCHEMA_MIN, Contract
from console.drill.city.envelope import (
    MAX_EVENTS,
    MAX_PACKED,
    TooLarge,
    Unreadable,
    read_json,
    unpacked,
)
from console.drill.city.ledger import Fork, Gap, LaneKey
from console.drill.city.store import Publication, Store, UnfitPublication, UnknownCursor, now_text

MAX_WAIT_S = 25.0
MAX_ITEMS = 200
MAX_RECORDS = 1000
_GZIP_FROM = 1024  # bytes below which packing is not worth it
_EPOCH = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
T = TypeVar("T")


class Forbidden(Exception):
    """The certificate does not belong to whom the path names."""


class Desk:
    """The handlers of one city. ``workers`` run what touches the store."""

    def __init__(self, store: Store, contract: Contract, bell: Bell, workers: Executor) -> None:
        self._store = store
        self._contract = contract
        self._bell = bell
        self._workers = workers

    async def take_events(self, request: Request, post: str) -> JSONResponse:
        _require_post(request, post)
        body = await _body(request)
        key, events = await self._in_store(lambda: self._batch(post, body))
        ack = await self._in_store(lambda: self._store.take(key, events))
        rejected = [asdict(found) for found in ack.rejected]
        answer: dict[str, Any] = {"ack_through": ack.ack_through, "rejected": rejected}
        if ack.countersigned:
            answer["countersigned"] = list(ack.countersigned)
        return JSONResponse(answer)

    async def get_state(self, request: Request, post: str, epoch: str) -> JSONResponse:
        _require_post(request, post)
        if not _EPOCH.fullmatch(epoch):
            raise Unreadable("epoch is not 16 lower-case hex digits")
        found = await self._in_store(lambda: self._store.state(post, epoch))
        schema = {"min": SCHEMA_MIN, "max": SCHEMA_MAX}
        return JSONResponse({**found, "schema": schema, "time": now_text()})

    async def get_digest(self, request: Request, post: str, entity: str, day: str) -> JSONResponse:
        _require_post(request, post)
        if not 1 <= len(entity) <= 64 or not entity.isprintable():
            raise Unreadable("entity is not the name of an entity kind")
        if not _DAY.fullmatch(day):
            raise Unreadable("day is not a date")
        try:
            date.fromisoformat(day)
        except ValueError as wrong:
            raise Unreadable(f"day: {wrong}") from wrong
        found = await self._in_store(lambda: self._store.digest(post, entity, day))
        return JSONResponse(asdict(found))

    async def get_feed(
        self,
        request: Request,
        post: str,
        after: str = "",
        limit: int = MAX_ITEMS,
        wait: float = 0.0,
    ) -> JSONResponse:
        _require_post(request, post)
        if not 1 <= limit <= MAX_ITEMS or not 0 <= wait <= MAX_WAIT_S:
            raise Unreadable(f"limit is 1 to {MAX_ITEMS}, wait 0 to {MAX_WAIT_S:g} seconds")
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        while True:
            rung = self._bell.listen(post)
            page = await self._in_store(lambda: self._store.feed(post, after, limit))
            left = until - loop.time()
            if page["items"] or left <= 0 or self._bell.closed:
                return JSONResponse(page)
            try:
                await asyncio.wait_for(rung.wait(), left)
            except TimeoutError:
                return JSONResponse(page)

    async def publish_item(self, request: Request, post: str, checked: bool = True) -> JSONResponse:
        _require_operator(request, post)
        body = await _body(request)
        told = await self._in_store(lambda: self._readable("publication.json", body))
        publication = Publication(post, told["kind"], told["payload"], post)
        item_id, seq = await self._in_store(
            lambda: self._store.publish(publication, checked=checked)
        )
        self._bell.ring(post)
        return JSONResponse({"item_id": item_id, "seq": seq}, status_code=201)

    async def list_events(
        self, request: Request, post: str, after: int = 0, limit: int = MAX_RECORDS
    ) -> JSONResponse:
        _require_operator(request, post)
        if not 0 <= after < 1 << 63 or not 1 <= limit <= MAX_RECORDS:
            raise Unreadable(f"after is 0 or more, limit 1 to {MAX_RECORDS}")
        found = await self._in_store(lambda: self._store.records(post, after, limit))
        return JSONResponse({"events": [asdict(record) for record in found]})

    def _batch(self, post: str, body: tuple[bytes, str]) -> tuple[LaneKey, list[dict[str, Any]]]:
        batch = read_json(unpacked(*body))
        events = batch.get("events") if isinstance(batch, dict) else None
        if isinstance(events, list) and len(events) > MAX_EVENTS:
            raise TooLarge(f"{len(events)} events, at most {MAX_EVENTS} in a request")
        fault = self._contract.fault("batch.json", batch)
        if fault is not None:
            raise Unreadable(fault)
        return LaneKey(post, batch["epoch"], batch["lane"]), batch["events"]

    def _readable(self, schema: str, body: tuple[bytes, str]) -> Any:
        value = read_json(unpacked(*body))
        fault = self._contract.fault(schema, value)
        if fault is not None:
            raise Unreadable(fault)
        return value

    async def _in_store(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._workers, work)


def make_app(desk: Desk) -> FastAPI:
    """The application with exactly the paths of the OpenAPI document."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM)
    told: dict[str, Any] = {"response_model": None}
    app.post("/v1/posts/{post}/events", **told)(desk.take_events)
    app.get("/v1/posts/{post}/state", **told)(desk.get_state)
    app.get("/v1/posts/{post}/digest", **told)(desk.get_digest)
    app.get("/v1/posts/{post}/feed", **told)(desk.get_feed)
    app.post("/v1/admin/posts/{post}/feed", **told)(desk.publish_item)
    app.get("/v1/admin/posts/{post}/events", **told)(desk.list_events)
    for kind, answer in _ANSWERS.items():
        app.add_exception_handler(kind, answer)
    return app


def _problem(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"code": code, "message": message}, status_code=status)


async def _on_gap(_request: Request, found: Exception) -> JSONResponse:
    assert isinstance(found, Gap)
    return JSONResponse({"code": "gap", "have_through": found.have_through}, status_code=409)


async def _on_fork(_request: Request, _found: Exception) -> JSONResponse:
    return JSONResponse({"code": "fork"}, status_code=409)


async def _on_unreadable(_request: Request, found: Exception) -> JSONResponse:
    return _problem(400, "unreadable", str(found))


async def _on_bad_parameter(_request: Request, found: Exception) -> JSONResponse:
    assert isinstance(found, RequestValidationError)
    told = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in found.errors())
    return _problem(400, "unreadable", told)


async def _on_too_large(_request: Request, found: Exception) -> JSONResponse:
    return _problem(413, "too_large", str(found))


async def _on_forbidden(_request: Request, found: Exception) -> JSONResponse:
    return _problem(403, "forbidden", str(found))


async def _on_unfit(_request: Request, found: Exception) -> JSONResponse:
    return _problem(422, "schema", str(found))


async def _on_store_failed(_request: Request, found: Exception) -> JSONResponse:
    return _problem(503, "busy", f"the store failed: {type(found).__name__}")


async def _on_gone(_request: Request, _found: Exception) -> JSONResponse:
    """A post that fell in the middle of its request is an everyday thing; nobody reads this."""
    return _problem(400, "unreadable", "the request is cut short")


async def _on_http(_request: Request, found: Exception) -> JSONResponse:
    assert isinstance(found, HTTPException)
    code = "not_found" if found.status_code == 404 else "unreadable"
    return _problem(found.status_code, code, str(found.detail))


_ANSWERS = {
    Gap: _on_gap,
    Fork: _on_fork,
    Unreadable: _on_unreadable,
    UnknownCursor: _on_unreadable,
    RequestValidationError: _on_bad_parameter,
    TooLarge: _on_too_large,
    Forbidden: _on_forbidden,
    UnfitPublication: _on_unfit,
    sa.exc.SQLAlchemyError: _on_store_failed,
    HTTPException: _on_http,
    ClientDisconnect: _on_gone,
}


def _require_post(request: Request, post: str) -> None:
    name = request.state.client_cn
    if name != post or post == OPERATOR or not POST_ID.fullmatch(post):
        raise Forbidden(f"the certificate of {name!r} does not open the road of {post[:63]!r}")


def _require_operator(request: Request, post: str) -> None:
    if request.client is None or request.client.host not in ("127.0.0.1", "::1"):
        raise Forbidden("the operator's paths are answered on loopback only")
    if request.state.client_cn != OPERATOR:
        raise Forbidden(f"the certificate of {request.state.client_cn!r} is not the operator's")
    if not POST_ID.fullmatch(post):
        raise Unreadable(f"{post[:63]!r} is not the id of a post")


async def _body(request: Request) -> tuple[bytes, str]:
    """The body as it came, with the name of its encoding; reading stops above MAX_PACKED bytes."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_PACKED:
            raise TooLarge(f"more than {MAX_PACKED} bytes")
        parts.append(part)
    return b"".join(parts), request.headers.get("content-encoding", "").strip().lower()
