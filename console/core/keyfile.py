"""The store's key: 256 random bits in a 0600 file outside the data folder.

The data folder only names its key (``post.toml``, ``key_id``); the key lies in the key folder:
``POST_CONSOLE_KEYS``, or ``keys`` below the platform's own place for user settings.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from pathlib import Path
from urllib.parse import quote

import platformdirs

from console.core.errors import Refused
from console.core.whole_file import make_folder, sync

KEY_BYTES = 32
MARK_FILE = "post.toml"
DATABASE_FILE = "console.db"
BEGUN = "begun"


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
    key_id = _read_mark(mark).get("key_id")
    if not isinstance(key_id, str) or not key_id.isalnum():
        raise Refused("store.mark_unreadable", path=str(mark))
    return key_id


def create_key(folder: Path, *, begun: bool = False) -> bytes:
    """A new key, written and synced before the mark in ``folder`` names it.

    With ``begun`` the mark says that the set-up is under way, until ``finish_mark``.
    """
    key_id, key = secrets.token_hex(8), secrets.token_bytes(KEY_BYTES)
    keys = key_folder()
    make_folder(keys, 0o700)
    _write_synced(keys / f"{key_id}.key", key.hex() + "\n", 0o600)
    write_mark(folder, key_id, begun=begun)
    return key


def write_mark(folder: Path, key_id: str, *, begun: bool = False) -> None:
    """The data folder names its key. An older mark must be out of the way."""
    make_folder(folder)
    mark = folder / MARK_FILE
    if mark.exists():
        raise FileExistsError(mark)
    _put_mark(mark, f'key_id = "{key_id}"\n' + (f'set_up = "{BEGUN}"\n' if begun else ""))


def put_mark(folder: Path, key_id: str) -> None:
    """The data folder names this key, whatever it named before."""
    _put_mark(folder / MARK_FILE, f'key_id = "{key_id}"\n')


def set_up_begun(folder: Path) -> bool:
    """Whether a set-up of this folder was begun and not finished.

    Only such a folder may get a store when it lacks one: a mark that does not say so belongs to a
    post that has lost its store, and that is never replaced by an empty one.
    """
    return _read_mark(folder / MARK_FILE).get("set_up") == BEGUN


def finish_mark(folder: Path) -> None:
    """The mark no longer says that the set-up is under way."""
    key_id = key_id_of(folder)
    if key_id is None:
        raise Refused("store.mark_missing", path=str(folder / MARK_FILE))
    _put_mark(folder / MARK_FILE, f'key_id = "{key_id}"\n')


def _put_mark(mark: Path, text: str) -> None:
    """Whole or not at all, so that an interrupted set-up leaves a mark that can be read."""
    part = mark.with_name(f"{mark.name}.{secrets.token_hex(4)}.new")
    _write_synced(part, text, 0o644)
    part.replace(mark)
    sync(mark.parent)


def _read_mark(mark: Path) -> dict[str, object]:
    try:
        return tomllib.loads(mark.read_text("utf-8")) if mark.exists() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise Refused("store.mark_unreadable", path=str(mark)) from broken


def install_key(key_id: str, key: bytes) -> None:
    """The key lies in this machine's key folder under its name; the same one may lie there."""
    place = key_folder() / f"{key_id}.key"
    if place.exists():
        if read_key_file(place) != key:
            raise Refused("store.other_key_there", path=str(place))
        return
    make_folder(place.parent, 0o700)
    _write_synced(place, key.hex() + "\n", 0o600)


def read_key(folder: Path) -> bytes:
    """The key of the store in this folder. Refused when it is missing or not 256 bits of hex."""
    key_id = key_id_of(folder)
    if key_id is None:
        raise Refused("store.mark_missing", path=str(folder / MARK_FILE))
    return read_key_file(key_folder() / f"{key_id}.key")


def try_key(file: Path, key: bytes) -> None:
    """The store in this file opens with this key, as far as its first page tells. Refused when not.

    A missing file is not judged here.
    """
    if not file.exists():
        return
    import sqlcipher3.dbapi2 as sqlcipher

    from console.core.log_file import salt_in_log

    for salt in (b"", salt_in_log(file)):
        if salt is None:
            break
        connection = sqlcipher.connect(f"file:{quote(str(file))}?mode=ro", uri=True)
        try:
            connection.execute("PRAGMA cipher_log_level=NONE")
            connection.execute(f"PRAGMA key=\"x'{(key + salt).hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return
        except sqlcipher.DatabaseError as failed:
            if "not a database" not in str(failed):
                return  # not judged here
        finally:
            connection.close()
    raise Refused("store.wrong_key_or_damaged")


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
    """The file is on the disk, and so is its name."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        os.write(handle, text.encode("ascii"))
        os.fsync(handle)
    finally:
        os.close(handle)
    sync(place.parent)
