"""SOAP as the ONVIF descriptions have it: they come with the library and from nowhere else."""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import zeep
from zeep.exceptions import Error, Fault
from zeep.wsdl import Document
from zeep.wsse.username import UsernameToken

from drivers.camera.hostile_xml import tree_of
from drivers.camera.post import Answer, Known, Post, host_of
from drivers.errors import BadFrame, DriverError, LinkLost, NotSupported

# service → description, binding
SERVICES = {
    "device": ("ver10/device/wsdl/devicemgmt.wsdl", "ver10/device/wsdl}DeviceBinding"),
    "media": ("ver10/media/wsdl/media.wsdl", "ver10/media/wsdl}MediaBinding"),
    "ptz": ("ver20/ptz/wsdl/ptz.wsdl", "ver20/ptz/wsdl}PTZBinding"),
}
SAID_CHARS = 120
_SETTINGS = zeep.Settings(strict=False, forbid_dtd=True, forbid_entities=True, forbid_external=True)
_documents: dict[str, Any] = {}
_guard = threading.Lock()


def descriptions() -> Path:
    """The folder of the library's own descriptions; the library itself is not imported."""
    found = importlib.util.find_spec("onvif")
    if found is None or not found.submodule_search_locations:
        raise NotSupported("the ONVIF descriptions are not installed")
    return Path(found.submodule_search_locations[0]) / "wsdl"


class _Bundle:
    """Gives the library descriptions out of its own folder; what lies elsewhere is not there."""

    def __init__(self) -> None:
        self._folder = descriptions().resolve()

    def load(self, place: str) -> bytes:
        path = Path(place).resolve()
        if not path.is_relative_to(self._folder):
            raise NotSupported("a description would be fetched from elsewhere")
        return path.read_bytes()


def document(service: str) -> Any:
    """The description of this service, read once a process."""
    with _guard:
        if service not in _documents:
            place = str(descriptions() / SERVICES[service][0])
            bundle: Any = _Bundle()
            _documents[service] = Document(place, bundle, settings=_SETTINGS)
        return _documents[service]


class _Token:
    """WS-UsernameToken by the camera's own clock; none while ``open_to_all``."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self.skew = timedelta()
        self.open_to_all = False

    def apply(self, envelope: Any, headers: Any) -> Any:
        if self.open_to_all or not self._known.user:
            return envelope, headers
        token = UsernameToken(
            self._known.user,
            self._known.password,
            use_digest=True,
            created=datetime.now(UTC) + self.skew,
            zulu_timestamp=True,
        )
        return token.apply(envelope, headers)

    def verify(self, envelope: Any) -> None:
        """Answers carry no token."""


class Soap:
    """Calls to the services of one camera. For one thread at a time; every call has a deadline."""

    def __init__(self, address: str, known: Known) -> None:
        host, path = host_of(address)
        self._post = Post(host, known)
        self._paths = {"device": path}
        self._token = _Token(known)
        self._services: dict[str, Any] = {}
        self._until = 0.0

    @property
    def host(self) -> str:
        """The camera's host."""
        return self._post.host.name

    def learn(self, service: str, address: str) -> None:
        """The service lies at this path; the host stays the one that was given."""
        self._paths[service] = host_of(address)[1]

    def knows(self, service: str) -> bool:
        """Whether the camera said where this service is."""
        return service in self._paths

    def set_clock(self, camera_now: datetime) -> None:
        """The camera's clock stands so now."""
        self._token.skew = camera_now - datetime.now(UTC)

    def call(self, service: str, name: str, until: float, **fields: Any) -> Any:
        """The answer. Raises the drivers' errors and no other."""
        self._until = until
        try:
            return getattr(self._proxy(service), name)(**fields)
        except DriverError:
            raise
        except Fault as fault:
            raise _said(fault) from fault
        except (Error, AttributeError, TypeError, ValueError, LookupError, ArithmeticError) as odd:
            raise BadFrame("syntax") from odd  # XML, but no answer to what was asked

    def ask_openly(self, service: str, name: str, until: float) -> Any:
        """As ``call``, but nobody's name is told."""
        self._token.open_to_all = True
        try:
            return self.call(service, name, until)
        finally:
            self._token.open_to_all = False

    def post_xml(self, address: str, envelope: Any, headers: Mapping[str, str]) -> Answer:
        """For the SOAP library: the message is on its way, the answer has been looked at."""
        from lxml import etree

        told = {name: value for name, value in headers.items() if isinstance(value, str)}
        body = etree.tostring(envelope, encoding="utf-8", xml_declaration=True)
        answer = self._post.ask(host_of(address)[1], body, told, self._until)
        if answer.content:
            tree_of(answer.content)
        elif answer.status_code != 200:
            raise BadFrame("syntax")
        return answer

    def load(self, place: str) -> bytes:
        """For the SOAP library: nothing is fetched."""
        raise NotSupported("a description would be fetched from elsewhere")

    def _proxy(self, service: str) -> Any:
        if service not in self._paths:
            raise NotSupported(f"the camera has no {service} service", "not_supported")
        if service not in self._services:
            client = zeep.Client(
                document(service), wsse=self._token, transport=self, settings=_SETTINGS
            )
            binding = "{http://www.onvif.org/" + SERVICES[service][1]
            place = self._post.host.address(self._paths[service])
            self._services[service] = client.create_service(binding, place)
        return self._services[service]


def _said(fault: Any) -> DriverError:
    """A SOAP fault as one of the drivers' errors. What the camera says is cut to one plain line."""
    codes = " ".join(str(code) for code in (fault.code, *(fault.subcodes or ())))
    said = "".join(c for c in str(fault.message or "") if c.isprintable())[:SAID_CHARS]
    if "NotAuthorized" in codes or "FailedAuthentication" in codes:
        return LinkLost("the camera does not take this user and password", "no_permission")
    if "ActionNotSupported" in codes or "OptionalActionNotImplemented" in codes:
        return NotSupported(said or "the camera cannot do this", "not_supported")
    return NotSupported(said or "the camera refused", "refused")


def soon(within_s: float) -> float:
    """The moment on the monotonic clock by which an answer must be there."""
    return time.monotonic() + within_s
