"""A recording of gpsd with a BeiDou and GPS receiver: what it says, whole, in pieces and replayed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from drivers.contract import Bad, Message, Other, Position
from drivers.errors import LinkLost
from drivers.position.nmea import NmeaDecoder, NmeaDriver
from drivers.transport import capture
from drivers.transport.replay import ReplayWire

RECORDING = Path(__file__).parent / "recordings" / "gpsd.capture"
ASKED = b'?WATCH={"enable":true,"nmea":true};\r\n'


def recorded() -> list[bytes]:
    return [data for _, data in capture.pieces(RECORDING)]


def decoded(pieces: list[bytes]) -> list[Message]:
    decoder = NmeaDecoder()
    found = [message for piece in pieces for message in decoder.feed(piece)]
    return found + decoder.finish()


def test_every_sentence_of_the_recording_is_understood() -> None:
    messages = decoded(recorded())
    assert not [message for message in messages if isinstance(message, Bad)]
    places = [message for message in messages if isinstance(message, Position)]
    others = Counter(message.what for message in messages if isinstance(message, Other))
    assert others.keys() == {"GSA", "GSV", "VTG", "ZDA"}
    assert others["GSV"] >= 3 * others["ZDA"] - 3
    moments = len({place.at for place in places})  # RMC, GGA and GLL of each
    assert 3 * (moments - 1) < len(places) <= 3 * moments, "but for the second in which it ends"


def test_the_receiver_drives_on_over_midnight_and_is_nowhere_without_a_fix() -> None:
    places = [message for message in decoded(recorded()) if isinstance(message, Position)]
    moments = sorted({place.at for place in places if place.at is not None})
    assert moments[0] < datetime(2026, 11, 22, tzinfo=UTC) < moments[-1]
    assert {later - earlier for earlier, later in pairwise(moments)} == {timedelta(seconds=1)}
    void = [place for place in places if not place.valid]
    assert len({place.at for place in void}) == 4
    assert all(place.lat is None and place.lon is None for place in void)
    lats = [place.lat for place in places if place.lat is not None]
    assert lats == sorted(lats)


def test_satellites_of_both_systems_are_named() -> None:
    seen = [m for m in decoded(recorded()) if isinstance(m, Other) and m.what == "GSV"]
    talkers = {str(message.fields["talker"]) for message in seen}
    assert talkers == {"GB", "GP"}
    beidou = next(m for m in seen if m.fields["talker"] == "GB")
    assert [one["prn"] for one in beidou.fields["satellites"]] == ["01", "03", "06", "08"]
    assert beidou.fields["signal"] == "1"


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    whole = b"".join(recorded())
    pieces = [whole[at : at + size] for at in range(0, len(whole), size)]
    wanted = decoded([whole])
    assert len(wanted) > 300
    assert [_plain(message) for message in decoded(pieces)] == [_plain(m) for m in wanted]


def _plain(message: Message) -> object:
    return dict(message.fields) if isinstance(message, Other) else message


def test_the_recording_replays_as_a_wire() -> None:
    wire = ReplayWire(RECORDING, speed=100_000.0)
    wire.open()
    heard: list[bytes] = []
    with pytest.raises(LinkLost):
        while True:
            heard.append(wire.read(1.0))
    assert b"".join(heard) == b"".join(recorded())


def test_gpsd_is_asked_for_sentences_once_when_it_greets() -> None:
    whole = b"".join(recorded())
    for size in (1, 5, len(whole)):
        talk = NmeaDriver().talk({})
        said = [talk.hear(whole[at : at + size], 0.0).out for at in range(0, len(whole), size)]
        assert [out for out in said if out] == [ASKED]


def test_a_receiver_is_asked_nothing() -> None:
    for first in (b"$GNRMC", b'{"class":"TPV"}', b"\x00", b'{"class":"VERSIO$'):
        talk = NmeaDriver().talk({})
        heard = first + b'{"class":"VERSION"'
        assert all(talk.hear(heard[n : n + 1], 0.0).out == b"" for n in range(len(heard)))
