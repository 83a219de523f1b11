"""The makers of simulated devices, one a family: each plugs its device in and says what it can do."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime

from console.links.model import SerialPlace, TcpPlace, TcpServerPlace, UdpPlace
from console.links.service.simulating import Beat, Bench, Simulated
from drivers.sim.barcode import Scanner
from drivers.sim.hytera import HyteraRepeater
from drivers.sim.hytera_radios import Place
from drivers.sim.idcard import CardReader
from drivers.sim.jt808_network import Terminals
from drivers.sim.kiss import KissModem
from drivers.sim.modbus import Board
from drivers.sim.receiver import Receiver
from drivers.sim.rigctl import RigDaemon
from drivers.sim.tag_reader import R200Reader, R2000Reader
from drivers.sim.terminal import AnsweringDevice
from drivers.sim.tetra import Fix, TetraRadio

Deeds = dict[str, Callable[[], object]]

HOST = "127.0.0.1"
_SPEED_MPS, _COURSE_DEG = 5.0, 45.0
_STEP_DEG = 0.00005  # a second's walk northwards: about five metres
_MOST_DEG = 0.01  # then it walks from the beginning again
CREW, GROUP, STATUS = "4001", "9001", 32769
RADIO, CALL_SIGN, TERMINAL = "2001", "BG4XXX-7", "13800000001"
TAGS, CODE = ("E2000017221101441890ABCD", "E2000017221101441890ABCE"), "6901234567892"
TEXT = "模拟设备短信"


def receiver(name: str, bench: Bench) -> Simulated:
    device = Receiver(name, bench.folder)

    def beat() -> None:
        lat, lon = _walk(bench)
        device.place(lat, lon, _SPEED_MPS, _COURSE_DEG, datetime.now(UTC))

    def set_fix(there: bool) -> None:
        device.has_fix = there

    device.plug()
    deeds: Deeds = {
        "unplug": device.unplug, "plug": device.plug, "garble": device.garble,
        "lose_fix": lambda: set_fix(False), "find_fix": lambda: set_fix(True),
    }  # fmt: skip
    stop = _beating(name, beat, device.unplug)
    return Simulated(SerialPlace(device.identity), stop, deeds)


def terminal(name: str, bench: Bench) -> Simulated:
    port = _free_port()
    carrier = Terminals(HOST, port)
    device = carrier.add(TERMINAL)

    def beat() -> None:
        if device.is_in:
            device.place(*_walk(bench), _SPEED_MPS, _COURSE_DEG, datetime.now(UTC))

    carrier.start()
    deeds: Deeds = {
        "sos": device.sos, "garble": device.garble, "unplug": device.unplug, "plug": device.plug,
    }  # fmt: skip
    return Simulated(TcpServerPlace(HOST, port), _beating(name, beat, carrier.stop), deeds)


def tetra_radio(name: str, bench: Bench) -> Simulated:
    device = TetraRadio(name, bench.folder)
    device.fixes[CREW] = Fix(bench.lat, bench.lon)
    calls: list[int] = []

    def cease() -> None:
        if calls:
            device.end_call(calls.pop())

    deeds: Deeds = {
        "status": lambda: device.send_status(CREW, STATUS),
        "text": lambda: device.send_text(CREW, TEXT),
        "position": lambda: device.send_place(CREW, Fix(*_walk(bench))),
        "call": lambda: calls.append(device.call(CREW, GROUP)),
        "cease": cease,
        "sos": lambda: device.sos(CREW),
    }
    return _answering(device, deeds)


def hytera_repeater(name: str, bench: Bench) -> Simulated:
    device = HyteraRepeater(host=HOST)
    radios = device.radios
    radios.places[RADIO] = Place(bench.lat, bench.lon, datetime.now(UTC))
    device.start()
    deeds: Deeds = {
        "register": lambda: device.say(radios.register(RADIO)),
        "text": lambda: device.say(radios.text(RADIO, TEXT, "64250")),
        "position": lambda: device.say(radios.report(RADIO)),
        "call": lambda: device.say(radios.talk(RADIO, GROUP)),
        "cease": lambda: device.say(radios.hush(RADIO, GROUP)),
        "sos": lambda: device.say(radios.sos(RADIO)),
        "unplug": device.unplug,
        "plug": device.plug,
    }
    return Simulated(UdpPlace(HOST, device.port), device.stop, deeds)


def rig_daemon(name: str, bench: Bench) -> Simulated:
    device = RigDaemon(host=HOST)

    def set_squelch(is_open: bool) -> None:
        device.squelch_open = is_open

    def set_answers(on: bool) -> None:
        device.answers = on

    device.start()
    deeds: Deeds = {
        "call": lambda: set_squelch(True), "cease": lambda: set_squelch(False),
        "unplug": device.unplug, "plug": device.plug,
        "mute": lambda: set_answers(False), "unmute": lambda: set_answers(True),
    }  # fmt: skip
    return Simulated(TcpPlace(HOST, device.port), device.stop, deeds)


def kiss_modem(name: str, bench: Bench) -> Simulated:
    device = KissModem(name, bench.folder)
    device.near[CALL_SIGN] = (bench.lat, bench.lon)
    deeds: Deeds = {
        "position": lambda: device.place(CALL_SIGN, *_walk(bench)),
        "text": lambda: device.message(CALL_SIGN, "POST", TEXT, "1"),
        "status": lambda: device.status(CALL_SIGN, "on duty"),
    }
    return _answering(device, deeds)


def board(name: str, bench: Bench) -> Simulated:
    device = Board(name, bench.folder)
    return _answering(device, {"press": device.press, "release": device.release})


def card_reader(name: str, bench: Bench) -> Simulated:
    device = CardReader(name, bench.folder)
    return _answering(device, {"card": device.lay, "lift": device.lift})


def r2000_reader(name: str, bench: Bench) -> Simulated:
    return _tag_reader(R2000Reader(name, bench.folder))


def r200_reader(name: str, bench: Bench) -> Simulated:
    return _tag_reader(R200Reader(name, bench.folder))


def scanner(name: str, bench: Bench) -> Simulated:
    device = Scanner(name, bench.folder)
    device.plug()
    deeds: Deeds = {"scan": lambda: device.scan(CODE), "unplug": device.unplug, "plug": device.plug}
    return Simulated(SerialPlace(device.identity), device.unplug, deeds)


def _tag_reader(device: R2000Reader | R200Reader) -> Simulated:
    deeds: Deeds = {"tag": lambda: device.lay(TAGS), "no_tag": lambda: device.lay(())}
    return _answering(device, deeds)


def _answering(device: AnsweringDevice, deeds: Deeds) -> Simulated:
    """A device on a port that hears and answers; it can be pulled out, and fall silent."""

    def set_answers(on: bool) -> None:
        device.answers = on

    device.start()
    common: Deeds = {
        "unplug": device.unplug, "plug": device.plug,
        "mute": lambda: set_answers(False), "unmute": lambda: set_answers(True),
    }  # fmt: skip
    return Simulated(SerialPlace(device.identity), device.stop, {**deeds, **common})


def _beating(
    name: str, beat: Callable[[], object], then: Callable[[], object]
) -> Callable[[], None]:
    """The device says where it is every second, until what is returned ends it."""
    beats = Beat(name, beat)
    beats.start()

    def stop() -> None:
        beats.stop()
        then()

    return stop


def _walk(bench: Bench) -> tuple[float, float]:
    """A little north of the bench, and further every second."""
    return bench.lat + time.monotonic() * _STEP_DEG % _MOST_DEG, bench.lon


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])
