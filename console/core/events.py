"""News inside the console. An event may be lost; a row may not."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

log = logging.getLogger(__name__)

E = TypeVar("E")


class EventBus:
    """Tells listeners what has happened, in the thread of whoever publishes.

    Listeners are called in the order they came. A listener that raises is logged and the others
    are still told: the fact is already committed, so news must not undo it.
    """

    def __init__(self) -> None:
        self._listeners: dict[type, list[Callable[[Any], None]]] = {}
        self._guard = threading.Lock()

    def subscribe(self, kind: type[E], listener: Callable[[E], None]) -> Callable[[], None]:
        """Let ``listener`` hear every event of exactly this kind; returns what ends it."""
        with self._guard:
            self._listeners.setdefault(kind, []).append(listener)

        def end() -> None:
            with self._guard:
                if listener in self._listeners.get(kind, []):
                    self._listeners[kind].remove(listener)

        return end

    def publish(self, event: object) -> None:
        """Tell every listener of this event's kind."""
        with self._guard:
            listeners = list(self._listeners.get(type(event), ()))
        for listener in listeners:
            try:
                listener(event)
            except Exception:
                log.exception("a listener of %s failed", type(event).__name__)
