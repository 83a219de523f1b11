"""Says when each new call's card was painted: ``python -m console.drill.bench.painting DATA``.

Ends when its standard input ends.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from console.drill.bench.desk import MeasuredDesk, told


def main() -> int:
    """The exit status of the desk."""
    desk = MeasuredDesk(Path(sys.argv[1]))
    desk.desk.call_painted.connect(lambda call_id, at: told({"painted": call_id, "at": at}))

    def wait_for_the_end() -> None:
        sys.stdin.read()
        desk.console.bridge.post(lambda: desk.end({"ended": True}))

    def begin() -> None:
        threading.Thread(target=wait_for_the_end, name="bench-input", daemon=True).start()
        told({"ready": True})

    return desk.run(begin)


if __name__ == "__main__":
    sys.exit(main())
