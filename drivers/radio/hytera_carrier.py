"""How Hytera messages travel: connection, heartbeats, acknowledged packets sent again when lost.

One packet is on its way at a time, as these devices want it; what is to be written is taken packet
by packet, since each is one datagram.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from drivers.radio import hytera_frames as frames
from drivers.radio.hytera_frames import Packet
from drivers.radio.hytera_messages import WHO

TRIES = 3
MOST_WAITING = 128
_LAST_NUMBER = 0xFFFF
_REMEMBERED = 8  # of the last packets: one that is sent again is not news,
_AGAIN_S = 5.0  # within so long; later it is: an alarm that is raised again may look the same


class Parcel(NamedTuple):
    """A message for the device; ``mark`` comes back when it could not be delivered."""

    data: bytes
    mark: object = None


class Wrapping(Protocol):
    """What differs between the two carriers."""

    name: str

    def connect(self) -> bytes:
        """The request to be connected."""

    def beat(self) -> bytes | None:
        """The packet that only asks for life; None where a message does it."""

    def wrap(self, data: bytes, number: int) -> bytes:
        """A message as a packet."""

    def acknowledge(self, packet: Packet) -> bytes:
        """The acknowledgement of this packet."""

    def answer(self, packet: Packet) -> tuple[str, bytes]:
        """What a packet without a message means (asked to connect, accepted, acknowledged, closed,
        or nothing), and the packet that answers it."""

    def identity(self, packet: Packet) -> str:
        """Who the device is, by the packet that connected it."""


class Carrier:
    """One connection over one wire, whichever carrier it is."""

    def __init__(self, wrapping: Wrapping, beat_s: float, answer_s: float) -> None:
        self.identity = ""
        self.connected = False
        self.connections = 0  # so often was the device newly connected
        self.beat_at: float | None = None
        self._wrapping = wrapping
        self._beat_s, self._answer_s = beat_s, answer_s
        self._out: deque[bytes] = deque()
        self._waiting: deque[Parcel] = deque()
        self._flying: tuple[Parcel, bytes, int] | None = None
        self._tries = 0
        self._again_at = math.inf  # the next connect, or the packet on its way once more
        self._beats_at = math.inf
        self._number = 0
        self._delivered: list[object] = []
        self._heard: deque[tuple[int, frames.Hdap, float]] = deque(maxlen=_REMEMBERED)

    def begin(self, now: float) -> None:
        """The device is asked to connect."""
        self.connected = False
        self._out.append(self._wrapping.connect())
        self._again_at = now + self._answer_s

    def send(self, parcel: Parcel, now: float) -> bool:
        """The message is on its way or waits for its turn; False when too many wait."""
        if len(self._waiting) >= MOST_WAITING:
            return False
        self._waiting.append(parcel)
        self._next(now)
        return True

    def forget(self, mark: object) -> bool:
        """What waits under this mark and has not been sent never will be; whether there was any."""
        kept = deque(one for one in self._waiting if one.mark != mark)
        gone = len(kept) < len(self._waiting)
        self._waiting = kept
        return gone

    def landed(self) -> list[object]:
        """The marks of what the device acknowledged since this was last asked."""
        landed, self._delivered = self._delivered, []
        return landed

    def hear(self, packet: Packet, now: float) -> bool:
        """The packet is answered as its carrier wants; whether its message, if any, is news."""
        if packet.carrier != self._wrapping.name:
            return True  # a bare message, or the other carrier: nothing to answer
        self.beat_at = now
        if packet.hdap is not None:
            self._out.append(self._wrapping.acknowledge(packet))
            return self._is_news(packet.number, packet.hdap, now)
        meaning, answer = self._wrapping.answer(packet)
        if answer:
            self._out.append(answer)
        if meaning == "asked":  # it began anew, whatever was between us
            self.connected = False
        if meaning in ("asked", "accepted"):
            self._connect(packet, now)
        elif meaning == "closed":
            self.connected = False
            self._again_at = now + self._answer_s
        elif meaning == "acknowledged":
            self._landed(packet.number, now)
        return True

    def _is_news(self, number: int, message: frames.Hdap, now: float) -> bool:
        for earlier, same, at in self._heard:
            if (earlier, same) == (number, message) and now - at < _AGAIN_S:
                return False
        self._heard.append((number, message, now))
        return True

    def pass_time(self, now: float) -> list[object]:
        """Packets that are due; the marks of those that were never acknowledged."""
        lost: list[object] = []
        if now >= self._again_at:
            lost = self._again(now)
        if self.connected and now >= self._beats_at:
            self._beats_at = now + self._beat_s
            beat = self._wrapping.beat()
            if beat is not None:
                self._out.append(beat)
            elif self._flying is None and not self._waiting:
                self.send(Parcel(frames.hdap(frames.RCP, WHO, b"")), now)
            if self.beat_at is not None and now - self.beat_at > 3 * self._beat_s:
                self.begin(now)
        return lost

    def take(self) -> bytes:
        """The next packet to be written; nothing where none is."""
        return self._out.popleft() if self._out else b""

    def wake_at(self) -> float:
        """When the next step is due."""
        if self._out:
            return -math.inf
        return min(self._again_at, self._beats_at if self.connected else math.inf)

    def _connect(self, packet: Packet, now: float) -> None:
        fresh = not self.connected
        self.connected = True
        self.identity = self._wrapping.identity(packet)
        if fresh:
            self.connections += 1
            self._heard.clear()
            self._beats_at = now + self._beat_s
            self._again_at = math.inf
            if self._flying is not None:
                self._waiting.appendleft(self._flying[0])
                self._flying = None
        self._next(now)

    def _landed(self, number: int, now: float) -> None:
        if self._flying is not None and self._flying[2] == number:
            if self._flying[0].mark is not None:
                self._delivered.append(self._flying[0].mark)
            self._flying = None
            self._again_at = math.inf
            self._next(now)

    def _next(self, now: float) -> None:
        if self.connected and self._flying is None and self._waiting:
            parcel = self._waiting.popleft()
            self._number = self._number % _LAST_NUMBER + 1
            packet = self._wrapping.wrap(parcel.data, self._number)
            self._flying = (parcel, packet, self._number)
            self._tries = 1
            self._out.append(packet)
            self._again_at = now + self._answer_s

    def _again(self, now: float) -> list[object]:
        """A connect or a packet that was not answered goes out again, the packet so often only."""
        self._again_at = now + self._answer_s
        if not self.connected:
            self._out.append(self._wrapping.connect())
            return []
        if self._flying is None:
            self._again_at = math.inf
            return []
        parcel, packet, _ = self._flying
        if self._tries < TRIES:
            self._tries += 1
            self._out.append(packet)
            return []
        self._flying = None
        self.begin(now)  # it may have started anew without a word
        return [] if parcel.mark is None else [parcel.mark]


class Hrnp:
    """A radio on its data port."""

    name = "hrnp"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._host, self._radio = settings["host_address"], settings["radio_address"]

    def connect(self) -> bytes:
        return self._packet(frames.CONNECT, 0)

    def beat(self) -> None:
        return None

    def wrap(self, data: bytes, number: int) -> bytes:
        return self._packet(frames.DATA, number, data)

    def acknowledge(self, packet: Packet) -> bytes:
        return self._packet(frames.DATA_ACK, packet.number)

    def answer(self, packet: Packet) -> tuple[str, bytes]:
        if packet.kind == frames.CONNECT:
            return "asked", self._packet(frames.ACCEPT, packet.number)
        if packet.kind == frames.CLOSE:
            return "closed", self._packet(frames.CLOSE_ACK, packet.number)
        meanings = {frames.ACCEPT: "accepted", frames.DATA_ACK: "acknowledged"}
        return meanings.get(packet.kind, ""), b""

    def identity(self, packet: Packet) -> str:
        return f"hrnp {packet.sender:02X}"

    def _packet(self, operation: int, number: int, data: bytes = b"") -> bytes:
        return frames.hrnp(operation, self._host, self._radio, number, data)


class Hstrp:
    """A repeater on the network."""

    name = "hstrp"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        repeater = settings["repeater"].to_bytes(4, "big")
        slot = bytes((settings["slot"],))
        self._options = ((frames.DEVICE_OPTION, repeater), (frames.SLOT_OPTION, slot))

    def connect(self) -> bytes:
        return frames.hstrp(frames.CONNECTS, 0, options=self._options)

    def beat(self) -> bytes:
        return frames.hstrp(frames.BEATS, 0)

    def wrap(self, data: bytes, number: int) -> bytes:
        return frames.hstrp(0, number, data)

    def acknowledge(self, packet: Packet) -> bytes:
        return frames.hstrp(frames.ACKS, packet.number)

    def answer(self, packet: Packet) -> tuple[str, bytes]:
        flags = packet.kind
        if flags & frames.ACKS:
            if flags & frames.REJECTS:
                return "", b""
            if flags & frames.CONNECTS:
                return "accepted", b""
            about = flags & (frames.CLOSES | frames.BEATS)
            return "" if about else "acknowledged", b""
        if flags & frames.CLOSES:
            return "closed", frames.hstrp(frames.CLOSES | frames.ACKS, packet.number)
        if flags & frames.CONNECTS and not flags & frames.REJECTS:
            accepted = frames.CONNECTS | frames.ACKS
            return "asked", frames.hstrp(accepted, packet.number, options=packet.options)
        return "", b""

    def identity(self, packet: Packet) -> str:
        device = dict(packet.options).get(frames.DEVICE_OPTION, b"")
        return f"hstrp {int.from_bytes(device, 'big')}"
