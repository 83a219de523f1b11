"""NMEA 0183: the published vectors, every rule of bad frames, dates and void fixes."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from drivers import catalog
from drivers.as_json import as_json
from drivers.contract import Bad, Message, Other, Position
from drivers.errors import NotSupported
from drivers.position.nmea import LONGEST, NmeaDecoder, checksum
from drivers.sim.receiver import sentence

RMC = b"$GNRMC,092204.999,A,3524.3111,N,11700.2246,E,12.50,84.40,211125,,,A,V*03\r\n"
GGA = b"$BDGGA,092204.000,3524.3111,N,11700.2246,E,1,12,0.9,85.0,M,-6.1,M,,*6A\r\n"
GSV = b"$BDGSV,2,1,05,01,44,140,38,03,52,198,40,06,61,340,36,08,30,175,33*6A\r\n"
GSA = b"$GNGSA,A,3,01,03,06,08,,,,,,,,,1.4,0.9,1.1,4*34\r\n"
ZDA = b"$GNZDA,092204.00,21,11,2025,00,00*73\r\n"
GPS = b"$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n"
PUBLISHED = (RMC, GGA, GSV, GSA, ZDA, GPS)


def decoded(*parts: bytes) -> list[Message]:
    decoder = NmeaDecoder()
    messages: list[Message] = []
    for part in parts:
        messages += decoder.feed(part)
    return messages + decoder.finish()


def one(data: bytes) -> Message:
    (message,) = decoded(data)
    return message


def position(data: bytes) -> Position:
    message = one(data)
    assert isinstance(message, Position), message
    return message


def reason(data: bytes) -> str:
    message = one(data)
    assert isinstance(message, Bad), message
    return message.reason


def test_published_sentences() -> None:
    rmc, gga, gsv, gsa, zda, gps = decoded(*PUBLISHED)
    assert isinstance(rmc, Position)
    assert rmc.lat == pytest.approx(35 + 24.3111 / 60, abs=1e-12)
    assert rmc.lon == pytest.approx(117 + 0.2246 / 60, abs=1e-12)
    assert rmc.speed_mps == pytest.approx(12.5 * 1852 / 3600)
    assert rmc.course_deg == 84.4
    assert rmc.valid
    assert rmc.at == datetime(2025, 11, 21, 9, 22, 4, 999000, UTC)
    assert isinstance(gga, Position)
    assert (gga.lat, gga.lon, gga.valid) == (rmc.lat, rmc.lon, True)
    assert gga.at == datetime(2025, 11, 21, 9, 22, 4, tzinfo=UTC)
    assert gga.speed_mps is None
    assert isinstance(gps, Position)
    assert gps.at == datetime(2025, 11, 21, 12, 35, 19, tzinfo=UTC)
    whats = [message.what for message in (gsv, gsa, zda) if isinstance(message, Other)]
    assert whats == ["GSV", "GSA", "ZDA"]


def test_as_json_of_a_position() -> None:
    assert as_json("nmea", one(RMC)) == {
        "family": "nmea",
        "kind": "position",
        "lat": 35.405185,
        "lon": 117.003743333,
        "valid": True,
        "time": "2025-11-21T09:22:04.999Z",
        "speed_mps": pytest.approx(6.430555556),
        "course_deg": 84.4,
    }
    zda, gga = decoded(ZDA, GGA)
    assert as_json("nmea", gga)["time"] == "2025-11-21T09:22:04Z"
    assert as_json("nmea", zda)["year"] == "2025"


def test_other_sentences_name_their_fields() -> None:
    gsv, gsa = (as_json("nmea", message) for message in decoded(GSV, GSA))
    assert (gsv["kind"], gsv["what"], gsv["talker"]) == ("other", "GSV", "BD")
    assert gsv["satellites"][1] == {
        "prn": "03",
        "elevation_deg": "52",
        "azimuth_deg": "198",
        "snr_db": "40",
    }
    assert (gsa["mode_fix_type"], gsa["pdop"], gsa["fields"]) == ("3", "1.4", ["4"])
    signal = as_json("nmea", one(sentence("GBGSV,1,1,01,19,30,175,33,1")))
    assert signal["signal"] == "1"
    assert len(signal["satellites"]) == 1
    assert as_json("nmea", one(sentence("GNXYZ,1,2")))["fields"] == ["1", "2"]
    maker = as_json("nmea", one(sentence("PMTK001,604,3")))
    assert (maker["what"], maker["fields"]) == ("PMTK001", ["604", "3"])
    json.dumps([gsv, gsa, signal, maker])


def test_satellite_parts_out_of_order_each_stand_alone() -> None:
    second = sentence("BDGSV,2,2,05,11,20,010,30")
    told = [as_json("nmea", message)["message"] for message in decoded(second, GSV)]
    assert told == ["2", "1"]


@pytest.mark.parametrize("talker", ["GP", "GL", "GA", "BD", "GB", "GN", "QZ", "GQ"])
def test_every_talker_gives_positions(talker: str) -> None:
    for rest in (
        "RMC,092204,A,3524.3111,N,11700.2246,E,,,211125,,",
        "GGA,092204,3524.3111,N,11700.2246,E,1,12,0.9,85.0,M,-6.1,M,,",
        "GLL,3524.3111,N,11700.2246,E,092204,A",
    ):
        assert position(sentence(talker + rest)).valid


def test_south_and_west_are_negative() -> None:
    found = position(sentence("GPGLL,3751.65,S,14507.36,W"))
    assert (found.lat, found.lon) == pytest.approx((-37.860833333, -145.122666667))


@pytest.mark.parametrize(
    "body",
    [
        "GNRMC,092204,V,,,,,,,211125,,,N",
        "GNRMC,092204,A,,,,,,,211125,,,A",  # a receiver that says A without a place
        "GNGGA,092204,,,,,0,00,99.9,,M,,M,,",
        "GNGLL,,,,,092204,V,N",
        "GNRMC,092204,A,3524.3111,N,,,0,0,211125,,",  # half a place is no place
    ],
)
def test_a_void_fix_has_no_place(body: str) -> None:
    found = position(sentence(body))
    assert (found.lat, found.lon, found.valid) == (None, None, False)
    told = as_json("nmea", found)
    assert told["lat"] is None
    assert told["lon"] is None
    assert told["valid"] is False


def test_a_void_fix_keeps_the_coordinates_it_was_sent_with() -> None:
    found = position(sentence("GNRMC,092204,V,3524.3111,N,11700.2246,E,,,211125,,,N"))
    assert found.lat == pytest.approx(35.405185)
    assert not found.valid


GOOD = "GNRMC,092204,A,3524.3111,N,11700.2246,E,12.50,84.40,211125,,,A"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (RMC.replace(b"*03", b"*04"), "checksum"),
        (RMC.replace(b"3524", b"3525"), "checksum"),
        (RMC.replace(b"*03", b""), "length"),
        (RMC[:40], "length"),
        (RMC[:40] + b"\r\n", "length"),
        (RMC.replace(b"*03", b"*0"), "length"),
        (b"$" + b"A" * 400, "length"),
        (RMC.replace(b"*03", b"*0G"), "syntax"),
        (sentence(GOOD).replace(b"\r\n", b"zz\r\n"), "syntax"),
        (GSV.replace(b"*6A", b"*6a"), "syntax"),
        (sentence(GOOD + ",1,2"), "syntax"),
        (sentence(GOOD.replace(",A,3524", ",B,3524")), "syntax"),
        (sentence(GOOD.replace("3524.3111", "35x4.3111")), "syntax"),
        (sentence(GOOD.replace("3524.3111", "524.3111")), "syntax"),
        (sentence(GOOD.replace(",N,", ",Q,")), "syntax"),
        (sentence(GOOD.replace("12.50", "-12.50")), "syntax"),
        (sentence(GOOD.replace("211125", "2111")), "syntax"),
        (sentence("GNGGA,092204,3524.3111,N,11700.2246,E,1,12,0.9,85.0,M,-6.1,M"), "syntax"),
        (sentence("GNZDA,092204.00,21,11"), "syntax"),
        (sentence("gnrmc,1,2"), "syntax"),
        (sentence("GN"), "syntax"),
        (sentence("GNXYZ,\x01"), "syntax"),
        (sentence(GOOD.replace("3524.3111", "9900.0000")), "value"),
        (sentence(GOOD.replace("3524.3111", "9000.0001")), "value"),
        (sentence(GOOD.replace("3524.3111", "3560.0000")), "value"),
        (sentence(GOOD.replace("11700.2246", "18000.0001")), "value"),
        (sentence(GOOD.replace("092204", "242204")), "value"),
        (sentence(GOOD.replace("211125", "320125")), "value"),
        (sentence(GOOD.replace("84.40", "360.01")), "value"),
        (sentence(GOOD.replace("12.50", "99999")), "value"),
        (sentence("GNGGA,256000,,,,,0,,,,,,,,"), "value"),
        (sentence("GNZDA,092204.00,21,11,0001,00,00"), "value"),
    ],
)
def test_bad_frames_say_why(data: bytes, wanted: str) -> None:
    assert reason(data) == wanted


def test_the_reasons_are_tested_in_order() -> None:
    """A frame with several faults is bad for the first of length, checksum, syntax, value."""
    faulty = sentence(GOOD.replace("3524.3111", "9900.0000").replace(",A,", ",B,", 1))
    assert reason(faulty) == "syntax"
    assert reason(faulty[:-5] + b"\r\n") == "length"
    wrong = b"00" if faulty[-4:-2] != b"00" else b"01"
    assert reason(faulty[:-4] + wrong + b"\r\n") == "checksum"
    assert reason(sentence(GOOD.replace("3524.3111", "9900.0000"))) == "value"


def test_bad_bytes_are_given_back() -> None:
    told = as_json("nmea", one(RMC.replace(b"*03", b"*04")))
    assert bytes.fromhex(told["bytes"]) == RMC.replace(b"*03", b"*04").strip()
    assert (told["family"], told["kind"]) == ("nmea", "bad")


def test_decoding_goes_on_after_a_frame_that_was_cut() -> None:
    cut, whole = decoded(RMC[:30] + GGA)
    assert isinstance(cut, Bad)
    assert (cut.reason, cut.raw) == ("length", RMC[:30])
    assert isinstance(whole, Position)


def test_the_last_line_needs_no_line_end() -> None:
    assert position(RMC.strip()).valid


def test_noise_between_sentences_says_nothing() -> None:
    assert len(decoded(b"\x00\xff!!AIVDM,1\r\n" + RMC + b"\x80\r\n*47" + GGA)) == 2


def at_of(data: bytes, decoder: NmeaDecoder) -> datetime | None:
    (message,) = decoder.feed(data)
    assert isinstance(message, Position)
    return message.at


def gga(clock: str) -> bytes:
    return sentence(f"GNGGA,{clock},3524.3111,N,11700.2246,E,1,12,0.9,85.0,M,-6.1,M,,")


def test_gga_has_no_moment_before_the_stream_has_a_date() -> None:
    decoder = NmeaDecoder()
    assert at_of(gga("092204"), decoder) is None
    decoder.feed(ZDA)
    assert at_of(gga("092205"), decoder) == datetime(2025, 11, 21, 9, 22, 5, tzinfo=UTC)


def test_gga_rolls_over_midnight_both_ways() -> None:
    decoder = NmeaDecoder()
    decoder.feed(sentence("GNRMC,235959,A,3524.3111,N,11700.2246,E,,,311225,,"))
    assert at_of(gga("000000"), decoder) == datetime(2026, 1, 1, tzinfo=UTC)
    assert at_of(gga("235959"), decoder) == datetime(2025, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert at_of(gga("000001"), decoder) == datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC)
    decoder.feed(sentence("GNRMC,000002,A,3524.3111,N,11700.2246,E,,,010126,,"))
    assert at_of(gga("000003"), decoder) == datetime(2026, 1, 1, 0, 0, 3, tzinfo=UTC)


def test_a_day_of_gga_alone_keeps_the_date() -> None:
    decoder = NmeaDecoder()
    decoder.feed(sentence("GNZDA,120000,28,02,2028,00,00"))
    for clock, day in (("180000", 28), ("235959", 28), ("050000", 29), ("110000", 29)):
        found = at_of(gga(clock), decoder)
        assert found is not None
        assert (found.month, found.day) == (2, day)


def test_a_wrong_date_does_not_stay() -> None:
    decoder = NmeaDecoder()
    decoder.feed(RMC)
    decoder.feed(sentence("GNRMC,092205,A,3524.3111,N,11700.2246,E,,,320125,,"))
    assert at_of(gga("092206"), decoder) == datetime(2025, 11, 21, 9, 22, 6, tzinfo=UTC)


def test_a_leap_second_is_the_second_after_it() -> None:
    found = position(sentence("GNRMC,235960,A,3524.3111,N,11700.2246,E,,,311216,,"))
    assert found.at == datetime(2017, 1, 1, tzinfo=UTC)


def test_a_date_of_the_last_century() -> None:
    found = position(sentence("GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W"))
    assert found.at == datetime(1994, 3, 23, 12, 35, 19, tzinfo=UTC)


def test_a_megabyte_of_noise_ends_in_seconds() -> None:
    worst = (
        b"$" * (1 << 20),
        b"$" + b"," * ((1 << 20) - 1),
        b"$GNRMC,*" * (1 << 17),
        bytes(range(256)) * (1 << 12),
    )
    for noise in worst:
        begun = time.process_time()
        decoded(noise)
        assert time.process_time() - begun < 8, noise[:10]


def test_a_long_line_in_single_bytes_ends_in_seconds() -> None:
    begun = time.process_time()
    decoder = NmeaDecoder()
    for _ in range(1 << 18):
        decoder.feed(b"A" if _ % 254 else b"$")
    assert time.process_time() - begun < 8


def test_the_checksum_is_the_exclusive_or_of_all_bytes() -> None:
    for length in (0, 1, 7, 8, 64, 127, 128, 129, LONGEST):
        body = bytes((7 * n + length) & 0x7F for n in range(length))
        slow = 0
        for byte in body:
            slow ^= byte
        assert checksum(body) == slow


def test_an_unknown_family_is_not_supported() -> None:
    with pytest.raises(NotSupported, match="telex"):
        catalog.driver("telex")
    assert catalog.driver("nmea").family == "nmea"
