"""No verb: the console itself."""

from __future__ import annotations

import argparse

from console.cli.display import some_display


def run(args: argparse.Namespace) -> int:
    """The exit status of the window; a first start offers the drill or setting up a post."""
    with some_display():
        from console.drill.entry import open_console

        return open_console(args.data, args.lang)
