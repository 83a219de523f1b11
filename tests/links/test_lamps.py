"""The five lamps of a link: each says its own thing."""

from __future__ import annotations

import pytest

from console.links.model import Lamp, Lamps, LinkPhase, SerialPlace, TcpPlace
from console.links.model.lamps import Known, lamps_of

ON, OFF, LATE, NONE = Lamp.ON, Lamp.OFF, Lamp.LATE, Lamp.NONE
SERIAL, TCP = SerialPlace("1546:01a8:SN1"), TcpPlace("10.0.0.7", 4001)
RADIO = Known(names_itself=True, identity="09011638300023401", beat_age_s=1.0)


@pytest.mark.parametrize(
    ("phase", "opened", "known", "lamps"),
    [
        (LinkPhase.ABSENT, False, Known(), Lamps(OFF, OFF, NONE, NONE, NONE)),
        (LinkPhase.PLUGGED, False, Known(refused=True), Lamps(ON, LATE, NONE, NONE, NONE)),
        (LinkPhase.OPEN, True, Known(names_itself=True), Lamps(ON, ON, OFF, OFF, NONE)),
        (LinkPhase.OPEN, True, Known(), Lamps(ON, ON, NONE, OFF, NONE)),
        (LinkPhase.TRAFFIC, True, Known(names_itself=True), Lamps(ON, ON, NONE, ON, NONE)),
        (LinkPhase.TRAFFIC, True, RADIO, Lamps(ON, ON, ON, ON, ON)),
        (
            LinkPhase.TRAFFIC,
            True,
            Known(True, "another", other=True, beat_age_s=11.0),
            Lamps(ON, ON, LATE, ON, LATE),
        ),
        (LinkPhase.SILENT, True, RADIO, Lamps(ON, ON, ON, LATE, ON)),
        (LinkPhase.SILENT, False, RADIO, Lamps(ON, OFF, NONE, LATE, OFF)),
        (LinkPhase.LOST, False, RADIO, Lamps(OFF, OFF, NONE, NONE, OFF)),
    ],
)
def test_of_a_serial_device(phase: LinkPhase, opened: bool, known: Known, lamps: Lamps) -> None:
    assert lamps_of(phase, opened, SERIAL, known, late_s=10.0) == lamps


def test_whether_an_address_is_plugged_in_cannot_be_said_until_it_answers() -> None:
    for phase in (LinkPhase.ABSENT, LinkPhase.PLUGGED, LinkPhase.LOST):
        assert lamps_of(phase, False, TCP, RADIO, 10.0).plugged is NONE
    assert lamps_of(LinkPhase.OPEN, True, TCP, RADIO, 10.0).plugged is ON
