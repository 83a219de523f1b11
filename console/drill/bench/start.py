"""The console from process start to a usable desk: ``python -m console.drill.bench.start DATA``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from console.app.console import Console
from console.app.post import Post
from console.core.ids import OfficerId
from console.drill.entry import make_application
from console.people.model import Role, Session
from console.settings import read_settings


def main() -> int:
    """Says ``usable`` and the moment once the queue is painted and the map drawn; then ends.

    The officer is signed in at once: typing and the slow hash of his secret are not the start.
    """
    settings = read_settings(Path(sys.argv[1]))
    app = make_application(settings.language)
    post = Post(settings)
    post.start()
    console = Console(app, post)
    console.start()
    seen: set[str] = set()

    def happened(what: str) -> None:
        seen.add(what)
        if seen == {"painted", "usable"}:
            sys.stdout.write(f"usable {time.monotonic()}\n")
            sys.stdout.flush()
            QTimer.singleShot(0, app.quit)
            seen.add("told")

    console.desk.call_painted.connect(lambda _id, _at: happened("painted"))
    console.usable.connect(lambda: happened("usable"))
    console.enter(Session(OfficerId("bench"), "0101", "bench", frozenset({Role.DUTY_OFFICER})))
    status = int(app.exec())
    console.stop()
    post.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
