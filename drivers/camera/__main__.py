"""``python -m drivers.camera``: orders to ONVIF cameras in, one JSON object a line; outcomes out.

Order: ``{"ask": 7, "do": "look", "camera": {"address", "user", "password"}, "profile", …}``.
Outcome: ``{"of": 7, "fields": {…}}`` or ``{"of": 7, "cause", "told"}``; in between ``{"beat": n}``.
When the input ends every camera that turns is stopped, and the program with it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from contextlib import suppress
from typing import Any

BEAT_S = 0.5
LAST_S = 2.0
MOST_HANDS = 64
_turn = threading.Lock()


def main() -> None:
    """Runs until its input ends."""
    threading.excepthook = lambda _: os._exit(70)  # a fault of ours: another one takes over
    threading.Thread(target=_beat, name="beat", daemon=True).start()
    desk = Desk()
    for line in sys.stdin:
        desk.obey(json.loads(line))
    desk.end()
    os._exit(0)  # a camera that keeps silent is not waited for


class Desk:
    """Gives each order to the hand of its camera."""

    def __init__(self) -> None:
        from drivers.camera.hand import Hand

        self._hands: dict[tuple[str, str, str], Hand] = {}

    def obey(self, order: dict[str, Any]) -> None:
        """The order is on its way."""
        from drivers.camera.hand import Hand
        from drivers.camera.onvif import OnvifCamera
        from drivers.errors import DriverError

        if order["do"] == "discover":
            threading.Thread(target=_discover, args=(order,), name="discover", daemon=True).start()
            return
        one = order["camera"]
        key = (str(one["address"]), str(one.get("user", "")), str(one.get("password", "")))
        hand = self._hands.get(key)
        if hand is None:
            self._make_room()
            try:
                hand = self._hands[key] = Hand(lambda: OnvifCamera(*key), tell)
            except DriverError as wrong:
                tell({"of": order["ask"], "cause": "bad_address", "told": str(wrong)})
                return
        else:
            order["met"] = True
        hand.give(order)

    def end(self) -> None:
        """Every camera that turned was told to stop."""
        until = time.monotonic() + LAST_S
        ends = [threading.Thread(target=one.end, args=(until,)) for one in self._hands.values()]
        for end in ends:
            end.start()
        for end in ends:
            end.join()

    def _make_room(self) -> None:
        for key, hand in list(self._hands.items()):
            if len(self._hands) < MOST_HANDS:
                return
            if hand.idle:
                hand.end(time.monotonic())
                del self._hands[key]


def tell(line: dict[str, Any]) -> None:
    """The line is out, whole."""
    with _turn, suppress(BrokenPipeError):  # nobody hears; the input ends as well, then
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()


def _discover(order: dict[str, Any]) -> None:
    from dataclasses import asdict

    from drivers.camera.discovery import GROUP, probe

    places = [(str(host), int(port)) for host, port in order.get("places") or [GROUP]]
    found = probe(min(30.0, float(order["seconds"])), places, order.get("through"))
    tell({"of": order["ask"], "fields": {"found": [asdict(one) for one in found]}})


def _beat() -> None:
    count = 0
    while True:
        count += 1
        tell({"beat": count})
        time.sleep(BEAT_S)


if __name__ == "__main__":
    main()
