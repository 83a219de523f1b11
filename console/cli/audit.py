"""``audit verify`` and ``audit export FILE``: the trail checked, or taken out for reading."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from console.cli.parser import shared_words
from console.cli.store import opened, technician
from console.core import audit
from console.core.database import Database
from console.core.words import Words, say
from console.settings import read_settings
from console.upkeep.service.proof import Proof, prove_trail
from console.upkeep.service.trail import ENDINGS, export_trail


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parts = parser.add_subparsers(dest="part", metavar="verify|export", required=True)
    verify = parts.add_parser(
        "verify",
        parents=[shared_words()],
        help="check the chain, and hold it against what the city has countersigned",
    )
    verify.add_argument(
        "--offline", action="store_true", help="do not ask the city; use what is kept here"
    )
    export = parts.add_parser("export", parents=[shared_words()], help="write the trail to a file")
    export.add_argument("file", type=_table, metavar="FILE.csv|FILE.jsonl")


def run(args: argparse.Namespace) -> int:
    """The chain holds, or the trail stands in the file. Refused at the first bad record."""
    with opened(args.data) as database:
        return _verify(database, args) if args.part == "verify" else _export(database, args)


def _verify(database: Database, args: argparse.Namespace) -> int:
    city = read_settings(args.data).city
    proof = prove_trail(database, technician(), replace(city, url="") if args.offline else city)
    count, ends = (0, audit.NO_HASH) if proof.last is None else (proof.last.seq, proof.last.hash)
    words = Words(
        f"审计链完整：{count} 条，末条校验值 {ends}",
        f"the audit trail holds: {count} records, the last with hash {ends}",
    )
    print(words.pick(args.lang))
    print(_countersigned(proof, count).pick(args.lang))
    if proof.unasked is not None:
        print(say(proof.unasked, args.lang), file=sys.stderr)
    return 0


def _countersigned(proof: Proof, count: int) -> Words:
    """How far the city vouches for the trail, and by whose word that is known."""
    if proof.signed is None:
        return Words("市局尚未联署任何记录", "the city has countersigned no record yet")
    through, at = proof.signed.checkpoint.seq, proof.signed.signed_at
    by_city = Words("刚向市局核对", "as the city itself says now")
    by_file = Words("按本机保存的凭证", "by the countersignature kept here")
    source = by_city if proof.asked else by_file
    return Words(
        f"市局已联署到第 {through} 条（{at}，{source.zh_CN}）；其后 {count - through} 条尚未联署",
        f"the city has countersigned it through record {through} ({at}, {source.en}); "
        f"{count - through} later ones are not countersigned yet",
    )


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
