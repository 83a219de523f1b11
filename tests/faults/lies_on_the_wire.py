"""How a lying city answers, whatever it says: lengths, codings, heads, bodies and silences."""

from __future__ import annotations

import gzip
import itertools
import json
import zlib
from collections.abc import Iterator

from tests.faults.lies import Lie, LyingCity, Request, Tell, head, said

TEN_GB = 10 << 30
_KIB = b" " * (64 << 10)
_JSON = "Content-Type: application/json"
_ZIP = "Content-Encoding: gzip"
OK = b'{"ack_through":1,"rejected":[]}'


def told(*parts: bytes) -> Tell:
    """Just these bytes, and then the connection breaks off."""
    return lambda request, city: b"".join(parts)


def endless(first: bytes, part: bytes) -> Tell:
    """The first bytes, and the part again and again until the post hangs up."""
    return lambda request, city: itertools.chain([first], itertools.repeat(part))


def slowly(whole: bytes) -> Tell:
    """Byte after byte, with a pause before each."""

    def tell(request: Request, city: LyingCity) -> Iterator[bytes]:
        for at in range(len(whole)):
            city.ended.wait(0.05)
            yield whole[at : at + 1]

    return tell


def coded(data: bytes, *more: str) -> Tell:
    """A body under these heads, with its honest length."""
    length = f"Content-Length: {len(data)}"
    return told(head(200, _JSON, length, *more), data)


def body(data: bytes, kind: str = "application/json", status: int = 200) -> Tell:
    """A body of this kind."""
    return lambda request, city: said(data, status, kind)


def to_elsewhere(status: int) -> Tell:
    """Another address, which is the city's own, so that a post that follows would get an answer."""

    def tell(request: Request, city: LyingCity) -> bytes:
        return said({}, status, "application/json", f"Location: {city.url}/trap/v1/state")

    return tell


def ahead(request: Request, city: LyingCity) -> bytes:
    """Two answers to one question: the second would be of what was not asked yet."""
    through = {"ack_through": request.events[0]["seq"] - 1, "rejected": []}
    return said(through) + said({"ack_through": 10**6, "rejected": []})


def bomb() -> bytes:
    """64 MiB of blanks in 64 KiB."""
    return gzip.compress(b" " * (64 << 20), 9)


def chunk(data: bytes) -> bytes:
    """One chunk of a body sent in chunks."""
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


CHUNKED = head(200, _JSON, "Transfer-Encoding: chunked")
EMPTY_BLOCK = zlib.compressobj(wbits=31).compress(b"") + b"\x00\x00\x00\xff\xff" * 8000
LARGE, UNREAD = "trouble sync.answer_too_large", "trouble sync.unreadable"

ON_THE_WIRE = (
    Lie("ten gigabytes", "events", endless(head(200, _JSON, f"Content-Length: {TEN_GB}"), _KIB), LARGE),
    Lie("ten gigabytes of a refusal", "events", endless(head(500, _JSON, f"Content-Length: {TEN_GB}"), _KIB), LARGE),
    Lie("a body without an end", "events", endless(head(200, _JSON), _KIB), LARGE),
    Lie("chunks without an end", "events", endless(CHUNKED, chunk(_KIB)), LARGE),
    Lie("chunks of one byte without an end", "events", endless(CHUNKED, chunk(b" ") * 10_000), LARGE),
    Lie("a bomb of gzip", "events", coded(bomb(), _ZIP), LARGE),
    Lie("gzip with rubbish behind it, without an end", "events", endless(head(200, _JSON, _ZIP) + gzip.compress(OK), _KIB), UNREAD),
    Lie("gzip that unpacks to nothing, without an end", "events", endless(head(200, _JSON, _ZIP) + EMPTY_BLOCK, EMPTY_BLOCK[10:]), LARGE),
    Lie("gzip cut off", "events", coded(gzip.compress(OK)[:-9], _ZIP), UNREAD),
    Lie("gzip with a wrong sum", "events", coded(gzip.compress(OK)[:-8] + b"\0" * 8, _ZIP), UNREAD),
    Lie("gzip in gzip", "events", coded(gzip.compress(gzip.compress(OK)), _ZIP), UNREAD),
    Lie("two gzips one after the other", "events", coded(gzip.compress(OK) * 2, _ZIP), UNREAD),
    Lie("called gzip, and is none", "events", coded(OK, _ZIP), UNREAD),
    Lie("a coding that nobody asked for", "events", coded(OK, "Content-Encoding: br"), UNREAD),
    Lie("a length above what comes", "events", told(head(200, _JSON, "Content-Length: 9999"), OK), UNREAD),
    Lie("a length below what comes", "events", told(head(200, _JSON, "Content-Length: 9"), OK), UNREAD),
    Lie("two lengths", "events", told(head(200, _JSON, "Content-Length: 9", "Content-Length: 31"), OK), UNREAD),
    Lie("a negative length", "events", told(head(200, _JSON, "Content-Length: -1"), OK), UNREAD),
    Lie("a length of 30 digits", "events", told(head(200, _JSON, f"Content-Length: {'9' * 30}"), OK), UNREAD),
    Lie("chunks of rubbish", "events", told(CHUNKED, b"xyzzy\r\nrubbish\r\n"), UNREAD),
    Lie("a chunk of negative length", "events", told(CHUNKED, b"-5\r\n" + OK), UNREAD),
    Lie("a chunk's extension without an end", "events", endless(CHUNKED + b"1;", b"x=1;" * 9999), UNREAD),
    Lie("trailers without an end", "events", endless(CHUNKED + chunk(OK) + b"0\r\n", b"X-Trailer: 1\r\n" * 999), UNREAD),
    Lie("heads without an end", "events", endless(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n" * 999), UNREAD),
    Lie("one head without an end", "events", endless(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536), UNREAD),
    Lie("a status line without an end", "events", endless(b"HTTP/1.1 200 ", b"y" * 65536), UNREAD),
    Lie("interim answers without an end", "events", endless(b"", b"HTTP/1.1 102 Wait\r\n\r\n" * 2000), UNREAD),
    Lie("heads with lines of other heads in them", "events", told(b"HTTP/1.1 200 OK\r\nX: a\rContent-Length: 5\r\n\x00: y\r\n\r\n", OK), UNREAD),
    Lie("another protocol is spoken from now on", "events", told(head(101, "Upgrade: websocket", "Connection: Upgrade"), OK), UNREAD),
    Lie("nothing to say, and a body", "events", told(head(204, _JSON, "Content-Length: 31"), OK), UNREAD),
    Lie("a part of the whole", "events", body(OK, status=206), UNREAD),
    Lie("not changed since", "events", told(head(304, _JSON)), "trouble sync.redirected"),
    Lie("a page to sign in, as HTML", "events", body(b"<!doctype html><title>Sign in</title>", "text/html"), UNREAD),
    Lie("a page to sign in that says it is JSON", "events", body(b"<!doctype html><title>Sign in</title>"), UNREAD),
    Lie("JSON that says it is HTML", "events", body(OK, "text/html"), UNREAD),
    Lie("UTF-16", "events", body(json.dumps({"ack_through": 1}).encode("utf-16"), "application/json; charset=utf-16"), UNREAD),
    Lie("GBK", "events", body('{"ack_through":1,"x":"警务站"}'.encode("gbk"), "application/json; charset=gbk"), UNREAD),
    Lie("a mark of the order of bytes", "events", body(b"\xef\xbb\xbf" + OK), UNREAD),
    Lie("broken UTF-8", "events", body(b'{"ack_through":1,"x":"\xc3\x28\xff"}'), UNREAD),
    Lie("no body", "events", body(b""), UNREAD),
    Lie("half of a body", "events", told(head(200, _JSON, "Content-Length: 31"), OK[:15]), UNREAD),
    Lie("half of a head", "events", told(b"HTTP/1.1 200 OK\r\nContent-Le"), UNREAD),
    Lie("no answer", "events", told(b""), UNREAD),
    Lie("a greeting of another service", "events", told(b"SSH-2.0-OpenSSH_9.2\r\n"), UNREAD),
    Lie("status 42", "events", told(b"HTTP/1.1 042 So\r\n\r\n"), UNREAD),
    Lie("status 999", "events", body(OK, status=999), "trouble sync.city_failing"),
    Lie("HTTP/9.9", "events", told(b"HTTP/9.9 200 OK\r\n\r\n", OK), UNREAD),
    Lie("two answers to one question", "events", ahead, "lane sync.no_progress"),
    Lie("moved for good", "events", to_elsewhere(301), "trouble sync.redirected"),
    Lie("moved, send it there too", "any", to_elsewhere(308), "trouble sync.redirected"),
    Lie("a head byte by byte", "events", slowly(head(200, *["X: 1"] * 99)), "trouble sync.timed_out", hurried=True),
    Lie("a body byte by byte", "feed", slowly(head(200, _JSON) + b" " * 9999), "trouble sync.timed_out", hurried=True),
)  # fmt: skip
