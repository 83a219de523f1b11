"""Bytes of Hytera radios and repeaters (HSTRP, HRNP and bare HDAP) → readings."""

from __future__ import annotations

import re

from drivers.contract import Bad, Message
from drivers.errors import BadFrame
from drivers.framing.scan import MORE, Scanner, Step
from drivers.radio import hytera_cut
from drivers.radio.hytera_cut import LONGEST, Cut, cut_hrnp, cut_hstrp, cut_message, messages_in
from drivers.radio.hytera_frames import Hdap, Packet
from drivers.radio.hytera_messages import carrier_reading, known, reading

# one of the two carriers, or the service of a bare message, reliable or not
_START = re.compile(rb"\x32(?:\x42|\Z)|[\x7E\x02\x08\x09\x11-\x14\x82\x88\x89\x91-\x94]")


class HyteraDecoder:
    """One stream of packets, told apart by their first byte."""

    def __init__(self) -> None:
        self._scanner = Scanner(_START, self._look, LONGEST)
        self._packets: list[Packet | None] = []
        self._told_at = -1  # where in the stream the message of a packet lies that was told as bad

    def feed(self, data: bytes) -> list[Message]:
        return self._scanner.feed(data)

    def finish(self) -> list[Message]:
        return self._scanner.finish()

    def packets(self) -> list[Packet | None]:
        """The packet of each message since this was last asked; None for a bad one."""
        packets, self._packets = self._packets, []
        return packets

    def _look(self, held: bytes, at: int, last: bool) -> Step:
        first = held[at]
        if first == 0x7E:
            cut = cut_hrnp(held, at, last)
        elif first == 0x32:
            cut = cut_hstrp(held, at, last)
        else:
            cut = cut_message(held, at, last, bare=True)
        if cut is hytera_cut.MORE:
            return MORE
        if cut.packet is None:
            return self._bad(held, at, cut, cut.reason)
        if _is_chance(cut.packet):
            return Step(1)
        try:
            packets = _packets(held, at, cut, cut.packet)
            messages = tuple(
                carrier_reading(one) if one.hdap is None else reading(one.hdap) for one in packets
            )
        except BadFrame as bad:
            return self._bad(held, at, cut, bad.reason)
        self._packets += packets
        return Step(cut.length, messages)

    def _bad(self, held: bytes, at: int, cut: Cut, reason: str) -> Step:
        """One bad frame is told once, though its message is looked at again on its own."""
        place = self._scanner.passed + at
        told = place == self._told_at
        if cut.inside:
            self._told_at = place + cut.inside
        if told or not cut.likely:
            return Step(1)
        self._packets.append(None)
        return Step(1, (Bad(reason, held[at : at + cut.length]),))


def _is_chance(packet: Packet) -> bool:
    """Seven bytes on their own that nobody is known to send: chance, since their check has eight
    bits only."""
    message = packet.hdap
    if packet.carrier != "hdap" or message is None or message.body:
        return False
    return not known(message.service, message.opcode)


def _packets(held: bytes, at: int, cut: Cut, packet: Packet) -> list[Packet]:
    """The packet once for each message it carries."""
    if packet.carrier != "hrnp" or not cut.inside:
        return [packet]
    messages: list[Hdap] = messages_in(held[at + cut.inside : at + cut.length])
    return [packet._replace(hdap=message) for message in messages]
