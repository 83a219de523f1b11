"""TETRA short data: every coding, store and forward, parts, protocols that are no texts."""

from __future__ import annotations

import pytest

from drivers.as_json import as_json
from drivers.contract import Text
from tests.drivers.test_tetra import one, sds


def text(digits: str) -> str:
    message = one(sds(digits))
    assert isinstance(message, Text), message
    return message.text


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0201C4E4", "Ää"),
        ("0202A3", "Ł"),
        ("0205BFDEDBD8E6D8EF", "Полиция"),
        ("020D" + "A4", "€"),  # ISO 8859-15
        ("8202010DA4", "€"),
        ("0210" + "82", "é"),  # code page 850
        ("020E" + "9B", "¢"),  # code page 437
        ("0218" + "8F8E", "ПО"),  # code page 866
        ("021A" + "6C4263F4", "求援"),
        ("8202" + "01" + "1A" + "D83DDEA8", "🚨"),
        ("021A" + "6C42D83D", "求\ufffd"),  # half a character
        ("021A" + "6C4200", "求\ufffd"),
        ("0200" + "E8329BFD4697D9EC37", "hellohello"),
    ],
)
def test_codings(digits: str, words: str) -> None:
    assert text(digits) == words


def test_packed_characters() -> None:
    def packed(*values: int) -> str:
        whole = sum(value << 7 * n for n, value in enumerate(values))
        return whole.to_bytes(-(-7 * len(values) // 8), "little").hex().upper()

    assert text("0200" + packed(0x1B, 0x65, 0x00, 0x31)) == "€@1"
    assert text("0200" + packed(*[0x61] * 7)) == "a" * 7  # seven bits over, filled with zeros
    assert text("0200" + packed(*[0x61] * 8)) == "a" * 8
    assert text("0200" + packed(0x61, 0x1B)) == "a"
    digits = packed(*[0x61] * 3)
    assert one(sds("0200" + digits, bits=16 + 21)) == Text("1234567", "2345678", "aaa")
    # six bytes of user header and one bit of filling: the text begins at the eighth character
    header = int.from_bytes(bytes.fromhex("050003C90201"), "little")
    whole = header | sum(0x62 << 49 + 7 * n for n in range(4))
    parted = whole.to_bytes(10, "little").hex()
    assert text("8A02C900" + parted) == "bbbb"


def test_a_text_in_an_unknown_coding_is_kept_as_digits() -> None:
    told = as_json("tetra", one(sds("021B4142")))
    assert (told["kind"], told["what"], told["pdu"]) == ("other", "text", "021B4142")


def test_store_and_forward_is_stepped_over() -> None:
    words = "01" + b"testmessage".hex()
    for control in ("51010203", "5005", "52" + "00" * 6, "57", "5305123450", "5306123456"):
        assert text("82039C" + control + words) == "testmessage"


def test_parts_are_texts_of_their_own() -> None:
    assert text("8A02C981045A8F050003C90201746573746D657373616765") == "testmessage"
    assert text("8A02C901" + "0724050003C90201" + b"ab".hex()) == "ab"
    assert text("8A02C9010061") == "a"


def test_other_protocols_and_services() -> None:
    for digits in ("030000", "0C0000", "830299AB", "8C0299AB", "825000C9"):
        told = as_json("tetra", one(sds(digits)))
        assert (told["kind"], told["what"], told["pdu"]) == ("other", "short_data", digits)
    assert as_json("tetra", one(sds("8004", service=8)))["service"] == 8
    assert text("0201") == ""
