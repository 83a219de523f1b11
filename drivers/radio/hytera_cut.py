"""Where a Hytera message or packet ends in a run of bytes, and whether it is sound."""

from __future__ import annotations

from typing import NamedTuple

from drivers.errors import BadFrame
from drivers.radio.hytera_frames import (
    ACKS,
    BEATS,
    CLOSES,
    CONNECTS,
    DATA,
    END,
    HRNP_HEADER,
    HSTRP_HEADER,
    MORE_OPTIONS,
    OPTIONS,
    REJECTS,
    RELIABLE,
    RRS,
    SERVICES,
    TMP,
    Hdap,
    Packet,
    hdap_check,
    hrnp_check,
    order_of,
)
from drivers.radio.hytera_messages import HAS_OPTION, known

LONGEST_BODY = 1024  # the longest text is a third of it
LONGEST_REGISTRATION = 64  # so that a length read in the wrong order is never believed
LONGEST_MESSAGE = 5 + 2 + LONGEST_BODY + 2
LONGEST_HRNP = HRNP_HEADER + LONGEST_MESSAGE
MOST_OPTIONS = 8
LONGEST_OPTIONS = 256
LONGEST = HSTRP_HEADER + LONGEST_OPTIONS + LONGEST_MESSAGE
_OVERHEAD = 7  # an HDAP message without its body

# what the low five flags of HSTRP may be together; a heartbeat is never rejected
_FLAGS = frozenset(
    about | extra
    for about in (0, BEATS, CONNECTS, CLOSES)
    for extra in (0, ACKS, REJECTS, REJECTS | ACKS)
    if not (about == BEATS and extra & REJECTS)
)


class Cut(NamedTuple):
    """``length`` bytes are looked at; 0: more are needed. ``reason`` says why they are bad.

    ``likely``: the bytes are a message that was hurt, and not mere noise. ``inside``: where in it
    the message begins, if there is one.
    """

    length: int
    reason: str = ""
    likely: bool = True
    packet: Packet | None = None
    inside: int = 0


MORE = Cut(0)


def cut_message(held: bytes, at: int, last: bool, bare: bool = False) -> Cut:
    """The HDAP message that begins here, its service one that is known. A ``bare`` one that looks
    like noise is not looked at closer."""
    there = len(held) - at
    if there < 5:
        return Cut(there, "length", likely=False) if last else MORE
    service = held[at] & ~RELIABLE
    opcode = int.from_bytes(held[at + 1 : at + 3], order_of(service))
    familiar = known(service, opcode)
    totals = _totals(service, opcode, held[at + 3 : at + 5])
    reason, marked, looked = "length", False, 0
    for total in totals:
        if total > there:
            if last:
                continue
            return MORE
        looked = total
        ended = held[at + total - 1] == END
        marked = marked or ended
        if bare and not familiar and not ended:
            continue
        if hdap_check(held[at + 1 : at + total - 2]) != held[at + total - 2]:
            reason = "checksum" if reason == "length" else reason
        elif not ended:
            reason = "syntax"
        else:
            body = held[at + 5 : at + total - 2]
            message = Hdap(service, opcode, body, bool(held[at] & RELIABLE))
            return Cut(total, packet=Packet("hdap", 0, 0, message))
    return Cut(looked or min(there, *totals or (5,)), reason, familiar or marked)


def _totals(service: int, opcode: int, told: bytes) -> list[int]:
    """How long the whole message may be, by what its length field says; shortest first."""
    if service != RRS:
        length = int.from_bytes(told, order_of(service))
        if length > LONGEST_BODY:
            return []
        both = service == TMP and opcode & HAS_OPTION  # the option's length counts, or does not
        return [length + _OVERHEAD, length + _OVERHEAD + 2] if both else [length + _OVERHEAD]
    lengths = {int.from_bytes(told, "big"), int.from_bytes(told, "little")}
    return sorted(length + _OVERHEAD for length in lengths if length <= LONGEST_REGISTRATION)


def cut_hrnp(held: bytes, at: int, last: bool) -> Cut:
    """The HRNP packet that begins here; its messages are cut by ``messages_in``."""
    there = len(held) - at
    if there < HRNP_HEADER:
        return Cut(there, "length") if last else MORE
    total = int.from_bytes(held[at + 8 : at + 10], "big")
    if not HRNP_HEADER <= total <= LONGEST_HRNP:
        return Cut(HRNP_HEADER, "length")
    if there < total:
        return Cut(there, "length", inside=HRNP_HEADER) if last else MORE
    packet = held[at : at + total]
    inside = HRNP_HEADER if total > HRNP_HEADER else 0
    if hrnp_check(packet) != int.from_bytes(packet[10:12], "big"):
        return Cut(total, "checksum", inside=inside)
    number = int.from_bytes(packet[6:8], "big")
    if inside and packet[3] != DATA:
        return Cut(total, "syntax", inside=inside)
    found = Packet("hrnp", packet[3], number, sender=packet[4], receiver=packet[5])
    return Cut(total, packet=found, inside=inside)


def messages_in(data: bytes) -> list[Hdap]:
    """The messages that fill the rest of a packet. Raises BadFrame."""
    found: list[Hdap] = []
    at = 0
    while at < len(data):
        if data[at] & ~RELIABLE not in SERVICES:
            raise BadFrame("syntax")
        cut = cut_message(data, at, last=True)
        if cut.packet is None or cut.packet.hdap is None:
            raise BadFrame(cut.reason)
        found.append(cut.packet.hdap)
        at += cut.length
    return found


def cut_hstrp(held: bytes, at: int, last: bool) -> Cut:
    """The HSTRP packet that begins here, with its options and its one message."""
    there = len(held) - at
    head = held[at : at + 4]
    if len(head) > 2 and (head[2] != 0 or (len(head) > 3 and not _flags_are_sound(head[3]))):
        return Cut(len(head), "syntax")  # not one of these packets: its length means nothing
    if there < HSTRP_HEADER:
        return Cut(there, "length", likely=there > 1) if last else MORE
    flags, number = head[3], int.from_bytes(held[at + 4 : at + 6], "big")
    options: tuple[tuple[int, bytes], ...] = ()
    end = at + HSTRP_HEADER
    if flags & OPTIONS:
        try:
            found = _options(held, end)
        except BadFrame as bad:
            return Cut(end - at, bad.reason)
        if found is None:
            return Cut(there, "length") if last else MORE
        options, end = found
    if flags & 0x1F:
        return Cut(end - at, packet=Packet("hstrp", flags, number, options=options))
    return _with_message(held, at, end, last, Packet("hstrp", flags, number, options=options))


def _flags_are_sound(flags: int) -> bool:
    return flags & 0xC0 == 0 and flags & 0x1F in _FLAGS


def _with_message(held: bytes, at: int, end: int, last: bool, packet: Packet) -> Cut:
    if end >= len(held):
        return Cut(end - at, "length") if last else MORE
    if held[end] & ~RELIABLE not in SERVICES:
        return Cut(end - at + 1, "syntax")
    cut = cut_message(held, end, last)
    if cut is MORE:
        return MORE
    length = end - at + cut.length
    if cut.packet is None:
        return Cut(length, cut.reason, inside=end - at)
    return Cut(length, packet=packet._replace(hdap=cut.packet.hdap), inside=end - at)


def _options(held: bytes, start: int) -> tuple[tuple[tuple[int, bytes], ...], int] | None:
    """The options that begin here and where they end; None where more bytes are needed."""
    found: list[tuple[int, bytes]] = []
    at, more = start, True
    while more:
        if at + 2 > len(held):
            return None
        kind, size = held[at], held[at + 1]
        more = bool(kind & MORE_OPTIONS)
        after = at + 2 + size
        if len(found) >= MOST_OPTIONS or after - start > LONGEST_OPTIONS:
            raise BadFrame("length")
        if after > len(held):
            return None
        found.append((kind & ~MORE_OPTIONS, held[at + 2 : after]))
        at = after
    return tuple(found), at
