"""``python -m console.videowall.player``: orders in, the state of the picture out, a beat in between."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from contextlib import suppress
from typing import Any

BEAT_S = 0.2


def main() -> None:
    """Runs until its input ends. The first beat tells that libraries and libvlc are ready."""
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), name="orders", daemon=True).start()
    first = orders.get()
    from console.videowall.player.ingest import Source, be_quiet
    from console.videowall.player.tile import Order, Tile

    be_quiet()
    tile = Tile(first.get("window", 0))

    def obey(order: dict[str, Any]) -> None:
        if order["order"] == "show":
            source = Source(order["address"], order["user"], order["password"])
            tile.show(Order(order["tile"], order["turn"], source, order["window"]))
        else:
            tile.stop()

    obey(first)
    while True:
        now = time.monotonic()
        tile.step(now)
        _tell(tile.told(now))
        with suppress(queue.Empty):
            obey(orders.get(timeout=BEAT_S))


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    os._exit(0)  # the console is gone; libvlc is not asked, it might not answer


def _tell(state: dict[str, Any]) -> None:
    try:
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
