"""A post without a window in a process of its own: opens, tells what it finds, works, is killed.

Processes are forked from one that has read the program already, so that a cycle takes no second.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import console.alarms.service
import console.links.service
import console.patrol.service
import console.sync.service
import console.videowall.service
import console.wiring
from console.app.post import Post
from console.app.set_up import set_up_post
from console.core.actor import SYSTEM
from console.core.database import Database
from console.core.settings_file import city_changes, write_settings
from console.core.tables import outbox
from console.dispatch.store.tables import call_table
from console.inventory import service as inventory
from console.inventory.model import NewItem
from console.people import service as people
from console.roster import service as roster
from console.roster.model import NewUnit
from console.settings import CityRoad, read_settings
from console.sync.model import Pace
from tests.faults import census
from tests.faults.census import Marks
from tests.faults.deeds import OFFICER, Temper, line_of, read_line, workers
from tests.faults.verdict import Told, Verdict, judge

KEYS = "POST_CONSOLE_KEYS"
ROOT = Path(__file__).resolve().parents[2]
QUICK = Pace(first_s=0.05, longest_s=0.5, poll_s=0.2, feed_wait_s=2.0, connect_s=1.0, answer_s=1.5)
OPENS_WITHIN_S = 60.0
# What a process would read at its first need, and a forked one finds read.
READ = (
    console.alarms.service, console.links.service, console.patrol.service, console.sync.service,
    console.videowall.service, console.wiring, inventory.person_words("0101", "站长"),
)  # fmt: skip


@dataclass(frozen=True)
class Order:
    """What a process is to open, to compare and to do."""

    folder: Path
    keys: Path
    seed: int
    since: Marks = field(default_factory=Marks)
    told: Told = field(default_factory=Told)
    rash: bool = False
    works: bool = True
    whole: bool = False  # the library checks the file too
    pause_s: float = 0.01  # the longest between two acts of one worker
    published: tuple[str, ...] = ()  # calls that the city has for it: it rests when they are here


@dataclass(frozen=True)
class Opening:
    """What the program found when it opened its store again."""

    verdict: Verdict
    marks: Marks


@cache
def nursery() -> ForkServerContext:
    """Where processes come from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "tests.faults.city_process"])
    return context


class PostProcess:
    """One post at work. ``start`` returns at once; ``listen`` hears what it says."""

    def __init__(self, order: Order) -> None:
        self.order = order
        context = nursery()
        self._lines, out = context.Pipe(duplex=False)
        words, self._words = context.Pipe(duplex=False)
        self._child = context.Process(target=_work, args=(order, out, words), daemon=True)
        self._theirs = (out, words)
        self.opening: Opening | None = None
        self.told = Told()
        self.rested = False
        self.stuck = ""  # what was missing when it had to end

    def start(self) -> None:
        """The process opens its store."""
        with starting():
            self._child.start()
        for end in self._theirs:
            end.close()

    @property
    def lines(self) -> Connection:
        """Where it speaks."""
        return self._lines

    def listen(self, seconds: float) -> bool:
        """Hears for so long, or until something new was acknowledged or told; False at the end."""
        if not wait([self._lines], seconds):
            return True
        try:
            line = self._lines.recv_bytes()
        except (EOFError, OSError):
            return False
        told = read_line(line)
        if "found" in told:
            self.opening = _opening(told["found"])
        elif "rested" in told:
            self.rested, self.stuck = True, told["rested"]
        elif "crashed" in told:
            self._child.kill()
            raise RuntimeError(f"the post of {self.order.folder} failed: {told['crashed']}")
        else:
            self.told.hear(told)
        return True

    def wait_until_open(self) -> Opening:
        """What it found. It must not die before."""
        until = time.monotonic() + OPENS_WITHIN_S
        while self.opening is None:
            if not self.listen(0.5) or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"the post of {self.order.folder} did not open")
        return self.opening

    def say(self, word: str) -> None:
        """``rest``: no more acts, and it tells when all is sent. ``enough``: it tells how far it
        came. ``end``: it closes and ends."""
        self._words.send(word)

    def kill(self) -> None:
        """The process is gone, by SIGKILL; everything it had said is heard."""
        self._child.kill()
        self.reap()

    def reap(self) -> None:
        """The process has ended, at the latest now; everything it had said is heard."""
        until = time.monotonic() + OPENS_WITHIN_S
        while self.listen(0.5):
            if time.monotonic() > until:
                self._child.kill()
        self._child.join(OPENS_WITHIN_S)
        self.told.killed()
        self._lines.close()
        self._words.close()


def make_post(folder: Path, post: str, road: CityRoad) -> None:
    """A post on this road stands in ``folder``."""
    set_up_post(folder, post, make_rooms)
    write_settings(folder, city_changes(road))


def make_rooms(database: Database) -> None:
    """The post has two crews, an officer and a dozen things."""
    people.first_officer(database, "0101", "站长", "correct horse")
    for sign in ("巡01", "巡02"):
        roster.add_unit(database, SYSTEM, NewUnit(sign))
    for n in range(12):
        inventory.add_item(database, OFFICER, NewItem(f"DJ-{n:03d}", "command", "对讲机"))


def _work(order: Order, out: Connection, words: Connection) -> None:
    """The life of the process, until it is killed or told to end."""
    gc.disable()
    os.environ[KEYS] = str(order.keys)
    post = Post(read_settings(order.folder), pace=QUICK)
    post.open()
    out.send_bytes(line_of({"found": _compare(post.database, order)}))
    post.connect()
    resting = threading.Event()
    pace = Temper(order.seed, order.rash, order.pause_s)

    def tell(told: dict[str, Any]) -> None:
        out.send_bytes(line_of(told))

    def failed(trouble: threading.ExceptHookArgs) -> None:
        told = traceback.format_exception(trouble.exc_value) if trouble.exc_value else ["?"]
        tell({"crashed": "".join(told)[-3000:]})

    threading.excepthook = failed
    threads = [
        threading.Thread(target=one.run, args=(resting,), name=one.name, daemon=True)
        for one in workers(post.database, post.positions, tell, pace)
    ]
    if order.works:
        for thread in threads:
            thread.start()
    try:
        if words.recv() == "rest":
            resting.set()
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
            while (missing := _missing(post, order)) and not words.poll(0.05):
                continue
            tell({"rested": missing})
            words.recv()
    except EOFError:
        os._exit(1)  # whoever ordered this is gone
    post.stop()


def _compare(database: Database, order: Order) -> dict[str, Any]:
    with database.read() as connection:
        found = census.take(connection, database.epoch, order.since)
    if order.whole:
        found.faults += census.whole(database)
    verdict = judge(found, order.told)
    return {
        "lost": verdict.lost,
        "duplicated": verdict.duplicated,
        "half": verdict.half,
        "why": [text[:200] for text in verdict.why[:6]],
        "done": verdict.done,
        "logs": found.marks.logs,
        "audit": found.marks.audit,
        "lanes": found.marks.lanes,
    }


def _opening(told: dict[str, Any]) -> Opening:
    audit = int(told["audit"][0]), str(told["audit"][1])
    lanes = {int(lane): (int(seq), str(end)) for lane, (seq, end) in told["lanes"].items()}
    marks = Marks({str(k): int(v) for k, v in told["logs"].items()}, audit, lanes)
    done = [[(str(kind), str(entity)) for kind, entity in deed] for deed in told["done"]]
    verdict = Verdict(told["lost"], told["duplicated"], told["half"], list(told["why"]), done)
    return Opening(verdict, marks)


def _missing(post: Post, order: Order) -> str:
    """What is not sent or not received yet, in words; empty when nothing is missing."""
    with post.database.read() as connection:
        left = connection.execute(
            sa.select(sa.func.count()).where(outbox.c.state != "acknowledged")
        ).scalar_one()
        here = set(connection.execute(sa.select(call_table.c.id)).scalars())
    calls, road = set(order.published) - here, post.road.snapshot()
    if not left and not calls and not road.pending:
        return ""
    return f"{left} events not taken, {len(calls)} calls not here, {road}"[:3000]


@contextmanager
def starting() -> Iterator[None]:
    """The process that forks reads the program from here, wherever it was started."""
    was = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT) if was is None else f"{ROOT}{os.pathsep}{was}"
    try:
        yield
    finally:
        if was is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = was
