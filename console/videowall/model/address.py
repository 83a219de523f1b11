"""Camera addresses: what may stand in one, and how a password is kept out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from console.core.errors import Refused

SCHEMES = ("rtsp", "rtsps", "http", "https", "udp", "file", "lavfi")
WITH_USER = frozenset({"rtsp", "rtsps", "http", "https"})
ADDRESS_CHARS = 500
HOLE = "{password}"  # where a camera wants its password inside the address
_FORM = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_IN_QUERY = re.compile(r"(?i)([?&;](?:password|passwd|pwd|psw|pass)=)([^&;#]*)")
_IN_PATH = re.compile(r"(?i)([/_](?:password|passwd|pwd|psw|pass)=)([^_&/?.#]*)")
_PORT = re.compile(r"(?:\[[^\]]*\]|[^:]*)(?::\d{0,5})?")


@dataclass(frozen=True, slots=True)
class Told:
    """An address as it was entered, taken apart: no password is left in ``address``."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)


# makers whose cameras are asked for by channel: main stream, smaller stream
MAKERS: dict[str, tuple[str, str]] = {
    "hikvision": ("/Streaming/Channels/{channel}01", "/Streaming/Channels/{channel}02"),
    "dahua": (
        "/cam/realmonitor?channel={channel}&subtype=0",
        "/cam/realmonitor?channel={channel}&subtype=1",
    ),
}
CHANNELS = 256
RTSP_PORT = 554
_HIKVISION = re.compile(r"(?i)(/Streaming/Channels/\d+)01(?=$|[/?])")
_DAHUA = re.compile(r"(?i)(/cam/realmonitor\?(?:.*&)?subtype=)0(?=$|&)")


def channel_addresses(
    maker: str, host: str, channel: int, port: int = RTSP_PORT
) -> tuple[str, str]:
    """The main and the smaller stream of this channel. Refused for a maker that is not known."""
    if maker not in MAKERS:
        raise Refused("videowall.bad_maker", field="maker", known=", ".join(MAKERS))
    if not 1 <= channel <= CHANNELS:
        raise Refused("videowall.bad_channel", field="channel", most=CHANNELS)
    place = f"[{host}]" if ":" in host and not host.startswith("[") else host
    base = f"rtsp://{place}" if port == RTSP_PORT else f"rtsp://{place}:{port}"
    main, sub = (base + path.format(channel=channel) for path in MAKERS[maker])
    return taken_apart(main).address, taken_apart(sub).address


def smaller_of(address: str) -> str:
    """The smaller stream's address where the main one is written as a known maker writes it."""
    for form, stream in ((_HIKVISION, "02"), (_DAHUA, "1")):
        if form.search(address):
            return form.sub(rf"\g<1>{stream}", address)
    return ""


def taken_apart(text: str) -> Told:
    """The address without user and password, and these two. Refused for what no camera has."""
    text = text.strip()
    form = _FORM.fullmatch(text)
    scheme = form.group(1).lower() if form else ""
    if form is None or scheme not in SCHEMES:
        raise Refused("videowall.bad_kind", field="address", known=", ".join(SCHEMES))
    rest = form.group(2)
    if len(text) > ADDRESS_CHARS or not all(c.isprintable() for c in text):
        raise Refused("videowall.bad_address", field="address", most=ADDRESS_CHARS)
    if scheme not in WITH_USER:
        if len(rest.strip("/")) == 0:
            raise Refused("videowall.bad_address", field="address", most=ADDRESS_CHARS)
        return Told(f"{scheme}:{rest}")
    if not rest.startswith("//"):
        raise Refused("videowall.bad_address", field="address", most=ADDRESS_CHARS)
    user, password, place = _without_user(rest[2:])
    place, found = _without_query(place)
    if not re.split(r"[/?#]", place, maxsplit=1)[0].strip(":"):
        raise Refused("videowall.bad_address", field="address", most=ADDRESS_CHARS)
    return Told(f"{scheme}://{place}", user, password or found)


def opened_with(address: str, user: str, password: str) -> tuple[str, str | None]:
    """What the library opens, and its form when the address does not say. Only for the player."""
    scheme, _, rest = address.partition(":")
    if scheme == "lavfi":
        return rest, "lavfi"
    if scheme == "file":
        return unquote(rest.removeprefix("//")), None
    if HOLE in address:
        return address.replace(HOLE, quote(password, safe="")), None
    if user and scheme in WITH_USER:
        known = f"{quote(user, safe='')}:{quote(password, safe='')}"
        return f"{scheme}://{known}@{rest.removeprefix('//')}", None
    return address, None


def is_live(address: str) -> bool:
    """Whether the stream keeps time by itself; files and test pictures do not."""
    return address.partition(":")[0] not in ("file", "lavfi")


def _without_user(rest: str) -> tuple[str, str, str]:
    """User, password and the rest. A password may hold ``/``, ``?``, ``#`` and ``@`` unquoted."""
    head = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in head:
        known, _, host = head.rpartition("@")
        place = host + rest[len(head) :]
    elif "@" in rest and _PORT.fullmatch(head) is None:  # "user:pa" is no host with a port
        known, _, place = rest.rpartition("@")
    else:
        return "", "", rest
    user, _, password = known.partition(":")
    return unquote(user), unquote(password), place


def _without_query(place: str) -> tuple[str, str]:
    found = ""
    for form in (_IN_QUERY, _IN_PATH):
        for match in form.finditer(place):
            if match.group(2) not in ("", HOLE):
                found = unquote(match.group(2))
        place = form.sub(
            lambda match: match.group(1) + HOLE if match.group(2) else match.group(0), place
        )
    return place, found
