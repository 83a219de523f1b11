"""One HTTP question to one camera: bounded in time and size, never passed on elsewhere.

No proxy, no cookie, no redirect is followed; the host is the one that was given.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from drivers.camera.digest import answer_to, challenge_of
from drivers.camera.hostile_xml import MOST_BYTES
from drivers.errors import BadFrame, LinkLost, NoAnswer, NotSupported

PIECE = 1 << 16
XML = "application/soap+xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Known:
    """Who asks. The password is never shown."""

    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Host:
    """Where a camera listens."""

    name: str
    port: int
    secure: bool = False

    def address(self, path: str) -> str:
        """The address of this path on the camera."""
        scheme = "https" if self.secure else "http"
        place = f"[{self.name}]" if ":" in self.name else self.name
        return f"{scheme}://{place}:{self.port}{path}"


def host_of(address: str) -> tuple[Host, str]:
    """Host and path of such an address. Raises NotSupported for what is no address of a camera."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise NotSupported("this is no address of a camera") from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotSupported("this is no address of a camera")
    secure = parts.scheme == "https"
    path = parts.path or "/onvif/device_service"
    if parts.query:
        path += "?" + parts.query
    if not all(33 <= ord(c) < 127 for c in path):
        raise NotSupported("this is no path on a camera")
    return Host(parts.hostname, port or (443 if secure else 80), secure), path


@dataclass(frozen=True, slots=True)
class Answer:
    """What came, in the form in which the SOAP library takes it."""

    status_code: int
    content: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": XML})
    encoding: str = "utf-8"


class Post:
    """Questions to one host under one name. For one thread at a time."""

    def __init__(self, host: Host, known: Known) -> None:
        self.host, self._known = host, known
        self._challenge: dict[str, str] | None = None

    def ask(self, path: str, body: bytes, headers: Mapping[str, str], until: float) -> Answer:
        """The answer, before ``until`` on the monotonic clock.

        Raises LinkLost (unreachable, or ``no_permission``), NoAnswer, BadFrame. A digest that is
        asked for is given once.
        """
        for _ in range(2):
            status, asked, content = self._once(path, body, headers, until)
            if status != 401:
                break
            fresh = challenge_of(asked)
            if not self._known.user or fresh is None:
                break
            self._challenge = fresh
        if 300 <= status < 400:
            raise BadFrame("redirect")
        if status in (401, 403) and b"Fault" not in content:
            raise LinkLost("the camera does not take this user and password", "no_permission")
        return Answer(status, content)

    def _once(
        self, path: str, body: bytes, headers: Mapping[str, str], until: float
    ) -> tuple[int, list[str], bytes]:
        left = until - time.monotonic()
        if left <= 0:
            raise NoAnswer("the camera did not answer in time", "stalled")
        line = self._line(left)
        late = threading.Event()
        stop = threading.Timer(left, _cut, (line, late))
        stop.daemon = True
        stop.start()
        try:
            line.request("POST", path, body, self._headers(path, headers))
            with line.getresponse() as response:  # else it would keep the socket
                content = _whole(response)
            if late.is_set():  # what was cut off may look whole
                raise TimeoutError
            return response.status, response.headers.get_all("WWW-Authenticate") or [], content
        except (TimeoutError, OSError, http.client.HTTPException, ValueError) as failed:
            raise _sorted(failed, late.is_set()) from failed
        finally:
            stop.cancel()
            line.close()

    def _line(self, left: float) -> http.client.HTTPConnection:
        if not self.host.secure:
            return http.client.HTTPConnection(self.host.name, self.host.port, timeout=left)
        context = ssl.create_default_context()
        context.check_hostname = False  # cameras sign their certificates themselves;
        context.verify_mode = ssl.CERT_NONE  # no password travels, only its digest
        return http.client.HTTPSConnection(
            self.host.name, self.host.port, timeout=left, context=context
        )

    def _headers(self, path: str, headers: Mapping[str, str]) -> dict[str, str | bytes]:
        made: dict[str, str | bytes] = {**headers, "Connection": "close"}
        if self._challenge is not None:
            known = self._known
            told = answer_to(self._challenge, known.user, known.password, path)
            made["Authorization"] = told.encode()
        return made


def _whole(response: http.client.HTTPResponse) -> bytes:
    parts: list[bytes] = []
    held = 0
    while piece := response.read1(PIECE):
        held += len(piece)
        if held > MOST_BYTES:
            raise BadFrame("length")
        parts.append(piece)
    return b"".join(parts)


def _cut(line: http.client.HTTPConnection, late: threading.Event) -> None:
    late.set()
    sock = line.sock
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _sorted(failed: Exception, late: bool) -> Exception:
    if late or isinstance(failed, TimeoutError):
        return NoAnswer("the camera did not answer in time", "stalled")
    if isinstance(failed, (ConnectionResetError, BrokenPipeError)):
        return LinkLost("the camera closed the connection", "closed")
    if isinstance(failed, OSError):
        return LinkLost("the camera cannot be reached", "unreachable")
    return BadFrame("syntax")
