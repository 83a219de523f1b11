"""Requests to the city: our own CA only, TLS 1.3, our certificate, no redirect, no proxy, bounded."""

from __future__ import annotations

import ssl
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpcore

from console.core.errors import Unavailable
from console.settings import CityRoad
from console.sync.model import Pace, Unreadable, read_json
from console.sync.service.wire import Patience, TlsRefused, TooMuch, Wire

MAX_BODY = 8 * 1024 * 1024  # unpacked (city-api, shape)
_MAX_WIRE = MAX_BODY + 1024 * 1024  # what frames it (chunks, trailers) included
_MAX_CHUNKS = 20_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the city answered: ``body`` is the JSON value, None when there is none worth reading."""

    status: int
    retry_after: str | None
    body: object


WireMaker = Callable[[Patience, float], httpcore.NetworkBackend]


class CityClient:
    """One connection to the city, used by one thread; every call ends in time or when halted."""

    def __init__(
        self,
        city: CityRoad,
        post: str,
        pace: Pace,
        halted: threading.Event,
        wire: WireMaker = Wire,
    ) -> None:
        self._city = city
        self._base = f"{city.url.rstrip('/')}/v1/posts/{quote(post, safe='')}"
        self._pace = pace
        self._patience = Patience(halted)
        self._wire = wire
        self._pool: httpcore.ConnectionPool | None = None

    def get(self, path: str, held_s: float = 0.0, **query: str | int | float) -> Answer:
        """The answer to GET; the city may hold it for ``held_s``."""
        return self._ask("GET", f"{self._base}/{path}?{urlencode(query)}", b"", held_s)

    def post(self, path: str, body: bytes) -> Answer:
        """The answer to POST of this JSON."""
        return self._ask("POST", f"{self._base}/{path}", body, 0.0)

    def close(self) -> None:
        """The connection is gone; the next request opens a new one."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def _ask(self, method: str, url: str, body: bytes, held_s: float) -> Answer:
        """Raises Unavailable when no whole answer came, whatever the reason."""
        headers = [("Host", urlsplit(url).netloc), ("Accept", "application/json")]
        headers += [("Accept-Encoding", "gzip")]
        if method == "POST":
            headers += [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        try:
            pool = self._pool = self._pool or self._open()
            self._patience.allow(self._pace.connect_s + held_s + self._pace.answer_s)
            extensions = {"trace": self._on_trace}
            with pool.stream(
                method, url, headers=headers, content=body, extensions=extensions
            ) as response:
                return self._read(response)
        except BaseException as failed:
            self.close()
            sorted_failure = _sorted(failed)
            if sorted_failure is None:
                raise
            raise sorted_failure from failed

    def _on_trace(self, name: str, _: dict[str, Any]) -> None:
        if name == "http11.receive_response_headers.complete":
            self._patience.body_begins(_MAX_WIRE)

    def _open(self) -> httpcore.ConnectionPool:
        return httpcore.ConnectionPool(
            ssl_context=tls_context(self._city),
            max_connections=1,
            keepalive_expiry=60.0,
            network_backend=self._wire(self._patience, self._pace.connect_s),
        )

    def _read(self, response: httpcore.Response) -> Answer:
        told = {name.lower(): value for name, value in response.headers}
        data = _unpacked(response, told.get(b"content-encoding", b"identity").strip().lower())
        is_json = told.get(b"content-type", b"").split(b";")[0].strip().endswith(b"json")
        after = told.get(b"retry-after")
        body: object = None
        if is_json:
            try:
                body = read_json(data)
            except Unreadable as broken:
                if response.status == 200:
                    raise Unavailable("sync.unreadable", told=str(broken)) from broken
        elif response.status == 200:
            raise Unavailable("sync.unreadable", told="no JSON")
        return Answer(response.status, after.decode("latin-1") if after else None, body)


def _unpacked(response: httpcore.Response, encoding: bytes) -> bytes:
    """The body, unpacked. Raises Unavailable beyond ``MAX_BODY`` or when it cannot be unpacked."""
    if encoding not in (b"identity", b"gzip", b""):
        raise Unavailable("sync.unreadable", told="encoding")
    unzip = zlib.decompressobj(wbits=31) if encoding == b"gzip" else None
    body = bytearray()
    for count, chunk in enumerate(response.iter_stream()):
        if unzip and unzip.eof:
            raise Unavailable("sync.unreadable", told="more after the gzip")
        body += unzip.decompress(chunk, MAX_BODY - len(body) + 1) if unzip else chunk
        if len(body) > MAX_BODY or count > _MAX_CHUNKS or (unzip and unzip.unconsumed_tail):
            raise Unavailable("sync.answer_too_large", limit_mb=MAX_BODY >> 20)
    if unzip and (not unzip.eof or unzip.unused_data):
        raise Unavailable("sync.unreadable", told="gzip")
    return bytes(body)


def tls_context(city: CityRoad) -> ssl.SSLContext:
    """TLS 1.3 with our certificate, trusting the private CA and nothing else, names checked."""
    if urlsplit(city.url).scheme != "https":
        raise Unavailable("sync.not_https", url=city.url)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    try:
        context.load_verify_locations(cafile=city.ca_file)
        context.load_cert_chain(city.certificate_file, city.key_file or None, lambda: b"")
    except (OSError, ValueError, TypeError) as failed:
        told = f"{city.ca_file}, {city.certificate_file}, {city.key_file}: {failed}"
        raise Unavailable("sync.certificate_files", told=told) from failed
    return context


def _sorted(failed: BaseException) -> Unavailable | None:
    """The failure as the house sorts it; None for what is already sorted, and for bugs."""
    if isinstance(failed, httpcore.TimeoutException):
        return Unavailable("sync.timed_out")
    if isinstance(failed, (httpcore.RemoteProtocolError, zlib.error)):
        return Unavailable("sync.unreadable", told=str(failed))
    if isinstance(failed, TooMuch):
        return Unavailable("sync.answer_too_large", limit_mb=MAX_BODY >> 20)
    if isinstance(failed, TlsRefused):
        return Unavailable("sync.tls_refused", told=str(failed))
    if isinstance(failed, (httpcore.NetworkError, OSError)):
        return Unavailable("sync.unreachable", told=str(failed))
    if isinstance(failed, (httpcore.ProtocolError, httpcore.UnsupportedProtocol)):
        return Unavailable("sync.bad_address", told=str(failed))
    return None
