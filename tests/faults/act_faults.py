"""The fault matrix: at every Nth call of ten acts the disk is full, fails, or memory runs out.

After each fault the act is either done and seen, or refused in clear words with every row of every
table as it was; and the same open store does the same act then, without a restart. Where the disk
failed, a copy of its files, opened as after a power cut, must say the same as the open store.

    .venv/bin/python tests/faults/act_faults.py --json [--every N]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.faults import memory  # noqa: E402  (before anything that brings the library)

IN_CHILD = "sqlite_memory"
if __name__ == "__main__" and IN_CHILD in sys.argv:
    memory.install()

from tests.faults import acts  # noqa: E402
from tests.faults.acts import ScriptedAct  # noqa: E402
from tests.faults.matrix import FAULTS_LISTED, KINDS, Kind, Matrix, Result  # noqa: E402

EVERY = 10
NAMES = tuple(one.name for one in KINDS)


def run(
    every: int = EVERY,
    kinds: tuple[str, ...] = NAMES,
    some: tuple[ScriptedAct, ...] = acts.TEN,
    progress: Callable[[str], None] = lambda _: None,
) -> Result:
    """Each of these acts meets each kind of fault at every Nth of its calls."""
    here = [kind for kind in KINDS if kind.name in kinds and kind.name != IN_CHILD]
    found = Result(len(some))
    if here:
        found = run_here(every, tuple(here), some, progress)
    if IN_CHILD in kinds:
        found = together(found, run_in_child(every, some, progress))
    return found


def run_here(
    every: int,
    kinds: tuple[Kind, ...],
    some: tuple[ScriptedAct, ...],
    progress: Callable[[str], None],
) -> Result:
    """The same, in this process."""
    with tempfile.TemporaryDirectory(prefix="act-faults-") as folder:
        matrix = Matrix(Path(folder), every, progress)
        for kind in kinds:
            for act in some:
                matrix.try_act(act, kind)
        return matrix.result(len(some))


def run_in_child(
    every: int, some: tuple[ScriptedAct, ...], progress: Callable[[str], None]
) -> Result:
    """The kind that needs a library which has not begun, in a process of its own."""
    names = [str(acts.TEN.index(act)) for act in some]
    command = [sys.executable, __file__, "--json", "--every", str(every), "--only", IN_CHILD]
    with subprocess.Popen(
        [*command, "--acts", *names], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        assert child.stderr is not None and child.stdout is not None
        last = ""
        for line in child.stderr:
            last = line.rstrip()
            progress(last)
        told = child.stdout.read()
    if not told:
        raise RuntimeError(f"the child ended without an answer: {last}")
    answer = json.loads(told)
    answer.pop("seconds")
    return Result(**{**answer, "found": tuple(answer["found"])})


def together(one: Result, other: Result) -> Result:
    """Two runs over the same acts, as one."""
    numbers = ("points", "lost", "half", "unclear", "unusable", "refused", "done")
    sums = {name: getattr(one, name) + getattr(other, name) for name in numbers}
    found = (one.found + other.found)[:FAULTS_LISTED]
    return Result(one.acts, **sums, kinds={**one.kinds, **other.kinds}, found=found)


def main() -> int:
    """The matrix from the command line; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    parser.add_argument("--every", type=int, default=EVERY, help="every Nth call; 1 is every call")
    parser.add_argument("--only", choices=NAMES, nargs="+", default=NAMES, help="kinds of faults")
    parser.add_argument("--acts", type=int, nargs="+", default=list(range(len(acts.TEN))))
    told = parser.parse_args()
    chosen = tuple(acts.TEN[n] for n in told.acts)
    begun = time.monotonic()

    def progress(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    if told.only == [IN_CHILD] and memory.installed():
        kinds = tuple(kind for kind in KINDS if kind.name == IN_CHILD)
        found = run_here(max(1, told.every), kinds, chosen, progress)
    else:
        found = run(max(1, told.every), tuple(told.only), chosen, progress)
    seconds = round(time.monotonic() - begun, 1)
    if told.json:
        print(json.dumps({**asdict(found), "seconds": seconds}, ensure_ascii=False))
    else:
        print(f"{found} in {seconds} s")
    return 0 if found.clean else 1


if __name__ == "__main__":
    sys.exit(main())
