"""``ports`` and ``replay``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from serial.tools.list_ports_common import ListPortInfo

from console.cli.parser import main
from drivers.transport import capture
from tests.drivers.test_nmea import GGA, RMC


@pytest.fixture
def one_port(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    place = tmp_path / "ttyACM0"
    place.touch()
    info = ListPortInfo(str(place))
    info.vid, info.pid, info.serial_number = 0x1546, 0x01A8, "SN1"
    info.description = "u-blox GNSS"
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [info])
    return str(place)


def test_ports_says_identity_name_and_state(
    one_port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ports", "--json"]) == 0
    (port,) = json.loads(capsys.readouterr().out)["ports"]
    assert port["identity"] == "1546:01a8:SN1"
    assert (port["name"], port["state"]) == (one_port, "free")
    assert main(["--lang", "en", "ports"]) == 0
    told = capsys.readouterr().out.strip().split("\t")
    assert told == ["1546:01a8:SN1", one_port, "free", "u-blox GNSS"]


def test_no_port_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serial.tools.list_ports.comports", list)
    assert main(["ports"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "没有接入任何串口设备" in told.err


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    file = tmp_path / "a.capture"
    pieces = [(0.0, RMC[:30]), (0.2, RMC[30:] + b"$GNRMC,*00\r\n"), (1.0, GGA)]
    text = capture.header("nmea") + "".join(capture.line(at, data) for at, data in pieces)
    file.write_text(text, "ascii")
    return file


def test_replay_plays_a_capture_through_a_link(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", "--family", "nmea", str(recorded), "--speed", "20"]) == 0
    told = capsys.readouterr()
    positions = [json.loads(line) for line in told.out.splitlines()]
    assert [one["lat"] for one in positions] == [35.405185, 35.405185]
    assert "2 帧，1 个坏帧" in told.err


@pytest.mark.parametrize("text", ["", "no capture\n", capture.header("nmea") + "1 zz\n2 00\n"])
def test_replay_of_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "b.capture"
    file.write_text(text, "ascii")
    assert main(["--lang", "en", "replay", "--family", "nmea", str(file)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Cannot be played")
    assert len(told.splitlines()) == 1


def test_replay_of_nothing_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--family", "nmea", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize("speed", ["0", "-1", "inf", "nan", "fast"])
def test_replay_refuses_an_impossible_speed(recorded: Path, speed: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["replay", "--family", "nmea", str(recorded), f"--speed={speed}"])
    assert ended.value.code == 2
