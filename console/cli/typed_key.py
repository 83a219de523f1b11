"""The printed recovery key, asked for on standard input."""

from __future__ import annotations

import sys

from console.core import recovery_key
from console.core.errors import Refused
from console.core.words import Words, say


def typed_key(language: str) -> bytes:
    """The key that a person typed from paper, line by line; standard error asks for each.

    At a terminal a wrong line is named and asked for again; from a file or a pipe it is Refused.
    """
    again = sys.stdin.isatty()
    lines: list[str] = []
    while len(lines) < recovery_key.LINES:
        number = len(lines) + 1
        print(_prompt(number).pick(language), end="", file=sys.stderr, flush=True)
        text = sys.stdin.readline()
        if not again:
            print(file=sys.stderr)
        if not text:
            break
        for line in recovery_key.split(text):
            try:
                lines.append(recovery_key.check_line(len(lines) + 1, line))
            except Refused as wrong:
                if not again:
                    raise
                print(say(wrong, language), file=sys.stderr)
                break
    return recovery_key.key_of(lines)


def _prompt(number: int) -> Words:
    return Words(f"恢复密钥第 {number} 行：", f"Recovery key, line {number}: ")
