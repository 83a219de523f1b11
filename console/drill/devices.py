"""The devices of the sample post: a board of buttons, the crews' radios, and a terminal with an
emergency key; each a simulator that speaks the bytes of a real one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from console.alarms import service as alarms
from console.alarms.model import InputPlace, Kind
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.ids import LinkId, UnitId
from console.drill.journey import Spot, metres_between
from console.drill.sample_post import SampleUnit, device_names
from console.links import service as links
from console.links.model import LinkConfig, SerialPlace, TcpServerPlace
from console.radio import service as radio
from console.radio.model import NewChannel
from drivers.sim.jt808_network import Terminals
from drivers.sim.modbus import Board
from drivers.sim.tetra import TetraRadio

HOST, BOARD_UNIT = "127.0.0.1", 1
TERMINAL, CARRIER = "13800000402", "402"  # the crew on foot carries it
GROUP = "9001"
DEPARTED, ARRIVED = 0x8003, 0x8004  # as the table of radio statuses has it
THERE_M = 60.0
PRESSED_S = 1.0
CONFIRMED = 0x8203


@dataclass(slots=True)
class _Sortie:
    """Where a crew was sent, and that it has said so."""

    lat: float
    lon: float
    arrived: bool = False


class Devices:
    """From ``start`` to ``stop`` every device is plugged in. ``add_to`` makes them the post's.

    Crews whose call signs are ``talkers`` send their steps by radio: nobody need press a key.
    """

    def __init__(self, units: Sequence[SampleUnit], folder: Path) -> None:
        self.board = Board("help-pillars", folder)
        self.radio = TetraRadio("post-radio", folder)
        self._terminals = Terminals(HOST, _free_port())
        self.terminal = self._terminals.add(TERMINAL)
        self._radios = {unit.unit_id: f"2{unit.call_sign}" for unit in units}
        self._carrier = next(unit.unit_id for unit in units if unit.call_sign == CARRIER)
        self.talkers = frozenset(u.call_sign for u in units if int(u.call_sign) % 2 == 1)
        self._silent = {u.unit_id for u in units if u.call_sign not in self.talkers}
        self._guard = threading.Lock()
        self._sorties: dict[UnitId, _Sortie] = {}
        self._releases: list[threading.Timer] = []
        self._inputs: dict[str, int] = {}
        self.statuses = 0

    def start(self) -> None:
        """They are plugged in, and the terminal calls."""
        self.board.start()
        self.radio.start()
        self._terminals.start()

    def stop(self) -> None:
        """They are unplugged."""
        for one in self._releases:
            one.cancel()
        self._terminals.stop()
        self.radio.stop()
        self.board.stop()

    def add_to(self, database: Database, language: str) -> None:
        """They are wires of the post; its pillars, door and panic button stand on their inputs."""
        names = device_names(language)
        sources = {number: str(unit_id) for unit_id, number in self._radios.items()}
        wires = (
            LinkConfig(LinkId(""), names["board"], "modbus", SerialPlace(self.board.identity)),
            LinkConfig(
                LinkId(""), names["radio"], "tetra", SerialPlace(self.radio.identity),
                settings={"groups": [GROUP]}, sources=sources,
            ),
            LinkConfig(
                LinkId(""), names["terminals"], "jt808", TcpServerPlace(HOST, self._terminals.port),
                sources={TERMINAL: str(self._carrier)},
            ),
        )  # fmt: skip
        with database.read() as connection:
            there = {link.name: link for link in links.links(connection)}
            found = sorted(alarms.devices(connection), key=lambda one: (one.kind, one.name))
            groups = {one.group for one in radio.channels(connection)}
        board, post_radio, _ = (_kept(database, wire, there.get(wire.name)) for wire in wires)
        for number, device in enumerate(found, 1):
            wired = InputPlace(board.id, BOARD_UNIT, number)
            alarms.keep_device(database, SYSTEM, replace(device, input=wired))
        self._inputs = {device.kind: at for at, device in reversed(list(enumerate(found)))}
        if GROUP not in groups:
            radio.add_channel(database, SYSTEM, NewChannel(post_radio.id, GROUP, names["group"]))

    def press(self, kind: Kind = Kind.BUTTON) -> None:
        """The first button of this kind is pressed and let go after a second."""
        number = self._inputs[kind]
        self.board.press(number)
        release = threading.Timer(PRESSED_S, self.board.release, (number,))
        release.name, release.daemon = "drill-button", True
        self._releases.append(release)
        release.start()

    def sos(self) -> None:
        """The crew on foot presses the emergency key of its terminal."""
        self.terminal.sos()

    @property
    def confirmed(self) -> int:
        """How often the post told the terminal that its emergency was seen."""
        return self.terminal.told_ids().count(CONFIRMED)

    def sent(self, unit_id: UnitId, lat: float, lon: float) -> None:
        """The crew heard where it is wanted; one that talks by radio says that it is on its way."""
        with self._guard:
            was = self._sorties.get(unit_id)
            if was is not None and (was.lat, was.lon) == (lat, lon):
                return
            self._sorties[unit_id] = _Sortie(lat, lon)
        self._say(unit_id, DEPARTED)

    def freed(self, unit_id: UnitId) -> None:
        """The crew is wanted nowhere."""
        with self._guard:
            self._sorties.pop(unit_id, None)

    def moved(self, unit_id: UnitId, spot: Spot) -> None:
        """The crew is there now: its terminal says so, and it says when it has arrived."""
        if unit_id == self._carrier and self.terminal.is_in:
            self.terminal.place(
                spot.lat, spot.lon, spot.speed_mps, spot.course_deg, datetime.now(UTC)
            )
        with self._guard:
            sortie = self._sorties.get(unit_id)
            if sortie is None or sortie.arrived:
                return
            if metres_between(sortie.lat, sortie.lon, spot.lat, spot.lon) > THERE_M:
                return
            sortie.arrived = True
        self._say(unit_id, ARRIVED)

    def _say(self, unit_id: UnitId, code: int) -> None:
        if unit_id in self._silent or not self.radio.plugged:
            return
        self.radio.send_status(self._radios[unit_id], code)
        self.statuses += 1


def _kept(database: Database, wire: LinkConfig, was: LinkConfig | None) -> LinkConfig:
    """The wire is set up; one of an earlier start is where the device is now."""
    if was is None:
        return links.set_up_link(database, SYSTEM, wire)
    return links.change_link(database, SYSTEM, replace(wire, id=was.id, rev=was.rev))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
