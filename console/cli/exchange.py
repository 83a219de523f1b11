"""``import KIND FILE`` and ``export KIND FILE``: what a room has, as a table, in and out."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from console.cli.store import opened, technician
from console.core.errors import Refused
from console.core.exchange import Exchange, judged, say_fault, take
from console.core.tables_file import give_table, read_table
from console.core.words import Words

# kind → "module:name" of its Exchange
KINDS: dict[str, str] = {
    "items": "console.inventory.service.exchange:ITEMS",
    "officers": "console.people.service.exchange:OFFICERS",
    "roster": "console.roster.service.exchange:ROSTER",
    "visits": "console.citizen.service.exchange:VISITS",
    "cameras": "console.videowall.service.exchange:CAMERAS",
    "points": "console.patrol.service.exchange:POINTS",
}
LATER = ("calls", "grid")  # of the command line's plan; refused in plain words until they are
ENDINGS = (".csv", ".xlsx", ".geojson")


def add(parser: argparse.ArgumentParser) -> None:
    """The words of these verbs."""
    kinds = [*KINDS, *LATER]
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=", ".join(kinds))
    parser.add_argument("file", type=_table, metavar="FILE.csv|FILE.xlsx|FILE.geojson")
    if parser.prog.endswith("import"):
        parser.add_argument("--dry-run", action="store_true", help="check everything, take nothing")


def run(args: argparse.Namespace) -> int:
    """The table was taken, all of it, or stands in the file; else each fault is one line."""
    exchange = found(args.kind)
    if args.file.suffix.lower() not in exchange.endings:
        raise Refused("exchange.ending", path=args.file.name)
    return _import(args, exchange) if args.verb == "import" else _export(args, exchange)


def found(kind: str) -> Exchange:
    """What is exchanged under this kind. Refused while no room exchanges it."""
    module, _, name = KINDS.get(kind, "").partition(":")
    if not module:
        raise Refused("exchange.not_yet", kind=kind)
    exchange = getattr(importlib.import_module(module), name)
    assert isinstance(exchange, Exchange)
    return exchange


def _import(args: argparse.Namespace, exchange: Exchange) -> int:
    table = read_table(args.file, exchange.columns)
    with opened(args.data) as database:
        with database.read() as connection:
            table = judged(connection, exchange, table)
        if table.ignored:
            names = Words("、".join(table.ignored), ", ".join(table.ignored))
            _tell(args, Words(f"未识别的列已忽略：{names.zh_CN}", f"columns ignored: {names.en}"))
        if table.faults:
            for fault in table.faults:
                print(say_fault(fault, exchange.columns, args.lang), file=sys.stderr)
            if table.more:
                _tell(args, Words(f"另有 {table.more} 处错误", f"and {table.more} more faults"))
            raise Refused("exchange.faulty", count=table.fault_count, kind=exchange.words)
        rows = len(table.rows)
        if args.dry_run:
            _print(
                args,
                f"{rows} 行均可导入（{table.encoding}），未作改动",
                f"{rows} rows could be taken ({table.encoding}); nothing was changed",
            )
            return 0
        changed = take(database, technician(), exchange, table)
    _print(
        args,
        f"已导入 {rows} 行（{table.encoding}），其中 {changed} 行有变化",
        f"{rows} rows taken ({table.encoding}), {changed} of them changed something",
    )
    return 0


def _export(args: argparse.Namespace, exchange: Exchange) -> int:
    with opened(args.data) as database:
        rows = give_table(database, technician(), exchange, args.file, "command line")
    _print(args, f"已导出 {rows} 行到 {args.file}", f"{rows} rows written to {args.file}")
    return 0


def _print(args: argparse.Namespace, chinese: str, english: str) -> None:
    print(Words(chinese, english).pick(args.lang))


def _tell(args: argparse.Namespace, words: Words) -> None:
    print(words.pick(args.lang), file=sys.stderr)


def _table(text: str) -> Path:
    if Path(text).suffix.lower() not in ENDINGS:
        raise argparse.ArgumentTypeError(f"{text}: the name must end in {', '.join(ENDINGS)}")
    return Path(text)
