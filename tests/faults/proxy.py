"""A TCP proxy that does to connections what bad networks do: delay, cut, half-close, corrupt, swallow."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
import threading
from collections import Counter
from contextlib import suppress
from enum import StrEnum

LOOPBACK = "127.0.0.1"
CHUNK = 16 * 1024


class Ill(StrEnum):
    """What the proxy does to every connection as long as it is told to."""

    DELAY = "delay"  # each piece comes late
    CUT = "cut"  # connections are reset, in the middle of what they carry
    HALF_CLOSE = "half_close"  # one direction ends, the other goes on
    CORRUPT = "corrupt"  # a bit of a piece is flipped
    BLACK_HOLE = "black_hole"  # nothing comes through, and nobody is told


class FaultProxy:
    """Carries connections to ``target`` from ``start`` to ``stop``; ``hits`` counts what it did."""

    def __init__(self, target: int, seed: int) -> None:
        self.target = target
        self.hits: Counter[Ill] = Counter()
        self._draw = random.Random(seed)
        self._ill: Ill | None = None
        self._healed = asyncio.Event()
        self._pipes: set[_Pipe] = set()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"proxy-{target}", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()
        self.port = 0

    def start(self) -> None:
        """Connections to ``port`` are carried."""
        self._thread.start()
        if not self._started.wait(10):
            raise RuntimeError("the proxy did not start")

    def stop(self) -> None:
        """Nothing is carried any more and the port is free."""
        self._call(self._end.set)
        self._thread.join(10)

    def fall_ill(self, ill: Ill) -> None:
        """From now on every connection suffers this, those that stand and new ones."""
        self._call(self._begin, ill)

    def heal(self) -> None:
        """Bytes pass again; what was held in a black hole comes through now."""
        self._call(self._over)

    def _call(self, work: object, *args: object) -> None:
        assert self._loop is not None
        with suppress(RuntimeError):  # it has ended
            self._loop.call_soon_threadsafe(work, *args)  # type: ignore[arg-type]

    def _begin(self, ill: Ill) -> None:
        self._ill = ill
        self._healed.clear()
        for pipe in list(self._pipes):
            if ill is Ill.CUT:
                self.hits[ill] += 1
                pipe.reset()
            elif ill is Ill.HALF_CLOSE:
                self._half_close(pipe)

    def _over(self) -> None:
        self._ill = None
        self._healed.set()

    def _half_close(self, pipe: _Pipe) -> None:
        self.hits[Ill.HALF_CLOSE] += 1
        with suppress(OSError):  # it has fallen already
            self._draw.choice(pipe.writers).write_eof()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._healed.set()
        server = await asyncio.start_server(self._take, LOOPBACK, 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self._started.set()
        await self._end.wait()
        server.close()
        self._over()
        for pipe in list(self._pipes):
            pipe.reset()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=5) if others else None

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._held()
        try:
            onward, there = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            _reset(writer)
            return
        pipe = _Pipe((writer, there))
        self._pipes.add(pipe)
        try:
            await asyncio.gather(
                self._carry(reader, there, pipe), self._carry(onward, writer, pipe)
            )
        finally:
            self._pipes.discard(pipe)
            pipe.reset()

    async def _carry(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, pipe: _Pipe
    ) -> None:
        """One direction; when it has ended, the other may go on."""
        with suppress(OSError):
            while piece := await reader.read(CHUNK):
                piece = await self._suffered(piece, pipe)
                with suppress(RuntimeError):  # this direction was closed: it goes nowhere
                    writer.write(piece)
                    await writer.drain()
            if writer.can_write_eof() and not writer.is_closing():
                writer.write_eof()

    async def _suffered(self, piece: bytes, pipe: _Pipe) -> bytes:
        """The piece as it goes on."""
        await self._held()
        match self._ill:
            case Ill.DELAY:
                self.hits[Ill.DELAY] += 1
                await asyncio.sleep(self._draw.random())
            case Ill.CUT if self._draw.random() < 0.5:
                self.hits[Ill.CUT] += 1
                pipe.reset()
            case Ill.HALF_CLOSE if self._draw.random() < 0.3:
                self._half_close(pipe)
            case Ill.CORRUPT if self._draw.random() < 0.5:
                self.hits[Ill.CORRUPT] += 1
                spoiled = bytearray(piece)
                spoiled[self._draw.randrange(len(spoiled))] ^= 1 << self._draw.randrange(8)
                return bytes(spoiled)
        return piece

    async def _held(self) -> None:
        if self._ill is Ill.BLACK_HOLE:
            self.hits[Ill.BLACK_HOLE] += 1
            await self._healed.wait()


class _Pipe:
    """Both ends of a connection that is carried."""

    def __init__(self, writers: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
        self.writers = writers

    def reset(self) -> None:
        """Both sides find the connection broken."""
        for writer in self.writers:
            _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    wire = writer.get_extra_info("socket")
    with suppress(OSError):
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
