"""The store's key: 256 random bits in a 0600 file outside the data folder.

The data folder only names its key (``post.toml``, ``key_id``); the key lies in the key folder:
``POST_CONSOLE_KEYS``, or ``keys`` below the platform's own place for user settings.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from pathlib import Path

import platformdirs

from console.core.errors import Refused

KEY_BYTES = 32
MARK_FILE = "post.toml"


def key_folder() -> Path:
    """Where keys lie on this machine."""
    named = os.environ.get("POST_CONSOLE_KEYS")
    if named:
        return Path(named)
    return Path(platformdirs.user_config_dir("post-console", appauthor=False)) / "keys"


def key_id_of(folder: Path) -> str | None:
    """The name of the key that the store in this folder was made with; None before set-up."""
    mark = folder / MARK_FILE
    if not mark.exists():
        return None
    try:
        key_id = tomllib.loads(mark.read_text("utf-8")).get("key_id")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise Refused("store.mark_unreadable", path=str(mark)) from broken
    if not isinstance(key_id, str) or not key_id.isalnum():
        raise Refused("store.mark_unreadable", path=str(mark))
    return key_id


def create_key(folder: Path) -> bytes:
    """A new key, written and synced before the mark in ``folder`` names it."""
    key_id, key = secrets.token_hex(8), secrets.token_bytes(KEY_BYTES)
    keys = key_folder()
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_synced(keys / f"{key_id}.key", key.hex() + "\n", 0o600)
    write_mark(folder, key_id)
    return key


def write_mark(folder: Path, key_id: str) -> None:
    """The data folder names its key. An older mark must be out of the way."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_synced(folder / MARK_FILE, f'key_id = "{key_id}"\n', 0o644)


def install_key(key_id: str, key: bytes) -> None:
    """The key lies in this machine's key folder under its name; the same one may lie there."""
    place = key_folder() / f"{key_id}.key"
    if place.exists():
        if read_key_file(place) != key:
            raise Refused("store.other_key_there", path=str(place))
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_synced(place, key.hex() + "\n", 0o600)


def read_key(folder: Path) -> bytes:
    """The key of the store in this folder. Refused when it is missing or not 256 bits of hex."""
    key_id = key_id_of(folder)
    if key_id is None:
        raise Refused("store.mark_missing", path=str(folder / MARK_FILE))
    return read_key_file(key_folder() / f"{key_id}.key")


def read_key_file(place: Path) -> bytes:
    """The key in this file. Refused when it is missing or not 256 bits of hex."""
    if not place.exists():
        raise Refused("store.key_missing", path=str(place))
    try:
        key = bytes.fromhex(place.read_text("ascii").strip())
    except ValueError as broken:
        raise Refused("store.key_unreadable", path=str(place)) from broken
    if len(key) != KEY_BYTES:
        raise Refused("store.key_unreadable", path=str(place))
    return key


def _write_synced(place: Path, text: str, mode: int) -> None:
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.write(handle, text.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
