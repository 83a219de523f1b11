"""Names are synced with their folders in time: the key before the mark that names it, and so on."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from console.core.keyfile import create_key, finish_mark
from console.core.ownership import Ownership
from console.core.settings_file import write_settings
from console.core.whole_file import make_folder, replaced, sync
from tests.faults.disk_log import FolderMade, FolderSynced, Log, Renamed, Synced
from tests.faults.files_watch import recording_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="recorded by handles in /proc")


def test_the_key_is_on_the_disk_before_the_mark_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, post = tmp_path / "config" / "keys", tmp_path / "post"
    monkeypatch.setenv("POST_CONSOLE_KEYS", str(keys))
    log = Log(f"{tmp_path}/")
    with recording_files(log):
        create_key(post, begun=True)
        finish_mark(post)
    (key,) = (str(place) for place in keys.iterdir())
    entries = log.entries
    named = [at for at, one in enumerate(entries) if isinstance(one, Renamed)]
    assert len(named) == 2  # the mark at the beginning and at the end of the set-up
    for folder in (tmp_path, tmp_path / "config", keys):
        assert FolderSynced(str(folder)) in entries[: named[0]], folder
    assert entries.index(Synced(key)) < entries.index(FolderSynced(str(keys)))
    for at in named:
        assert entries[at + 1] == FolderSynced(str(post))


def test_what_is_replaced_stays_replaced(tmp_path: Path) -> None:
    log = Log(f"{tmp_path}/")
    with recording_files(log):
        with replaced(tmp_path / "table.csv") as out:
            out.write(b"a,b")
        write_settings(tmp_path / "post", {"theme": "night"})
        ownership = Ownership(tmp_path / "new" / "post")
        ownership.start()
        ownership.stop()
    last = {type(one): one for one in log.entries}
    assert isinstance(last[Renamed], Renamed)
    made = [at for at, one in enumerate(log.entries) if isinstance(one, FolderMade)]
    assert len(made) == 3
    for at in (*made, *(n for n, one in enumerate(log.entries) if isinstance(one, Renamed))):
        one = log.entries[at]
        assert isinstance(one, FolderMade | Renamed)
        assert FolderSynced(str(Path(one.path).parent)) in log.entries[at:]


def test_a_file_system_without_syncs_of_folders_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = errno.EINVAL

    def fails(_: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fails)
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    code = errno.EIO  # but a disk that fails is told
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        sync(tmp_path)
