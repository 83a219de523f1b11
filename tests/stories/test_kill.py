"""kill -9 of the whole post amid acts and sync: what was acknowledged is there and in the city, once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from console.drill.city.city import SAMPLE_POST
from tests.stories.outside import ROOT
from tests.stories.scene import Scene, wait_for

CYCLES = 10
# The post without a window: each act that came back is told on standard output.
_CHILD = """
import sys
from pathlib import Path
from console.app.post import Post
from console.core.actor import Actor
from console.dispatch import service
from console.dispatch.model import NewCall
from console.roster import service as roster
from console.settings import read_settings
from tests.stories.scene import QUICK

post = Post(read_settings(Path(sys.argv[1])), pace=QUICK)
post.start()
officer = Actor("officer", "0101", frozenset({"duty_officer", "chief"}))
database = post.database

def told(*words):
    sys.stdout.write(" ".join(words) + "\\n")
    sys.stdout.flush()

while True:
    call_id = service.take_call(database, officer, NewCall("phone", "6003", "邻里争吵"))
    told(call_id, "call.received")
    service.sign(database, officer, call_id)
    told(call_id, "call.signed")
    service.feed_back(database, officer, call_id, "已电话劝解")
    told(call_id, "call.feedback")
"""


def run_and_kill(folder: Path, acts: int) -> list[tuple[str, str]]:
    """A post works until it has told so many acts, and is killed; returns all it told."""
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as child:
        assert child.stdout is not None
        try:
            told = [child.stdout.readline() for _ in range(acts)]
        finally:
            child.kill()
        told += child.stdout.readlines()
    assert all(told[:acts]), "the post ended by itself"
    whole = [line.split() for line in told if line.endswith("\n")]
    return [(call_id, kind) for call_id, kind in whole]


@pytest.mark.story
def test_ten_kills_lose_nothing_and_bring_nothing_twice(stage: Callable[..., Scene]) -> None:
    scene = stage()
    told: list[tuple[str, str]] = []
    came = []
    for cycle in range(CYCLES):
        if cycle == 4:
            scene.city.stop()  # twice the city is away meanwhile
        if cycle == 6:
            scene.city.start()
        told += run_and_kill(scene.settings.data, 5 + 37 * (cycle % 3))
        came.append(len(scene.city.events(SAMPLE_POST)) if cycle not in (4, 5) else 0)
    assert came[-1] > 0  # it was sending while it was killed
    scene.start()
    wait_for(scene.drained, 60)
    heard = Counter(
        (record.event["entity_id"], record.event["kind"])
        for record in scene.city.events(SAMPLE_POST)
    )
    assert [act for act in told if heard[act] != 1] == []
    assert len(told) > CYCLES * 5
    # at most one act a kill was saved without having been told
    calls = sum(n for (_, kind), n in heard.items() if kind.startswith("call."))
    assert calls - len(told) <= CYCLES
    for call_id, kind in told:
        view = scene.view(call_id)
        assert view is not None
        assert kind.removeprefix("call.") in {line.kind for line in view.log}
    scene.assert_whole()
