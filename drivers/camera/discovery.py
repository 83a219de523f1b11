"""WS-Discovery: which ONVIF cameras answer in this network, within a time that was set before."""

from __future__ import annotations

import selectors
import socket
import time
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import psutil

from drivers.camera.hostile_xml import tree_of
from drivers.camera.onvif import ADDRESS_CHARS, plain
from drivers.camera.post import host_of
from drivers.errors import BadFrame, NotSupported

GROUP = ("239.255.255.250", 3702)
MOST_FOUND = 500
MOST_BYTES = 1 << 16
MOST_ANSWERS = 5000  # of one probe; a flood ends it
DISCOVERY = "{http://schemas.xmlsoap.org/ws/2005/04/discovery}"
ADDRESSING = "{http://schemas.xmlsoap.org/ws/2004/08/addressing}"
SCOPE = "onvif://www.onvif.org/"
_PROBE = """<?xml version="1.0" encoding="UTF-8"?>
<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="{addressing}"><s:Header>\
<a:Action s:mustUnderstand="1">http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action>\
<a:MessageID>{number}</a:MessageID><a:To s:mustUnderstand="1">\
urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></s:Header><s:Body>\
<Probe xmlns="{discovery}"><d:Types xmlns:d="{discovery}" \
xmlns:dn="http://www.onvif.org/ver10/network/wsdl">dn:NetworkVideoTransmitter</d:Types></Probe>\
</s:Body></s:Envelope>"""


@dataclass(frozen=True, slots=True)
class Found:
    """A camera that answered. ``address`` is its ONVIF service, on the host that answered."""

    address: str
    host: str
    name: str
    model: str
    number: str  # its own name for itself, the same tomorrow


def probe(
    within_s: float = 3.0,
    places: Sequence[tuple[str, int]] = (GROUP,),
    through: Sequence[str] | None = None,
) -> list[Found]:
    """Who answered the question that was sent to these places, by address.

    ``through``: addresses of this machine's own interfaces, every one of them when None. What is
    no answer to this very question is left out.
    """
    until = time.monotonic() + within_s
    number = f"urn:uuid:{uuid.uuid4()}"
    question = _PROBE.format(
        number=number, addressing=ADDRESSING.strip("{}"), discovery=DISCOVERY.strip("{}")
    ).encode()
    found: dict[str, Found] = {}
    with selectors.DefaultSelector() as waiting:
        sockets = [_asked(question, places, own) for own in _own(through)]
        for sock in sockets:
            waiting.register(sock, selectors.EVENT_READ)
        try:
            for data, host in _answers(waiting, until):
                for one in read_matches(data, host, number):
                    found.setdefault(one.address, one)
                if len(found) >= MOST_FOUND:
                    break
        finally:
            for sock in sockets:
                sock.close()
    return sorted(found.values(), key=lambda one: one.address)


def read_matches(data: bytes, host: str, number: str) -> list[Found]:
    """The cameras of this answer from this host; none when it answers another question."""
    try:
        root = tree_of(data)
    except BadFrame:
        return []
    if plain(root.findtext(f".//{ADDRESSING}RelatesTo")) != number:
        return []
    found = []
    for match in list(root.iter(f"{DISCOVERY}ProbeMatch"))[:16]:
        types = (match.findtext(f"{DISCOVERY}Types") or "").split()
        if not any(one.endswith((":NetworkVideoTransmitter", ":Device")) for one in types):
            continue
        address = _address((match.findtext(f"{DISCOVERY}XAddrs") or "").split(), host)
        if address:
            scopes = (match.findtext(f"{DISCOVERY}Scopes") or "").split()
            own = plain(_text(match, f"{ADDRESSING}EndpointReference/{ADDRESSING}Address"), 128)
            found.append(
                Found(address, host, _said(scopes, "name/"), _said(scopes, "hardware/"), own)
            )
    return found


def _own(through: Sequence[str] | None) -> list[str]:
    if through is not None:
        return list(through)
    parts = psutil.net_if_stats()
    return [
        one.address
        for name, addresses in psutil.net_if_addrs().items()
        for one in addresses
        if one.family is socket.AF_INET and name in parts and parts[name].isup
        and not one.address.startswith("127.")
    ]  # fmt: skip


def _asked(question: bytes, places: Iterable[tuple[str, int]], own: str) -> socket.socket:
    """A socket on this interface through which the question went out, twice (UDP loses some)."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setblocking(False)
    with suppress(OSError):  # an interface that takes none finds none
        sock.bind((own, 0))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(own))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
        for place in places:
            for _ in range(2):
                with suppress(OSError):
                    sock.sendto(question, place)
    return sock


def _answers(waiting: selectors.BaseSelector, until: float) -> Iterable[tuple[bytes, str]]:
    count = 0
    while (left := until - time.monotonic()) > 0 and count < MOST_ANSWERS and waiting.get_map():
        for key, _ in waiting.select(left):
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            with suppress(OSError):
                data, place = sock.recvfrom(MOST_BYTES)
                count += 1
                yield data, place[0]


def _address(offered: Sequence[str], host: str) -> str:
    """The address among these that is on the host which answered; else its path on that host."""
    known = []
    for one in offered[:16]:
        with suppress(NotSupported):
            place, path = host_of(one[:ADDRESS_CHARS])
            known.append((place.name != host, place.secure, place.port, path))
    if not known:
        return ""
    _, secure, port, path = min(known)
    return f"http{'s' if secure else ''}://{host}:{port}{path}"


def _said(scopes: Sequence[str], what: str) -> str:
    return next((plain(unquote(one.removeprefix(SCOPE + what))) for one in scopes
                 if one.startswith(SCOPE + what)), "")  # fmt: skip


def _text(match: Element, path: str) -> str:
    return match.findtext(path) or ""
