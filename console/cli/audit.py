"""``audit verify`` and ``audit export FILE``: the trail checked, or taken out for reading."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.parser import shared_words
from console.cli.store import opened, technician
from console.core import audit
from console.core.database import Database
from console.core.words import Words
from console.upkeep.service.trail import ENDINGS, export_trail, verify_trail


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parts = parser.add_subparsers(dest="part", metavar="verify|export", required=True)
    parts.add_parser(
        "verify", parents=[shared_words()], help="check the chain; name the first bad record"
    )
    export = parts.add_parser("export", parents=[shared_words()], help="write the trail to a file")
    export.add_argument("file", type=_table, metavar="FILE.csv|FILE.jsonl")


def run(args: argparse.Namespace) -> int:
    """The chain holds, or the trail stands in the file. Refused at the first bad record."""
    with opened(args.data) as database:
        return _verify(database, args.lang) if args.part == "verify" else _export(database, args)


def _verify(database: Database, language: str) -> int:
    with database.read() as connection:
        last = verify_trail(connection, technician())
    count, ends = (0, audit.NO_HASH) if last is None else (last.seq, last.hash)
    words = Words(
        f"审计链完整：{count} 条，末条校验值 {ends}",
        f"the audit trail holds: {count} records, the last with hash {ends}",
    )
    print(words.pick(language))
    return 0


def _export(database: Database, args: argparse.Namespace) -> int:
    count = export_trail(database, technician(), args.file)
    words = Words(
        f"已导出 {count} 条审计记录到 {args.file}", f"{count} audit records written to {args.file}"
    )
    print(words.pick(args.lang))
    return 0


def _table(text: str) -> Path:
    if Path(text).suffix.lower() not in ENDINGS:
        raise argparse.ArgumentTypeError(f"{text}: the name must end in .csv or .jsonl")
    return Path(text)
