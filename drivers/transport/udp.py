"""A UDP port: one device at a known place, or all that send to it."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time

from drivers.errors import LinkLost, NoAnswer
from drivers.transport.peers import IDLE_S, MOST, Heard, bound, peer_name
from drivers.transport.waker import Waker

_LARGEST = 65535
_A_TURN = 64  # datagrams taken in one read


class UdpPort:
    """Datagrams from and to peers, each piece one datagram.

    With a ``host`` the device there is the one peer (``host:port`` by its number), heard of from the
    opening on; what other hosts send is counted in ``strangers``. Without one everybody who sends
    is a peer until ``idle_s`` of silence, at most ``most``; ``refused`` counts the datagrams of
    more. ``listen`` is our own port; None takes any free one. All but ``wake`` from one thread.
    """

    def __init__(
        self, host: str, port: int, listen: int | None = None, most: int = MOST, bind: str = ""
    ) -> None:
        self.name = peer_name((host, port)) if host else peer_name((bind or "*", listen or port))
        self.port = listen or 0  # after open: the one it really has
        self.idle_s = IDLE_S
        self.refused = 0
        self.dropped = 0
        self.strangers = 0
        self._host, self._port = host, port
        self._listen = listen if host else listen or port
        self._bind, self._most = bind, most
        self._device = ""  # the one peer, where a host is given
        self._host_ip = ""
        self._known: dict[str, tuple[tuple[str, int], float]] = {}  # address, heard at
        self._news: list[Heard] = []
        self._socket: socket.socket | None = None
        self._waker: Waker | None = None
        self._waits: selectors.BaseSelector | None = None

    @property
    def peers(self) -> tuple[str, ...]:
        """To whom can be written."""
        return tuple(self._known)

    def open(self) -> None:
        """The port hears. Raises LinkLost."""
        address = self._found_host() if self._host else ("", 0)
        over6 = ":" in address[0]
        opened = bound(self._bind, self._listen or 0, socket.SOCK_DGRAM, over6)
        waker, waits = Waker(), selectors.DefaultSelector()
        waits.register(opened, selectors.EVENT_READ)
        waits.register(waker, selectors.EVENT_READ)
        self._socket, self._waker, self._waits = opened, waker, waits
        self.port = opened.getsockname()[1]
        self._known.clear()
        self._news.clear()
        if self._host:
            self._host_ip, self._device = address[0], peer_name(address)
            self._known[self._device] = (address, time.monotonic())
            self._news.append(Heard(self._device, b""))

    def close(self) -> None:
        """The port is free."""
        opened, waker, waits = self._socket, self._waker, self._waits
        self._socket = self._waker = self._waits = None
        self._known.clear()
        self._news.clear()
        for part in (waits, opened, waker):
            if part is not None:
                part.close()

    def wake(self) -> None:
        """A ``read`` under way, or else the next one, returns at once. From any thread."""
        waker = self._waker
        if waker is not None:
            waker.wake()

    def read(self, timeout_s: float) -> list[Heard]:
        """The datagrams that came; nothing after ``timeout_s`` of silence. Raises LinkLost."""
        opened, waits = self._opened()
        ready = waits.select(0.0 if self._news else max(0.0, timeout_s))
        now = time.monotonic()
        heard, self._news = self._news, []
        for key, _ in ready:
            if key.fileobj is opened:
                heard += self._datagrams(opened, now)
            elif self._waker is not None:
                self._waker.calm()
        heard += self._silent(now)
        return heard

    def write(self, peer: str, data: bytes) -> bool:
        """The datagram is on its way; False where this peer is not known. A full or unreachable
        network loses it, as it may lose any datagram. Raises NoAnswer for one that is too large."""
        opened, _ = self._opened()
        known = self._known.get(peer)
        if known is None:
            return False
        if len(data) > _LARGEST - 28:
            raise NoAnswer(f"{peer}: {len(data)} bytes are more than a datagram holds", "stalled")
        with contextlib.suppress(OSError):
            opened.sendto(data, known[0])
        return True

    def drop(self, peer: str) -> None:
        """This peer is forgotten; ``read`` tells it. The device of the link itself stays."""
        if peer != self._device and self._known.pop(peer, None) is not None:
            self._news.append(Heard(peer, b"", gone=True))

    def _datagrams(self, opened: socket.socket, now: float) -> list[Heard]:
        heard: list[Heard] = []
        for _ in range(_A_TURN):
            try:
                data, address = opened.recvfrom(_LARGEST)
            except BlockingIOError:
                break
            except OSError:  # an earlier datagram of ours found nobody
                continue
            heard += self._from(address[:2], data, now)
        return heard

    def _from(self, address: tuple[str, int], data: bytes, now: float) -> list[Heard]:
        if self._device:
            if address[0] != self._host_ip:
                self.strangers += 1
                return []
            return [Heard(self._device, data)] if data else []
        peer = peer_name(address)
        heard: list[Heard] = []
        if peer not in self._known:
            if len(self._known) >= self._most:
                self.refused += 1
                return []
            heard.append(Heard(peer, b""))
        self._known[peer] = (address, now)
        if data:
            heard.append(Heard(peer, data))
        return heard

    def _silent(self, now: float) -> list[Heard]:
        if self._device:
            return []
        late = [peer for peer, (_, at) in self._known.items() if now - at > self.idle_s]
        for peer in late:
            del self._known[peer]
            self.dropped += 1
        return [Heard(peer, b"", gone=True) for peer in late]

    def _found_host(self) -> tuple[str, int]:
        try:
            found = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_DGRAM)
        except (OSError, UnicodeError, OverflowError) as failed:
            raise LinkLost(f"{self.name}: {failed}", "unreachable") from failed
        host, port = found[0][4][:2]
        return str(host), int(port)

    def _opened(self) -> tuple[socket.socket, selectors.BaseSelector]:
        if self._socket is None or self._waits is None:
            raise LinkLost(f"{self.name} is not open", "closed")
        return self._socket, self._waits
