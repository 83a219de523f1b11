"""Room kept for bad days: a file beside the store that is given up when the disk is full.

Then calls go on while somebody makes room, and whatever is large and can wait is refused. When there
is space again the file is made anew. The trail and the window are told of both.
"""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.core.actor import SYSTEM
from console.core.errors import ConsoleError, Unavailable
from console.core.rounds import Rounds

BALLAST_FILE = "ballast"
# An act writes some ten pages of 4 KiB into the log, which is taken into the file every 1,000 pages:
# 4 MiB, twice that while someone reads. What a call adds for good, from its intake to its close with
# its log, trail and events, is below 32 KiB. So 32 MiB are 8 MiB for the log and some 750 calls:
# days of a post, and nothing that a disk of today would miss.
BALLAST_BYTES = 32 * 1024 * 1024
SPARE_BYTES = 64 * 1024 * 1024  # beyond the ballast, before it is made again: no flapping
LOOK_S = 20.0  # and so long after the start: it must not hold up the desk
_CHUNK = 1024 * 1024
log = logging.getLogger(__name__)

if TYPE_CHECKING:
    from console.core.database import Database


@dataclass(frozen=True, slots=True)
class BallastChanged:
    """The ballast stands, or it was given up and ``free_bytes`` are left on the disk."""

    stands: bool
    free_bytes: int


class Ballast:
    """The file and the thread that makes it. ``give_up`` is quick and may come from any thread."""

    def __init__(
        self,
        folder: Path,
        tell: Callable[[BallastChanged], None],
        size: int = BALLAST_BYTES,
        spare: int = SPARE_BYTES,
        look_s: float = LOOK_S,
    ) -> None:
        self.path = folder / BALLAST_FILE
        self._tell = tell
        self._size, self._spare = size, spare
        self._guard = threading.Lock()
        self._stands: bool | None = None  # not known before the first look
        self._told: bool | None = None
        self._rounds = Rounds("ballast", self._look, look_s, first=lambda: None)

    @property
    def spent(self) -> bool:
        """It was given up, or there was never room for it: large writes must wait."""
        return self._stands is False

    @property
    def free_bytes(self) -> int:
        """What the disk has left."""
        return shutil.disk_usage(self.path.parent).free

    def start(self) -> None:
        """The ballast is made soon, where there is room, and kept."""
        self._stands = self._told = True if self._is_whole() else None
        self._rounds.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Nothing is made any more; the file stays."""
        self._rounds.stop(timeout_s)

    def give_up(self) -> bool:
        """The disk has the ballast's room. Returns whether there was any to give."""
        with self._guard:
            try:
                self.path.unlink()
                given = True
            except OSError:
                given = False
            self._stands = False
        self._rounds.nudge()
        return given

    def require_room(self) -> None:
        """Unavailable while the ballast is spent: what is large has to wait."""
        if self.spent:
            free_mb = self.free_bytes // (1024 * 1024)
            raise Unavailable("store.room_kept", free=free_mb, folder=str(self.path.parent))

    def _is_whole(self) -> bool:
        try:
            return self.path.stat().st_size == self._size
        except OSError:
            return False

    def _look(self) -> None:
        if self._stands is not True:
            self._make()
        if self._stands is not None and self._stands != self._told:
            stands = self._stands
            try:
                self._tell(BallastChanged(stands, self.free_bytes))
            except ConsoleError as failed:  # full still: it is told at the next look
                log.warning("the ballast could not be told of: %s", failed)
                return
            self._told = stands

    def _make(self) -> None:
        """It stands if there is room. Real bytes: a disk that packs zeros would keep nothing."""
        if self.free_bytes < self._size + self._spare:
            self._stands = False
            return
        part = self.path.with_name(f"{BALLAST_FILE}.new")
        try:
            with part.open("wb") as out:
                for _ in range(self._size // _CHUNK):
                    if self._rounds.ending:
                        return
                    out.write(os.urandom(_CHUNK))
                out.write(os.urandom(self._size % _CHUNK))
                out.flush()
                os.fsync(out.fileno())
            with self._guard:
                part.replace(self.path)
                self._stands = True
        except OSError as full:
            log.warning("there is no room for the ballast: %s", full)
            self._stands = False
        finally:
            part.unlink(missing_ok=True)


def told_by(database: Database) -> Callable[[BallastChanged], None]:
    """What writes the news of a ballast into the trail of this store, and announces it."""

    def tell(changed: BallastChanged) -> None:
        verb = "ballast.made" if changed.stands else "ballast.spent"
        with database.act(SYSTEM) as act:
            act.audit(verb, "store", database.post, free_bytes=changed.free_bytes)
            act.announce(changed)

    return tell
