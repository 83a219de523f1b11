"""``restore FILE``: a backup brought back into the data folder, or only rehearsed."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.backup import summary
from console.cli.store import technician
from console.cli.typed_key import typed_key
from console.core import restore
from console.core.clock import SystemClock
from console.core.words import Words


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--drill", action="store_true", help="restore to a scratch place only")
    parser.add_argument("--force", action="store_true", help="rename and keep the data there is")
    keys = parser.add_mutually_exclusive_group()
    keys.add_argument("--key", type=Path, metavar="KEYFILE", help="the key, if not in its place")
    keys.add_argument(
        "--recovery-key",
        action="store_true",
        help="ask on standard input for the four lines of the printed recovery key",
    )


def run(args: argparse.Namespace) -> int:
    """The data folder holds what the backup held; with ``--drill`` nothing is left behind."""
    clock, who = SystemClock(), technician()
    typed = typed_key(args.lang) if args.recovery_key else None
    if args.drill:
        done = restore.drill(args.file, clock, who, args.key, typed)
    else:
        done = restore.restore(
            args.file, args.data, clock, who, force=args.force, key_file=args.key, typed=typed
        )
    print(summary(args.file, done.checked, args.lang))
    if args.drill:
        words = Words(
            f"恢复演练成功：已在临时目录恢复、打开、核对并清除；待上报 {done.carried} 条",
            "restore drill passed: restored to a scratch place, opened, checked and removed; "
            f"{done.carried} events to tell the city",
        )
    else:
        words = Words(
            f"已恢复到 {args.data}；新纪元 {done.epoch}，待上报 {done.carried} 条",
            f"restored into {args.data}; new epoch {done.epoch}, "
            f"{done.carried} events to tell the city",
        )
    print(words.pick(args.lang))
    if done.aside is not None:
        print(
            Words(f"原数据保留在 {done.aside}", f"the old data is kept in {done.aside}").pick(
                args.lang
            )
        )
    return 0
