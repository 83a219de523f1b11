"""What happens in a schedule: a list of steps made from its seed, so that it can be replayed and cut down."""

from __future__ import annotations

import random
from typing import NamedTuple

PARTS = ("lane-0", "lane-1", "lane-2", "lane-3", "feed")
# What the next request of a part meets on its way (tests/faults/sync_world.py does it).
TROUBLES = (
    "refused", "dropped", "reset", "ack_lost", "ack_reset", "twice", "late", "failing", "bad_gateway",
    "busy", "busy_until", "portal", "cut", "cut_gzip", "gzip", "cut_request", "gzip_request", "too_large",
    "garbled", "meanwhile_before", "meanwhile_after",
)  # fmt: skip


class Step(NamedTuple):
    """One thing that happens; ``n`` and ``m`` mean what the step needs them for."""

    do: str
    n: int = 0
    m: int = 0
    inner: tuple[Step, ...] = ()

    def __str__(self) -> str:
        inner = f" [{'; '.join(map(str, self.inner))}]" if self.inner else ""
        return f"{self.do} {self.n} {self.m}{inner}"


_USUAL = (("tell", 36), ("turn", 44), ("trouble", 26), ("publish", 8), ("release", 4), ("wait", 3))
_RARE = {
    "post dies": (("post_dies", 12), ("post_restarts", 1)),
    "city dies": (("city_dies", 12), ("city_restarts", 1)),
    "city restored": (("city_backs_up", 6), ("city_restored", 5), ("archive", 3)),
    "city archives": (("archive", 6), ("city_backs_up", 2), ("city_restored", 2)),
    "post restored": (("post_backs_up", 4), ("post_restored", 3)),
    "clone": (("clone", 6), ("other", 20)),
    "clocks": (("jump", 8), ("city_jump", 3), ("archive", 1), ("city_backs_up", 2),
               ("city_restored", 2)),
    "slow disk": (("slow", 6), ("publish", 10)),
    "set aside": (("tell_bad", 8), ("retry", 6), ("discard", 3), ("upgrade", 2), ("mend", 2),
                  ("retry_item", 3), ("discard_item", 2)),
}  # fmt: skip


def plan(seed: int) -> list[Step]:
    """The steps of the schedule with this seed."""
    draw = random.Random(seed)
    names = [
        name for name in sorted(_RARE) if name != "clone" or seed % 3 == 0
    ]  # it costs the most
    themes = draw.sample(names, draw.choice((1, 2, 2, 3)))
    weights = [*_USUAL, *(pair for theme in themes for pair in _RARE[theme])]
    return [_step(draw, weights) for _ in range(draw.randint(10, 22))]


def _step(draw: random.Random, weights: list[tuple[str, int]], depth: int = 0) -> Step:
    [do] = draw.choices([name for name, _ in weights], [weight for _, weight in weights])
    n, m = draw.randrange(1 << 16), draw.randrange(1 << 16)
    if do != "trouble":
        return Step(do, n, m)
    trouble = draw.choice(TROUBLES)
    inner: tuple[Step, ...] = ()
    if trouble.startswith("meanwhile"):
        if depth:
            return Step("release", n, m)
        inner = tuple(_step(draw, weights, depth + 1) for _ in range(draw.randint(1, 3)))
    return Step(trouble, n, m, inner)
