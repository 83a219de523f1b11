"""Flipped bits and cut ends in store, log and backup: each found and named by the real program.

One harm costs nothing and needs no word: to a page of the store that a whole log has anew. Then the
store must open with every row, and its file be whole once the log is in it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from console.core import backup  # noqa: E402
from console.core.actor import SYSTEM, Actor  # noqa: E402
from console.core.clock import SystemClock  # noqa: E402
from console.core.damage import Damage, examine_backup, examine_store  # noqa: E402
from console.core.database import Database  # noqa: E402
from console.core.engine import write_back  # noqa: E402
from console.core.errors import ConsoleError  # noqa: E402
from console.core.events import EventBus  # noqa: E402
from console.core.keyfile import DATABASE_FILE, create_key  # noqa: E402
from console.core.log_file import require_sound_log  # noqa: E402
from console.core.tables import draft  # noqa: E402
from console.core.tail import TAIL_FILE  # noqa: E402
from console.core.whole_store import require_whole  # noqa: E402
from console.dispatch import service as dispatch  # noqa: E402
from console.dispatch.model import NewCall  # noqa: E402
from tests.faults.recorded_day import state_of  # noqa: E402

PAGE = 4096
LOG = f"{DATABASE_FILE}-wal"
BACKUP = "post.backup"
FILES = (DATABASE_FILE, LOG, BACKUP)
OFFICER = Actor("officer", "0102", frozenset({"duty_officer", "chief", "technician", "auditor"}))


@dataclass
class Result:
    """How many harms were done, and how many of them the program found and named."""

    flips: int
    truncations: int
    found: int = 0
    missed: int = 0
    named: int = 0
    healed: int = 0  # harms to pages that the log has anew: nothing was lost
    harmless_passed: int = 0  # the control: unharmed files that were called whole
    control_failed: int = 0
    by_command_line: int = 0  # of these, told again by the command line as a child process
    seed: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Every harm found and named, or healed; and no unharmed file accused."""
        harms = self.flips + self.truncations - self.healed
        return self.found == self.named == harms and not (self.missed or self.control_failed)


@dataclass(frozen=True)
class Harm:
    """One flipped bit (``bit`` ≥ 0), or a file cut to ``at`` bytes."""

    file: str
    at: int
    bit: int

    def done_to(self, data: bytes) -> bytes:
        if self.bit < 0:
            return data[: self.at]
        changed = bytearray(data)
        changed[self.at] ^= 1 << self.bit
        return bytes(changed)

    def __str__(self) -> str:
        return f"{self.file} byte {self.at} " + ("cut" if self.bit < 0 else f"bit {self.bit}")


class Bench:
    """A post's files as a killed process leaves them, and a folder to harm copies of them in."""

    def __init__(self, folder: Path) -> None:
        self.place = folder / "post"
        self.key = create_key(self.place)
        database = Database(self.place, self.key, SystemClock(), EventBus())
        database.create("post-test")
        database.start()
        try:
            _work(database, 40)
            backup.write(database, SYSTEM, folder / BACKUP)
            database.engine.dispose()  # the last connection: the log goes into the store
            with database.read():  # another one, so that no close checkpoints what follows
                _work(database, 12)
                self.whole = {
                    DATABASE_FILE: (self.place / DATABASE_FILE).read_bytes(),
                    LOG: (self.place / LOG).read_bytes(),
                    BACKUP: (folder / BACKUP).read_bytes(),
                }
                self.tail = (self.place / TAIL_FILE).read_bytes()
            self.state = state_of(database)
        finally:
            database.stop()

    def lay(self, harm: Harm | None) -> None:
        """The files lie as they were left, with this harm done to one of them."""
        for name, data in self.whole.items():
            told = harm.done_to(data) if harm is not None and harm.file == name else data
            (self.place / name).write_bytes(told)
        (self.place / f"{DATABASE_FILE}-shm").unlink(missing_ok=True)
        (self.place / TAIL_FILE).write_bytes(self.tail)

    def told(self, harm: Harm | None, file: str) -> tuple[Damage, ...]:
        """What the program says of the files with this harm."""
        self.lay(harm)
        if file == BACKUP:
            return examine_backup(self.place / BACKUP, self.key)
        return examine_store(self.place, self.key).found

    def heals(self, harm: Harm) -> bool:
        """Whether the store has every row in spite of this harm, and its file is whole afterwards."""
        if harm.file != DATABASE_FILE:
            return False
        self.lay(harm)
        require_sound_log(self.place)
        database = Database(self.place, self.key, SystemClock(), EventBus())
        database.start()
        try:
            if any(database.behind) or state_of(database) != self.state:
                return False
            write_back(database.engine)
            with database.read() as connection:
                require_whole(connection, database.path)
        except ConsoleError:
            return False
        finally:
            database.stop()
        return True

    def cipher_says(self, file: str) -> bool:
        """Whether SQLCipher's own check finds a page of this file whose HMAC does not hold."""
        place = self.place / "alone.db"
        place.write_bytes((self.place / file).read_bytes())
        try:
            with backup.reader(place, self.key) as connection:
                return bool(connection.exec_driver_sql("PRAGMA cipher_integrity_check").all())
        except Exception:  # noqa: BLE001  (it does not even open: found)
            return True
        finally:
            for one in self.place.glob("alone.db*"):
                one.unlink()

    def command_line_says(self, file: str) -> bool:
        """Whether ``doctor``, or a drill of the restore, names the file and ends with status 1."""
        words = ["doctor"] if file != BACKUP else ["restore", "--drill", str(self.place / BACKUP)]
        done = subprocess.run(
            [sys.executable, "-m", "console", "--data", str(self.place), "--lang", "en", *words],
            cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return done.returncode == 1 and str(self.place) in done.stdout + done.stderr


def _work(database: Database, count: int) -> None:
    for n in range(count):
        dispatch.take_call(
            database, OFFICER, NewCall("walk_in", "6003", f"第 {n} 起 " + "纠纷" * 40)
        )
        with database.act(SYSTEM) as act:
            body = {"text": "x" * 6000}
            row = draft.insert().values(
                officer=f"{n}-{database.clock.monotonic()}", form="f", body=body, written_at=act.at
            )
            act.connection.execute(row)
            act.audit("draft.kept", "draft", str(n))


def harms(rng: random.Random, sizes: dict[str, int], flips: int) -> list[Harm]:
    """So many flipped bits, every tenth time a cut end beside, spread over the three files."""
    made = []
    for n in range(flips):
        file = FILES[n % len(FILES)]
        made.append(Harm(file, rng.randrange(sizes[file]), rng.randrange(8)))
        if n % 10 == 0:
            file = rng.choice(FILES)
            made.append(Harm(file, rng.randrange(sizes[file]), -1))
    return made


def named(harm: Harm, told: tuple[Damage, ...]) -> bool:
    """Whether the words name the file harmed, its page, what it means and what to do."""
    for damage in told:
        words = all(damage.line(language).strip() for language in ("zh_CN", "en"))
        whose = damage.file.name in (harm.file, *((DATABASE_FILE,) if harm.file == LOG else ()))
        page = harm.at // PAGE + 1
        where = damage.pages in ((), None) or harm.bit < 0 or harm.file == LOG
        if words and whose and (where or page in damage.pages):
            return True
    return False


def run(
    flips: int, seed: int, say: Callable[[str], None] = lambda _: None, children: int = 6
) -> Result:
    """Every harm was done to fresh copies and the program asked."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="corruption-") as scratch:
        before = os.environ.get("POST_CONSOLE_KEYS")
        os.environ["POST_CONSOLE_KEYS"] = str(Path(scratch) / "keys")
        try:
            return _run(Bench(Path(scratch)), rng, Result(flips, 0, seed=seed), say, children)
        finally:
            if before is None:
                del os.environ["POST_CONSOLE_KEYS"]
            else:
                os.environ["POST_CONSOLE_KEYS"] = before


def _run(
    bench: Bench, rng: random.Random, result: Result, say: Callable[[str], None], children: int
) -> Result:
    sizes = {name: len(data) for name, data in bench.whole.items()}
    for file in FILES:
        told = bench.told(None, file)
        result.harmless_passed += not told
        result.control_failed += bool(told)
        if told:
            result.misses.append(f"unharmed {file}: {told[0].line('en')}")
    todo = harms(rng, sizes, result.flips)
    asked = set(rng.sample(range(len(todo)), min(children, len(todo))))
    for number, harm in enumerate(todo):
        result.truncations += harm.bit < 0
        told = bench.told(harm, harm.file)
        found = bool(told)
        if not told and bench.heals(harm):
            result.healed += 1
            continue
        if found and harm.bit >= 0 and harm.file != LOG:
            found = bench.cipher_says(harm.file)
        if found and number in asked:
            bench.lay(harm)
            found = bench.command_line_says(harm.file)
            result.by_command_line += found
        result.found += found
        result.missed += not found
        result.named += named(harm, told)
        if not found or not named(harm, told):
            what = told[0].line("en") if told else "nothing said"
            result.misses.append(f"{harm}: {what}")
        if number % 100 == 99:
            say(f"{number + 1} of {len(todo)}, missed {result.missed}")
    shutil.rmtree(bench.place)
    return result


def main() -> int:
    """Exit status 0 only when every harm was found and named and the control passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    result = run(args.flips, args.seed, lambda line: print(line, file=sys.stderr))
    told = asdict(result)
    print(json.dumps(told, ensure_ascii=False) if args.json else told)
    if not result.good:
        print(f"seed {args.seed}", file=sys.stderr)
    return 0 if result.good else 1


if __name__ == "__main__":
    sys.exit(main())
