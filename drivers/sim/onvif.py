"""A simulated ONVIF camera on the loopback: SOAP over HTTP, WS-Discovery over UDP, a head that turns.

Its discovery answers probes that are sent to its own UDP port (unicast); with ``group`` it also
joins that multicast group on the loopback interface.
"""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree.ElementTree import Element

from drivers.camera.hostile_xml import tree_of
from drivers.errors import BadFrame
from drivers.sim import onvif_words as words
from drivers.sim.onvif_faults import FAULTS
from drivers.sim.onvif_head import Head

PTZ = "{http://www.onvif.org/ver20/ptz/wsdl}"
SCHEMA = "{http://www.onvif.org/ver10/schema}"
WSSE = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd}"
WSU = "{http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd}"
LIFE_S = 600.0  # nobody stopped it: it stops by itself
CLOCK_S = 5.0  # how far a token's time may be from the camera's
NONCE = "0a1b2c3d"


class OnvifSim:
    """``start`` answers, ``stop`` ends it; ``fault`` names what it does wrong (onvif_faults).

    ``user`` empty: nobody is asked. ``digest``: the name is asked for by HTTP, else in the message.
    """

    def __init__(
        self,
        streams: dict[str, tuple[int, int, str]],
        user: str = "",
        password: str = "",
        turns: bool = True,
    ) -> None:
        self.streams = dict(streams)  # profile → width, height, address
        self.user, self.password, self.turns = user, password, turns
        self.digest = False
        self.skew = timedelta()
        self.fault = ""
        self.faulty: set[str] = set()  # the calls that go wrong; all when empty
        self.head = Head()
        self.asked: list[str] = []
        self.name = "sim"
        self.number = "urn:uuid:7e57ca3e-0000-4000-8000-000000000001"
        self.elsewhere = ""  # what it offers as its services' host, when not its own
        self._http: ThreadingHTTPServer | None = None
        self._udp: socket.socket | None = None
        self._secure = False
        self.done = threading.Event()

    @property
    def port(self) -> int:
        """Where its services are."""
        assert self._http is not None
        return int(self._http.server_address[1])

    @property
    def address(self) -> str:
        """Its ONVIF service."""
        return f"{'https' if self._secure else 'http'}://127.0.0.1:{self.port}/onvif/device_service"

    @property
    def discovery(self) -> tuple[str, int]:
        """Where a probe reaches it."""
        assert self._udp is not None
        place: tuple[str, int] = self._udp.getsockname()
        return place

    def start(self, group: tuple[str, int] | None = None) -> None:
        """It answers, on free ports."""
        sim = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 30

            def do_POST(self) -> None:
                sim.answer(self)

            def log_message(self, *_: object) -> None:
                """Nothing is told."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._udp = _listening(group)
        for name, work in (("http", self._serve), ("udp", self._listen)):
            threading.Thread(target=work, name=f"onvif-{name}", daemon=True).start()
        end = threading.Timer(LIFE_S, self.stop)
        end.daemon = True
        end.start()
        self._end = end

    def protect(self, certificate: Path, key: Path) -> None:
        """From now on it is asked over TLS."""
        assert self._http is not None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self._secure = True

    def stop(self) -> None:
        """It is gone."""
        if self.done.is_set():
            return
        self.done.set()
        self._end.cancel()
        if self._http is not None:
            self._http.shutdown()
            self._http.server_close()
        if self._udp is not None:
            self._udp.close()

    def now(self) -> datetime:
        """What its clock says."""
        return datetime.now(UTC) + self.skew

    def answer(self, asked: BaseHTTPRequestHandler) -> None:
        """One question over HTTP."""
        length = int(asked.headers.get("Content-Length") or 0)
        body = asked.rfile.read(min(length, 1 << 20))
        with suppress(OSError):
            try:
                root = tree_of(body)
                call = next(iter(root[-1]))
            except (BadFrame, StopIteration, IndexError):
                _send(asked, 400, b"")
                return
            name = call.tag.rpartition("}")[2]
            self.asked.append(name)
            if self.fault in FAULTS and (not self.faulty or name in self.faulty):
                FAULTS[self.fault](asked, self.done)
                return
            self._take(asked, root, call, name)

    def _take(self, asked: BaseHTTPRequestHandler, root: Element, call: Element, name: str) -> None:
        if name != "GetSystemDateAndTime" and not self._knows(asked, root):
            if self.digest:
                told = {"WWW-Authenticate": f'Digest realm="sim", nonce="{NONCE}", qop="auth"'}
                _send(asked, 401, b"", told)
            else:
                _send(asked, 400, words.fault("NotAuthorized", "Sender not authorized"))
            return
        answers = self._answers()
        if self.fault == name or name not in answers:
            _send(asked, 500, words.fault("ActionNotSupported", f"{name} is not supported"))
            return
        _send(asked, 200, words.envelope(answers[name](call)))

    def _answers(self) -> dict[str, Callable[[Element], str]]:
        base = self.elsewhere or f"http://127.0.0.1:{self.port}"
        said = {"Manufacturer": "SIM", "Model": "PTZ-1", "FirmwareVersion": "1.0",
                "SerialNumber": "S-0001", "HardwareId": "1"}  # fmt: skip
        known: dict[str, Callable[[Element], str]] = {
            "GetSystemDateAndTime": lambda _: words.clock(self.now()),
            "GetCapabilities": lambda _: words.capabilities(base, self.turns),
            "GetServices": lambda _: words.services(base, self.turns),
            "GetDeviceInformation": lambda _: words.information(said),
            "GetProfiles": lambda _: self._profiles(),
            "GetStreamUri": lambda call: words.stream(self.streams[_token(call)][2]),
        }
        if self.turns:
            known |= {
                "ContinuousMove": self._move,
                "Stop": self._stop,
                "AbsoluteMove": self._absolute,
                "RelativeMove": self._relative,
                "GetStatus": lambda _: words.status(*self.head.place, self.head.moving),
                "GetPresets": lambda _: words.presets(
                    {token: name for token, (name, _) in self.head.presets.items()}
                ),
                "GotoPreset": self._go,
                "SetPreset": self._keep,
                "RemovePreset": self._drop,
            }
        return known

    def _profiles(self) -> str:
        parts = [
            words.profile(token, (w, h), self.turns) for token, (w, h, _) in self.streams.items()
        ]
        return f"<trt:GetProfilesResponse>{''.join(parts)}</trt:GetProfilesResponse>"

    def _move(self, call: Element) -> str:
        limit = call.findtext(f"{PTZ}Timeout")
        speed = call.find(f"{PTZ}Velocity")
        self.head.move(_three(speed), None if limit is None else _seconds(limit))
        return "<tptz:ContinuousMoveResponse/>"

    def _stop(self, _: Element) -> str:
        self.head.stop()
        return "<tptz:StopResponse/>"

    def _absolute(self, call: Element) -> str:
        pan, tilt, _ = self.head.place
        self.head.put((pan, tilt, _three(call.find(f"{PTZ}Position"))[2]))
        return "<tptz:AbsoluteMoveResponse/>"

    def _relative(self, call: Element) -> str:
        by = _three(call.find(f"{PTZ}Translation"))
        pan, tilt, zoom = self.head.place
        self.head.put((pan + by[0], tilt + by[1], zoom + by[2]))
        return "<tptz:RelativeMoveResponse/>"

    def _go(self, call: Element) -> str:
        self.head.put(self.head.presets[call.findtext(f"{PTZ}PresetToken") or ""][1])
        return "<tptz:GotoPresetResponse/>"

    def _keep(self, call: Element) -> str:
        name = call.findtext(f"{PTZ}PresetName") or ""
        token = self.head.keep(call.findtext(f"{PTZ}PresetToken") or "", name)
        return (
            f"<tptz:SetPresetResponse><tptz:PresetToken>{token}</tptz:PresetToken>"
            "</tptz:SetPresetResponse>"
        )

    def _drop(self, call: Element) -> str:
        self.head.presets.pop(call.findtext(f"{PTZ}PresetToken") or "", None)
        return "<tptz:RemovePresetResponse/>"

    def _knows(self, asked: BaseHTTPRequestHandler, root: Element) -> bool:
        if not self.user:
            return True
        if self.digest:
            told = _digest_parts(asked.headers.get("Authorization") or "")
            return told.get("username") == self.user and told.get("response") == _expected(
                told, self.password, asked.path
            )
        token = root.find(f".//{WSSE}UsernameToken")
        return token is not None and self._fits(token)

    def _fits(self, token: Element) -> bool:
        created = token.findtext(f"{WSU}Created") or ""
        nonce = base64.b64decode(token.findtext(f"{WSSE}Nonce") or "")
        with suppress(ValueError):
            at = datetime.fromisoformat(created)
            if abs((at - self.now()).total_seconds()) > CLOCK_S:
                return False
            summed = hashlib.sha1(
                nonce + created.encode() + self.password.encode(), usedforsecurity=False
            ).digest()
            given = token.findtext(f"{WSSE}Password")
            name = token.findtext(f"{WSSE}Username")
            return (name, given) == (self.user, base64.b64encode(summed).decode())
        return False

    def _serve(self) -> None:
        assert self._http is not None
        self._http.serve_forever(0.05)

    def _listen(self) -> None:
        assert self._udp is not None
        while not self.done.is_set():
            with suppress(OSError, BadFrame):
                data, place = self._udp.recvfrom(1 << 16)
                root = tree_of(data)
                number = root.findtext(f".//{words_space('addressing')}MessageID")
                if root.find(f".//{words_space('discovery')}Probe") is not None and number:
                    told = words.match(number, self.number, self.address, self.name)
                    self._udp.sendto(told, place)


def words_space(of: str) -> str:
    """The name space of WS-Discovery or of its addressing."""
    years = {"addressing": "2004/08/addressing", "discovery": "2005/04/discovery"}
    return "{http://schemas.xmlsoap.org/ws/" + years[of] + "}"


def _listening(group: tuple[str, int] | None) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if group is None:
        sock.bind(("127.0.0.1", 0))
    else:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(group)
        joined = struct.pack("4s4s", socket.inet_aton(group[0]), socket.inet_aton("127.0.0.1"))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, joined)
    sock.settimeout(0.1)
    return sock


def _send(
    asked: BaseHTTPRequestHandler, status: int, body: bytes, more: dict[str, str] | None = None
) -> None:
    asked.send_response(status)
    asked.send_header("Content-Type", "application/soap+xml; charset=utf-8")
    asked.send_header("Content-Length", str(len(body)))
    for name, value in (more or {}).items():
        asked.send_header(name, value)
    asked.end_headers()
    asked.wfile.write(body)


def _token(call: Element) -> str:
    return next((one.text or "" for one in call.iter() if one.tag.endswith("ProfileToken")), "")


def _three(of: Element | None) -> tuple[float, float, float]:
    if of is None:
        return (0.0, 0.0, 0.0)
    turn, zoom = of.find(f"{SCHEMA}PanTilt"), of.find(f"{SCHEMA}Zoom")
    pan = float(turn.get("x") or 0) if turn is not None else 0.0
    tilt = float(turn.get("y") or 0) if turn is not None else 0.0
    return (pan, tilt, float(zoom.get("x") or 0) if zoom is not None else 0.0)


def _seconds(text: str) -> float:
    return float(text.removeprefix("PT").removesuffix("S"))


def _digest_parts(header: str) -> dict[str, str]:
    from urllib.request import parse_http_list, parse_keqv_list

    scheme, _, rest = header.partition(" ")
    return parse_keqv_list(parse_http_list(rest)) if scheme == "Digest" else {}


def _expected(told: dict[str, str], password: str, path: str) -> str:
    """What a digest with these parts must be, counted apart from the driver's own way."""

    def summed(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    first = summed(f"{told['username']}:sim:{password}")
    second = summed(f"POST:{path}")
    parts = (first, NONCE, told.get("nc", ""), told.get("cnonce", ""), "auth", second)
    return summed(":".join(parts))
