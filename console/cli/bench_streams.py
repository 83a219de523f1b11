"""Good frames of every family, as the published vectors have them: what ``bench decode`` is fed."""

from __future__ import annotations

from collections.abc import Mapping

_HYTERA = (
    "7E0300FE20100000000C60E2",
    "7E000000201000000018738D0241080500006F0000007503",
    "324200020000",
    "3242000000010900A10022000000000A0003EAC0A81464480065006C006C006F00200057006F0072006C0064007C03",
    "08A0020032000000010A2110DD0000" + b"A183648261015N4718.8051E01854.43870.1121".hex() + "0B03",
)
_JT808 = (
    "7E0200002612345678901200"
    "7D02000000010000000200BA7F0E07E4F11C0028003C00001810151010100104000000640202007D01137E",
    "7E80010005012345678900000A0064020000617E",
    "7E81000009012345678900000A006400313233343536687E",
    "7E00020000012345678900000A817E",
    "7E8300400E010000000001234567890000010501736D616C6C63686920353138417E",
)
_KISS = ("C00082A0A4A64040E0A09EA6A860626F03F021333532342E33314E2F31313730302E3232453E504F5354C0",)
_MODBUS = ("010200000008 79CC", "0102010561 8B", "01050000FF008C3A", "010100000008 3DCC")
_R2000 = ("A01301891D3000E20000172211014418905F2A4094",)
_R200 = ("BB02220011C9340030751FEB705C5904E3D50D703A76EF7E", "BB01FF000115167E")
_RIGCTL = b"get_freq:\nFrequency: 145000000\nRPRT 0\nset_ptt: 1\nRPRT 0\n"
_CARD_TEXT = (
    ("李四", 15), ("2", 1), ("01", 2), ("19491231", 8), ("某省某市某区和平街5号", 35),
    ("11010519491231002X", 18), ("某市公安局某区分局", 15), ("20180601", 8), ("20380601", 8),
    ("", 18),
)  # fmt: skip
_TETRA = (
    ("+CTSDSR: 13,1234567,0,2345678,0,16", "8004"),
    ("+CTSDSR: 12,1234567,0,2345678,0,104", "0201746573746D657373616765"),
    ("+CTSDSR: 12,1234567,0,2345678,0,120", "82029C01746573746D657373616765"),
    ("+CTSDSR: 12,1234567,0,2345678,0,84", "0A052C5819C614110A8030"),
    ("+CTICN: 1,0,0,5,23404,1,1,0,1,1,5,1000,0",),
    ("+CTXG: 1,3,0,0,1,23404",),
    ("+CDTXC: 1,0",),
)


def _card() -> bytes:
    text = "".join(words.ljust(room) for words, room in _CARD_TEXT).encode("utf_16_le")
    body = bytes.fromhex("050800009001000400") + text + bytes(1024)
    check = 0
    for value in body:
        check ^= value
    return bytes.fromhex("AAAAAA9669") + body + bytes([check])


def _tetra() -> bytes:
    return b"".join(b"\r\n" + line.encode("ascii") + b"\r\n" for one in _TETRA for line in one)


def _joined(*frames: str) -> bytes:
    return b"".join(bytes.fromhex(one) for one in frames)


# family → (one turn of good frames, how many they are, what its line carries in bytes a second)
STREAMS: Mapping[str, tuple[bytes, int, int]] = {
    "tetra": (_tetra(), len(_TETRA), 960),
    "hytera": (_joined(*_HYTERA), len(_HYTERA), 11520),
    "modbus": (_joined(*_MODBUS), len(_MODBUS), 960),
    "jt808": (_joined(*_JT808), len(_JT808), 11520),
    "idcard": (_card(), 1, 11520),
    "rfid-r2000": (_joined(*_R2000), len(_R2000), 11520),
    "rfid-r200": (_joined(*_R200), len(_R200), 11520),
    "kiss": (_joined(*_KISS), len(_KISS), 960),
    "rigctl": (_RIGCTL, 2, 11520),
    "barcode": (b"6901234567892\r\n", 1, 960),
}
