"""``backup FILE``: a verified backup of the post's store."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.store import opened, technician
from console.core import backup
from console.core.words import Words


def add(parser: argparse.ArgumentParser) -> None:
    """The words of this verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help="where the backup shall stand")


def run(args: argparse.Namespace) -> int:
    """The backup stands and was read back; a console may be at work meanwhile."""
    with opened(args.data) as database:
        made = backup.write(database, technician(), args.file)
    print(summary(args.file, made, args.lang))
    return 0


def summary(file: Path, checked: backup.Checked, language: str) -> str:
    """What was checked in a backup, in one line."""
    told, tables = checked.manifest, len(checked.manifest.tables)
    return Words(
        f"备份 {file} 已核对：{checked.pages} 页校验无误，{tables} 张表共 {told.rows} 行一致，"
        f"审计链 {checked.audit_lines} 条完整（警务站 {told.post}，密钥 {told.key_id}，结构 {told.schema}）",
        f"{file} checked: {checked.pages} pages carry their checksums, {tables} tables with "
        f"{told.rows} rows agree, {checked.audit_lines} audit records unbroken "
        f"(post {told.post}, key {told.key_id}, schema {told.schema})",
    ).pick(language)
