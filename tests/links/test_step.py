"""The pure step of a link: plug, open, traffic, silence, loss, back-off. No wire, no clock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.errors import Refused
from console.core.ids import LinkId
from console.links.model import (
    Happening,
    Heard,
    LinkConfig,
    LinkPhase,
    Looked,
    Next,
    Nobody,
    Opened,
    OpenFailed,
    Place,
    Quiet,
    ReplayPlace,
    SerialPlace,
    Standing,
    TcpPlace,
    Timing,
    WireLost,
    checked,
    retry_after,
    step,
)

TIMING = Timing(silence_s=5.0, reopen_s=30.0, first_retry_s=0.25, longest_retry_s=10.0)


def after(
    *story: tuple[float, Happening], was: Standing | None = None
) -> tuple[Standing, list[Next]]:
    standing, orders = was or Standing(), []
    for now, what in story:
        standing, order = step(standing, what, now, TIMING)
        orders.append(order)
    return standing, orders


UP, _ = after((0, Looked(True)), (0, Opened()), (1, Heard()))


def test_from_nothing_to_traffic() -> None:
    standing, orders = after((0, Looked(False)))
    assert (standing.phase, orders) == (LinkPhase.ABSENT, [Next.NOTHING])
    standing, orders = after((1, Looked(True)), was=standing)
    assert (standing.phase, orders) == (LinkPhase.PLUGGED, [Next.OPEN])
    standing, _ = after((1, Opened()), was=standing)
    assert (standing.phase, standing.opened) == (LinkPhase.OPEN, True)
    standing, _ = after((2, Heard()), was=standing)
    assert standing.phase is LinkPhase.TRAFFIC


def test_a_taken_port_is_tried_again_ever_more_slowly() -> None:
    standing, _ = after((0, Looked(True)), (0, OpenFailed("busy")))
    assert (standing.phase, standing.error) == (LinkPhase.PLUGGED, "busy")
    assert step(standing, Looked(True), 0.24, TIMING)[1] is Next.NOTHING
    assert step(standing, Looked(True), 0.25, TIMING)[1] is Next.OPEN
    waits = [retry_after(attempt, TIMING) for attempt in range(1, 9)]
    assert waits == [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    assert retry_after(10_000, TIMING) == 10.0


def test_an_unplug_is_lost_and_the_next_plug_is_tried_at_once() -> None:
    lost, orders = after((9, WireLost("gone")), was=UP)
    assert (lost.phase, lost.opened, orders) == (LinkPhase.LOST, False, [Next.CLOSE])
    for _ in range(20):
        lost, _ = after((10, Looked(True)), (10, OpenFailed("gone")), was=lost)
    assert lost.phase is LinkPhase.LOST
    absent, _ = after((11, Looked(False)), was=lost)
    assert absent.phase is LinkPhase.LOST, "it was there: the loss stays told"
    back, orders = after((11.1, Looked(True)), was=absent)
    assert orders == [Next.OPEN]
    back, _ = after((11.1, Opened()), was=back)
    assert (back.phase, back.was_lost) == (LinkPhase.OPEN, True)
    back, _ = after((11.2, Heard()), was=back)
    assert (back.phase, back.was_lost, back.attempt) == (LinkPhase.TRAFFIC, False, 0)


def test_a_wire_that_opens_and_dies_is_not_tried_in_a_tight_circle() -> None:
    standing, tries, now = UP, 0, 2.0
    standing, _ = after((now, WireLost("flapping")), was=standing)
    while now < 62.0:
        now += 0.05
        standing, order = step(standing, Looked(True), now, TIMING)
        if order is Next.OPEN:
            tries += 1
            standing, _ = after((now, Opened()), (now, WireLost("flapping")), was=standing)
    assert 8 <= tries <= 14


def test_silence_has_its_own_time() -> None:
    assert step(UP, Quiet(), 5.9, TIMING)[0].phase is LinkPhase.TRAFFIC
    silent, order = step(UP, Quiet(), 6.0, TIMING)
    assert (silent.phase, silent.opened, order) == (LinkPhase.SILENT, True, Next.NOTHING)
    assert step(silent, Heard(), 7.0, TIMING)[0].phase is LinkPhase.TRAFFIC


def test_a_long_silence_opens_the_wire_anew_and_stays_silent_till_a_frame() -> None:
    silent, _ = step(UP, Quiet(), 6.0, TIMING)
    closed, order = step(silent, Quiet(), 31.0, TIMING)
    assert (closed.phase, closed.opened, order) == (LinkPhase.SILENT, False, Next.CLOSE)
    again, orders = after((31.1, Looked(True)), (31.1, Opened()), was=closed)
    assert (again.phase, orders[0]) == (LinkPhase.SILENT, Next.OPEN)
    assert step(again, Quiet(), 60.0, TIMING)[1] is Next.NOTHING
    assert step(again, Heard(), 60.0, TIMING)[0].phase is LinkPhase.TRAFFIC


@pytest.mark.parametrize("gone", [Looked(False), OpenFailed("gone")])
def test_a_silent_wire_that_is_gone_was_lost(gone: Happening) -> None:
    silent, _ = after((6, Quiet()), (31, Quiet()), was=UP)
    assert step(silent, gone, 31.1, TIMING)[0].phase is LinkPhase.LOST


def test_opened_but_never_heard_is_silent_after_the_time() -> None:
    standing, _ = after((0, Looked(True)), (0, Opened()), (5, Quiet()))
    assert standing.phase is LinkPhase.SILENT


happenings = st.sampled_from(
    [Looked(True), Looked(False), Opened(), OpenFailed("x"), Heard(), Quiet(), WireLost("x")]
)


@given(st.lists(st.tuples(st.floats(0, 20), happenings), max_size=40))
def test_whatever_happens_the_facts_agree(story: list[tuple[float, Happening]]) -> None:
    standing, now = Standing(), 0.0
    for wait, what in story:
        now += wait
        standing, order = step(standing, what, now, TIMING)
        if standing.phase in (LinkPhase.OPEN, LinkPhase.TRAFFIC):
            assert standing.opened
        if standing.phase in (LinkPhase.ABSENT, LinkPhase.PLUGGED, LinkPhase.LOST):
            assert not standing.opened
        if order is Next.OPEN:
            assert what == Looked(True)
        assert standing.retry_at <= now + TIMING.longest_retry_s


GNSS = SerialPlace("1546:01a8:SN1")


def config(transport: Place = GNSS, name: str = " GNSS 1 ", family: str = "nmea") -> LinkConfig:
    return LinkConfig(LinkId("l"), name, family, transport)


def test_a_sound_link_passes() -> None:
    assert checked(config()).name == "GNSS 1"
    for place in (SerialPlace("1546:01a8:"), SerialPlace("path:/dev/x"), TcpPlace("10.0.0.1", 1)):
        assert checked(config(place)).transport == place


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (config(name="  "), "links.bad_name"),
        (config(name="x" * 41), "links.bad_name"),
        (config(name="a\nb"), "links.bad_name"),
        (config(family="telex"), "links.unknown_family"),
        (config(SerialPlace("/dev/ttyUSB0")), "links.bad_identity"),
        (config(SerialPlace("path:")), "links.bad_identity"),
        (config(SerialPlace("1546:01a8:SN1", 9601)), "links.bad_baud"),
        (config(TcpPlace("", 80)), "links.bad_address"),
        (config(TcpPlace("a b", 80)), "links.bad_address"),
        (config(TcpPlace("host", 0)), "links.bad_address"),
        (config(TcpPlace("host", 65536)), "links.bad_address"),
    ],
)
def test_an_impossible_link_is_refused(wrong: LinkConfig, code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(wrong)
    assert refused.value.code == code


def test_a_capture_is_no_link_of_the_post(tmp_path: object) -> None:
    from pathlib import Path

    with pytest.raises(Refused, match="replay_not_stored"):
        checked(config(ReplayPlace(Path("a.capture"))))


def test_that_nobody_is_there_is_no_silence() -> None:
    standing, orders = after((10, Nobody()), (100, Quiet()), was=UP)
    assert standing.phase is LinkPhase.SILENT and standing.quiet_since == 10
    standing, orders = after((10, Nobody()), (100, Nobody()), was=UP)
    assert (standing.phase, orders) == (LinkPhase.OPEN, [Next.NOTHING] * 2)
    assert standing.quiet_since == 100
