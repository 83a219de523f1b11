"""``python -m console.videowall.player``: orders in, the state of the tiles out, a beat in between."""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from console.videowall.player.desk import Desk

FINISH_S = 0.4
NICENESS = 10
BEAT_S, OPENING_BEAT_S, IDLE_BEAT_S = 0.2, 0.05, 0.5


def main() -> None:
    """Runs until its input ends. The first beat tells that libraries and libvlc are ready."""
    _stand_back()
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    desks: list[Desk] = []
    threading.Thread(target=_listen, args=(orders, desks), name="orders", daemon=True).start()
    first = orders.get()
    from console.videowall.player.desk import Desk
    from console.videowall.player.ingest import be_quiet

    be_quiet()
    desk = Desk(_tell)
    desk.start()
    desks.append(desk)
    desk.obey(first)
    while True:
        now = time.monotonic()
        _tell(desk.step(now))
        with suppress(queue.Empty):
            desk.obey(orders.get(timeout=_pause_s(desk.idle, desk.opening)))  # a beat after each


def _stand_back() -> None:
    """Pictures may wait for the desk, never the desk for pictures."""
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        psutil.Process().nice(NICENESS)


def _pause_s(idle: bool, opening: bool) -> float:
    return IDLE_BEAT_S if idle else OPENING_BEAT_S if opening else BEAT_S


def _listen(orders: queue.SimpleQueue[dict[str, Any]], desks: list[Desk]) -> None:
    for line in sys.stdin:
        orders.put(json.loads(line))
    for desk in desks:
        desk.finish(FINISH_S)
    os._exit(0)  # the console is gone; libvlc is not asked, it might not answer


_turn = threading.Lock()


def _tell(line: dict[str, Any]) -> None:
    try:
        with _turn:
            sys.stdout.write(json.dumps(line) + "\n")
            sys.stdout.flush()
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
