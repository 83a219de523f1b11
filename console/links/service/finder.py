"""Where each serial device is plugged in now: one look at the machine's ports serves all links."""

from __future__ import annotations

import threading
import time

from drivers.transport import ports

FRESH_S = 0.2  # thirty links that wait for their device look five times a second, not 120


class Finder:
    """Finds ports by identity, for any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._looked_at: float | None = None
        self._names: dict[str, list[str]] = {}

    def find(self, identity: str) -> str | None:
        """The name that this identity has now; None when it is not plugged in.

        Raises LinkLost when two devices carry the same identity: the right one cannot be told.
        """
        if identity.startswith(ports.BY_PATH):
            return ports.find(identity)
        with self._guard:
            now = time.monotonic()
            if self._looked_at is None or now - self._looked_at > FRESH_S:
                self._names = ports.names()
                self._looked_at = now
            names = self._names.get(identity, [])
        return ports.the_one(identity, names)
