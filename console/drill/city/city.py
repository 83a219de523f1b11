"""One reference city: started, told what to publish, asked what came, and made to misbehave."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from console.drill.city.app import Desk, make_app
from console.drill.city.authority import Authority, Credentials
from console.drill.city.bell import Bell
from console.drill.city.contract import Contract
from console.drill.city.faults import Fault, Misbehaviour
from console.drill.city.ledger import Digest, LaneKey, Record
from console.drill.city.server import LOOPBACK, Server
from console.drill.city.store import Publication, Store
from console.drill.city.witness import Witness

SAMPLE_POST = "post-hongqi"
DATABASE_FILE = "city.db"


class City:
    """A city in ``folder``: a SQLite file there, or PostgreSQL by ``database_url``; port 0 takes a free one."""

    def __init__(self, folder: Path, port: int = 0, database_url: str = "") -> None:
        self._asked_port = port
        self.contract = Contract()
        self.authority = Authority(folder / "authority")
        witness = Witness(self.authority)
        self._store = Store(folder / DATABASE_FILE, database_url, self.contract, witness)
        self._workers: ThreadPoolExecutor | None = None
        self._server: Server | None = None
        self._bell: Bell | None = None
        self._spoiler: Misbehaviour | None = None

    def start(self) -> None:
        """The city answers. OSError where the port is taken; SQLAlchemyError where the store fails."""
        self.authority.start()
        self._store.start()
        self._workers = ThreadPoolExecutor(4, thread_name_prefix="city-store")
        bell = self._bell = Bell()
        desk = Desk(self._store, self.contract, bell, self._workers)
        spoiler = self._spoiler = Misbehaviour(make_app(desk))
        self._server = Server(spoiler, self._asked_port, self.authority.city())

        def attach(loop: asyncio.AbstractEventLoop) -> None:
            bell.attach(loop)
            spoiler.attach(loop)

        try:
            self._server.start(attach)
        except BaseException:
            self._server = None
            self.stop()
            raise
        self._asked_port = self._server.port  # after a restart it is found at the same address

    def stop(self, timeout_s: float = 10.0) -> None:
        """Long polls are answered, the port is free, the store is closed. May be started again."""
        if self._bell is not None:
            self._bell.close()
        if self._spoiler is not None:
            self._spoiler.switch(None)
        if self._server is not None:
            self._server.stop(timeout_s)
        if self._workers is not None:
            self._workers.shutdown()
        self._store.stop()
        self._server = self._workers = self._bell = self._spoiler = None

    @property
    def url(self) -> str:
        """Where the city answers."""
        return f"https://{LOOPBACK}:{self._running().port}"

    def certify(self, post: str = SAMPLE_POST) -> Credentials:
        """The files this post needs for the road; made at the first asking."""
        return self.authority.post(post)

    def publish(
        self,
        post: str,
        kind: str,
        payload: dict[str, Any],
        *,
        checked: bool = True,
        addressed_to: str = "",
    ) -> str:
        """The item stands in the post's feed and its long polls are answered; returns its item_id.

        Raises UnfitPublication for an unknown kind or a payload that breaks its schema; with
        ``checked=False`` it is published all the same. ``addressed_to`` names another post in the
        item, as a confused city would.
        """
        told = Publication(post, kind, payload, addressed_to or post)
        item_id, _seq = self._store.publish(told, checked=checked)
        if self._bell is not None:
            self._bell.ring(post)
        return item_id

    def events(self, post: str) -> list[Record]:
        """All that came from this post, in the order of arrival."""
        return self._store.records(post)

    def polled_by(self, post: str) -> bool:
        """The post asked for its feed since something was last published for it."""
        return self._bell is not None and self._bell.is_heard_by(post)

    def digest(self, post: str, entity: str, day: str) -> Digest:
        """The digest of this entity kind on this UTC day (``2026-11-21``)."""
        return self._store.digest(post, entity, day)

    def archive(self, post: str) -> None:
        """All that came from this post so far counts as archived."""
        self._store.archive(post)

    def restore(self, post: str, epoch: str, lane: int, through: int) -> None:
        """As if the city came back from a backup in which this lane ended at ``through``."""
        self._store.restore(LaneKey(post, epoch, lane), through)

    def misbehave(self, fault: Fault, times: int | None = None) -> None:
        """From now on (for the next ``times`` requests only) the city does this instead of answering."""
        self._spoil().switch(fault, times)
        self._running().deaf(fault is Fault.SWALLOW)

    def behave(self) -> None:
        """The city answers again; requests that hang are broken off."""
        self._spoil().switch(None)
        self._running().deaf(False)

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("the city is not started")
        return self._server

    def _spoil(self) -> Misbehaviour:
        if self._spoiler is None:
            raise RuntimeError("the city is not started")
        return self._spoiler
