"""The fault matrix itself: an act meets a fault at every Nth of its calls, and what came is judged."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy

from console.core import audit, backup
from console.core.backup import TableDigest
from console.core.database import Database
from console.core.engine import make_engine
from console.core.errors import ConsoleError, at_the_edge
from console.core.words import LANGUAGES, catalogue, say
from tests.faults import acts, memory, vfs
from tests.faults.acts import ScriptedAct, World

ROOT = Path(__file__).resolve().parents[2]
IN_CHILD = "sqlite_memory"  # its faults need a library that has not begun
MOST_ACTS = 150  # done in one world: its rows are read after each
FEWEST = 4  # places of a kind that an act is tried at, where it has so many
CHECKPOINT_PAGES = 4  # a checkpoint in nearly every act, so that its faults are met too
SHADOWS = ("_data", "_idx")  # of the search index: how many rows depends on when it tidies up
FAULTS_LISTED = 20
Digests = dict[str, TableDigest]


@dataclass(frozen=True)
class Kind:
    """A kind of fault, how it is laid, and the code of the words that an officer must get."""

    name: str
    laid: Callable[[int], AbstractContextManager[Any]]
    code: str
    on_disk: bool = True


def _python(nth: int) -> AbstractContextManager[Any]:
    library = Path(sqlalchemy.__file__).parent
    return memory.python_without_memory(nth, str(ROOT / "console"), str(library))


KINDS: tuple[Kind, ...] = (
    Kind("disk_full", lambda n: vfs.failing(n, "full", lasting=True), "store.disk_full"),
    Kind("read_error", lambda n: vfs.failing(n, "io_read"), "store.disk_error"),
    Kind("write_error", lambda n: vfs.failing(n, "io_write"), "store.disk_error"),
    Kind("sync_error", lambda n: vfs.failing(n, "io_sync"), "store.disk_error"),
    Kind("python_memory", _python, "store.no_memory", on_disk=False),
    Kind(IN_CHILD, memory.sqlite_without_memory, "store.no_memory", on_disk=False),
)


@dataclass(frozen=True)
class Result:
    """What the matrix found. ``points``: faults that were met; ``found`` names what went wrong."""

    acts: int = 0
    points: int = 0
    lost: int = 0
    half: int = 0
    unclear: int = 0
    unusable: int = 0
    refused: int = 0
    done: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    found: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Nothing went wrong, and there was something to go wrong."""
        return self.points > 0 and not (self.lost or self.half or self.unclear or self.unusable)


def told_and_forgotten(error: Exception) -> Exception:
    """The same error without its frames. A call that found no memory has none in truth, so nothing
    holds what it was called with; only the way in which we let it fail leaves one."""
    at: BaseException | None = error
    while at is not None:
        at.__traceback__ = None
        at = at.__context__
    return error


class Matrix:
    """Tries acts under faults and counts what came of it."""

    def __init__(self, folder: Path, every: int, progress: Callable[[str], None]) -> None:
        self._folder, self._every, self._progress = folder, every, progress
        self._worlds = 0
        self._counts: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        self._found: list[str] = []
        acts.quick_secrets()
        self._template = acts.template()

    def result(self, tried: int) -> Result:
        """What was found so far."""
        found = tuple(self._found[:FAULTS_LISTED])
        return Result(tried, **self._counts, kinds=dict(self._kinds), found=found)

    def try_act(self, act: ScriptedAct, kind: Kind) -> None:
        """The act meets this fault at every Nth of its calls."""
        self._act, self._kind = act, kind
        with vfs.watched():  # also what is opened anew after a fault
            self._try_places()

    def _try_places(self) -> None:
        act, kind = self._act, self._kind
        world = self._new_world()
        try:
            done, places = 0, self._places(world)
            for nth in places:
                if done >= MOST_ACTS:
                    world, done = self._again(world), 0
                done += self._try_place(world, nth)
            self._require_trail(world)
        finally:
            world.stop()
        self._progress(f"{kind.name}: {act.name}: {len(places)} places")

    def _new_world(self) -> World:
        self._worlds += 1
        place = self._folder / f"world-{self._worlds}"
        return acts.open_world(self._template, place, checkpoint_often)

    def _again(self, world: World) -> World:
        self._require_trail(world)
        world.stop()
        shutil.rmtree(world.database.path.parent)
        return self._new_world()

    def _places(self, world: World) -> list[int]:
        """Done in peace the act makes so many calls, and adds so many rows."""
        for _ in range(2):  # the first of a day opens the books
            subject = self._act.prepare(world)
            before = rows_of(digests(world))
            with self._kind.laid(1 << 30) as fault:
                told = self._act.do(world, subject)
            self._added = difference(rows_of(digests(world)), before)
            if not self._act.seen(world, subject, told):
                raise RuntimeError(f"{self._act.name}: done in peace, and not seen")
        calls: int = fault.calls
        step = max(1, min(self._every, calls // FEWEST))
        return list(range(1, calls + 1, step))

    def _try_place(self, world: World, nth: int) -> int:
        """Returns how many acts were done in this world."""
        subject = self._act.prepare(world)
        before = digests(world)
        told: Any = None
        refused: Exception | None = None
        with self._kind.laid(nth) as fault:
            try:
                told = self._act.do(world, subject)
            except Exception as error:  # noqa: BLE001  (whatever came: it is what is judged)
                refused = told_and_forgotten(error)
        if not fault.fired:
            return 1
        self._counts["points"] += 1
        self._kinds[self._kind.name] += 1
        after = digests(world)
        if refused is None:
            self._judge_done(world, nth, (subject, told), difference_of(after, before))
        else:
            self._judge_refused(nth, refused, after == before, difference_of(after, before))
        if self._kind.on_disk and reopened(world, self._folder / "cut") != after:
            self._fail("half", nth, "after a power cut the files say something else")
        if refused is None or after != before:
            return 1
        try:
            told = self._act.do(world, subject)
        except Exception as error:  # noqa: BLE001
            self._fail("unusable", nth, f"the fault is gone, and the act is refused: {error!r}")
            return 1
        if not self._act.seen(world, subject, told):
            self._fail("unusable", nth, "the fault is gone, the act was done, and is not seen")
        return 1

    def _judge_done(
        self, world: World, nth: int, what: tuple[Any, Any], added: dict[str, int]
    ) -> None:
        self._counts["done"] += 1
        if added != self._added:
            self._fail("half" if added else "lost", nth, f"done, but it added {added}")
        elif not self._act.seen(world, *what):
            self._fail("lost", nth, "done, but not seen")

    def _judge_refused(
        self, nth: int, refused: Exception, same: bool, added: dict[str, int]
    ) -> None:
        self._counts["refused"] += 1
        told = at_the_edge(refused)
        if not same:
            whole = added == self._added
            sort = "unclear" if whole else "half"
            self._fail(sort, nth, f"refused ({refused!r}), but it added {added}")
        elif not (isinstance(told, ConsoleError) and clear(told, self._kind.code)):
            self._fail("unclear", nth, f"refused with {refused!r}")

    def _require_trail(self, world: World) -> None:
        with world.database.read() as connection:
            fault = audit.first_fault(connection)
        if fault is not None:
            self._fail("half", 0, f"the trail is broken: {fault}")

    def _fail(self, sort: str, nth: int, what: str) -> None:
        self._counts[sort] += 1
        told = f"{sort}: {self._act.name}, {self._kind.name} at call {nth}: {what}"
        self._found.append(told)
        if len(self._found) <= FAULTS_LISTED:
            self._progress(told)


def checkpoint_often(database: Database) -> None:
    """Every connection of this store takes its log into the file after a few pages.

    There are two, as in a console at work: the last one to close would tidy the log up.
    """

    def connected(connection: Any, _: object) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}").close()

    sqlalchemy.event.listen(database.engine, "connect", connected)
    database.engine.dispose()  # those that were open are opened again
    with database.engine.connect(), database.engine.connect():
        pass


def digests(world: World) -> Digests:
    """Every row of every table, as the open store has it."""
    with world.database.read() as connection:
        return backup.digests(connection)


def rows_of(found: Digests) -> dict[str, int]:
    """How many rows each table has, but for the inner ones of the search index."""
    return {name: one.rows for name, one in found.items() if not name.endswith(SHADOWS)}


def difference(after: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    """By how many rows each table grew."""
    return {name: rows - before[name] for name, rows in after.items() if rows != before[name]}


def difference_of(after: Digests, before: Digests) -> dict[str, int]:
    """The same, of digests."""
    return difference(rows_of(after), rows_of(before))


def reopened(world: World, folder: Path) -> Digests:
    """What a console finds that opens these files after the machine stopped at this moment."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path, log = world.database.path, Path(f"{world.database.path}-wal")
    for file in (path, log):
        if file.exists():
            shutil.copy(file, folder / file.name)
    engine = make_engine(folder / path.name, world.database.key, pool=sqlalchemy.NullPool)
    try:
        with engine.connect() as connection:
            return backup.digests(connection.execution_options(read_only=True))
    finally:
        engine.dispose()


def clear(told: ConsoleError, code: str) -> bool:
    """The words are those of this trouble, in both languages, with nothing left open."""
    if told.code != code or code not in catalogue():
        return False
    both = [say(told, language) for language in LANGUAGES]
    return both[0] != both[1] and all(len(one) > 15 and "{" not in one for one in both)
