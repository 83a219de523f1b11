"""The console from process start to a usable desk: ``python -m console.drill.bench.start DATA``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from console.drill.entry import begin, make_application
from console.settings import read_settings


def main() -> int:
    """Says ``usable`` and the moment once the queue is painted and the map drawn; then ends.

    The officer is signed in at once: typing and the slow hash of his secret are not the start.
    """
    settings = read_settings(Path(sys.argv[1]))
    app = make_application(settings.language)
    opening = begin(app, settings)
    seen: set[str] = set()

    def happened(what: str) -> None:
        seen.add(what)
        if seen == {"painted", "usable"}:
            sys.stdout.write(f"usable {time.monotonic()}\n")
            sys.stdout.flush()
            QTimer.singleShot(0, app.quit)
            seen.add("told")

    def sit_down() -> None:
        from console.core.ids import OfficerId
        from console.people.model import Role, Session

        console = opening.console
        console.desk.call_painted.connect(lambda _id, _at: happened("painted"))
        console.usable.connect(lambda: happened("usable"))
        officer = OfficerId("bench")
        console.enter(Session(officer, "0101", "bench", frozenset({Role.DUTY_OFFICER})))

    opening.opened.connect(sit_down)
    status = int(app.exec())
    opening.stop()
    return status


if __name__ == "__main__":
    sys.exit(main())
