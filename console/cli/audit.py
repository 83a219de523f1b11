"""``audit verify`` and ``audit export FILE``: the trail checked, or taken out for reading."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from console.cli.parser import shared_words
from console.cli.store import opened, technician
from console.core import audit
from console.core.audit import AuditFault, AuditLine
from console.core.canonical import canonical
from console.core.clock import to_text
from console.core.database import Database
from console.core.errors import Refused
from console.core.words import Words

FAULTS = {
    "gap": Words("缺少记录", "a record is missing"),
    "chain": Words("与前一条不相接", "it does not follow the one before"),
    "hash": Words("内容被改动", "its content was changed"),
    "unreadable": Words("内容无法读懂", "its content cannot be read"),
}
_FIELDS = ("seq", "at", "actor", "act", "entity", "entity_id", "detail", "prev", "hash")
# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
        fault = audit.first_fault(connection)
        last = audit.last(connection)
    if fault is not None:
        raise _broken(fault)
    count, ends = (0, audit.NO_HASH) if last is None else (last.seq, last.hash)
    words = Words(
        f"审计链完整：{count} 条，末条校验值 {ends}",
        f"the audit trail holds: {count} records, the last with hash {ends}",
    )
    print(words.pick(language))
    return 0


def _export(database: Database, args: argparse.Namespace) -> int:
    with database.read() as connection:
        fault = audit.first_fault(connection)
    if fault is not None and fault.fault == "unreadable":
        raise _broken(fault)
    try:
        opened_file = args.file.open("x", encoding="utf-8", newline="")
    except FileExistsError as there:
        raise Refused("audit.export_there", path=str(args.file)) from there
    with opened_file as out, database.read() as connection:
        write = _csv if args.file.suffix.lower() == ".csv" else _jsonl
        count = write(audit.lines(connection), out)
    with database.act(technician()) as act:
        act.audit("audit.exported", "audit", args.file.name, records=count)
    words = Words(
        f"已导出 {count} 条审计记录到 {args.file}", f"{count} audit records written to {args.file}"
    )
    print(words.pick(args.lang))
    if fault is not None:  # what is there was written all the same: it is evidence
        raise _broken(fault)
    return 0


def _broken(fault: AuditFault) -> Refused:
    return Refused("audit.bad_record", seq=fault.seq, fault=FAULTS[fault.fault])


def _csv(lines: Iterable[AuditLine], out: TextIO) -> int:
    out.write("\ufeff")  # without it, spreadsheets misread Chinese
    writer = csv.writer(out)
    writer.writerow(_FIELDS)
    count = 0
    for line in lines:
        writer.writerow([_quoted(value) for value in _values(line).values()])
        count += 1
    return count


def _jsonl(lines: Iterable[AuditLine], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(json.dumps(_values(line), ensure_ascii=False) + "\n")
        count += 1
    return count


def _values(line: AuditLine) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(line, name) for name in _FIELDS}
    return values | {"at": to_text(line.at)}


def _quoted(value: object) -> object:
    if isinstance(value, dict):
        return canonical(value).decode("utf-8")
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _table(text: str) -> Path:
    if Path(text).suffix.lower() not in (".csv", ".jsonl"):
        raise argparse.ArgumentTypeError(f"{text}: the name must end in .csv or .jsonl")
    return Path(text)
