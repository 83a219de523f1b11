"""Devices on trial: every simulated one speaks over a real link, and nobody but the page hears it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.core.clock import SystemClock
from console.core.errors import Refused
from console.core.ids import LinkId
from console.links.model import LinkPhase, LinkState, Outcome, Piece, Position, Probe
from console.links.service import Trials, simulated_families
from console.links.service.trials import MOST
from drivers import catalog
from drivers.sim.receiver import burst
from drivers.transport import capture
from tests.links.rig import until
from tests.links.test_page import AT

HERE = (35.4, 117.0)
NO_ORDERS = {"nmea", "kiss", "barcode"}


@pytest.fixture
def trials(tmp_path: Path) -> Iterator[Trials]:
    made = Trials(SystemClock(), tmp_path / "simulated")
    yield made
    made.end_all()


def state_of(trials: Trials, link: LinkId) -> LinkState:
    return next(state for state in trials.snapshot() if state.config.id == link)


def test_every_family_has_a_simulated_device() -> None:
    assert set(simulated_families()) == set(catalog.FAMILIES)


@pytest.mark.parametrize("family", simulated_families())
def test_a_simulated_device_speaks_obeys_and_ends(trials: Trials, family: str) -> None:
    link = trials.simulate(family, "trial", *HERE)
    heard: list[Piece] = []
    trials.tap(link, heard.append)
    until(lambda: state_of(trials, link).opened, "its link opens")
    quiet = ("plug", "unplug", "mute", "unmute", "lose_fix", "find_fix", "cease", "lift", "no_tag")
    for deed in trials.deeds(link):
        if deed not in quiet:
            trials.do(link, deed)
    until(lambda: state_of(trials, link).frames > 0, "it said something good", 12)
    until(lambda: any(not piece.outward for piece in heard), "the tap hears it")
    outcomes: list[Outcome] = []
    trials.order(link, Probe(), 5.0, outcomes.append)
    until(lambda: len(outcomes) == 1, "the order has its outcome")
    assert outcomes[0].done or family in NO_ORDERS, outcomes
    if "unplug" in trials.deeds(link) and family not in ("jt808", "hytera"):
        trials.do(link, "unplug")
        until(lambda: state_of(trials, link).phase is LinkPhase.LOST, "it was pulled out")
        trials.do(link, "plug")
        until(lambda: state_of(trials, link).opened, "it was plugged in again")
    trials.end(link)
    assert trials.snapshot() == ()
    assert trials.deeds(link) == ()
    trials.order(link, Probe(), 1.0, outcomes.append)
    assert outcomes[-1].cause == "lost"


def test_a_walking_receiver_is_about_its_bench(trials: Trials) -> None:
    link = trials.simulate("nmea", "trial", *HERE)
    heard: list[Piece] = []
    trials.tap(link, heard.append)
    until(lambda: any(piece.messages for piece in heard), "it says where it is", 12)
    place = next(m for piece in heard for m in piece.messages)
    assert isinstance(place, Position)
    assert place.lat == pytest.approx(HERE[0], abs=0.011)
    assert place.lon == pytest.approx(HERE[1], abs=0.001)


def test_a_recording_plays_once(trials: Trials, tmp_path: Path) -> None:
    file = tmp_path / "a.capture"
    data = burst(35.4, 117.0, 5.0, 90.0, AT)
    lines = (capture.line(0.0, data), capture.line(0.05, data))
    file.write_text(capture.header("nmea") + "".join(lines), "ascii")
    link = trials.replay(file, "nmea", "replay", 10.0)
    until(lambda: state_of(trials, link).cause == "ended", "it has ended")
    before = state_of(trials, link)
    assert (before.frames, before.phase) == (4, LinkPhase.LOST)
    until(lambda: state_of(trials, link).since == before.since, "it stays ended")
    assert state_of(trials, link).frames == 4
    gone = trials.replay(tmp_path / "none", "nmea", "gone", 1.0)
    until(lambda: state_of(trials, gone).cause == "bad_file", "no such file")


def test_there_is_room_for_so_many_and_no_more(trials: Trials) -> None:
    links = [trials.simulate("barcode", f"trial {n}", *HERE) for n in range(MOST)]
    with pytest.raises(Refused, match="too_many_trials"):
        trials.simulate("barcode", "one too many", *HERE)
    trials.end(links[0])
    trials.simulate("barcode", "now there is room", *HERE)
    with pytest.raises(Refused, match="not_simulated"):
        trials.simulate("telepathy", "x", *HERE)
    with pytest.raises(Refused, match="unknown_family"):
        trials.replay(Path("x"), "telepathy", "x", 1.0)
