"""Many devices on one port: what is heard of which, and how a port is bound."""

from __future__ import annotations

import errno
import socket
import sys
from typing import NamedTuple

from drivers.errors import LinkLost

MOST = 256  # peers of one port
PIECE = 16384  # of each peer and turn: one that never stops leaves the others their turn
IDLE_S = 900.0  # a terminal beats every few minutes; what is silent for longer is not there
_CAUSES = {
    errno.EADDRINUSE: "in_use",
    errno.EACCES: "no_permission",
    errno.EPERM: "no_permission",
}


class Heard(NamedTuple):
    """What came from a peer, ``ip:port``. Without data and not gone: it has just come.

    ``gone``: nothing comes from it any more, and what is written to it goes nowhere.
    """

    peer: str
    data: bytes
    gone: bool = False


def peer_name(address: tuple[str, int]) -> str:
    """``ip:port``, or ``[ip]:port`` where the ip has colons itself."""
    host, port = address
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def bound(bind: str, port: int, kind: socket.SocketKind, over6: bool = False) -> socket.socket:
    """A socket on this port (0: any free one) that never blocks. Raises LinkLost.

    Without ``bind`` it is on every address of this machine; ``over6``: of IPv6.
    """
    name = peer_name((bind, port))
    if not 0 <= port <= 65535:
        raise LinkLost(f"{name}: no such port", "cannot_open")
    made: socket.socket | None = None
    try:
        any_of = socket.AF_INET6 if over6 else socket.AF_INET
        family = socket.AF_UNSPEC if bind else any_of
        found = socket.getaddrinfo(bind or None, port, family, kind, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        made = socket.socket(family, kind)
        if kind == socket.SOCK_STREAM and sys.platform != "win32":
            # a port whose last connections linger is free again; Windows means otherwise by it
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setblocking(False)
        made.bind(address)
    except (OSError, UnicodeError, OverflowError) as failed:
        if made is not None:
            made.close()
        cause = _CAUSES.get(getattr(failed, "errno", None) or 0, "cannot_open")
        raise LinkLost(f"{name}: {failed}", cause) from failed
    return made
