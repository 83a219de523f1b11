"""rigctld: its answers read, the conversation with a simulated daemon and with the real one."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import catalog
from drivers.as_json import as_json
from drivers.contract import (
    Bad,
    ChooseGroup,
    Message,
    Other,
    PressToTalk,
    Probe,
    RadioCall,
    ReleaseTalk,
    SendText,
)
from drivers.errors import NoAnswer, NotSupported
from drivers.radio.rigctl import RigctlDecoder
from drivers.sim.rigctl import RigDaemon
from drivers.transport.tcp import TcpWire
from tests.drivers.conversing import Conversation

FREQ = b"get_freq:\nFrequency: 351250000\nRPRT 0\n"
MODE = b"get_mode:\nMode: FM\nPassband: 15000\nRPRT 0\n"
PTT = b"set_ptt: 1\nRPRT 0\n"
KEY = b"get_ptt:\nPTT: 1\nRPRT 0\n"
NO_PTT = b"get_ptt:\nRPRT -11\n"
LEVEL = b"get_level: STRENGTH\n-24\nRPRT 0\n"
ANSWERS = (FREQ, MODE, PTT, KEY, NO_PTT, LEVEL)
CHANNELS = {
    "守候": {"frequency_hz": 351_250_000},
    "备用": {"frequency_hz": 352_000_000, "mode": "NFM", "passband_hz": 6000},
}
SETTINGS = {"channels": CHANNELS, "poll_s": 0.05}
# the dummy's squelch opens and closes each time it is asked; a loaded machine is slow to answer
REAL: dict[str, Any] = {"squelch": False, "answer_s": 3.0}
driver = catalog.driver("rigctl")


def decoded(*parts: bytes) -> list[Message]:
    decoder = RigctlDecoder()
    messages: list[Message] = []
    for part in parts:
        messages += decoder.feed(part)
    return messages + decoder.finish()


def told(data: bytes) -> dict[str, Any]:
    (message,) = decoded(data)
    return as_json("rigctl", message)


def test_answers_are_read() -> None:
    assert told(FREQ) == {
        "family": "rigctl", "kind": "other", "what": "get_freq", "frequency_hz": 351_250_000,
        "result": 0,
    }  # fmt: skip
    assert (told(MODE)["mode"], told(MODE)["passband_hz"]) == ("FM", 15_000)
    assert (told(PTT)["kind"], told(PTT)["asked"]) == ("ack", "1")
    assert told(KEY)["ptt"] is True
    assert told(NO_PTT)["result"] == -11
    assert told(LEVEL)["value"] == -24
    assert told(b"RPRT -1\n") == {
        "family": "rigctl", "kind": "ack", "what": "answer", "result": -1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (FREQ[:-3], "length"),
        (b"get_freq:\nFrequency: 1\n", "length"),
        (b"get_freq:\n" + b"x\n" * 1000, "length"),
        (b"x" * 5000, "length"),
        (b"145000000\n", "syntax"),
        (b"\x00\xff\n", "syntax"),
        (FREQ.replace(b"351250000", b"35x"), "value"),
        (FREQ.replace(b"351250000", b"1e99"), "value"),
        (FREQ.replace(b"351250000", b"nan"), "value"),
        (KEY.replace(b"PTT: 1", b"PTT: 9"), "value"),
    ],
)
def test_bad_answers_say_why(data: bytes, wanted: str) -> None:
    found = decoded(data, b"\n" + FREQ)
    assert isinstance(found[0], Bad)
    assert found[0].reason == wanted
    assert found[-1] == decoded(FREQ)[0]


def test_an_answer_that_was_cut_does_not_swallow_the_next() -> None:
    cut, whole = decoded(b"get_freq:\nFrequency: 1\n" + KEY)
    assert isinstance(cut, Bad)
    assert whole == decoded(KEY)[0]


@given(
    st.lists(st.sampled_from(ANSWERS) | st.binary(max_size=200), max_size=8).map(b"".join),
    st.lists(st.integers(min_value=0), max_size=12),
)
def test_pieces_of_any_size_give_the_same(data: bytes, cuts: list[int]) -> None:
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    assert decoded(*(data[a:b] for a, b in pairwise(edges))) == decoded(data)


def test_every_split_of_long_lines_gives_the_same() -> None:
    data = FREQ + b"y" * 9000 + b"\n" + KEY
    whole = decoded(data)
    assert len(whole) >= 4
    for cut in range(0, len(data), 37):
        assert decoded(data[:cut], data[cut:]) == whole


def test_no_flipped_bit_stops_the_decoder() -> None:
    for frame in ANSWERS:
        for bit in range(len(frame) * 8):
            flipped = bytearray(frame)
            flipped[bit // 8] ^= 1 << bit % 8
            found = decoded(KEY, bytes(flipped), b"\n" + FREQ)
            assert found[0] == decoded(KEY)[0]
            assert found[-1] == decoded(FREQ)[0]


def test_a_megabyte_of_noise_ends_in_seconds() -> None:
    for noise in (b"\n" * (1 << 20), b"get_freq:\n" * (1 << 16), bytes(range(256)) * (1 << 12)):
        begun = time.process_time()
        decoded(noise)
        assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "settings",
    [
        {"channels": {"x": {}}},
        {"channels": {"x": {"frequency_hz": "1"}}},
        {"channels": {"x": {"frequency_hz": 351_250_000, "mode": "FM\n"}}},
        {"channels": []},
        {"poll_s": 0},
        {"answer_s": True},
        {"transmit": 1},
        {"colour": 1},
    ],
)
def test_impossible_settings_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(NotSupported, match=r"cannot be|unknown"):
        driver.checked(settings)


def test_a_question_without_an_answer_ends_the_wire() -> None:
    talk = driver.talk({})
    assert talk.begin(1.0).out == b"+\\dump_caps\n"
    talk.order("a", Probe(), 9.0, 1.0)
    assert talk.wake_at() == 1.5
    with pytest.raises(NoAnswer, match="dump_caps"):
        talk.pass_time(1.5)
    assert [(one.order_id, one.cause) for one in talk.end().outcomes] == [("a", "lost")]


def test_an_answer_out_of_turn_ends_the_wire() -> None:
    talk = driver.talk({})
    talk.begin(1.0)
    with pytest.raises(NoAnswer, match="out of turn"):
        talk.hear(FREQ, 1.1)


def test_what_cannot_be_ordered_is_refused_in_words() -> None:
    talk = driver.talk({"transmit": False})
    for order in (SendText("1", "x"), PressToTalk(), ReleaseTalk(), ChooseGroup("守候")):
        with pytest.raises(NotSupported, match=r"\w"):
            talk.order("a", order, 9.0, 1.0)


def conversation_with(host: str, port: int, **settings: Any) -> tuple[Conversation, TcpWire]:
    wire = TcpWire(host, port)
    wire.open()
    made = Conversation(driver.talk({**SETTINGS, **settings}), wire)
    made.begin()
    made.until(lambda: made.talk.identity)
    return made, wire


def calls(conversation: Conversation) -> list[tuple[str, str | None, bool | None]]:
    return [
        (one.phase, one.group, one.granted)
        for one in conversation.messages
        if isinstance(one, RadioCall)
    ]


@pytest.fixture
def daemon() -> Iterator[RigDaemon]:
    made = RigDaemon()
    made.start()
    yield made
    made.stop()


def test_a_channel_in_use_is_not_talked_over_but_in_an_emergency(daemon: RigDaemon) -> None:
    conversation, wire = conversation_with(daemon.host, daemon.port)
    assert conversation.order("choose", ChooseGroup("守候")).done
    daemon.squelch_open = True
    busy = conversation.order("press", PressToTalk("守候"))
    assert (busy.done, busy.cause) == (False, "busy")
    assert not daemon.ptt
    assert calls(conversation) == [("talking", "守候", False)]
    assert conversation.order("urgent", PressToTalk("守候", 3)).done
    assert daemon.ptt
    assert conversation.order("release", ReleaseTalk()).done
    assert not daemon.ptt
    daemon.squelch_open = False
    conversation.until(lambda: calls(conversation)[-1] == ("ceased", "守候", None))
    wire.close()


def test_a_radio_without_a_talk_key_refuses(daemon: RigDaemon) -> None:
    daemon.has_ptt = False
    conversation, wire = conversation_with(daemon.host, daemon.port)
    press = conversation.order("press", PressToTalk())
    assert (press.cause, press.told) == ("refused", "RPRT -1: invalid parameter")
    asked = daemon.heard.count("+\\get_ptt")
    heard = len(daemon.heard)
    conversation.until(lambda: len(daemon.heard) > heard + 6)
    assert daemon.heard.count("+\\get_ptt") <= asked + 1
    wire.close()


def test_a_key_at_the_radio_itself_is_told(daemon: RigDaemon) -> None:
    conversation, wire = conversation_with(daemon.host, daemon.port)
    conversation.until(lambda: "+\\get_freq" in daemon.heard)
    daemon.ptt = True
    conversation.until(lambda: calls(conversation))
    assert calls(conversation) == [("talking", "145.0000 MHz", None)]
    wire.close()


def test_a_daemon_that_falls_mute_ends_the_wire(daemon: RigDaemon) -> None:
    conversation, wire = conversation_with(daemon.host, daemon.port)
    daemon.answers = False
    with pytest.raises(NoAnswer, match="does not answer"):
        conversation.until(lambda: False)
    wire.close()
    daemon.answers = True
    again, wire = conversation_with(daemon.host, daemon.port)
    assert again.order("probe", Probe()).done
    wire.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def run_rigctld(*more: str) -> Iterator[int]:
    program = shutil.which("rigctld")
    assert program, "rigctld is missing: apt-get install libhamlib-utils"
    port = free_port()
    place = ("-T", "127.0.0.1", "-t", str(port))
    process = subprocess.Popen(
        [program, "-m", "1", *more, *place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 0.5).close()
                break
            except OSError:
                assert process.poll() is None, "rigctld ended at once"
                assert time.monotonic() < deadline, "rigctld does not listen"
        yield port
    finally:
        process.kill()
        process.wait(5)


@pytest.fixture
def real() -> Iterator[int]:
    yield from run_rigctld("-P", "RIG")


@pytest.fixture
def real_without_key() -> Iterator[int]:
    yield from run_rigctld()


def test_the_real_rigctld_with_its_dummy_radio(real: int) -> None:
    conversation, wire = conversation_with("127.0.0.1", real, **REAL)
    assert conversation.talk.identity == "Hamlib Dummy"
    assert conversation.talk.beat_at is not None
    probe = conversation.order("probe", Probe())
    assert (probe.done, probe.fields["frequency_hz"]) == (True, 145_000_000)
    chosen = conversation.order("choose", ChooseGroup("守候"))
    assert (chosen.done, chosen.fields["frequency_hz"]) == (True, 351_250_000)
    press = conversation.order("press", PressToTalk("备用"))
    assert (press.done, press.fields) == (True, {"ptt": True})
    assert calls(conversation)[-1] == ("talking", "备用", True)
    assert conversation.order("release", ReleaseTalk()).done
    assert calls(conversation)[-1] == ("ceased", "备用", None)
    whats = {one.what for one in conversation.messages if isinstance(one, Other)}
    assert {"dump_caps", "get_freq", "get_mode", "set_freq", "set_mode"} <= whats
    assert not [one for one in conversation.messages if isinstance(one, Bad)]
    wire.close()


def test_a_key_left_down_comes_up_with_the_next_connection(real: int) -> None:
    conversation, wire = conversation_with("127.0.0.1", real, **REAL)
    assert conversation.order("press", PressToTalk()).done
    wire.close()
    again, wire = conversation_with("127.0.0.1", real, **REAL)
    again.until(lambda: any(o.what == "get_ptt" for o in again.messages if isinstance(o, Other)))
    states = [o.fields for o in again.messages if isinstance(o, Other) and o.what == "get_ptt"]
    assert [one["ptt"] for one in states] == [False]
    wire.close()


def test_the_real_rigctld_without_a_talk_key(real_without_key: int) -> None:
    conversation, wire = conversation_with("127.0.0.1", real_without_key, **REAL)
    press = conversation.order("press", PressToTalk())
    assert (press.done, press.cause, press.told) == (
        False, "refused", "RPRT -1: invalid parameter",
    )  # fmt: skip
    assert conversation.order("probe", Probe()).done
    wire.close()
