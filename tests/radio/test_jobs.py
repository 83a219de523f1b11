"""Lines that wait to be written: none is lost by another's fault."""

from __future__ import annotations

import pytest

from console.core.database import Act
from console.core.errors import Unavailable
from console.radio.service.jobs import Jobs
from tests.radio.conftest import Bench


def test_a_job_that_is_a_bug_takes_no_other_with_it(bench: Bench) -> None:
    jobs = Jobs(bench.database, lambda: None)
    done: list[str] = []

    def bug(act: Act) -> None:
        raise ZeroDivisionError

    jobs.put(lambda act: done.append("help"), urgent=True)
    jobs.put(bug)
    jobs.put(lambda act: done.append("text"))
    with pytest.raises(ZeroDivisionError):
        jobs.turn()
    assert not jobs.turn()
    assert done == ["help", "help", "text"]  # the first act was taken back as a whole


def test_what_a_full_disk_refuses_is_written_when_there_is_room(bench: Bench) -> None:
    jobs = Jobs(bench.database, lambda: None)
    full = [Unavailable("store.disk_full")]
    done: list[str] = []

    def once(act: Act) -> None:
        if full:
            raise full.pop()
        done.append("text")

    jobs.put(once)
    with pytest.raises(Unavailable):
        jobs.turn()
    jobs.finish()
    assert done == ["text"]
