"""How the simulated crews hear of the desk's orders: as on the radio, right after they are given."""

from __future__ import annotations

import logging
import queue
import threading

from console.core.database import Database
from console.core.events import EventBus
from console.core.ids import CallId
from console.dispatch import service
from console.dispatch.model import CallChanged
from console.drill.crews import Crews
from console.drill.devices import Devices

log = logging.getLogger(__name__)


class Orders:
    """From ``start`` to ``stop``, crews bound to a call drive to it and go free when released; their
    radios say so."""

    def __init__(self, database: Database, bus: EventBus, crews: Crews, devices: Devices) -> None:
        self._database = database
        self._devices = devices
        self._bus = bus
        self._crews = crews
        self._queue: queue.SimpleQueue[CallId | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="drill-orders", daemon=True)

    def start(self) -> None:
        """Orders are heard."""
        self._end = self._bus.subscribe(CallChanged, self._on_call)
        self._thread.start()

    def stop(self) -> None:
        """Orders are no longer heard."""
        self._end()
        self._queue.put(None)
        self._thread.join(5.0)

    def _on_call(self, event: CallChanged) -> None:
        if event.call_id:
            self._queue.put(event.call_id)

    def _run(self) -> None:
        while (call_id := self._queue.get()) is not None:
            try:
                self._obey(call_id)
            except Exception:
                log.exception("the crews did not hear the order")

    def _obey(self, call_id: CallId) -> None:
        with self._database.read() as connection:
            view = service.call(connection, call_id)
        for crew in view.assignments:
            if not crew.is_open:
                self._crews.free(crew.unit_id)
                self._devices.freed(crew.unit_id)
            elif crew.arrived_at is None and view.call.lat is not None:
                assert view.call.lon is not None
                self._crews.send(crew.unit_id, view.call.lat, view.call.lon)
                self._devices.sent(crew.unit_id, view.call.lat, view.call.lon)
