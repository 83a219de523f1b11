"""Texts of short data: the codings of EN 300 392-2 (table of text coding schemes), both ways."""

from __future__ import annotations

GSM_7 = 0
LATIN_1 = 1
UTF_16 = 26

_CODECS: dict[int, str] = {
    **{n: f"iso8859_{n}" for n in range(1, 11)},
    11: "iso8859_13", 12: "iso8859_14", 13: "iso8859_15",
    **dict(enumerate(("cp437", "cp737", "cp850", "cp852", "cp855", "cp857", "cp860", "cp861", "cp863", "cp865", "cp866", "cp869"), 14)),
    UTF_16: "utf_16_be",
}  # fmt: skip
_GSM = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_MORE = {
    0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]",
    0x40: "|", 0x65: "€",
}  # fmt: skip


def readable(coding: int) -> bool:
    """This coding is one of those that can be read here."""
    return coding == GSM_7 or coding in _CODECS


def decoded(coding: int, data: bytes, bits: int, skip_bits: int = 0) -> str:
    """The text in the first ``bits`` of these bytes; what is no character shows as U+FFFD.

    A message with one damaged character is worth more than none. ``skip_bits``: packed characters
    begin only after so many, at the next whole one.
    """
    if coding == GSM_7:
        return _septets(data, bits, skip_bits)
    return data[skip_bits // 8 :].decode(_CODECS[coding], "replace")


def encoded(text: str) -> tuple[int, str]:
    """The coding that carries the whole text, and its codec: ISO 8859-1, else UTF-16."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return UTF_16, _CODECS[UTF_16]
    return LATIN_1, _CODECS[LATIN_1]


def _septets(data: bytes, bits: int, skip_bits: int) -> str:
    """GSM 03.38: seven bits a character, packed from the low end of each byte."""
    packed = int.from_bytes(data, "little")
    first, count = -(-skip_bits // 7), bits // 7
    values = [packed >> 7 * n & 0x7F for n in range(first, count)]
    if values and bits % 8 == 0 and count * 7 == bits and values[-1] in (0x00, 0x0D):
        values.pop()  # seven bits left over in the last byte are filled with zeros, or with CR
    told: list[str] = []
    more = False
    for value in values:
        if more:
            told.append(_GSM_MORE.get(value, _GSM[value]))
            more = False
        elif value == 0x1B:
            more = True
        else:
            told.append(_GSM[value])
    return "".join(told)
