"""A layer between SQLite and the disk: it records every write and sync, or lets one of them fail.

SQLite reaches its files through a table of functions, a VFS (sqlite.org/vfs.html). The library
inside ``sqlcipher3`` exports the calls that put another one in its place, so ours is a copy of the
default one with some of its functions replaced. Nothing else of the store is played: the pages,
the locks and the files are SQLCipher's own.

A store that is opened inside ``watched()`` goes through the layer for as long as it is open.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from sqlcipher3 import _sqlite3 as library

from tests.faults.disk_log import (
    Created,
    Entry,
    FolderSynced,
    Log,
    Removed,
    Synced,
    Truncated,
    Wrote,
)

OK, FULL = 0, 13
IOERR_READ, IOERR_WRITE, IOERR_FSYNC = 10 | 1 << 8, 10 | 3 << 8, 10 | 4 << 8

Kind = Literal["full", "io_read", "io_write", "io_sync"]
# Each kind of fault: the call that it meets, and what that call answers.
_FAULTS: dict[str, tuple[str, int]] = {
    "full": ("write", FULL),
    "io_read": ("read", IOERR_READ),
    "io_write": ("write", IOERR_WRITE),
    "io_sync": ("sync", IOERR_FSYNC),
}
KINDS: tuple[Kind, ...] = ("full", "io_read", "io_write", "io_sync")


@dataclass
class Fault:
    """The failure of one call: of the ``nth`` that matches, and of all later ones if ``lasting``."""

    nth: int
    kind: Kind
    lasting: bool = False
    prefix: str = ""
    calls: int = 0  # that matched so far
    fired: int = 0  # of them failed

    def answer(self, call: str, path: str | None) -> int:
        """What this call must answer: ``OK`` when it may go on."""
        met, code = _FAULTS[self.kind]
        if call != met or path is None or not path.startswith(self.prefix):
            return OK
        self.calls += 1
        if self.calls == self.nth or (self.lasting and self.calls > self.nth):
            self.fired += 1
            return code
        return OK


@contextmanager
def watched() -> Iterator[None]:
    """Stores that are opened inside go through the layer, until they are closed."""
    with _shim().default():
        yield


@contextmanager
def recording(path_prefix: str | Path) -> Iterator[Log]:
    """The log of all that stores, opened inside or in ``watched()``, do to files below the prefix.

    The log may be read afterwards. What the files held at the start counts as on the disk.
    """
    shim, log = _shim(), Log(str(path_prefix))
    log.look()
    with shim.default():
        shim.logs.append(log)
        try:
            yield log
        finally:
            shim.logs.remove(log)


@contextmanager
def failing(
    nth: int, kind: Kind, *, lasting: bool = False, prefix: str | Path = ""
) -> Iterator[Fault]:
    """The ``nth`` call of this kind inside fails; see ``fired`` whether there were so many.

    For stores opened in ``watched()`` or inside. With ``lasting`` the calls after it fail too, as on
    a disk that stays full, until the end of the context.
    """
    shim, fault = _shim(), Fault(nth, kind, lasting, str(prefix))
    with shim.default():
        shim.faults.append(fault)
        try:
            yield fault
        finally:
            shim.faults.remove(fault)


_int, _address, _long = ctypes.c_int, ctypes.c_void_p, ctypes.c_int64
# In the order of the two C structures: sqlite3_vfs and sqlite3_io_methods.
_VFS_CALLS = (
    *("xOpen", "xDelete", "xAccess", "xFullPathname", "xDlOpen", "xDlError", "xDlSym", "xDlClose"),
    *("xRandomness", "xSleep", "xCurrentTime", "xGetLastError", "xCurrentTimeInt64"),
    *("xSetSystemCall", "xGetSystemCall", "xNextSystemCall"),
)
_FILE_CALLS = (
    *("xClose", "xRead", "xWrite", "xTruncate", "xSync", "xFileSize", "xLock", "xUnlock"),
    *("xCheckReservedLock", "xFileControl", "xSectorSize", "xDeviceCharacteristics"),
    *("xShmMap", "xShmLock", "xShmBarrier", "xShmUnmap", "xFetch", "xUnfetch"),
)


class _Vfs(ctypes.Structure):
    """``sqlite3_vfs``, version 3."""

    _fields_ = [
        ("iVersion", _int),
        ("szOsFile", _int),
        ("mxPathname", _int),
        ("pNext", _address),
        ("zName", ctypes.c_char_p),
        ("pAppData", _address),
        *((name, _address) for name in _VFS_CALLS),
    ]


class _Methods(ctypes.Structure):
    """``sqlite3_io_methods``, version 3."""

    _fields_ = [("iVersion", _int), *((name, _address) for name in _FILE_CALLS)]


# SQLite calls these from threads that do not hold the interpreter (CFUNCTYPE takes it); we call the
# real ones without letting go of it (PYFUNCTYPE), so that the order of the log is the true one.
_SHAPES: dict[str, tuple[Any, ...]] = {
    "xOpen": (_int, _address, _address, _address, _int, _address),
    "xDelete": (_int, _address, _address, _int),
    "xRead": (_int, _address, _address, _int, _long),
    "xWrite": (_int, _address, _address, _int, _long),
    "xTruncate": (_int, _address, _long),
    "xSync": (_int, _address, _int),
    "xSetSystemCall": (_int, _address, ctypes.c_char_p, _address),
    "xGetSystemCall": (_address, _address, ctypes.c_char_p),
    "openDirectory": (_int, _address, _address),
}


def _real(name: str, address: int) -> Any:
    return ctypes.PYFUNCTYPE(*_SHAPES[name])(address)


def _address_of(function: Any) -> int | None:
    return ctypes.cast(function, _address).value


class _Shim:
    """Our VFS. Its functions must live as long as the library may call them: for ever."""

    def __init__(self) -> None:
        self.logs: list[Log] = []
        self.faults: list[Fault] = []
        self._depth = 0
        self._paths: dict[int, str | None] = {}  # of each open sqlite3_file
        self._calls: dict[int, dict[str, Any]] = {}  # the real functions of each open file
        self._methods: dict[int, tuple[_Methods, dict[str, Any]]] = {}
        self._library = ctypes.CDLL(library.__file__)
        self._library.sqlite3_vfs_find.restype = _address
        self._library.sqlite3_vfs_register.argtypes = [_address, _int]
        self._library.sqlite3_initialize()
        self._default = int(self._library.sqlite3_vfs_find(None))
        real = _Vfs.from_address(self._default)
        if real.iVersion < 3:
            raise RuntimeError("this SQLite has a VFS that is older than this layer knows")
        self._open_real = _real("xOpen", real.xOpen)
        self._delete_real = _real("xDelete", real.xDelete)
        self._vfs = _Vfs.from_buffer_copy(real)
        self._vfs.zName, self._vfs.pNext = b"watched", None
        kept: dict[str, Callable[..., int]] = {
            "xOpen": self._on_open,
            "xDelete": self._on_delete,
            "xRead": self._on_read,
            "xWrite": self._on_write,
            "xTruncate": self._on_truncate,
            "xSync": self._on_sync,
            "openDirectory": self._on_open_directory,
        }
        self._ours = {name: ctypes.CFUNCTYPE(*_SHAPES[name])(f) for name, f in kept.items()}
        self._vfs.xOpen = _address_of(self._ours["xOpen"])
        self._vfs.xDelete = _address_of(self._ours["xDelete"])
        self._watch_folders(real)

    @contextmanager
    def default(self) -> Iterator[None]:
        """SQLite opens its files through the layer inside."""
        if not self._depth:
            self._library.sqlite3_vfs_register(ctypes.addressof(self._vfs), 1)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self._library.sqlite3_vfs_register(self._default, 1)

    def _watch_folders(self, real: _Vfs) -> None:
        """SQLite opens a folder only to sync it: that is how we see it done."""
        name = b"openDirectory"
        old = _real("xGetSystemCall", real.xGetSystemCall)(self._default, name)
        self._open_directory_real = _real("openDirectory", old)
        ours = _address_of(self._ours["openDirectory"])
        code = _real("xSetSystemCall", real.xSetSystemCall)(self._default, name, ours)
        if code != OK:
            raise RuntimeError(f"SQLite does not let folders be watched: {code}")

    def _add(self, path: str | None, entry: Entry) -> None:
        for log in self.logs:
            if log.covers(path):
                log.entries.append(entry)

    def _answer(self, call: str, path: str | None) -> int:
        for fault in self.faults:
            code = fault.answer(call, path)
            if code != OK:
                return code
        return OK

    def _on_open(self, _vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else None
        there = path is not None and os.path.exists(path)  # noqa: PTH110
        code = int(self._open_real(self._default, name, file, flags, out))
        methods = _address.from_address(file).value
        if methods:
            ours, calls = self._wrapped(methods)
            _address.from_address(file).value = ctypes.addressof(ours)
            self._paths[file], self._calls[file] = path, calls
        if code == OK and path is not None:
            for log in self.logs:
                log.stores.add(path)
            if not there:
                self._add(path, Created(path))
        return code

    def _wrapped(self, methods: int) -> tuple[_Methods, dict[str, Any]]:
        if methods not in self._methods:
            real = _Methods.from_address(methods)
            ours = _Methods.from_buffer_copy(real)
            calls = {}
            for name in ("xRead", "xWrite", "xTruncate", "xSync"):
                calls[name] = _real(name, getattr(real, name))
                setattr(ours, name, _address_of(self._ours[name]))
            self._methods[methods] = ours, calls
        return self._methods[methods]

    def _on_delete(self, _vfs: int, name: int, sync_folder: int) -> int:
        path = os.fsdecode(ctypes.string_at(name))
        there = os.path.exists(path)  # noqa: PTH110
        if there:  # before the sync of the folder, which the real call does at its end
            self._add(path, Removed(path))
        return int(self._delete_real(self._default, name, sync_folder))

    def _on_open_directory(self, name: int, out: int) -> int:
        code = int(self._open_directory_real(name, out))
        path = os.fsdecode(ctypes.string_at(name))
        if code == OK:
            self._add(path, FolderSynced(os.path.dirname(path)))  # noqa: PTH120
        return code

    def _on_read(self, file: int, into: int, amount: int, offset: int) -> int:
        code = self._answer("read", self._paths[file])
        return code or int(self._calls[file]["xRead"](file, into, amount, offset))

    def _on_write(self, file: int, data: int, amount: int, offset: int) -> int:
        path, write = self._paths[file], self._calls[file]["xWrite"]
        refused = self._answer("write", path)
        if refused:  # what still found room is written, as a real disk does it
            amount = amount // 2 // 512 * 512
        code = int(write(file, data, amount, offset)) if amount else OK
        if code == OK and amount and path is not None:
            self._add(path, Wrote(path, offset, ctypes.string_at(data, amount)))
        return refused or code

    def _on_truncate(self, file: int, size: int) -> int:
        path = self._paths[file]
        code = int(self._calls[file]["xTruncate"](file, size))
        if code == OK and path is not None:
            self._add(path, Truncated(path, size))
        return code

    def _on_sync(self, file: int, flags: int) -> int:
        path = self._paths[file]
        refused = self._answer("sync", path)
        if refused:
            return refused
        at = [(log, len(log.entries)) for log in self.logs if log.covers(path)]
        code = int(self._calls[file]["xSync"](file, flags))
        if code == OK and path is not None:
            for log, place in at:  # the file's own sync comes before that of its folder
                log.entries.insert(place, Synced(path))
        return code


@cache
def _shim() -> _Shim:
    return _Shim()
