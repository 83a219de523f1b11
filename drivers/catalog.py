"""Which class drives what: one literal table for families, one for wires."""

from __future__ import annotations

import importlib
from typing import cast

from drivers.contract import Driver
from drivers.errors import NotSupported

FAMILIES: dict[str, str] = {
    "nmea": "drivers.position.nmea:NmeaDriver",
    "jt808": "drivers.position.jt808:Jt808Driver",
    "kiss": "drivers.position.kiss:KissDriver",
    "tetra": "drivers.radio.tetra:TetraDriver",
    "hytera": "drivers.radio.hytera:HyteraDriver",
    "rigctl": "drivers.radio.rigctl:RigctlDriver",
    "modbus": "drivers.io.modbus:ModbusDriver",
    "idcard": "drivers.reader.idcard:IdCardDriver",
    "rfid-r2000": "drivers.reader.rfid_r2000:R2000Driver",
    "rfid-r200": "drivers.reader.rfid_r200:R200Driver",
    "barcode": "drivers.reader.barcode:BarcodeDriver",
}


def driver(family: str) -> Driver:
    """The driver of this family. Raises NotSupported for one that is not in the table."""
    place = FAMILIES.get(family)
    if place is None:
        raise NotSupported(f"no driver for the family {family!r}")
    module, _, name = place.partition(":")
    return cast(Driver, getattr(importlib.import_module(module), name)())
