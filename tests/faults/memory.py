"""Memory that runs out: SQLite's own allocator, and calls of Python, fail once at a chosen place.

SQLite takes its memory through a table of functions (sqlite.org/malloc.html) that may only be
changed before the library begins; so ``install`` belongs at the start of a child process, before
anything brings ``sqlcipher3``.
"""

from __future__ import annotations

import ctypes
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

GET_MALLOC, MALLOC, LOOKASIDE = 5, 4, 13  # of sqlite3_config
_CALLS: dict[str, tuple[Any, ...]] = {
    "xMalloc": (ctypes.c_void_p, ctypes.c_int),
    "xFree": (None, ctypes.c_void_p),
    "xRealloc": (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int),
    "xSize": (ctypes.c_int, ctypes.c_void_p),
    "xRoundup": (ctypes.c_int, ctypes.c_int),
    "xInit": (ctypes.c_int, ctypes.c_void_p),
    "xShutdown": (None, ctypes.c_void_p),
}


class _Methods(ctypes.Structure):
    """``sqlite3_mem_methods``."""

    _fields_ = [*((name, ctypes.c_void_p) for name in _CALLS), ("pAppData", ctypes.c_void_p)]


@dataclass
class MemoryFault:
    """The failure of one call: the ``nth`` that asks for memory."""

    nth: int
    calls: int = 0
    fired: int = 0

    def refuses(self) -> bool:
        """Whether this call gets nothing."""
        self.calls += 1
        if self.calls == self.nth:
            self.fired += 1
            return True
        return False


class _Allocator:
    """Ours, which asks SQLite's own. It must live as long as the library: for ever."""

    def __init__(self) -> None:
        if "sqlcipher3" in sys.modules:
            raise RuntimeError("the library is there already: its memory can no longer be ours")
        self.fault: MemoryFault | None = None
        found = importlib.util.find_spec("sqlcipher3")
        assert found is not None and found.submodule_search_locations
        folder = Path(found.submodule_search_locations[0])
        library = ctypes.CDLL(str(next(folder.glob("_sqlite3*.so"))))
        self._real, ours = _Methods(), _Methods()
        assert library.sqlite3_config(GET_MALLOC, ctypes.byref(self._real)) == 0
        ctypes.pointer(ours)[0] = self._real
        self._malloc = ctypes.PYFUNCTYPE(*_CALLS["xMalloc"])(self._real.xMalloc)
        self._realloc = ctypes.PYFUNCTYPE(*_CALLS["xRealloc"])(self._real.xRealloc)
        self._kept = (
            ctypes.CFUNCTYPE(*_CALLS["xMalloc"])(self._on_malloc),
            ctypes.CFUNCTYPE(*_CALLS["xRealloc"])(self._on_realloc),
        )
        ours.xMalloc = ctypes.cast(self._kept[0], ctypes.c_void_p).value
        ours.xRealloc = ctypes.cast(self._kept[1], ctypes.c_void_p).value
        self._ours = ours
        assert library.sqlite3_config(MALLOC, ctypes.byref(ours)) == 0
        # without the small memory of each connection, every piece is asked for
        assert library.sqlite3_config(LOOKASIDE, 0, 0) == 0

    def _on_malloc(self, size: int) -> int | None:
        if self.fault is not None and self.fault.refuses():
            return None
        return self._malloc(size)  # type: ignore[no-any-return]

    def _on_realloc(self, place: int, size: int) -> int | None:
        if self.fault is not None and self.fault.refuses():
            return None
        return self._realloc(place, size)  # type: ignore[no-any-return]


@cache
def install() -> _Allocator:
    """SQLite asks us for memory from now on, in this process."""
    return _Allocator()


def installed() -> bool:
    """Whether SQLite asks us for memory."""
    return install.cache_info().currsize > 0


@contextmanager
def sqlite_without_memory(nth: int) -> Iterator[MemoryFault]:
    """The ``nth`` time that SQLite asks for memory inside, there is none."""
    allocator = install()
    allocator.fault = fault = MemoryFault(nth)
    try:
        yield fault
    finally:
        allocator.fault = None


@contextmanager
def python_without_memory(nth: int, *folders: str) -> Iterator[MemoryFault]:
    """The ``nth`` call of a function from one of these folders finds no memory to begin."""
    fault = MemoryFault(nth)

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(folders) and fault.refuses():
            raise MemoryError

    sys.setprofile(watch)
    try:
        yield fault
    finally:
        sys.setprofile(None)
