"""``restore FILE``: a backup brought back into the data folder, or only rehearsed."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.backup import summary
from console.cli.store import technician
from console.cli.typed_key import typed_key
from console.core import restore
from console.core.actor import Actor
from console.core.clock import Clock, SystemClock
from console.core.salvage import salvage
from console.core.swap import finish_alone
from console.core.table_words import words_of
from console.core.words import Words
from console.upkeep.service.indexes import index_anew


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", type=Path, nargs="?", metavar="FILE", help="the backup")
    parser.add_argument("--drill", action="store_true", help="restore to a scratch place only")
    source.add_argument(
        "--salvage", action="store_true", help="no backup: a new store of what can be read"
    )
    parser.add_argument("--post", default="", metavar="ID", help="whose it is, if that is lost")
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
    if args.salvage:
        return _salvage(args, clock, who)
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


def _salvage(args: argparse.Namespace, clock: Clock, who: Actor) -> int:
    """The store holds what could be read of the damaged one; what could not is listed."""
    finish_alone(args.data)
    done = salvage(args.data, clock, who, post=args.post, mend=index_anew)
    lines = [
        Words(
            f"已抢救 {done.records} 条记录；新纪元 {done.epoch}，待上报 {done.carried} 条；"
            f"损坏的文件保留在 {done.aside}",
            f"salvaged {done.records} records; new epoch {done.epoch}, {done.carried} events to "
            f"tell the city; the damaged files are kept in {done.aside}",
        )
    ]
    for loss in done.losses:
        name, count = words_of(loss.table), str(loss.lost)
        zh, en = (count, count) if loss.exact else (f"至多 {count}", f"at most {count}")
        zh, en = (zh, en) if loss.exact or loss.lost else ("不详", "an unknown number of")
        lines.append(
            Words(
                f"{name.zh_CN}：缺 {zh} 条，随之留下 {loss.orphans} 条，旧状态 {loss.older} 条 "
                f"{'；'.join(loss.keys)}",
                f"{name.en}: {en} records lost, {loss.orphans} left behind with them, "
                f"{loss.older} in an older state {'; '.join(loss.keys)}",
            )
        )
    for first, last in done.breaks:
        lines.append(
            Words(
                f"审计记录第 {first} 至 {last} 条丢失", f"audit records {first} to {last} are lost"
            )
        )
    for line in lines:
        print(line.pick(args.lang).strip())
    return 0
