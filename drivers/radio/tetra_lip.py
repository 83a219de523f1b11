"""Places over TETRA short data (TS 100 392-18): the short location report, and asking for one."""

from __future__ import annotations

from collections.abc import Container

from drivers.contract import Other, Position
from drivers.errors import BadFrame

SHORT_BITS = 84
EMERGENCY_REASON = 2
# Extension PDU, immediate location report request, short report preferred, to whoever asks.
REQUEST, REQUEST_BITS = "0A4580", 21
_ERRORS_M = (2.0, 20.0, 200.0, 2_000.0, 20_000.0, 200_000.0, None, None)
_EXTENSIONS = {
    1: "immediate_request", 3: "long_report", 4: "acknowledgement", 5: "basic_parameters",
    6: "trigger_change", 7: "trigger_removal", 8: "trigger_report", 9: "basic_parameters_report",
    10: "reporting_on_off", 11: "reporting_control", 12: "backlog",
}  # fmt: skip


def location(source: str, data: bytes, bits: int, sos: Container[int]) -> Position | Other:
    """What a location PDU says, its protocol identifier included. ``sos``: the reasons for a
    report that are an emergency. Raises BadFrame for a report that is cut short."""
    kind = data[1] >> 6 if len(data) > 1 else 0
    if kind == 1:
        number = data[1] >> 2 & 0xF
        fields = {"source": source, "extension": _EXTENSIONS.get(number, str(number))}
        return Other("lip", {**fields, "pdu": data.hex().upper()})
    if kind:
        return Other("lip", {"source": source, "pdu": data.hex().upper()})
    if bits < SHORT_BITS:
        raise BadFrame("length")
    value = int.from_bytes(data[:11], "big") >> 4
    lon = _signed(value >> 47 & 0x1FFFFFF, 25) * 360 / 2**25
    lat = _signed(value >> 23 & 0xFFFFFF, 24) * 180 / 2**24
    is_reason, reason = not value >> 8 & 1, value & 0xFF
    return Position(
        source or None,
        lat,
        lon,
        True,
        speed_mps=speed(value >> 13 & 0x7F),
        course_deg=(value >> 9 & 0xF) * 22.5,
        error_m=_ERRORS_M[value >> 20 & 7],
        alarms=("sos",) if is_reason and reason in sos else (),
    )


def speed(told: int) -> float | None:
    """Metres a second of the seven bits: whole km/h up to 28, then 3.8 % a step; 127 unknown."""
    if told == 127:
        return None
    return (told if told <= 28 else 16 * 1.038 ** (told - 13)) / 3.6


def _signed(value: int, bits: int) -> int:
    return value - (1 << bits) if value >> bits - 1 else value
