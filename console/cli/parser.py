"""The verbs and what every verb shares: data folder, language, one plain line for a failure."""

from __future__ import annotations

import argparse
import importlib
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from console.core.errors import ConsoleError
from console.core.words import say, why
from console.settings import BadSetting, default_data

# verb → (module with ``add(parser)`` and ``run(args) -> int``, one line of help)
VERBS: dict[str, tuple[str, str]] = {
    "drill": ("console.cli.drill", "open the console on the sample post with a training city"),
    "city": ("console.cli.city", "serve the reference city platform on loopback"),
    "decode": ("console.cli.decode", "raw bytes in, one JSON object a line out"),
    "ports": ("console.cli.ports", "what is plugged in"),
    "replay": ("console.cli.replay", "play a recorded link capture through the link stack"),
    "routes": ("console.cli.routes", "travel times by road, many to one"),
    "reach": ("console.cli.reach", "what can be reached within given times"),
    "convert": ("console.cli.convert", "convert coordinates and grid codes"),
    "doctor": ("console.cli.doctor", "check what the post needs and say how to mend it"),
    "backup": ("console.cli.backup", "write a verified backup"),
    "restore": ("console.cli.restore", "restore a backup, or drill a restore"),
    "audit": ("console.cli.audit", "verify or export the audit trail"),
    "import": ("console.cli.exchange", "take a table into the post, all of it or nothing"),
    "export": ("console.cli.exchange", "write what the post has as a table"),
    "bench": ("console.cli.bench", "the project's own measurements"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of the verb: 0 done, 1 refused or failed with one line, 2 wrong usage."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a file name may hold bytes that are no text
        sys.stdout.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(_verb(given))
    args = parser.parse_args(given)
    module = VERBS[args.verb][0] if args.verb else "console.cli.open"
    try:
        return int(importlib.import_module(module).run(args))
    except ConsoleError as refused:
        print(say(refused, args.lang), file=sys.stderr)
    except BadSetting as bad:
        print(bad, file=sys.stderr)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as failed:
        print(_file_words(failed, args.lang), file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


def _file_words(failed: OSError, language: str) -> str:
    told = why(failed).pick(language)
    return told if failed.filename is None else f"{failed.filename}: {told}"


def _verb(given: Sequence[str]) -> str | None:
    """The verb among these words; what follows ``--data`` or ``--lang`` is none."""
    words = iter(given)
    for word in words:
        if word in ("--data", "--lang"):
            next(words, None)
        elif not word.startswith("-"):
            return word if word in VERBS else None
    return None


def shared_words() -> argparse.ArgumentParser:
    """What every verb takes, as a parent for its parser; a new one for each (argparse shares
    the defaults of a parent among its children)."""
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR")
    shared.add_argument("--lang", choices=("zh_CN", "en"), default=argparse.SUPPRESS)
    return shared


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """A parser of every verb; only the chosen verb's module is imported, so that start is quick."""
    parser = argparse.ArgumentParser(prog="post-console", parents=[shared_words()])
    parser.set_defaults(data=default_data(), lang="zh_CN", verb=None)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for name, (module, told) in VERBS.items():
        sub = verbs.add_parser(name, help=told, description=told, parents=[shared_words()])
        if name == chosen:
            importlib.import_module(module).add(sub)
    return parser
