"""One power cut judged: the disk as it may be then, started by the real program, and compared."""

from __future__ import annotations

import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.app.set_up import set_up_post
from console.core import drafts
from console.core.actor import SYSTEM
from console.core.clock import Clock
from console.core.database import Database
from console.core.errors import ConsoleError
from console.core.events import EventBus
from console.core.keyfile import key_id_of, read_key, set_up_begun
from console.core.log_file import require_sound_log
from console.core.whole_store import require_whole
from tests.faults.day import DayClock
from tests.faults.disk import Disk, Weather
from tests.faults.recorded_day import POST, Recorded, Told, at_place, sha256_of, state_of

# Starts that end so have lost the store altogether.
_GONE = ("store.file_missing", "store.mark_missing", "store.key_missing")


@dataclass(frozen=True, slots=True)
class Cut:
    """The power goes after so many entries of the log; ``seed`` draws what reached the disk."""

    at: int
    seed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a cut has cost: of the acts acknowledged before it, how many; and was it all whole."""

    cut: Cut
    acknowledged: int
    lost: int
    corrupt: str = ""  # what is wrong

    @property
    def fine(self) -> bool:
        """Nothing lost, nothing broken."""
        return not self.lost and not self.corrupt


@dataclass(frozen=True, slots=True)
class Around:
    """What stood acknowledged before a cut, what would have been next, and all that ever was."""

    before: Told | None
    after: Told | None
    all: Sequence[Told]

    @classmethod
    def of(cls, told: Sequence[tuple[int, Told]], at: int) -> Around:
        """At this place of the log."""
        before = [one for where, one in told if where < at]
        after = next((one for where, one in told if where >= at), None)
        return cls(before[-1] if before else None, after, [one for _, one in told])


def judge(recorded: Recorded, cuts: Sequence[Cut], keep: Path | None = None) -> Iterator[Verdict]:
    """Each of these cuts judged, in the order of the log. The disks of bad ones go to ``keep``."""
    disk, at, told = Disk(recorded.log), 0, recorded.told()
    for cut in sorted(cuts, key=lambda one: one.at):
        disk.go(recorded.log.entries[at : cut.at])
        at = cut.at
        chance = random.Random(cut.seed)
        files = disk.cut(chance, Weather.drawn(chance))
        with laid_out(recorded, files) as place:
            around = Around.of(told, cut.at)
            if chance.random() < 0.2 and (place / "post").is_dir():
                (place / "post" / "console.db-shm").write_bytes(chance.randbytes(32768))
            verdict = _judged(place, cut, around, recorded.clock)
        if not verdict.fine and keep is not None:
            _keep(recorded, files, verdict, keep)
        yield verdict


def judge_file(log: Path, cuts: Sequence[Cut], keep: Path | None) -> list[Verdict]:
    """The same for a worker process: the recorded day lies pickled in a file."""
    with log.open("rb") as opened:
        return list(judge(pickle.load(opened), cuts, keep))


@contextmanager
def laid_out(recorded: Recorded, files: dict[str, bytes]) -> Iterator[Path]:
    """A place that holds these files of the log, until the end of the context."""
    with tempfile.TemporaryDirectory(dir=memory(), prefix="cut-") as folder:
        put(recorded, files, Path(folder))
        yield Path(folder)


def put(recorded: Recorded, files: dict[str, bytes], place: Path) -> None:
    """These files of the log lie below ``place``."""
    for path, data in files.items():
        file = place / path.removeprefix(recorded.log.prefix)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def memory() -> Path | None:
    """Where files cost no disk: none is needed to judge what a disk would hold."""
    shared = Path("/dev/shm")
    return shared if shared.is_dir() else None


def found_told(place: Path, before: Told, clock: Clock) -> Told:
    """What the post in this place holds, by its own word; it is started for that."""
    with at_place(place):
        database = _opened(place, clock)
        try:
            state = state_of(database)
        finally:
            database.stop()
    names = [place / name for name in ("post/settings.toml", *before.files)]
    files = {str(one.relative_to(place)): sha256_of(one) for one in names if one.is_file()}
    return Told(before.acts, state, files)


def _judged(place: Path, cut: Cut, around: Around, clock: Clock) -> Verdict:
    before = around.before
    acknowledged = before.acts if before else 0
    try:
        with at_place(place):
            if before is None:
                _set_up_again(place)
                return Verdict(cut, 0, 0)
            lost, wrong = _compared(place, around, clock)
    except ConsoleError as told:
        if told.code in _GONE and before is not None:
            return Verdict(cut, acknowledged, acknowledged + 1)
        return Verdict(cut, acknowledged, 0, f"{told.code} {told.details}")
    except Exception as failed:  # noqa: BLE001 - whatever the program dies of is the finding
        return Verdict(cut, acknowledged, 0, repr(failed))
    files_lost, file_wrong = _files(place, around)
    return Verdict(cut, acknowledged, lost + files_lost, wrong or file_wrong)


def _set_up_again(place: Path) -> None:
    """A set-up that was interrupted is taken up and comes to its end."""
    if key_id_of(place / "post") is None or set_up_begun(place / "post"):
        set_up_post(place / "post", POST, None)
    database = _opened(place, DayClock())
    database.stop()


def _compared(place: Path, around: Around, clock: Clock) -> tuple[int, str]:
    """How many acts the store has lost, and what is wrong with it."""
    assert around.before is not None
    if set_up_begun(place / "post"):
        return 1, ""  # it was acknowledged that the set-up is over
    require_sound_log(place / "post")  # as at the console's start
    database = _opened(place, clock)
    try:
        if any(database.behind):
            return 0, f"behind its mark: {database.behind}"
        state = state_of(database)
        _settle(database)
        with database.read() as connection:
            require_whole(connection, database.path)
        with database.act(SYSTEM) as act:  # and work goes on
            drafts.keep(act.connection, "0002", "call", {"t": "afterwards"}, act.at)
            act.audit("draft.kept", "draft", "0002")
    finally:
        database.stop()
    if state in (around.before.state, around.after.state if around.after else ""):
        return 0, ""
    old = [one.acts for one in around.all if one.state == state]
    if old and max(old) < around.before.acts:
        return around.before.acts - max(old), ""
    return 0, "a state that never was"


def _settle(database: Database) -> None:
    """The WAL is in the file: the check of the pages looks there only."""
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _files(place: Path, around: Around) -> tuple[int, str]:
    """How many of the other files are older than acknowledged, and what is wrong with one."""
    assert around.before is not None
    lost, wrong = 0, ""
    for name, wanted in around.before.files.items():
        file = place / name
        held = sha256_of(file) if file.is_file() else ""
        following = around.after.files.get(name) if around.after else None
        if held in (wanted, following):
            continue
        if not held or any(held == one.files.get(name) for one in around.all):
            lost += 1
        else:
            wrong = f"{name} is not whole"
    return lost, wrong


def _opened(place: Path, clock: Clock) -> Database:
    database = Database(place / "post", read_key(place / "post"), clock, EventBus())
    database.start()
    return database


def _keep(recorded: Recorded, files: dict[str, bytes], verdict: Verdict, keep: Path) -> None:
    folder = keep / f"{verdict.cut.at}-{verdict.cut.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    put(recorded, files, folder)
    (folder / "verdict.txt").write_text(f"{verdict}\n", "utf-8")
