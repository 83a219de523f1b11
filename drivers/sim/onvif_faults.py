"""What a camera can do wrong: one function a fault, each ends when the camera does."""

from __future__ import annotations

import itertools
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler

ENDLESS_S = 60.0
PIECE = b"<a>" * 4096
Asked = BaseHTTPRequestHandler


def _silent(_: Asked, done: threading.Event) -> None:
    """It takes the question and says nothing."""
    done.wait(ENDLESS_S)


def _drip(asked: Asked, done: threading.Event) -> None:
    """Its answer comes letter by letter, for ever."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nX-")
    while not done.wait(0.05):
        asked.wfile.write(b"a")
        asked.wfile.flush()


def _endless(asked: Asked, done: threading.Event) -> None:
    """Its body never ends."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\n\r\n")
    while not done.is_set():
        asked.wfile.write(PIECE)


def _redirect(asked: Asked, _: threading.Event) -> None:
    """It sends the asker elsewhere."""
    asked.send_response(302)
    asked.send_header("Location", "http://127.0.0.1:1/onvif/device_service")
    asked.send_header("Content-Length", "0")
    asked.end_headers()


def _reset(asked: Asked, _: threading.Event) -> None:
    """It breaks off."""
    linger = struct.pack("ii", 1, 0)
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    asked.connection.close()


def _said(body: bytes, status: int = 200) -> Callable[[Asked, threading.Event], None]:
    def say(asked: Asked, _: threading.Event) -> None:
        asked.send_response(status)
        asked.send_header("Content-Type", "application/soap+xml")
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)

    return say


def _bomb() -> bytes:
    names = "abcdefghij"
    told = ['<!ENTITY a "ha">']
    told += [f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names)]
    return f"<?xml version='1.0'?><!DOCTYPE x [{''.join(told)}]><x>&j;</x>".encode()


FILE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><x>&f;</x>'
FETCH = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>'
ODD = b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><x/></s:Body></s:Envelope>'

FAULTS: Mapping[str, Callable[[Asked, threading.Event], None]] = {
    "silent": _silent,
    "drip": _drip,
    "endless": _endless,
    "redirect": _redirect,
    "reset": _reset,
    "bomb": _said(_bomb()),
    "file": _said(FILE),
    "fetch": _said(FETCH),
    "deep": _said(b"<a>" * 100_000 + b"</a>" * 100_000),
    "huge": _said(b"<a>" + b"x" * (3 << 20) + b"</a>"),
    "nonsense": _said(b"\x00\xff not xml"),
    "odd": _said(ODD),
    "empty": _said(b""),
    "broken": _said(b"<html>internal error</html>", 500),
    "denied": _said(b"<html>no</html>", 401),
}
