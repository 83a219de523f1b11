"""Who listens in on a link's wire: the technician's page, byte for byte."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from console.links.model import Piece

log = logging.getLogger(__name__)

Hear = Callable[[Piece], None]


class Taps:
    """The listeners of one wire. ``tell`` in the link's thread; ``add`` from any."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._hear: tuple[Hear, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._hear)

    def add(self, hear: Hear) -> Callable[[], None]:
        """``hear`` is told every piece from now on; returns what ends that."""
        with self._guard:
            self._hear = (*self._hear, hear)

        def end() -> None:
            with self._guard:
                self._hear = tuple(one for one in self._hear if one is not hear)

        return end

    def tell(self, piece: Piece) -> None:
        """Every listener hears this piece; one that fails is logged and does not stop the link."""
        for hear in self._hear:
            try:
                hear(piece)
            except Exception:
                log.exception("a listener on link %s", piece.link_id)
