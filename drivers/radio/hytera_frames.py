"""Hytera packets: check values, addresses, and the bytes that a host sends (HDAP, HRNP, HSTRP)."""

from __future__ import annotations

from typing import Literal, NamedTuple

# services of HDAP; bit 7 of the first byte says that a transport acknowledges the message
RCP, LP, TMP, RRS, TELEMETRY, TRANSMIT, DELIVERY = 0x02, 0x08, 0x09, 0x11, 0x12, 0x13, 0x14
SERVICES = frozenset((RCP, LP, TMP, RRS, TELEMETRY, TRANSMIT, DELIVERY))
RELIABLE = 0x80
END = 0x03

# operations of HRNP
CONNECT, ACCEPT, REJECT, CLOSE, CLOSE_ACK, DATA, DATA_ACK = 0xFE, 0xFD, 0xFC, 0xFB, 0xFA, 0x00, 0x10
HRNP_HEADER = 12

# flags of HSTRP
OPTIONS, REJECTS, CLOSES, CONNECTS, BEATS, ACKS = 0x20, 0x10, 0x08, 0x04, 0x02, 0x01
HSTRP_HEADER = 6
DEVICE_OPTION, SLOT_OPTION = 3, 4
MORE_OPTIONS = 0x80

RADIOS, GROUPS, ANY = 10, 225, 0  # first bytes of addresses whose other three are a decimal id
LARGEST_ID = 0xFFFFFF


class Hdap(NamedTuple):
    """One message of the application protocol, its check value proven."""

    service: int
    opcode: int  # as the service counts it: RCP little endian, the others big endian
    body: bytes
    reliable: bool = False


class Packet(NamedTuple):
    """One good packet: its carrier (hstrp, hrnp or bare hdap), its flags or operation, number."""

    carrier: str
    kind: int
    number: int
    hdap: Hdap | None = None
    options: tuple[tuple[int, bytes], ...] = ()
    sender: int = 0
    receiver: int = 0


def hdap_check(data: bytes) -> int:
    """The check value of an HDAP message over all bytes after its first, before the check."""
    return (~sum(data) + 0x33) & 0xFF


def hrnp_check(packet: bytes) -> int:
    """The check value of a whole HRNP packet, whatever stands in its field (bytes 10 and 11)."""
    even = packet + b"\x00" if len(packet) % 2 else packet
    # modulo FFFF the sum of 16-bit words is the number that the bytes make
    total = int.from_bytes(even[:10] + even[12:], "big")
    folded = total % 0xFFFF
    return 0xFFFF - (folded or (0xFFFF if total else 0))


def hdap(service: int, opcode: int, body: bytes) -> bytes:
    """The bytes of one message, not marked as reliable."""
    order = order_of(service)
    head = opcode.to_bytes(2, order) + len(body).to_bytes(2, order)
    return bytes((service,)) + head + body + bytes((hdap_check(head + body), END))


def order_of(service: int) -> Literal["little", "big"]:
    """The byte order of a service's opcode and length."""
    return "little" if service == RCP else "big"


def hrnp(operation: int, sender: int, receiver: int, number: int, data: bytes = b"") -> bytes:
    """One HRNP packet; a connect states version 3, as radios expect it."""
    version = 3 if operation == CONNECT else 0
    length = HRNP_HEADER + len(data)
    head = bytes((0x7E, version, 0, operation, sender, receiver))
    head += number.to_bytes(2, "big") + length.to_bytes(2, "big")
    check = hrnp_check(head + b"\x00\x00" + data)
    return head + check.to_bytes(2, "big") + data


def hstrp(
    flags: int, number: int, data: bytes = b"", options: tuple[tuple[int, bytes], ...] = ()
) -> bytes:
    """One HSTRP packet; the flag for options is set where there are some."""
    told = b""
    for n, (kind, value) in enumerate(options):
        more = MORE_OPTIONS if n + 1 < len(options) else 0
        told += bytes((kind | more, len(value))) + value
    flags |= OPTIONS if options else 0
    return b"\x32\x42\x00" + bytes((flags,)) + number.to_bytes(2, "big") + told + data


def name_of(address: bytes) -> str:
    """Who has this address: the decimal id of a radio or group, else the address as it is."""
    if address[0] in (RADIOS, GROUPS, ANY):
        return str(int.from_bytes(address[1:4], "big"))
    return ".".join(str(part) for part in address[:4])


def address_of(name: str, network: int = RADIOS) -> bytes:
    """The address of a decimal id, or of a dotted address. Raises ValueError for neither."""
    if "." in name:
        return bytes(int(part) for part in name.split("."))
    number = int(name)
    if not 0 < number <= LARGEST_ID:
        raise ValueError(name)
    return bytes((network,)) + number.to_bytes(3, "big")
