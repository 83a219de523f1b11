"""The talk against pymodbus' server: over a loopback socket and over two joined pseudo-terminals."""

from __future__ import annotations

import asyncio
import contextlib
import os
import select
import socket
import threading
import tty
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pymodbus.datastore import (
    ModbusDeviceContext,
    ModbusSequentialDataBlock,
    ModbusServerContext,
)
from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer, ModbusTcpServer

from drivers.contract import Inputs, Probe, SwitchOutput
from drivers.io.modbus import ModbusDriver
from drivers.transport.serial_port import SerialWire
from drivers.transport.tcp import TcpWire
from tests.drivers.talking import Line

Server = ModbusSerialServer | ModbusTcpServer
STANDS = (True, False, True, True, False, False, False, True)


class Peer:
    """pymodbus' server with eight inputs and eight outputs, in a thread of its own."""

    def __init__(self, make: Callable[[ModbusServerContext], Server]) -> None:
        self._make = make
        self._coils = ModbusSequentialDataBlock(1, [False] * 8)
        self._inputs = ModbusSequentialDataBlock(1, list(STANDS))
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="pymodbus")
        self._server: Server | None = None

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(5)

    def stop(self) -> None:
        assert self._server is not None
        end: Callable[[], Coroutine[Any, Any, None]] = self._server.shutdown
        asyncio.run_coroutine_threadsafe(end(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def outputs(self) -> list[bool]:
        values = self._coils.getValues(1, 8)
        assert isinstance(values, list)
        return [bool(value) for value in values]

    def open_input(self, number: int) -> None:
        self._inputs.setValues(1 + number, [False])

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.run_forever()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        device = ModbusDeviceContext(di=self._inputs, co=self._coils)
        self._server = self._make(ModbusServerContext(devices={1: device}, single=False))
        await self._server.serve_forever(background=True)
        self._ready.set()


def talks_with(peer: Peer, line: Line) -> None:
    with line:
        line.until(lambda: Inputs(1, STANDS) in line.messages)
        peer.open_input(0)
        line.until(lambda: Inputs(1, (False, *STANDS[1:])) in line.messages)
        line.order("on", SwitchOutput(7, True))
        assert line.outcome("on").done
        assert peer.outputs() == [False] * 7 + [True]
        line.order("off", SwitchOutput(7, False))
        assert line.outcome("off").done
        assert peer.outputs() == [False] * 8
        line.order("probe", Probe())
        assert line.outcome("probe").fields["values"] == [False, *STANDS[1:]]


@contextmanager
def running(make: Callable[[ModbusServerContext], Server]) -> Iterator[Peer]:
    peer = Peer(make)
    peer.start()
    try:
        yield peer
    finally:
        peer.stop()


@pytest.fixture
def joined(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Two ports: what is written to one is read from the other."""
    masters, ports = [], []
    for name in ("console", "peer"):
        master, slave = os.openpty()
        tty.setraw(slave)
        (tmp_path / name).symlink_to(os.ttyname(slave))
        masters.append(master)
        ports.append((slave, tmp_path / name))
    ended = threading.Event()

    def carry() -> None:
        while not ended.is_set():
            for master in select.select(masters, [], [], 0.05)[0]:
                with contextlib.suppress(OSError):
                    os.write(masters[1 - masters.index(master)], os.read(master, 4096))

    thread = threading.Thread(target=carry, name="joined ports")
    thread.start()
    yield ports[0][1], ports[1][1]
    ended.set()
    thread.join(5)
    for descriptor in (*masters, *(slave for slave, _ in ports)):
        os.close(descriptor)


def test_pymodbus_over_a_serial_line(joined: tuple[Path, Path]) -> None:
    ours, theirs = joined

    def make(context: ModbusServerContext) -> Server:
        return ModbusSerialServer(
            context, framer=FramerType.RTU, port=str(theirs), baudrate=9600, timeout=1
        )

    with running(make) as peer:
        talks_with(peer, Line(ModbusDriver().talk({}), SerialWire(f"path:{ours}", 9600)))


def test_pymodbus_behind_a_serial_server() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def make(context: ModbusServerContext) -> Server:
        return ModbusTcpServer(context, framer=FramerType.RTU, address=("127.0.0.1", port))

    with running(make) as peer:
        talks_with(peer, Line(ModbusDriver().talk({}), TcpWire("127.0.0.1", port)))


def test_pymodbus_refuses_what_lies_beyond_its_inputs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def make(context: ModbusServerContext) -> Server:
        return ModbusTcpServer(context, framer=FramerType.RTU, address=("127.0.0.1", port))

    with running(make):
        talk = ModbusDriver().talk({"inputs": 9})
        with Line(talk, TcpWire("127.0.0.1", port)) as line:
            line.order("probe", Probe())
            assert line.outcome("probe").cause == "refused"
            assert line.outcome("probe").told == "illegal address"
            assert talk.identity == ""
