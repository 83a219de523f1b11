"""A TCP port to which many devices connect: terminals that call home."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Iterator

from drivers.errors import LinkLost
from drivers.transport.peers import IDLE_S, MOST, PIECE, Heard, bound, peer_name
from drivers.transport.waker import Waker

RATE = 128 * 1024  # bytes a second of one peer, far beyond any terminal: what never stops waits
BURST = 4 * RATE
BUFFER = 64 * 1024  # bytes that wait for one peer
SPEECHLESS_S = 15.0  # who said nothing at all for so long makes room, when it is wanted
STALLED_S = 5.0  # a peer that takes none of what waits for so long is dropped
_BACKLOG = 512  # terminals that all call again when the network comes back
_COMERS = 64  # taken in one turn
_LOOK_EVERY_S = 0.5  # at who stalls or is silent
_REST_S = 1.0  # when this program can hold no further connection


class _Peer:
    """One connection. ``heard_at`` and ``took_at`` are monotonic."""

    def __init__(self, name: str, conn: socket.socket, now: float) -> None:
        self.name, self.conn = name, conn
        self.waiting = bytearray()
        self.heard_at = self.took_at = self.allowed_at = now
        self.allowed = float(BURST)  # bytes that it may still say
        self.wants = selectors.EVENT_READ
        self.came_at, self.spoke = now, False

    def said(self, count: int, now: float) -> float:
        """So many bytes came; for how many seconds no more of them are wanted."""
        self.allowed = min(BURST, self.allowed + (now - self.allowed_at) * RATE) - count
        self.heard_at = self.allowed_at = now
        self.spoke = True
        return max(0.0, -self.allowed / RATE)


class TcpServer:
    """Listens on ``bind:port``; ``read`` tells what came from whom, ``write`` never waits.

    All but ``wake`` from one thread. At most ``most`` peers: more are closed at once and counted in
    ``refused``. ``dropped`` counts those that took nothing, were silent for ``idle_s``, or made
    room for others without ever having spoken. A peer is heard at ``RATE`` at most: one that never
    stops waits for its own words, and nobody for it.
    """

    def __init__(self, bind: str, port: int, most: int = MOST, idle_s: float = IDLE_S) -> None:
        self.name = peer_name((bind, port))
        self.port = port  # after open: the one it really has
        self.refused = 0
        self.dropped = 0
        self._place = (bind, port)
        self._most, self._idle_s = most, idle_s
        self._peers: dict[str, _Peer] = {}
        self._gone: list[Heard] = []
        self._held: dict[str, float] = {}  # peers that said too much, and until when they wait
        self._looked_at = 0.0
        self._rests_until = 0.0  # nobody is let in before; 0 where the ear is open
        self._ear: socket.socket | None = None
        self._waits: selectors.BaseSelector | None = None
        self._waker: Waker | None = None

    @property
    def peers(self) -> tuple[str, ...]:
        """Who is connected."""
        return tuple(self._peers)

    def open(self) -> None:
        """The port listens. Raises LinkLost."""
        ear = bound(*self._place, socket.SOCK_STREAM)
        try:
            ear.listen(_BACKLOG)
        except OSError as failed:
            ear.close()
            raise LinkLost(f"{self.name}: {failed}", "in_use") from failed
        self.port = ear.getsockname()[1]
        waker, waits = Waker(), selectors.DefaultSelector()
        waits.register(ear, selectors.EVENT_READ)
        waits.register(waker, selectors.EVENT_READ)
        self._ear, self._waits, self._waker = ear, waits, waker
        self._looked_at = self._rests_until = 0.0

    def close(self) -> None:
        """Nobody is connected and the port is free."""
        for peer in list(self._peers.values()):
            self._forget(peer)
        ear, waits, waker = self._ear, self._waits, self._waker
        self._ear = self._waits = self._waker = None
        self._gone.clear()
        for part in (ear, waits, waker):
            if part is not None:
                part.close()

    def wake(self) -> None:
        """A ``read`` under way, or else the next one, returns at once. From any thread."""
        waker = self._waker
        if waker is not None:
            waker.wake()

    def read(self, timeout_s: float) -> list[Heard]:
        """What came since, at most one piece of each peer; nothing after ``timeout_s`` of silence.

        A peer that goes is told once, after all that it said. Raises LinkLost.
        """
        waits, waker = self._opened()
        ready = waits.select(0.0 if self._gone else self._patience(timeout_s))
        now = time.monotonic()
        heard: list[Heard] = []
        for key, events in ready:
            if key.fileobj is waker:
                waker.calm()
            elif key.fileobj is self._ear:
                heard += self._comers(now)
            else:
                heard += self._served(key.data, events, now)
        if now - self._looked_at > _LOOK_EVERY_S:
            self._looked_at = now
            self._look(now)
        heard += self._gone
        self._gone.clear()
        return heard

    def write(self, peer: str, data: bytes) -> bool:
        """The bytes are on their way or wait their turn; False where this peer is gone."""
        self._opened()
        one = self._peers.get(peer)
        if one is None:
            return False
        if len(one.waiting) + len(data) > BUFFER:
            self._drop(one)
            return False
        now = time.monotonic()
        if not one.waiting:
            one.took_at = now
        one.waiting += data
        self._send(one, now)
        return peer in self._peers

    def drop(self, peer: str) -> None:
        """This peer is gone; ``read`` tells it."""
        one = self._peers.get(peer)
        if one is not None:
            self._lose(one)

    def _comers(self, now: float) -> Iterator[Heard]:
        assert self._ear is not None and self._waits is not None
        for _ in range(_COMERS):
            try:
                conn, address = self._ear.accept()
            except (BlockingIOError, ConnectionError, InterruptedError):
                return  # nobody else, or gone again before it was taken
            except OSError:  # too many open files: asked again and again it would only burn time
                self._waits.unregister(self._ear)
                self._rests_until = now + _REST_S
                return
            if len(self._peers) >= self._most and not self._made_room(now):
                self.refused += 1
                conn.close()
                continue
            conn.setblocking(False)
            with contextlib.suppress(OSError):
                conn.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
                conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            peer = _Peer(peer_name(address[:2]), conn, now)
            self._peers[peer.name] = peer
            self._waits.register(conn, selectors.EVENT_READ, peer)
            yield Heard(peer.name, b"")

    def _made_room(self, now: float) -> bool:
        """The one that came first and never spoke is gone, where there is one."""
        for peer in self._peers.values():
            if not peer.spoke and now - peer.came_at > SPEECHLESS_S:
                self._drop(peer)
                return True
        return False

    def _served(self, peer: _Peer, events: int, now: float) -> Iterator[Heard]:
        if events & selectors.EVENT_WRITE and peer.name in self._peers:
            self._send(peer, now)
        if not events & selectors.EVENT_READ or peer.name not in self._peers:
            return
        try:
            data = peer.conn.recv(PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._lose(peer)
            return
        yield Heard(peer.name, data)
        wait_s = peer.said(len(data), now)
        if wait_s > 0:
            self._held[peer.name] = now + wait_s
            self._want(peer)

    def _patience(self, timeout_s: float) -> float:
        """Who waited long enough is heard again; how long until the next of them, at most."""
        if not self._held:
            return max(0.0, timeout_s)
        now = time.monotonic()
        for name in [name for name, until in self._held.items() if until <= now]:
            del self._held[name]
            self._want(self._peers[name])
        return max(0.0, min([timeout_s, *(until - now for until in self._held.values())]))

    def _want(self, peer: _Peer) -> None:
        """It is heard and written to as far as there is reason."""
        assert self._waits is not None
        wants = 0 if peer.name in self._held else selectors.EVENT_READ
        wants |= selectors.EVENT_WRITE if peer.waiting else 0
        if wants == peer.wants:
            return
        if not peer.wants:
            self._waits.register(peer.conn, wants, peer)
        elif not wants:
            self._waits.unregister(peer.conn)
        else:
            self._waits.modify(peer.conn, wants, peer)
        peer.wants = wants

    def _send(self, peer: _Peer, now: float) -> None:
        """As much as the peer takes is gone; whether it is to be asked again is settled."""
        try:
            while peer.waiting:
                del peer.waiting[: peer.conn.send(peer.waiting)]
                peer.took_at = now
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._lose(peer)
            return
        self._want(peer)

    def _look(self, now: float) -> None:
        if self._rests_until and now > self._rests_until:
            assert self._ear is not None and self._waits is not None
            self._rests_until = 0.0
            self._waits.register(self._ear, selectors.EVENT_READ)
        for peer in list(self._peers.values()):
            stalled = bool(peer.waiting) and now - peer.took_at > STALLED_S
            if stalled or now - peer.heard_at > self._idle_s:
                self._drop(peer)

    def _drop(self, peer: _Peer) -> None:
        self.dropped += 1
        self._lose(peer)

    def _lose(self, peer: _Peer) -> None:
        self._forget(peer)
        self._gone.append(Heard(peer.name, b"", gone=True))

    def _forget(self, peer: _Peer) -> None:
        del self._peers[peer.name]
        self._held.pop(peer.name, None)
        if self._waits is not None and peer.wants:
            self._waits.unregister(peer.conn)
        peer.conn.close()

    def _opened(self) -> tuple[selectors.BaseSelector, Waker]:
        if self._waits is None or self._waker is None:
            raise LinkLost(f"{self.name} is not open", "closed")
        return self._waits, self._waker
